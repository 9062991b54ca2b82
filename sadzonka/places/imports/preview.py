"""A plan as JSON: what staff see before an import, and what the report keeps afterwards."""

from __future__ import annotations

from typing import Any

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.reading import Level, Mark
from sadzonka.places.imports.comparing import Change
from sadzonka.places.imports.matching import names_of
from sadzonka.places.imports.plan import Plan
from sadzonka.places.imports.territory import MOST_EXAMPLES

MOST_SHOWN = 200
WHAT = ("new", "changed", "ended", "renumbered")


def preview_of(plan: Plan, most: int | None = MOST_SHOWN) -> dict[str, Any]:
    """Return what a plan says; lists end after `most` entries, with None they are whole."""
    reading, release = plan.file.reading, plan.release
    return {
        "layout": reading.layout,
        "publisher": release.publisher,
        "title": release.title,
        "url": release.url,
        "licence": release.licence,
        "period": release.period,
        "as_of": reading.as_of.isoformat() if reading.as_of else None,
        "encoding": plan.file.opened.encoding,
        "separator": plan.file.opened.separator,
        "asks": [{"key": one.key, "why": note_of(one.why)} for one in plan.asks],
        "headers": list(reading.headers),
        "is_register": reading.is_register,
        "columns": _columns(plan),
        "lines": _lines(plan),
        "matched": len(plan.places.keys),
        "matched_lines": len(plan.places.lines),
        "unmatched": len(plan.places.unmatched),
        "unmatched_lines": [
            {
                "row": one.line.number,
                "written": one.line.written,
                "name": one.line.name,
                "why": note_of(one.why),
            }
            for one in plan.places.unmatched[:most]
        ],
        "territory": {
            **{what: plan.territory.count(what) for what in WHAT},
            "examples": [
                {"country": key[0], "code": key[1], "name": name, "what": what}
                for key, name, what in plan.territory.happened[:MOST_EXAMPLES]
            ],
        },
        "figures": _figures(plan, most),
        "regional": len(plan.larger),
        "outlines": len(plan.outlines),
        "points": len(plan.points),
        "sums": _sums(plan),
        "notes": _notes(plan.notes, most),
        "errors": plan.errors,
        "is_nothing_new": plan.is_nothing_new,
        "same_as": release.key if release.pk and plan.is_nothing_new else "",
    }


def note_of(note: Note) -> dict[str, Any]:
    """Return a note without its sentence: it is said in the language of whoever reads it."""
    return {
        "key": note.key,
        "weight": note.weight.value,
        "row": note.row,
        "column": note.column,
        "params": {
            name: value if isinstance(value, int | float | str) else str(value)
            for name, value in note.params.items()
        },
    }


def note_from(stored: dict[str, Any]) -> Note:
    """Return the note that was stored so."""
    return Note(stored["key"], Weight(stored["weight"]), stored["row"], stored["column"], stored["params"])


def refused_preview(note: Note) -> dict[str, Any]:
    """Return the preview of a file that cannot be read."""
    return {"notes": [note_of(note)], "errors": 1, "asks": [], "columns": [], "same_as": ""}


def _columns(plan: Plan) -> list[dict[str, Any]]:
    reading = plan.file.reading
    lines = plan.places.lines
    return [
        {
            "number": number,
            "label": meaning.label,
            "place": reading.columns[meaning.columns[0]].place,
            "years": sorted({year for one in meaning.columns if (year := reading.columns[one].year)}),
            "undated_header": next(
                filter(None, (reading.columns[one].undated_header for one in meaning.columns)), ""
            ),
            "indicator": meaning.indicator,
            "factor": meaning.factor,
            "how": meaning.how,
            "figures": int((reading.marks[lines][:, meaning.columns] < Mark.SECRET).sum())
            if lines.size
            else 0,
        }
        for number, meaning in enumerate(plan.meanings.labels.values())
    ]


def _lines(plan: Plan) -> dict[str, int]:
    names = {
        "municipalities": Level.MUNICIPALITY,
        "regions": Level.REGION,
        "countries": Level.COUNTRY,
        "counties": Level.COUNTY,
        "parts": Level.PART,
        "others": Level.OTHER,
    }
    levels = plan.places.levels
    return {"all": levels.total(), **{name: levels[level] for name, level in names.items()}}


def _figures(plan: Plan, most: int | None) -> dict[str, Any]:
    figures = plan.figures
    return {
        "new": figures.new,
        "same": figures.same,
        "changed": figures.changed,
        "unwritten": int(figures.unwritten.sum()),
        "secret": figures.marked(Mark.SECRET),
        "missing": figures.marked(Mark.MISSING),
        "changes": _changes(plan, figures.changes[:most]),
    }


def _changes(plan: Plan, changes: list[Change]) -> list[dict[str, Any]]:
    keys = [plan.places.keys[change.place] for change in changes]
    planned = {(unit.country, unit.code): unit.name for unit in plan.file.reading.units} if changes else {}
    names = names_of(keys, plan.stored, planned)
    return [
        {
            "row": plan.file.reading.lines[change.line].number,
            "country": key[0],
            "code": key[1],
            "name": name,
            "indicator": change.indicator,
            "year": change.year,
            "stored": change.stored,
            "file": change.file,
        }
        for change, key, name in zip(changes, keys, names, strict=True)
    ]


def _sums(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "indicator": one.indicator,
            "label": str(plan.meanings.indicators[one.indicator].name),
            "year": one.year,
            "municipalities": one.municipalities,
            "published": one.published,
            "equal": one.is_equal,
        }
        for one in plan.figures.sums
    ]


def _notes(notes: list[Note], most: int | None) -> list[dict[str, Any]]:
    """Return all errors, and of the others as many as asked for."""
    errors = [note for note in notes if note.weight is Weight.ERROR]
    others = [note for note in notes if note.weight is not Weight.ERROR]
    return [note_of(note) for note in (*errors, *others[:most])]
