"""Which municipality, region or country each line of a file is about, and why some are about none of ours."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.reading import Level, Line, Reading
from sadzonka.places.imports.stored import Key, Stored
from sadzonka.places.queries import fold

LIKE_ENOUGH = 0.5  # of 1: "Sainte-Marie" and "S.te Marie" are one name, "Chodzież" and "Margonin" are not
MOST_DIFFERENT = 0.2  # of all names: more, and codes and names have slipped against each other
FEW = 20  # lines of which such a share says nothing
SLIPPED = 3  # names that stand one line too high or too low; in so many lines it is no accident
MOST_NAMES_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line about no municipality of ours, with the reason."""

    line: Line
    why: Note


@dataclass(slots=True)
class Matched:
    """Places that a file's lines are about: `lines` and `places` are of one length."""

    keys: list[Key] = field(default_factory=list)  # municipalities, each once
    ids: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # 0: not stored yet
    lines: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # index of the line
    places: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))  # index in `keys`
    larger: list[tuple[int, str, str]] = field(
        default_factory=list
    )  # line, country, region ("": the country)
    unmatched: list[Unmatched] = field(default_factory=list)
    levels: Counter[Level] = field(default_factory=Counter)
    notes: list[Note] = field(default_factory=list)


def matched(
    reading: Reading,
    stored: Stored,
    new: Collection[Key],
    countries: Collection[str],
    regions: Collection[Key],
) -> Matched:
    """Return what the lines are about; `new` and `regions` are those that this very file adds.

    Only country and code decide: hundreds of municipalities share their name with another.
    """
    found = Matched()
    index: dict[Key, int] = {}
    lines, places = [], []
    for number, line in enumerate(reading.lines):
        found.levels[line.level] += 1
        key = (line.country, line.code)
        if line.level is Level.MUNICIPALITY:
            if key in stored.municipalities or key in new:
                lines.append(number)
                places.append(index.setdefault(key, len(index)))
            else:
                found.unmatched.append(Unmatched(line, _why_not(line, reading, stored)))
        elif line.level is Level.COUNTRY and line.country in countries:
            found.larger.append((number, line.country, ""))
        elif line.level is Level.REGION and (key in stored.regions or key in regions):
            found.larger.append((number, line.country, line.code))
    found.keys = list(index)
    found.ids = np.array([stored.municipalities.get(key, 0) for key in index], dtype=np.int64)
    found.lines, found.places = np.array(lines, dtype=np.int64), np.array(places, dtype=np.int64)
    found.notes = [*_about_names(reading, found, stored), *_about_many(found, stored), *_about_larger(found)]
    return found


def _why_not(line: Line, reading: Reading, stored: Stored) -> Note:
    newest = stored.newest_list(line.country)
    params = {"code": line.code, "name": line.name}
    if newest is None:
        return Note(
            "no-list-of-country", Weight.WARNING, line.number, "", {**params, "country": line.country}
        )
    params["day"] = newest.isoformat()
    is_newer = (reading.as_of or _last_day(reading)) > newest
    return Note("newer-than-list" if is_newer else "not-in-list", Weight.WARNING, line.number, "", params)


def _last_day(reading: Reading) -> dt.date:
    years = [column.year for column in reading.columns if column.year]
    return dt.date(max(years), 12, 31) if years else dt.date.min


def _about_names(reading: Reading, found: Matched, stored: Stored) -> list[Note]:
    """Return warnings of lines whose code is that of a municipality with a wholly different name."""
    notes = []
    named: Counter[str] = Counter()
    unlike: Counter[str] = Counter()
    slipped = []
    for at, (number, place) in enumerate(zip(found.lines.tolist(), found.places.tolist(), strict=True)):
        line = reading.lines[number]
        names = [span.told.name for span in stored.spans.get(found.keys[place], ())]
        if not line.name or not names:
            continue
        named[line.country] += 1
        if line.name not in names and not any(is_alike(line.name, name) for name in names):
            params = {"code": line.code, "name": line.name, "stored": names[-1]}
            notes.append(Note("other-name", Weight.WARNING, line.number, "", params))
            unlike[line.country] += 1
            if _is_of_neighbour(line.name, at, found, stored):
                slipped.append(line.number)
    is_wrong = len(slipped) >= SLIPPED or any(
        count > max(FEW, MOST_DIFFERENT * named[country]) for country, count in unlike.items()
    )
    if is_wrong:
        params = {"count": len(notes), "all": named.total()}
        row = slipped[0] if len(slipped) >= SLIPPED else notes[0].row
        return [Note("names-slipped", Weight.ERROR, row, "", params), *notes[:MOST_NAMES_SHOWN]]
    return notes


def _is_of_neighbour(name: str, at: int, found: Matched, stored: Stored) -> bool:
    """Say whether a name is that of the municipality one line above or below."""
    return any(
        span.told.name == name
        for place in (*found.places[max(at - 1, 0) : at], *found.places[at + 1 : at + 2])
        for span in stored.spans.get(found.keys[place], ())
    )


def is_alike(name: str, other: str) -> bool:
    """Say whether two spellings may be of one name.

    >>> is_alike("Bolzano/Bozen", "Bolzano"), is_alike("Kalisz", "Konin")
    (True, False)
    """
    one, two = fold(name), fold(other)
    return one in two or two in one or SequenceMatcher(None, one, two).ratio() >= LIKE_ENOUGH


def _about_many(found: Matched, stored: Stored) -> list[Note]:
    """Return the error that most lines are about countries without a list: that comes first."""
    lacking = [one for one in found.unmatched if one.why.key == "no-list-of-country"]
    if len(lacking) * 2 <= found.levels[Level.MUNICIPALITY]:
        return []
    countries = sorted({one.line.country for one in lacking})
    return [
        Note("list-first", Weight.ERROR, None, "", {"countries": ", ".join(countries), "count": len(lacking)})
    ]


def _about_larger(found: Matched) -> list[Note]:
    notes = []
    if count := found.levels[Level.COUNTY]:
        notes.append(Note("counties-not-kept", params={"count": count}))
    if count := found.levels[Level.REGION] + found.levels[Level.COUNTRY] - len(found.larger):
        notes.append(Note("larger-unknown", Weight.WARNING, params={"count": count}))
    return notes


def names_of(keys: Sequence[Key], stored: Stored, planned: dict[Key, str]) -> list[str]:
    """Return what the municipalities are called now, those of this file as it names them."""
    return [
        spans[-1].told.name if (spans := stored.spans.get(key)) else planned.get(key, key[1]) for key in keys
    ]
