"""Series and visits from the files of a folder."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sadzonka.common.actions import store
from sadzonka.common.clock import read_day
from sadzonka.common.files import cited, read_time, toml_file, toml_folder
from sadzonka.common.words import language_codes
from sadzonka.funding.models import Project
from sadzonka.organisations.sources import known_organisations
from sadzonka.people.sources import known_people
from sadzonka.places.sources import known_municipalities
from sadzonka.practices.models import Practice
from sadzonka.visits.models import AgendaItem, Goal, Interpreter, Series, Speaker, Visit, VisitSource

if TYPE_CHECKING:
    from pathlib import Path

    from sadzonka.common.files import Entry
    from sadzonka.organisations.models import Organisation
    from sadzonka.places.models import Municipality


def load_visits(folder: Path) -> None:
    """Store the series (unless it relies on those stored) and the visits of `folder`."""
    if (folder / "series.toml").exists():
        store(
            Series(slug=entry.text("slug"), name=entry.words("name"), description=entry.words("description"))
            for entry in toml_file(folder / "series.toml").entries("series")
        )
    series = {one.slug: one for one in Series.objects.all()}
    known, municipalities = known_organisations(), known_municipalities()
    for entry in toml_folder(folder):
        if "slug" in entry.values:
            _load_visit(entry, series, known, municipalities)


def _load_visit(
    entry: Entry,
    series: dict[str, Series],
    known: dict[str, Organisation],
    municipalities: dict[tuple[str, str], Municipality],
) -> None:
    projects = {project.slug: project for project in Project.objects.all()}
    people = known_people() if entry.get("facilitators") else {}
    (visit,) = store(
        [
            Visit(
                slug=entry.text("slug"),
                series=entry.found("series", series),
                project=entry.found_or_none("project", projects),
                organiser=entry.found("organiser", known),
                state=entry.found("state", {state.value: state for state in Visit.State}),
                title=entry.words("title"),
                summary=entry.words("summary"),
                participants=entry.words_or_none("participants_text"),
                starts_on=entry.needed("starts_on", read_day, "a date"),
                ends_on=entry.needed("ends_on", read_day, "a date"),
            )
        ]
    )
    store(
        Visit.municipalities.through(visit=visit, municipality=_place(place, municipalities))
        for place in entry.entries("municipalities")
    )
    store(
        Visit.facilitators.through(visit=visit, person=entry.found("facilitators", people, key=email))
        for email in entry.get("facilitators", [])
    )
    store(_goal(goal, visit, order) for order, goal in enumerate(entry.entries("goals"), start=1))
    store(
        VisitSource(visit=visit, sort_order=order, **cited(source))
        for order, source in enumerate(entry.entries("sources"), start=1)
    )
    _load_agenda(entry, visit, known, municipalities)


def _goal(entry: Entry, visit: Visit, order: int) -> Goal:
    return Goal(
        visit=visit,
        sort_order=order,
        text=entry.words("text"),
        measure=entry.found_or_none("measure", {measure.value: measure for measure in Goal.Measure})
        or Goal.Measure.BY_HAND,
        measure_text=entry.words_or_none("measure_text"),
        target=entry.convert("target", Decimal, "a number"),
    )


def _load_agenda(
    entry: Entry,
    visit: Visit,
    known: dict[str, Organisation],
    municipalities: dict[tuple[str, str], Municipality],
) -> None:
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    entries = entry.entries("agenda")
    items = store(
        AgendaItem(
            visit=visit,
            sort_order=order,
            key=item.text("key"),
            kind=item.found_or_none("kind", {kind.value: kind for kind in AgendaItem.Kind})
            or AgendaItem.Kind.MEETING,
            held_on=item.convert("held_on", read_day, "a date"),
            starts_at=item.convert("starts_at", read_time, "a time"),
            ends_at=item.convert("ends_at", read_time, "a time"),
            title=item.words("title"),
            description=item.words_or_none("description"),
            theme=item.words_or_none("theme"),
            venue=item.get("venue"),
            capacity=item.convert("capacity", int, "a number of people"),
            travel_minutes=item.convert("travel_minutes", int, "a number of minutes"),
            interpreter=_interpreter(item),
            host_email=item.get("host_email"),
            host_language=item.found_or_none("host_language", {code: code for code in language_codes()})
            or "",
            language=item.found_or_none("language", {code: code for code in language_codes()}) or "",
            host=item.found_or_none("host", known),
            municipality=_place(item.table("municipality"), municipalities)
            if item.get("municipality")
            else None,
            source_number=item.convert("source", int, "the number of a source"),
        )
        for order, item in enumerate(entries, start=1)
    )
    store(
        Speaker(item=item, sort_order=order, name=one.text("name"), role=one.words_or_none("role"))
        for item, row in zip(items, entries, strict=True)
        for order, one in enumerate(row.entries("speakers"), start=1)
    )
    store(
        AgendaItem.practices.through(agendaitem=item, practice=row.found("practices", practices, key=slug))
        for item, row in zip(items, entries, strict=True)
        for slug in row.get("practices", [])
    )


def _interpreter(item: Entry) -> Interpreter | None:
    if not item.get("interpreter"):
        return None
    one = item.table("interpreter")
    known = Interpreter.objects.filter(email=one.text("email")).first()
    new = Interpreter(name=one.text("name"), email=one.text("email"), languages=one.get("languages"))
    return known or store([new])[0]


def _place(place: Entry, municipalities: dict[tuple[str, str], Municipality]) -> Municipality:
    return place.found("code", municipalities, key=(place.text("country"), place.text("code")))
