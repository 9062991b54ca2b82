"""Small records for tests that need their own, beside those of the demonstration."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from sadzonka.common.words import Words
from sadzonka.organisations.models import Organisation
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Alternative, CardText, Clause, Criterion, Practice, Version
from sadzonka.practices.sources import LONG_TEXTS
from sadzonka.visits.models import AgendaItem, Series, Visit
from sadzonka.website.models import NewsIndexPage, NewsPage

LANGUAGES = ("pl", "it", "en")


def words(text: str) -> Words:
    """Return the same text in every language."""
    return Words(dict.fromkeys(LANGUAGES, text))


def municipality(code: str = "300101", country: str = "PL") -> Municipality:
    return Municipality.objects.get(country=country, code=code)


def practice(slug: str, **fields: Any) -> Practice:
    return Practice.objects.create(slug=slug, **fields)


def version(of: Practice, text: str, *, number: int = 1, state: str = "draft") -> Version:
    """Make a version whose every text says `text`, with one condition and one question, open to analysis."""
    made = Version.objects.create(practice=of, number=number, state=state, published_on=dt.date(2026, 5, 4))
    for language in LANGUAGES:
        long = dict.fromkeys(LONG_TEXTS, text)
        CardText.objects.create(version=made, language=language, **long)
    clause = Clause.objects.create(version=made, key="will", name=words(text))
    Alternative.objects.create(
        clause=clause, key="resolution", statement=words(text), changed_by="municipality"
    )
    Criterion.objects.create(
        version=made,
        key="trust",
        dimension="readiness",
        weight=1.0,
        name=words(text),
        mechanism=words(text),
        question=words(text),
        anchors={language: [text] * 6 for language in LANGUAGES},
    )
    return made


def visit(slug: str, text: str, *, state: str = "announced", **fields: Any) -> Visit:
    """Make a visit of the demonstration's series whose every text says `text`."""
    return Visit.objects.create(
        **{
            "slug": slug,
            "series": Series.objects.get(slug="wwd"),
            "organiser": Organisation.objects.get(slug="sadzonka-organizer"),
            "state": state,
            "title": words(text),
            "summary": words(text),
            "starts_on": dt.date(2026, 9, 1),
            "ends_on": dt.date(2026, 9, 3),
            **fields,
        }
    )


def agenda_item(of: Visit, key: str, text: str, **fields: Any) -> AgendaItem:
    return AgendaItem.objects.create(visit=of, key=key, title=words(text), description=words(text), **fields)


def news(text: str, *, language: str = "en", live: bool = True, **fields: Any) -> NewsPage:
    """Make a news item whose every text says `text`."""
    index = NewsIndexPage.objects.get(locale__language_code=language)
    page = NewsPage(
        **{
            "title": text,
            "summary": text,
            "body": f"<p>{text}</p>",
            "date": dt.date(2026, 5, 4),
            "locale": index.locale,
            "live": live,
            **fields,
        }
    )
    index.add_child(instance=page)
    return page


def wrong_fields(record: models.Model) -> list[str]:
    """Return the fields beside which a record says that it makes no sense."""
    try:
        record.clean()
    except ValidationError as error:
        return list(error.message_dict)
    return []
