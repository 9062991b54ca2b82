"""Template tags that show texts in the reader's language and say so when only another one exists."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from django import template
from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from sadzonka.common.words import Saying, Words

if TYPE_CHECKING:
    from collections.abc import Callable

register = template.Library()
_REFERENCE = re.compile(r"\s?\[(\d{1,2})\]")
_NEIGHBOURS = re.compile(r"\](?=\[\d)")


def without_references(text: str) -> str:
    """Return a text without its `[1]`: for pages and papers on which the sources do not stand."""
    return _REFERENCE.sub("", text)


def _in_its_language(saying: Saying, html: SafeString, *, is_block: bool) -> SafeString:
    if not saying.is_fallback:
        return html
    language = str(dict(settings.LANGUAGES)[saying.language])
    markup = (
        '<div lang="{0}">{1}</div><p class="fallback">{2}</p>'
        if is_block
        else '<span lang="{0}">{1}</span> <small class="fallback">({2})</small>'
    )
    return format_html(markup, saying.language, html, language)


def _shown(words: Words | None, render: Callable[[str], SafeString], *, is_block: bool) -> SafeString:
    if not words:
        return SafeString("")
    saying = words.saying()
    return _in_its_language(saying, render(saying.text), is_block=is_block)


@register.simple_tag
def say(words: Words | None) -> SafeString:
    """Show a short text inside a line, without its references: the sources stand on another page."""
    return _shown(
        words, lambda text: SafeString(conditional_escape(without_references(text))), is_block=False
    )


def _linked(escaped: str) -> SafeString:
    """Make `[1]` a link to the first source of the page, in a text that is escaped already."""
    return mark_safe(  # noqa: S308 - escaped by the caller; only digits are put in
        _REFERENCE.sub(
            r'<sup class="ref"><a href="#source-\1">\1</a></sup>', _NEIGHBOURS.sub("]<sup>,</sup>", escaped)
        )
    )


def _with_references(text: str) -> SafeString:
    return _linked(linebreaks(text, autoescape=True))


@register.simple_tag
def say_long(words: Words | None) -> SafeString:
    """Show paragraphs; `[1]` refers to the first source of the page."""
    return _shown(words, _with_references, is_block=True)


@register.simple_tag
def say_text(text: str) -> SafeString:
    """Show paragraphs of a language chosen before; `[1]` refers to the first source of the page."""
    return _with_references(text)


@register.filter(expects_localtime=True)
def day(value: dt.date | None) -> str:
    """Write a day as the reader does: 5 grudnia 2013, 5 dicembre 2013, 5 December 2013.

    In templates a moment is written as the day that it falls on in the site's time zone.
    """
    if value is None:
        return ""
    is_inflected = get_language() == "pl"
    written = date_format(value, "j E Y" if is_inflected else "j F Y")
    return written.lower() if get_language() == "it" else written


@register.filter(expects_localtime=True)
def month(value: dt.date | None) -> str:
    """Write a month of a year: marzec 2012, marzo 2012, March 2012."""
    written = date_format(value, "F Y") if value else ""
    return written if get_language() == "en" else written.lower()


def _block(block: str) -> SafeString:
    if block.startswith("## "):
        heading, _newline, rest = block[3:].partition("\n")
        return format_html("<h2>{}</h2>{}", heading, _block(rest) if rest.strip() else "")
    lines = block.splitlines()
    if all(line.startswith("- ") for line in lines):
        return format_html(
            "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((line[2:],) for line in lines))
        )
    return format_html("<p>{}</p>", block)


def article(text: str) -> SafeString:
    """Turn plain paragraphs, `## ` headings and `- ` lists into HTML; everything else is shown as text."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return SafeString("\n".join(_block(block) for block in blocks if block))
