"""What the interface says in each language, to tell when a page speaks another one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import polib
from bs4 import BeautifulSoup
from django.conf import settings

from tests.journeys.visitor import said

SPOKEN = (
    "h1, h2, h3, h4, button, label, legend, summary, caption, th, dt, .kicker, .lede, .source, .help, "
    ".unknown, .tag, .state, .more, .aside, .skip, nav a, p, figcaption, head title, svg > title, "
    ".chart text, dd, td, option, .criteria > li, main ul:not([class]) > li"
)
ATTRIBUTES = ("aria-label", "placeholder", "title")
PLACE = re.compile(r"%\(\w+\)[sd]")


def foreign_words(page: BeautifulSoup, language: str) -> list[str]:
    """Return what a page's interface says in a language other than its own; what is marked as such may."""
    texts = [
        said(element)
        for element in page.select(SPOKEN)
        if all(parent.get("lang", language) == language for parent in [element, *element.parents])
    ]
    # The map's links are names of municipalities, and one is called “good” in Polish: Dobra.
    texts += [str(one[name]) for name in ATTRIBUTES for one in page.select(f"[{name}]:not(.map a)")]
    own = sayings(language)
    return sorted(
        {
            text
            for other, _name in settings.LANGUAGES
            if other != language
            for text in texts
            if key(text) in sayings(other) and key(text) not in own
        }
    )


def key(text: str) -> str:
    return text.strip(" .:").casefold()


@cache
def sayings(language: str) -> set[str]:
    """Return everything that the interface says in a language, folded; not what has a word put in."""
    path = Path(settings.LOCALE_PATHS[0], "pl" if language == "en" else language, "LC_MESSAGES", "django.po")
    said_so: list[str] = []
    for entry in polib.pofile(str(path)):
        if language == "en":
            said_so += [entry.msgid, entry.msgid_plural]
        elif not entry.fuzzy:
            said_so += [entry.msgstr, *entry.msgstr_plural.values()]
    return {key(text) for text in said_so if text and not PLACE.search(text)}
