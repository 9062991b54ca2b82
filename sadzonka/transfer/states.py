"""How the state of a condition is shown: in a word, by a drawing, to the style sheet."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import State

STATE_NAMES = {State.MET: "met", State.UNKNOWN: "unknown", State.UNMET: "unmet"}
STATE_DRAWINGS = {State.MET: "rooted", State.UNKNOWN: "bud", State.UNMET: "stone"}
STATE_WORDS = {State.MET: _("met"), State.UNKNOWN: _("not known"), State.UNMET: _("not met")}


class Stated:
    """Something on a page that has a state."""

    __slots__ = ()
    state: State

    @property
    def css(self) -> str:
        """The name by which the style sheet knows the state."""
        return STATE_NAMES[self.state]

    @property
    def drawing(self) -> str:
        return STATE_DRAWINGS[self.state]

    @property
    def word(self) -> Promise:
        return STATE_WORDS[self.state]
