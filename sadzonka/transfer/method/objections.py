"""What a methodologist will hold against the method, and what there is to answer (method, section 11)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Objection:
    """What is said, what is true in it, what we do about it, and what remains open."""

    said: Promise
    true: Promise
    done: Promise
    remains: Promise


OBJECTIONS = (
    Objection(
        said=_("Anticipation is not measurement."),
        true=_(
            "All of it. Whether a practice can be transferred shows only afterwards. Before, one can only "
            "gather reasons and say how sure they are."
        ),
        done=_(
            "The page speaks of reasons, classes and intervals, never of “the transferability score of” a "
            "place. What became of a decision is written down and set against what had been anticipated."
        ),
        remains=_(
            "So far hardly anybody has decided and reported back. Until enough have, nobody knows how good "
            "the anticipation is; neither do we."
        ),
    ),
    Objection(
        said=_("You treat ordinal levels as if they were intervals."),
        true=_(
            "Yes. A level from 0 to 5 says more or less; that the step from 1 to 2 weighs as much as the "
            "step from 4 to 5 is an assumption of the card."
        ),
        done=_(
            "Every level is described in words, and the card’s value function says what each is worth; it "
            "may give unequal steps. The answer is a class and an interval, not a decimal."
        ),
        remains=_(
            "The value functions are set by judgement and reviewed by a second person. Nobody has measured "
            "them."
        ),
    ),
    Objection(
        said=_("Uniform weights are not ignorance."),
        true=_(
            "True. To count all weightings alike is itself a choice, and it depends on how many dimensions "
            "there are: counting one twice can turn a bare majority of weightings into a large one."
        ),
        done=_(
            "There are always the same five dimensions, and a criterion split in two inside one changes "
            "nothing. Beside the share stand the least and the greatest score that any weights give. The "
            "example on this page and the screenings take an order or least weights instead; the pages of "
            "municipalities do not yet."
        ),
        remains=_(
            "That there are five, and these five, is a convention. Another division would give other shares."
        ),
    ),
    Objection(
        said=_("A strong dimension covers up a weak one, and criteria act on each other."),
        true=_(
            "A weighted sum lets good make up for bad, and it knows no interactions: that money is worth "
            "little without people, for example."
        ),
        done=_(
            "What cannot be made up for belongs into the conditions, which block, or gets a floor, which "
            "caps the class. Each dimension is also shown by itself."
        ),
        remains=_(
            "Interactions below the floors are not computed. To estimate them would take far more outcomes "
            "than there are."
        ),
    ),
    Objection(
        said=_("The conditions are their author’s opinion."),
        true=_(
            "They are. What is called necessary was seen in one or a few places, by people who had reasons "
            "to see it so."
        ),
        done=_(
            "Each condition names its alternatives, its law and who can verify it; somebody else reviews it; "
            "and with outcomes it is tested: a delivered practice without the condition counts against it "
            "and is named."
        ),
        remains=_(
            "With a handful of outcomes such a test rarely refutes anything. Until then a condition is a "
            "reviewed opinion."
        ),
    ),
    Objection(
        said=_("The thresholds are arbitrary."),
        true=_("They are conventions. Nothing in the world changes at 0.55."),
        done=_(
            "They are stated, belong to a version, and are the same for every place. The score, the share "
            "for each threshold and what is missing to the next class stand beside the class."
        ),
        remains=_(
            "Whether the classes part what was delivered from what was not has to be seen in outcomes. The "
            "page of outcomes shows it as it comes in."
        ),
    ),
    Objection(
        said=_("Averages of a municipality hide its villages, and statistics are old."),
        true=_(
            "Both. A figure for the whole municipality says nothing about its parts, and many describe a "
            "state of years ago."
        ),
        done=_(
            "Every figure carries its year and source. One older than its indicator’s limit is widened by as "
            "much as that indicator used to change over such a time, or counts as unknown. What statistics "
            "do not know is asked as a question."
        ),
        remains=_("Differences inside a municipality are not in the data, and so not in the result."),
    ),
    Objection(
        said=_("You learn from those who tried, and from very few."),
        true=_(
            "Who expects to fail does not begin, and who failed seldom writes about it. The numbers are tiny."
        ),
        done=_(
            "Declined and abandoned undertakings have their place on the ladder and among the precedents. "
            "Outcomes are told as “k of n”, with an interval, and as no percentage while n is under ten."
        ),
        remains=_("What would have become of those who did not try stays unknown. No formula repairs that."),
    ),
    Objection(
        said=_("Raters are unreliable, and some have more power in the room than others."),
        true=_("Levels depend on who gives them, and a mayor’s raised eyebrow moves a panel."),
        done=_(
            "The first round is hidden until one has sent one’s own; everybody gives a reason and may say “I "
            "don’t know”; results are shown by group; minority statements stay in the report; agreement is "
            "measured and disagreement widens the interval."
        ),
        remains=_("Who is invited is decided by people. An absent group cannot disagree."),
    ),
    Objection(
        said=_("To take the middle half of the ratings is a convention."),
        true=_("It is: another rule would give another interval."),
        done=_(
            "It is used only where the panel agrees; where it is split, everything from the lowest to the "
            "highest level counts. The quartiles are defined so that a panel twice as large with the same "
            "opinions says the same."
        ),
        remains=_("It remains a convention, and small panels jump by whole levels."),
    ),
    Objection(
        said=_("Likeness is not causality."),
        true=_(
            "That two municipalities look alike in statistics does not say that the same will work in both."
        ),
        done=_(
            "Precedents answer only the question “who like us has done it, and how did it end?”. They never "
            "enter the score, failures are shown with successes, and too little in common means “no "
            "comparable precedent”."
        ),
        remains=_("By what places are compared is chosen by people, and may miss what mattered."),
    ),
    Objection(
        said=_("What counts is the mechanism, not the list of criteria."),
        true=_("Checklists fail where nobody says why an item should matter."),
        done=_(
            "Every criterion says by which mechanism it works, and without one a card is not published. "
            "There are few criteria, tied to the card’s core components."
        ),
        remains=_(
            "A sentence about a mechanism is a claim. Where outcomes contradict it, the card has to change."
        ),
    ),
    Objection(
        said=_("It will end in league tables."),
        true=_("Numbers about places invite ranking, and a measure that becomes a target stops measuring."),
        done=_(
            "The public sees the practices for one place, never the places for one practice. Staff screen "
            "places only to invite them, in bands, and the lists are not published. An interval and a reason "
            "stand with every number."
        ),
        remains=_("The data and the code are open. We cannot forbid others to make a table; we do not."),
    ),
    Objection(
        said=_("It is too complex."),
        true=_("The formulas are not for everybody."),
        done=_(
            "The four answers stand in words first and need no number. Each number can be followed down to "
            "its figure, its source and its formula, and the example on this page can be changed by hand."
        ),
        remains=_(
            "Some trust is left to be given. That is why the code is open and every stored result can be "
            "computed again by others."
        ),
    ),
)
