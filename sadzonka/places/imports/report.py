"""What an import found and did, as rows for a spreadsheet and as lines for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.imports.columns import HOW
from sadzonka.places.imports.preview import note_from
from sadzonka.places.models import FileImport

REPORT_COLUMNS = ("kind", "row", "column", "code", "name", "indicator", "year", "stored", "file", "message")
MOST_SAID = 10  # of each reason in a terminal


def report_rows(file_import: FileImport) -> Iterator[dict[str, Any]]:
    """Return the rows of a report, of a preview while nothing was imported, as REPORT_COLUMNS name them."""
    yield from rows_of(
        file_import.report if file_import.report.get("notes") is not None else file_import.preview
    )


def rows_of(found: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Return notes, lines that match nothing, changed figures and sums as rows with REPORT_COLUMNS."""
    empty: dict[str, Any] = dict.fromkeys(REPORT_COLUMNS, "")
    for asked in found.get("asks", ()):
        yield empty | {"kind": "question", "message": question_of(asked)}
    for stored in found.get("notes", ()):
        note = note_from(stored)
        params = note.params
        yield empty | {
            "kind": note.weight.value,
            "row": note.row or "",
            "column": note.column,
            "code": params.get("code", ""),
            "name": params.get("name", ""),
            "message": note.text,
        }
    for line in found.get("unmatched_lines", ()):
        why = note_from(line["why"])
        yield empty | {
            "kind": "unmatched",
            "row": line["row"],
            "code": line["written"] or why.params.get("code", ""),
            "name": line["name"],
            "message": why.text,
        }
    for change in found.get("figures", {}).get("changes", ()):
        yield empty | {
            "kind": "changed",
            **{name: change[name] for name in ("row", "code", "name", "indicator", "year")},
            "stored": _shown(change["stored"]),
            "file": _shown(change["file"]),
        }
    for one in found.get("sums", ()):
        yield empty | {
            "kind": "sum",
            **{name: one[name] for name in ("indicator", "year")},
            "stored": one["municipalities"],
            "file": one["published"],
            "message": _("The sum of the municipalities equals the published figure.")
            if one["equal"]
            else "",
        }


def question_of(asked: Mapping[str, Any]) -> str:
    """Return what staff must choose and why, as a sentence."""
    note = note_from(asked["why"]) if asked.get("why") else Note(f"say-{asked['key']}")
    return note.text


def _shown(value: float | None) -> float | str:
    return "" if value is None else value


def said(found: Mapping[str, Any]) -> Iterator[str]:
    """Return a preview or report as lines for a terminal, in the active language."""
    if found.get("layout"):
        names = (
            found["layout"],
            found["publisher"] or _("unknown publisher"),
            found["title"],
            found["period"],
        )
        yield _("Recognised: %(what)s") % {"what": ", ".join(filter(None, names))}
    if lines := found.get("lines"):
        yield (
            _(
                "Lines: %(all)s; municipalities %(municipalities)s, parts of them %(parts)s, "
                "counties %(counties)s, regions %(regions)s, countries %(countries)s, others %(others)s"
            )
            % lines
        )
        yield _("Municipalities matched: %(matched)s; lines that match none: %(unmatched)s") % found
    if territory := found.get("territory"):
        yield (
            _("Places: %(new)s new, %(changed)s changed, %(ended)s ended, %(renumbered)s with a new code")
            % territory
        )
    yield from _said_columns(found)
    if figures := found.get("figures"):
        yield (
            _(
                "Figures: %(new)s new, %(same)s the same, %(changed)s changed; "
                "%(secret)s secret, %(missing)s missing"
            )
            % figures
        )
        yield (
            _("Figures of regions and countries: %(regional)s; outlines: %(outlines)s; points: %(points)s")
            % found
        )
    yield from _said_sums(found)
    yield from _said_notes(found)


def _said_columns(found: Mapping[str, Any]) -> Iterator[str]:
    for column in found.get("columns", ()):
        if column["indicator"]:
            years = column["years"]
            yield _("Column “%(label)s” is %(indicator)s (%(how)s), years %(years)s: %(figures)s figures") % {
                **column,
                "how": HOW.get(column["how"], column["how"]),
                "years": f"{years[0]}–{years[-1]}" if len(years) > 1 else (years[0] if years else "?"),
            }


def _said_sums(found: Mapping[str, Any]) -> Iterator[str]:
    checked: dict[str, list[bool]] = {}
    for one in found.get("sums", ()):
        checked.setdefault(one["indicator"], []).append(one["equal"])
    for indicator, equals in checked.items():
        yield _(
            "%(indicator)s: in %(equal)s of %(all)s years the municipalities add up to the country’s figure"
        ) % {
            "indicator": indicator,
            "equal": sum(equals),
            "all": len(equals),
        }


def _said_notes(found: Mapping[str, Any]) -> Iterator[str]:
    """Say every reason; of each that is said of many lines only the first ones."""
    notes = [note_from(one) for one in found.get("notes", ())]
    notes += [note_from(one["why"]) for one in found.get("unmatched_lines", ())]
    order = {Weight.ERROR: 0, Weight.WARNING: 1, Weight.EXPLANATION: 2}
    words = {Weight.ERROR: _("Error"), Weight.WARNING: _("Warning"), Weight.EXPLANATION: _("Explained")}
    times: Counter[str] = Counter()
    for note in sorted(notes, key=lambda one: order[one.weight]):
        times[note.key] += 1
        if times[note.key] <= MOST_SAID:
            place = ", ".join(
                filter(None, (_("line %(row)s") % {"row": note.row} if note.row else "", str(note.column)))
            )
            yield (
                f"{words[note.weight]}: {place}: {note.text}"
                if place
                else f"{words[note.weight]}: {note.text}"
            )
    for count in times.values():
        if count > MOST_SAID:
            more = count - MOST_SAID
            yield ngettext("... and %(more)s more like it", "... and %(more)s more like these", more) % {
                "more": more
            }
