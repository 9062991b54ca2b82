"""Practice cards with all that a version says, ideas, and who is interested in what."""

from sadzonka.practices.models.card import (
    Alternative,
    CardText,
    Clause,
    Component,
    Criterion,
    Practice,
    Version,
    default_thresholds,
)
from sadzonka.practices.models.grounds import Cost, VersionSource
from sadzonka.practices.models.ideas import Idea, Interest

__all__ = [
    "Alternative",
    "CardText",
    "Clause",
    "Component",
    "Cost",
    "Criterion",
    "Idea",
    "Interest",
    "Practice",
    "Version",
    "VersionSource",
    "default_thresholds",
]
