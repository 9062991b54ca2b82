"""What the method takes from others: who said it, when, where, and what was taken."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Reading:
    """One source, and what the method took from it."""

    authors: str
    year: str
    where: str
    taken: Promise


LITERATURE = (
    Reading(
        "Schloemer, Schröder-Bäck",
        "2018",
        "Implementation Science 13:88 (PIET-T)",
        _("Transferability can be anticipated before and judged only afterwards."),
    ),
    Reading(
        "Burchett et al.",
        "2018",
        "PMC6122596",
        _("Why ready-made checklists fail: data that do not exist, low reliability, no mechanism."),
    ),
    Reading(
        "Varsi",
        "1973",
        "Pacific Journal of Mathematics",
        _("The recursion for the part of a simplex on one side of a plane: the exact share of weightings."),
    ),
    Reading(
        "Curry, Schoenberg",
        "1966",
        "Journal d’Analyse Mathématique",
        _("The same share as a B-spline: why it is exact, and why it never falls as values rise."),
    ),
    Reading(
        "Keeney, Raiffa",
        "1976",
        "Decisions with Multiple Objectives",
        _("Additive values on fixed scales."),
    ),
    Reading(
        "Barron, Barrett",
        "1996",
        "Management Science",
        _("The mean weights of an order of the dimensions."),
    ),
    Reading(
        "Lahdelma, Salminen",
        "2001",
        "Operations Research (SMAA-2)",
        _("For the screening: shares of weightings by rank, central weights, confidence."),
    ),
    Reading(
        "Opricovic, Tzeng",
        "2004",
        "European Journal of Operational Research",
        _("TOPSIS and VIKOR, read and not taken: one more option can turn the order of the others round."),
    ),
    Reading(
        "Lim, Yap",
        "",
        "International Journal of Integrated Care, doi:10.5334/ijic.7747",
        _("When a panel agrees: fewer than a third outside the three levels around the median."),
    ),
    Reading(
        "RAND/UCLA",
        "2012",
        "BMJ Open 2:e001431, table 1",
        _("The disagreement index for seven raters and more, and the worked case we test against."),
    ),
    Reading(
        "Tastle, Wierman",
        "2007",
        "International Journal of Approximate Reasoning",
        _("One number for how close a panel’s levels are."),
    ),
    Reading(
        "Krippendorff",
        "2004",
        "Content Analysis",
        _("Alpha: agreement over a whole questionnaire, with gaps."),
    ),
    Reading(
        "Gower",
        "1971",
        "Biometrics",
        _("Distance over figures of different kinds; ours carries gaps as intervals."),
    ),
    Reading(
        "Wilson; Newcombe",
        "1927; 1998",
        "JASA; Statistics in Medicine",
        _("The interval for “k of n”, and the cases we test against."),
    ),
    Reading(
        "Schneider, Wagemann",
        "2012",
        "Set-Theoretic Methods for the Social Sciences",
        _("Relevance of necessity: how a condition can be necessary and trivial."),
    ),
    Reading(
        "Ragin; Rihoux, De Meur",
        "2009",
        "Configurational Comparative Methods",
        _("Consistency and coverage of necessary conditions, with the data we test against."),
    ),
    Reading(
        "Damschroder, Lowery",
        "2013",
        "Implementation Science 8:51 (CFIR)",
        _("What tells good outcomes from poor ones; the rule that we apply to it is our own."),
    ),
    Reading(
        "FRAME",
        "2019",
        "Implementation Science 14:58",
        _("How adaptations are coded."),
    ),
    Reading(
        "RFC 8785",
        "2020",
        "IETF",
        _("One way to write a record down, so that everybody computes the same hash."),
    ),
)
