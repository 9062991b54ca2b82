"""What a file changes in places: new ones, other names and types, ends, and new codes of old places."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.reading import Reading, Unit
from sadzonka.places.imports.stored import Key, Stored, is_vague, stored_successions
from sadzonka.places.imports.timeline import Dated, History, Outcome, Span, Told
from sadzonka.places.models import Period
from sadzonka.places.queries import fold

MOST_EXAMPLES = 50
# Of two lists of one day the register of codes is right where they differ.
REGISTERS = ("terc", "istat-list")


@dataclass(slots=True)
class TerritoryPlan:
    """Everything to be written of places; spans without `pk` are new ones."""

    regions: dict[Key, str] = field(default_factory=dict)  # new or newly named, with their names
    counties: dict[Key, tuple[str, str]] = field(default_factory=dict)  # the same: region and name
    new: dict[Key, None] = field(default_factory=dict)  # in the order of the file
    spans: dict[Key, list[Span]] = field(default_factory=dict)
    renumbered: list[tuple[Key, Key, dt.date]] = field(default_factory=list)
    happened: list[tuple[Key, str, str]] = field(default_factory=list)  # municipality, name, what
    notes: list[Note] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.regions or self.counties or self.new or self.spans or self.renumbered)

    def count(self, what: str) -> int:
        return sum(1 for _key, _name, happened in self.happened if happened == what)


def territory_plan(reading: Reading, stored: Stored) -> TerritoryPlan:
    """Return what the units of a file change, without writing anything."""
    plan = TerritoryPlan()
    units = [unit for unit in reading.units if (unit.country, unit.code) not in stored.invented]
    dated = [unit for unit in units if unit.valid_from or unit.valid_to]
    listed = [unit for unit in units if not (unit.valid_from or unit.valid_to)]
    teller = _Teller(reading, stored, plan)
    if reading.as_of is not None:
        for unit in listed:
            teller.tell(unit, reading.as_of)
        if reading.lists_all_of and listed:
            teller.miss(reading.lists_all_of, {unit.code for unit in listed}, reading.as_of)
    by_key: dict[Key, list[Unit]] = {}
    for unit in dated:
        by_key.setdefault((unit.country, unit.code), []).append(unit)
    for key, statements in by_key.items():
        teller.date(key, statements)
    plan.renumbered = _unknown(renumberings(by_key), stored)
    plan.happened += [(old, by_key[old][-1].name, "renumbered") for old, _new, _day in plan.renumbered]
    teller.explain()
    return plan


def renumberings(dated: dict[Key, list[Unit]]) -> list[tuple[Key, Key, dt.date]]:
    """Return old code, new code and day of those that ended and began again under another code.

    Only where exactly one of the same name, type and region ends in a year and exactly one begins the day
    after; a code that is gone for any other reason has no namesake that begins that very day.
    """
    ends: dict[tuple[str, ...], list[Key]] = {}
    begins: dict[tuple[str, ...], list[Key]] = {}
    for key, statements in dated.items():
        ordered = sorted(statements, key=lambda unit: unit.valid_from or dt.date.min)
        first, last = ordered[0], ordered[-1]
        if last.valid_to:
            day = last.valid_to + dt.timedelta(days=1)
            ends.setdefault(_likeness(last, day), []).append(key)
        if first.valid_from:
            begins.setdefault(_likeness(first, first.valid_from), []).append(key)
    return [
        (old[0], begins[likeness][0], dt.date.fromisoformat(likeness[-1]))
        for likeness, old in ends.items()
        if len(old) == 1 and len(begins.get(likeness, ())) == 1 and begins[likeness] != old
    ]


def _unknown(renumbered: list[tuple[Key, Key, dt.date]], stored: Stored) -> list[tuple[Key, Key, dt.date]]:
    """Return those that are not stored yet."""
    numbers = stored.municipalities
    known = stored_successions(numbers[old] for old, _new, _day in renumbered if old in numbers)
    return [one for one in renumbered if (numbers.get(one[0]), numbers.get(one[1]), one[2]) not in known]


def _likeness(unit: Unit, day: dt.date) -> tuple[str, ...]:
    return (unit.country, _region(unit), fold(unit.name), unit.kind, day.isoformat())


def _region(unit: Unit) -> str:
    return unit.region or unit.code[:2]


class _Teller:
    """Applies statements to histories and remembers what came of them."""

    def __init__(self, reading: Reading, stored: Stored, plan: TerritoryPlan) -> None:
        self.reading, self.stored, self.plan = reading, stored, plan
        self.outcomes: Counter[str] = Counter()
        self.counties: dict[tuple[str, ...], str] = {}
        self.first_line: dict[str, Unit] = {}
        self.outranked = {
            day
            for (country, day), layouts in stored.layouts.items()
            if country == reading.lists_all_of
            and reading.layout in REGISTERS
            and layouts.isdisjoint(REGISTERS)
        }

    def tell(self, unit: Unit, day: dt.date) -> None:
        key = (unit.country, unit.code)
        # A list that names no county of ours knows no types and names as well as the country's own.
        kind = unit.kind if unit.kind and unit.county else Period.Kind.LOCAL_UNIT.value
        told = Told(unit.name, kind, self._county(unit), is_vague=is_vague(unit.country, kind))
        known = self.stored.spans.get(key)
        if (
            known is not None
            and len(known) == 1
            and not known[0].is_rough
            and known[0].covers(day)
            and known[0].told == told
        ):
            return  # the ordinary case of a hundred thousand
        if not told.county:
            self._refuse(unit, "county-unknown")
            return
        history = self._history(key)
        was = len(history.spans)
        outcome = history.tell(day, told)
        if outcome is Outcome.DISPUTED:
            self._refuse(unit, "lists-differ")
        elif outcome is Outcome.CONTRADICTED:
            self._refuse(unit, "list-contradicts" if was else "list-of-that-day-lacks-it")
        elif outcome is Outcome.CHANGED:
            self._keep(key, history, "changed" if was else "new", unit.name)

    def miss(self, country: str, codes: set[str], day: dt.date) -> None:
        """Take in which municipalities a whole list does not name."""
        for key in list(self.stored.spans):
            if key[0] != country or key[1] in codes or key in self.stored.invented:
                continue
            history = self._history(key)
            if history.miss(day) is Outcome.CHANGED:
                self._keep(key, history, "ended", history.spans[-1].told.name)

    def date(self, key: Key, units: list[Unit]) -> None:
        history = self._history(key)
        statements = []
        for unit in units:
            county = history.spans[-1].told.county if history.spans else self._county(unit)
            if not county:
                self._refuse(unit, "county-unknown")
                return
            statements.append(Dated(unit.valid_from, unit.valid_to, Told(unit.name, unit.kind, county)))
        was = len(history.spans)
        outcome = history.date(statements)
        if outcome is Outcome.CONTRADICTED:
            self._refuse(units[-1], "dates-contradict")
        elif outcome is Outcome.CHANGED:
            is_gone = history.spans[-1].end is not None
            self._keep(key, history, "new" if not was else "ended" if is_gone else "changed", units[-1].name)

    def _history(self, key: Key) -> History:
        spans = self.plan.spans.get(key)
        if spans is None:
            spans = [replace(span) for span in self.stored.spans.get(key, ())]
        is_vague = any(span.told.is_vague for span in spans)
        mentions = self.stored.mentions(key[0], is_vague=is_vague)
        return History(spans, self.stored.lists.get(key[0], ()), mentions, self.outranked)

    def _keep(self, key: Key, history: History, what: str, name: str) -> None:
        if key not in self.stored.municipalities:
            self.plan.new[key] = None
        self.plan.spans[key] = history.spans
        self.plan.happened.append((key, name, what))

    def _county(self, unit: Unit) -> str:
        """Return the code of the unit's county, "" when it is not known; a new one is planned."""
        said = (unit.country, unit.county or unit.code[:4], unit.county_name, unit.region, unit.region_name)
        if said not in self.counties:
            self.counties[said] = self._plan_county(unit)
        return self.counties[said]

    def _plan_county(self, unit: Unit) -> str:
        code = unit.county or (unit.code[:4] if unit.country == "PL" else unit.code[:3])
        key = (unit.country, code)
        known = self.stored.counties.get(key)
        planned = self.plan.counties.get(key)
        region = unit.region or (known.region if known else "") or (code[:2] if unit.country == "PL" else "")
        if not region:
            return code if planned else ""
        self._name_region((unit.country, region), unit.region_name)
        is_wanted = known is None or self._is_better(unit.county_name, known.name, code)
        if is_wanted and (planned is None or planned[1] == code):
            self.plan.counties[key] = (region, unit.county_name or code)
        return code

    def _name_region(self, key: Key, name: str) -> None:
        known, planned = self.stored.regions.get(key), self.plan.regions.get(key)
        if (known is None or self._is_better(name, known.name, key[1])) and planned in {None, key[1]}:
            self.plan.regions[key] = name or key[1]

    def _is_better(self, name: str, known: str, code: str) -> bool:
        """Say whether a name replaces the stored one: that was only a code, or this list is the newest."""
        if not name or name == known:
            return False
        newest = self.stored.newest_list(self.reading.lists_all_of)
        is_newest = bool(
            self.reading.lists_all_of and self.reading.as_of and newest and self.reading.as_of > newest
        )
        return known == code or is_newest

    def _refuse(self, unit: Unit, reason: str) -> None:
        self.outcomes[reason] += 1
        self.first_line.setdefault(reason, unit)

    def explain(self) -> None:
        for reason, count in self.outcomes.items():
            unit = self.first_line[reason]
            params = {"count": count, "code": unit.code, "name": unit.name}
            self.plan.notes.append(Note(reason, Weight.WARNING, unit.number or None, "", params))
