"""What does not fit in an agenda, as sentences; and the languages that an interpreter states."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings
from django.utils.translation import gettext_lazy, override

from sadzonka.visits.agenda.contradictions import Contradiction, Kind

SENTENCES = {
    Kind.ENDS_BEFORE_IT_STARTS: gettext_lazy("“%(first)s” ends before it starts."),
    Kind.OUTSIDE_THE_VISIT: gettext_lazy("“%(first)s” is on a day that is not a day of the visit."),
    Kind.ROOM_TOO_SMALL: gettext_lazy("“%(first)s” has room for %(has)d, and %(needs)d are expected."),
    Kind.LANGUAGE_NOT_INTERPRETED: gettext_lazy(
        "The interpreter of “%(first)s” is not noted for the language spoken there (%(language)s)."
    ),
    Kind.SAME_INTERPRETER: gettext_lazy(
        "“%(first)s” and “%(second)s” have the same interpreter at the same time."
    ),
    Kind.SAME_HOST: gettext_lazy("“%(first)s” and “%(second)s” have the same host at the same time."),
    Kind.AT_ONCE: gettext_lazy("“%(first)s” and “%(second)s” are at the same time."),
    Kind.TRAVEL_TOO_SHORT: gettext_lazy(
        "The way from “%(first)s” to “%(second)s” takes %(needs)d min, and there are only %(has)d min."
    ),
    Kind.TOO_FAR: gettext_lazy(
        "From “%(first)s” to “%(second)s” it is %(needs)d km in a straight line; %(has)d min are not enough."
    ),
}
_JOINING = {"and", "i", "oraz", "e", "ed"}


def sentence(contradiction: Contradiction) -> str:
    """Return a contradiction in the reader's language, with the titles of its items."""
    first, second = contradiction.items[0], contradiction.items[-1]
    return SENTENCES[contradiction.kind] % {
        "first": first.title,
        "second": second.title,
        "has": contradiction.has,
        "needs": contradiction.needs,
        "language": dict(settings.LANGUAGES).get(first.language, first.language),
    }


@cache
def _codes_by_name() -> dict[str, str]:
    """Return the code of each of the site's languages by its name in each of them."""
    codes = {}
    for reader, _name in settings.LANGUAGES:
        with override(reader):
            codes.update({str(name).lower(): code for code, name in settings.LANGUAGES})
    return codes


def languages_stated(text: str) -> frozenset[str]:
    """Return the codes of the languages named in `text`, none when it is not understood as a whole."""
    words = [word for word in re.findall(r"\w+", text.lower()) if word not in _JOINING]
    codes = [_codes_by_name().get(word, word if len(word) == len("pl") else "") for word in words]
    return frozenset(codes) if all(codes) else frozenset()
