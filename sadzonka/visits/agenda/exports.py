"""The agenda as a calendar that telephones and mail programs read (iCalendar, RFC 5545)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from sadzonka.visits.agenda.replies import reply_now
from sadzonka.visits.models import AgendaItem, Visit


def calendar_of(visit: Visit, items: Iterable[AgendaItem]) -> bytes:
    """Return the items that have a day, each an event, with the time zone that they are in.

    It names hosts and places, and no persons: a calendar is subscribed to and handed on.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Sadzonka//agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", str(visit.title))
    calendar.add("x-wr-calname", str(visit.title))
    for item in items:
        if item.held_on:
            calendar.add_component(_event(item, visit, item.held_on))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(item: AgendaItem, visit: Visit, day: dt.date) -> Event:
    event = Event()
    event.add("uid", f"agenda-item-{item.pk}@{urlsplit(settings.BASE_ADDRESS).hostname}")
    event.add("dtstamp", timezone.now().astimezone(dt.UTC))
    event.add("summary", vText(str(item.title), params={"LANGUAGE": get_language() or ""}))
    for name, moment in _moments(item, day).items():
        event.add(name, moment)
    if place := ", ".join(filter(None, [item.venue, str(item.municipality or "")])):
        event.add("location", place)
    if description := "\n".join(_lines(item)):
        event.add("description", description)
    event.add("url", f"{settings.BASE_ADDRESS.rstrip('/')}{visit.get_absolute_url()}#{item.key}")
    if visit.state == Visit.State.CANCELLED:
        event.add("status", "CANCELLED")
    elif reply_now(item) == AgendaItem.Reply.CONFIRMED:
        event.add("status", "CONFIRMED")
    return event


def _moments(item: AgendaItem, day: dt.date) -> dict[str, dt.date]:
    """Return when an event starts and ends: a whole day when its time is not known."""
    if item.starts_at is None:
        return {"dtstart": day, "dtend": day + dt.timedelta(days=1)}
    zone = ZoneInfo(settings.TIME_ZONE)
    moments = {"dtstart": dt.datetime.combine(day, item.starts_at, zone)}
    if item.ends_at and item.ends_at > item.starts_at:
        moments["dtend"] = dt.datetime.combine(day, item.ends_at, zone)
    return {**moments}


def _lines(item: AgendaItem) -> Iterable[str]:
    if item.host:
        yield _("Host: %(name)s") % {"name": item.host.name}
    if item.theme:
        yield _("Theme: %(theme)s") % {"theme": item.theme}
    if item.language:
        yield _("Language: %(language)s") % {"language": item.get_language_display()}
