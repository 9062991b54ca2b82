"""What the papers of a visit say, as data for their templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from sadzonka.common.documents import pdf, said
from sadzonka.common.templatetags.words import day
from sadzonka.common.words import Words
from sadzonka.visits.attendance.queries import Attended
from sadzonka.visits.models import AgendaItem, Application, Visit

MINUTES = 60


def attendance_list(visit: Visit, items: list[AgendaItem], participants: list[Application]) -> bytes:
    """Return a list to be signed at these items, in the reader's language."""
    days = [item.held_on for item in items if item.held_on]
    on = [_fact(_("Day:"), _day_of_week(days[0]))] if days else []
    return pdf(
        "attendance.typ",
        {
            **_frame(visit, _("Attendance list")),
            "facts": [_fact(_("Visit:"), visit.title), *on, *_project(visit)],
            "items": [
                {"time": _time(item), "title": said(item.title), "place": _where(item)} for item in items
            ],
            "columns": [_("No."), _("Name"), _("Institution"), _("Signature")],
            "participants": [{"name": one.full_name, "institution": one.institution} for one in participants],
        },
    )


def programme(visit: Visit, items: Iterable[AgendaItem]) -> bytes:
    """Return the agenda day by day, in the reader's language."""
    return pdf(
        "programme.typ",
        {
            **_frame(visit, _("Programme of the visit")),
            "facts": [
                _fact(_("When:"), _dates(visit)),
                _fact(_("Organiser:"), visit.organiser.name),
                *_project(visit),
            ],
            "days": [
                {
                    "name": _day_of_week(held_on) if held_on else _("Day not known"),
                    "items": [_programme_item(item) for item in of_day],
                }
                for held_on, of_day in groupby(items, key=lambda item: item.held_on)
            ],
            "empty": _("The agenda is not known."),
        },
    )


def certificates(visit: Visit, attended: Iterable[Attended], language: str = "") -> bytes:
    """Return a sheet for each of them, in `language` or else in that of each participant."""
    sheets = []
    for one in attended:
        with override(language or one.participant.language):
            sheets.append(_certificate(visit, one))
    title = sheets[0]["title"] if len(sheets) == 1 else _("Certificates of attendance")
    lang = {"lang": sheets[0]["lang"]} if len(sheets) == 1 else {}
    return pdf("certificates.typ", {**_frame(visit, title), **lang, "certificates": sheets})


def duration(item: AgendaItem) -> dt.timedelta | None:
    """Return how long an item lasts, None when that is not known."""
    if item.starts_at is None or item.ends_at is None or item.ends_at <= item.starts_at:
        return None
    on = dt.date.min
    return dt.datetime.combine(on, item.ends_at) - dt.datetime.combine(on, item.starts_at)


def hours(length: dt.timedelta | None) -> str:
    """Write a length of time in hours and minutes; empty when it is not known or nothing."""
    if not length:
        return ""
    whole, minutes = divmod(round(length.total_seconds()) // MINUTES, MINUTES)
    if not whole:
        return _("%(minutes)s min") % {"minutes": minutes}
    if not minutes:
        return _("%(hours)s h") % {"hours": whole}
    return _("%(hours)s h %(minutes)s min") % {"hours": whole, "minutes": f"{minutes:02}"}


def _certificate(visit: Visit, attended: Attended) -> dict[str, Any]:
    who, lengths = attended.participant, [duration(item) for item in attended.items]
    return {
        **_frame(visit, _("Certificate of attendance")),
        "certify": _("This is to certify that"),
        "name": who.full_name,
        "institution": who.institution,
        "took_part": _("took part in the study visit"),
        "dates": _dates(visit),
        "columns": [_("Day"), _("Was present at"), _("Time")],
        "items": [
            {"day": day(item.held_on), "title": said(item.title), "hours": hours(length)}
            for item, length in zip(attended.items, lengths, strict=True)
        ],
        "total_label": _("Together"),
        "total": hours(sum(filter(None, lengths), dt.timedelta())),
        "issued": _("Issued on %(day)s") % {"day": day(timezone.localdate())},
        "reference": _("Reference: %(reference)s") % {"reference": who.reference},
        "signature": _("for the organiser"),
    }


def _programme_item(item: AgendaItem) -> dict[str, Any]:
    facts = [
        (_("Place:"), _where(item)),
        (_("Host:"), item.host.name if item.host else ""),
        (_("Theme:"), item.theme),
        (_("Speakers:"), ", ".join(_speaker(one) for one in item.speakers.all())),
        (_("Language:"), item.get_language_display()),
    ]
    return {
        "time": _time(item),
        "title": said(item.title),
        "description": said(item.description),
        "facts": [_fact(label, text) for label, text in facts if text],
    }


def _speaker(speaker: Any) -> str:
    return f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name


def _frame(visit: Visit, title: str) -> dict[str, Any]:
    marks = visit.project.programme.marks.all() if visit.project else []
    language = said(None)["lang"]
    return {
        "lang": language,
        "title": title,
        "visit": said(visit.title),
        "organiser": visit.organiser.name,
        "marks": [{"kind": mark.kind, **said(mark.text)} for mark in marks],
    }


def _project(visit: Visit) -> list[dict[str, Any]]:
    return [_fact(_("Project:"), visit.project.name)] if visit.project else []


def _fact(label: str, text: Words | str) -> dict[str, Any]:
    plain = {"text": str(text), "lang": said(None)["lang"], "other_language": ""}
    return {"label": label, **(said(text) if isinstance(text, Words) else plain)}


def _where(item: AgendaItem) -> str:
    return ", ".join(str(part) for part in (item.venue, item.municipality) if part)


def _time(item: AgendaItem) -> str:
    times = [f"{one:%H:%M}" for one in (item.starts_at, item.ends_at) if one]
    return " – ".join(times)


def _dates(visit: Visit) -> str:
    return " – ".join(dict.fromkeys([day(visit.starts_on), day(visit.ends_on)]))


def _day_of_week(value: dt.date) -> str:
    name = date_format(value, "l")
    return f"{name[:1].upper()}{name[1:]}, {day(value)}"
