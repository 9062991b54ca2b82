"""What a preview or a report says, made ready for a page: keys become names, notes become sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.places.desk import words
from sadzonka.places.formats.notes import TEXTS, Note, Weight
from sadzonka.places.imports.columns import HOW
from sadzonka.places.imports.report import question_of
from sadzonka.places.models import FileImport, Indicator

ROWS_NAMED = 12  # of one sentence that is said about many lines
MOST_SHOWN = 50  # of each list; the report as a table has them all


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing said, and about which lines and column."""

    text: str
    rows: tuple[int, ...]
    column: str

    @property
    def where(self) -> str:
        """Say the place: line 12, column C."""
        said = []
        if self.rows:
            named = ", ".join(map(str, self.rows[:ROWS_NAMED]))
            if len(self.rows) > ROWS_NAMED:
                named = _("%(rows)s …") % {"rows": named}
            said.append(ngettext("line %(rows)s", "lines %(rows)s", len(self.rows)) % {"rows": named})
        if self.column:
            said.append(_("column %(column)s") % {"column": self.column})
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """One column of figures: what the office calls it, and what it is taken for."""

    number: int
    label: str
    years: str
    figures: int
    factor: float
    key: str
    name: str
    how: str
    undated_header: str = ""  # of a plain table's column that names no year


