"""What keeps a version of a card from being analysed and published, in words."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from sadzonka.analysis import MethodError
from sadzonka.practices.choices import Dimension
from sadzonka.practices.models import CardText, Version
from sadzonka.practices.queries import analysis_model

TOLERANCE = 1e-9  # as in the analysis


def problems_of(version: Version) -> list[str]:
    """Return what has to be mended before the version can be published, in the order of the form."""
    return _texts(version) + (_conditions(version) + _weights(version) or _analysis(version))


def _texts(version: Version) -> list[str]:
    """Say what is not written yet: a card that a debrief began holds no more than what was agreed there."""
    texts = list(version.texts.all())
    if not texts:
        return [_("There is no text in any language.")]
    return [
        _("The text in %(language)s says nothing yet about: %(names)s.")
        % {"language": text.get_language_display(), "names": ", ".join(missing)}
        for text in texts
        if (missing := [str(field.verbose_name) for field in _needed(text) if not getattr(text, field.name)])
    ]


def _needed(text: CardText) -> list[models.Field[Any, Any]]:
    return [field for field in text._meta.fields if isinstance(field, models.TextField) and not field.blank]


def _analysis(version: Version) -> list[str]:
    """Let the analysis have the last word on what is not put into words here."""
    try:
        analysis_model(version)
    except (MethodError, TypeError, ValueError) as error:
        return [_("The card cannot be analysed: %(reason)s") % {"reason": error}]
    return []


def _conditions(version: Version) -> list[str]:
    clauses = list(version.clauses.all())
    keys = Counter(one.key for clause in clauses for one in clause.alternatives.all())
    return [
        _("The condition “%(name)s” needs at least one way of meeting it.") % {"name": clause.name}
        for clause in clauses
        if not clause.alternatives.all()
    ] + [
        _("The key “%(key)s” belongs to more than one way of meeting a condition.") % {"key": key}
        for key, times in keys.items()
        if times > 1
    ]


def _weights(version: Version) -> list[str]:
    problems = []
    for dimension in Dimension:
        weights = [one.weight for one in version.criteria.all() if one.dimension == dimension]
        if weights and abs(math.fsum(weights) - 1) > TOLERANCE:
            problems.append(
                _("The weights of the dimension “%(dimension)s” sum to %(sum)s; they must sum to 1.")
                % {"dimension": dimension.label, "sum": f"{math.fsum(weights):g}"}
            )
        if any(weight <= 0 for weight in weights):
            problems.append(
                _("A weight of the dimension “%(dimension)s” is 0; each must be more.")
                % {"dimension": dimension.label}
            )
    return problems
