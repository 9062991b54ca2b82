"""The plan of an import: everything that is to be written, computed before anything is."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from sadzonka.places.catalogue import country_codes
from sadzonka.places.formats import plain
from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.reading import Outline, Point, Reading
from sadzonka.places.imports.columns import Meanings, meanings
from sadzonka.places.imports.comparing import Compared, Larger, compared
from sadzonka.places.imports.matching import Matched, matched
from sadzonka.places.imports.stored import Key, Stored, figures_of_release, stored_places
from sadzonka.places.imports.territory import TerritoryPlan, territory_plan
from sadzonka.places.models import Boundary, Municipality, Region, RegionalObservation, Release

HASH_LENGTH = 12
LONGEST_KEY = 80
# What staff must choose when a reader asks; other questions are about the columns of a plain table.
ASKED = {"choose-country": "country", "zeros-ambiguous": "scheme"}


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was handed in, opened and read with what staff chose."""

    name: str
    sha256: str
    opened: Opened
    reading: Reading
    choices: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that staff must choose before the import: `key` names the choice, the note says why."""

    key: str
    why: Note


@dataclass(slots=True)
class Plan:
    """What importing a file would do; nothing is written by computing it."""

    file: File
    release: Release  # unsaved, unless this very file was imported before
    stored: Stored
    territory: TerritoryPlan
    places: Matched
    meanings: Meanings
    figures: Compared
    larger: list[Larger]
    outlines: list[Outline]
    points: list[Point]
    asks: list[Ask]
    notes: list[Note]

    @property
    def errors(self) -> int:
        return sum(1 for note in self.notes if note.weight is Weight.ERROR)

    @property
    def is_ready(self) -> bool:
        """Whether it may be imported: nothing is wrong and nothing is asked."""
        return not self.errors and not self.asks

    @property
    def is_nothing_new(self) -> bool:
        """Whether importing it would change nothing."""
        nothing = not (self.larger or self.outlines or self.points or self.meanings.added)
        return (
            nothing and self.territory.is_empty and not self.figures.unwritten.any() and self._is_list_known
        )

    @property
    def is_silent(self) -> bool:
        """Whether the file, as it is read, says nothing that could be stored."""
        return any(note.key == "nothing-to-import" for note in self.notes)

    @property
    def _is_list_known(self) -> bool:
        """Whether the day of a list is kept already: it tells what the list confirmed."""
        return bool(self.release.pk) or not (self.release.lists_all_of_id or self.release.as_of)


def content_hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def plan_of(file: File) -> Plan:
    """Compare a file with the database and return what importing it would do."""
    reading = file.reading
    stored = stored_places(_countries(reading))
    release = _release(file)
    territory = territory_plan(reading, stored)
    known_countries = {*stored.countries, *country_codes().values()}
    places = matched(reading, stored, territory.new, known_countries, territory.regions)
    found = meanings(reading, file.choices, places)
    own = figures_of_release(release.pk) if release.pk else None
    figures = compared(reading, places, found, own)
    outlines, outline_notes = _outlines(reading, stored, territory, release)
    points = _points(reading, stored, territory)
    is_silent = not (reading.units or reading.outlines or reading.points or figures.larger)
    notes = [*reading.notes, *territory.notes, *places.notes, *found.notes, *figures.notes, *outline_notes]
    is_silent = is_silent and not any(note.weight in {Weight.ERROR, Weight.QUESTION} for note in notes)
    if is_silent and not figures.cells.place.size:
        notes.append(Note("nothing-to-import"))
    plan = Plan(
        file=file,
        release=release,
        stored=stored,
        territory=territory,
        places=places,
        meanings=found,
        figures=figures,
        larger=_unwritten(figures.larger, release),
        outlines=outlines,
        points=points,
        asks=_asks(reading, stored, found, notes),
        notes=[note for note in notes if note.weight is not Weight.QUESTION],
    )
    _ask_for_publisher(plan)
    return plan


def _countries(reading: Reading) -> set[str]:
    told = {
        one.country
        for group in (reading.lines, reading.units, reading.outlines, reading.points)
        for one in group
    }
    return {country for country in {*told, reading.country, reading.lists_all_of} if country}


def _release(file: File) -> Release:
    """Return the release of this very file, an unsaved one when it is new."""
    reading, choices = file.reading, file.choices
    period = (reading.period or _years(reading) or str(choices.get("year", "")))[:40]
    name = slugify(f"{reading.layout}-{period}".replace("–", "-"))[: LONGEST_KEY - HASH_LENGTH - 1]
    key = f"{name}-{file.sha256[:HASH_LENGTH]}"
    known = Release.objects.filter(key=key).first()
    if known:
        return known
    tells_places = any(not (unit.valid_from or unit.valid_to) for unit in reading.units)
    return Release(
        key=key,
        publisher=(choices.get("publisher") or reading.publisher)[:200],
        title=(choices.get("title") or reading.title)[:300],
        url=choices.get("url") or reading.url,
        licence=(choices.get("licence") or reading.licence)[:300],
        period=period or (reading.as_of.isoformat() if reading.as_of and tells_places else ""),
        sha256=file.sha256,
        layout=reading.layout,
        as_of=reading.as_of if tells_places else None,
        lists_all_of_id=(reading.lists_all_of if tells_places else "") or None,
    )


def _years(reading: Reading) -> str:
    years = sorted({column.year for column in reading.columns if column.year})
    return "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _asks(reading: Reading, stored: Stored, found: Meanings, notes: list[Note]) -> list[Ask]:
    asks = [Ask(ASKED.get(note.key, "plain"), note) for note in notes if note.weight is Weight.QUESTION]
    undated = any(
        reading.columns[number].year is None
        for meaning in found.labels.values()
        if meaning.indicator
        for number in meaning.columns
    )
    # A list without a day dates nothing: where all it names is known, nothing has to be dated either.
    is_list_undated = reading.as_of is None and any(
        not (one.valid_from or one.valid_to) and (one.country, one.code) not in stored.municipalities
        for one in reading.units
    )
    return [*asks, Ask("year", Note("say-year"))] if undated or is_list_undated else asks


def _ask_for_publisher(plan: Plan) -> None:
    """Ask for the source of a plain table; outlines, and whoever says that it is unknown, are only warned."""
    if plan.release.pk or plan.release.publisher:
        return
    if plan.file.reading.layout != plain.LAYOUT or plan.file.choices.get("is_publisher_unknown"):
        if not plan.asks and not plan.is_nothing_new:
            plan.notes.append(Note("publisher-unknown", Weight.WARNING))
    elif plan.asks or plan.is_silent or not plan.is_nothing_new:
        plan.asks.append(Ask("publisher", Note("say-publisher")))


def _unwritten(larger: list[Larger], release: Release) -> list[Larger]:
    """Return those figures of regions and countries that this very file has not brought before."""
    if not release.pk:
        return larger
    known = set(
        RegionalObservation.objects.filter(release=release).values_list(
            "country", "region__code", "indicator__key", "period"
        )
    )
    return [one for one in larger if (one.country, one.region or None, one.indicator, one.year) not in known]


def _outlines(
    reading: Reading, stored: Stored, territory: TerritoryPlan, release: Release
) -> tuple[list[Outline], list[Note]]:
    if not reading.outlines:
        return [], []
    drawn = set()
    if release.pk:
        drawn = set(Boundary.objects.filter(release=release).values_list("municipality_id", flat=True))
    matching = [one for one in reading.outlines if _is_known((one.country, one.code), stored, territory)]
    unknown = [one for one in reading.outlines if not _is_known((one.country, one.code), stored, territory)]
    notes = []
    if unknown:
        params = {"count": len(unknown), "code": unknown[0].code, "name": unknown[0].name}
        weight = Weight.WARNING if matching else Weight.ERROR
        notes.append(Note("outlines-unmatched", weight, params=params))
    twice = [
        code for code, times in Counter((one.country, one.code) for one in matching).items() if times > 1
    ]
    notes += [Note("outline-twice", Weight.ERROR, params={"code": code}) for _country, code in twice]
    return [one for one in matching if stored.municipalities.get((one.country, one.code)) not in drawn], notes


def _points(reading: Reading, stored: Stored, territory: TerritoryPlan) -> list[Point]:
    """Return the coordinates of municipalities that have none yet."""
    if not reading.points:
        return []
    located = set(
        Municipality.objects.filter(latitude__isnull=False, country__in=_countries(reading)).values_list(
            "country", "code"
        )
    )
    fresh = {
        (one.country, one.code): one
        for one in reading.points
        if (one.country, one.code) not in located and _is_known((one.country, one.code), stored, territory)
    }
    return list(fresh.values())


def _is_known(key: Key, stored: Stored, territory: TerritoryPlan) -> bool:
    return key in stored.municipalities or key in territory.new


def region_ids(countries: set[str]) -> dict[Key, int]:
    """Return the stored regions of these countries by country and code."""
    rows = Region.objects.filter(country__in=countries).values_list("country", "code", "pk")
    return {(country, code): pk for country, code, pk in rows}