@dataclass(frozen=True, slots=True)
class Sum:
    """All municipalities of the file together, against the line of the country."""

    name: str
    year: int
    municipalities: str
    published: str
    is_equal: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that differs from what is stored."""

    place: str
    name: str
    year: int
    stored: str
    file: str


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A municipality that the file adds, changes or ends."""

    code: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A line about no municipality that is known."""

    row: int
    written: str
    name: str
    why: str


Counted = tuple[str, int]


class Contents:
    """What a file holds: the preview before its import, the report after it."""

    def __init__(self, found: Mapping[str, Any], indicators: Mapping[str, Indicator]) -> None:
        self.found = found
        self._indicators = indicators

    def _name(self, key: str) -> str:
        return str(self._indicators[key].name) if key in self._indicators else key

    def _written(self, number: float | None, key: str) -> str:
        if number is None:
            return _("no value")
        decimals = self._indicators[key].decimals if key in self._indicators else -3
        return str(floatformat(number, f"{decimals}g"))

    @property
    def layout(self) -> str:
        """What was recognised."""
        return words.name_of(self.found.get("layout", ""))

    @property
    def as_of(self) -> dt.date | None:
        """The day of which the file tells territory."""
        day = self.found.get("as_of")
        return dt.date.fromisoformat(day) if day else None

    @property
    def separator(self) -> str:
        """What stands between the cells of a text file."""
        sign = self.found.get("separator") or ""
        return str(words.SEPARATORS.get(sign, sign))

    @property
    def columns(self) -> list[ReadColumn]:
        """The columns of figures with what they are taken for."""
        return [
            ReadColumn(
                number,
                column["label"],
                years_in_words(column.get("years") or []),
                column.get("figures", 0),
                column.get("factor", 1),
                column.get("indicator") or "",
                self._name(column.get("indicator") or ""),
                str(HOW.get(column.get("how", "none"), column.get("how", ""))),
                column.get("undated_header", ""),
            )
            for number, column in enumerate(self.found.get("columns", []))
        ]

    @property
    def lines(self) -> list[Counted]:
        """How many lines there are of each level."""
        return _counted(words.LEVELS, self.found.get("lines", {}))

    @property
    def matched(self) -> int:
        """How many municipalities of the file are known."""
        return int(self.found.get("matched", 0))

    @property
    def in_file(self) -> int:
        """How many lines about municipalities were looked for."""
        return self.matched + int(self.found.get("unmatched", 0))

    @property
    def unmatched(self) -> list[Unmatched]:
        """The lines about no municipality that is known, each with the reason."""
        return [
            Unmatched(line.get("row"), line.get("written", ""), line.get("name", ""), said(line.get("why")))
            for line in self.found.get("unmatched_lines", [])[:MOST_SHOWN]
        ]

    @property
    def territory(self) -> list[Counted]:
        """What changes about places."""
        return _counted(words.TERRITORY, self.found.get("territory", {}))

    @property
    def territory_examples(self) -> list[PlaceChange]:
        """Some of the places that change."""
        return [
            PlaceChange(one["code"], one["name"], str(words.CHANGES.get(one["what"], one["what"])))
            for one in self.found.get("territory", {}).get("examples", [])
        ]

    @property
    def figures(self) -> list[Counted]:
        """How many figures are new, the same, different, secret, missing."""
        counts = self.found.get("figures", {})
        return [(str(word), int(counts.get(key) or 0)) for key, word in words.FIGURES.items()]

    @property
    def changed_count(self) -> int:
        """How many figures differ from what is stored."""
        return int(self.found.get("figures", {}).get("changed") or 0)

    @property
    def changes(self) -> list[Change]:
        """The first of the figures that differ from what is stored."""
        return [
            Change(
                f"{one.get('name') or ''} ({one.get('country')} {one.get('code')})".strip(),
                self._name(one["indicator"]),
                one["year"],
                self._written(one.get("stored"), one["indicator"]),
                self._written(one.get("file"), one["indicator"]),
            )
            for one in self.found.get("figures", {}).get("changes", [])[:MOST_SHOWN]
        ]

    @property
    def sums(self) -> list[Sum]:
        """The sums over municipalities by indicator and year."""
        return [
            Sum(
                self._name(one.get("indicator") or one.get("label", "")),
                one["year"],
                self._written(one.get("municipalities"), one.get("indicator", "")),
                self._written(one.get("published"), one.get("indicator", "")),
                bool(one.get("equal")),
            )
            for one in self.found.get("sums", [])
        ]

    @property
    def unequal_sums(self) -> int:
        """How many sums differ from the line of the country."""
        return sum(not one.is_equal for one in self.sums)

    def sentences(self, weight: Weight) -> list[Sentence]:
        """Return what is said with this weight; the same sentence about many lines stands once."""
        notes = [note for note in self.found.get("notes", []) if note.get("weight") == weight]
        by_text: dict[tuple[str, str], list[int]] = {}
        for note in notes:
            rows = by_text.setdefault((said(note), note.get("column") or ""), [])
            if note.get("row"):
                rows.append(int(note["row"]))
        sentences = [Sentence(text, tuple(rows), column) for (text, column), rows in by_text.items()]
        return sentences[:MOST_SHOWN]

    @property
    def errors(self) -> list[Sentence]:
        """What must be corrected in the file."""
        return self.sentences(Weight.ERROR)

    @property
    def warnings(self) -> list[Sentence]:
        """What should be looked at."""
        return self.sentences(Weight.WARNING)

    @property
    def explanations(self) -> list[Sentence]:
        """What is left out on purpose, and why."""
        return self.sentences(Weight.EXPLANATION)

    @property
    def questions(self) -> list[str]:
        """What staff must choose before the file can be imported."""
        return [question_of(asked) for asked in self.found.get("asks", [])]

    @property
    def headers(self) -> list[str]:
        """The columns of a plain table, in its order."""
        return list(self.found.get("headers", []))

    @property
    def is_nothing_new(self) -> bool:
        """Whether importing the file would change nothing."""
        return bool(self.found.get("is_nothing_new"))

    @property
    def is_silent(self) -> bool:
        """Whether the file, as it is read, says nothing that could be stored."""
        return any(note.get("key") == "nothing-to-import" for note in self.found.get("notes", []))

    @property
    def obstacles(self) -> list[str]:
        """Why the file cannot be imported; empty when it can."""
        errors = int(self.found.get("errors") or 0)
        said_errors = ngettext(
            "%(count)s error must be corrected in the file; hand it in again then.",
            "%(count)s errors must be corrected in the file; hand it in again then.",
            errors,
        )
        return [*([said_errors % {"count": errors}] if errors else []), *self.questions]


def _counted(named: Mapping[str, Any], counts: Mapping[str, Any]) -> list[Counted]:
    return [(str(word), int(counts[key])) for key, word in named.items() if counts.get(key)]


def said(note: Mapping[str, Any] | None) -> str:
    """Return a stored note in the reader's language; one whose text is gone since keeps its key."""
    if not note:
        return ""
    if note["key"] not in TEXTS:
        return str(note["key"])
    return Note(note["key"], params=note.get("params") or {}).text


def years_in_words(years: list[int | None]) -> str:
    """Write years as spans.

    >>> years_in_words([2003, 2004, 2005, 2008])
    '2003–2005, 2008'
    """
    known = sorted({year for year in years if year is not None})
    spans = []
    for _gap, members in groupby(enumerate(known), key=lambda pair: pair[1] - pair[0]):
        span = [year for _place, year in members]
        spans.append(str(span[0]) if len(span) == 1 else f"{span[0]}–{span[-1]}")
    return ", ".join(spans)


def _found_in(file_import: FileImport) -> Mapping[str, Any]:
    """Return the report of an import that has ended with one (before that it only says when work began)."""
    report: Mapping[str, Any] = file_import.report
    preview: Mapping[str, Any] = file_import.preview
    return report if "notes" in report else preview


def has_contents(file_import: FileImport) -> bool:
    """Whether the file was read, so that something can be said of it."""
    return bool(_found_in(file_import))


def contents_of(file_import: FileImport, indicators: Mapping[str, Indicator]) -> Contents:
    """Return the report of an import, else its preview."""
    return Contents(_found_in(file_import), indicators)
