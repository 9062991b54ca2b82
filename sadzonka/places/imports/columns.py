"""Which indicator each column of a file is: by our catalogue, by what staff chose, or by the same figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from sadzonka.places.formats.notes import Note, Weight
from sadzonka.places.formats.reading import Mark, Reading
from sadzonka.places.imports.matching import Matched
from sadzonka.places.imports.stored import figure_key, stored_figures
from sadzonka.places.models import ColumnLabel, Indicator

LEAVE_OUT = "-"
HOW = {
    "catalogue": gettext_lazy("known from the catalogue"),
    "chosen": gettext_lazy("chosen here"),
    "same figures": gettext_lazy("its figures equal those that are stored"),
    "none": gettext_lazy("not read: no indicator is chosen"),
}
LABELS_OF = {"bdl-list": "bdl-table", "bdl-api": "bdl-table"}  # one office, one way to name its columns
HINT = "BDL "  # a title such as "BDL RYNE_1944" tells tables apart whose columns have the same words
ENOUGH_CELLS, ENOUGH_VALUES, NEARLY_ALL = 100, 50, 0.99


@dataclass(slots=True)
class Meaning:
    """What one label means; `indicator` is a key of the catalogue, "" for none."""

    label: str
    indicator: str = ""
    factor: float = 1.0
    how: str = "none"  # a key of HOW
    columns: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Meanings:
    """The labels of a file with their meanings, and the indicators that the import adds."""

    labels: dict[str, Meaning]
    indicators: dict[str, Indicator]  # by key, also those not stored yet
    added: list[Indicator]
    notes: list[Note]

    def remembered(self, reading: Reading) -> list[ColumnLabel]:
        """Return what staff chose for labels, unsaved, so that the next file of the kind is read by it."""
        layout = labels_layout(reading)
        return [
            ColumnLabel(
                layout=layout,
                label=_with_hint(reading, meaning.label),
                indicator=self.indicators[meaning.indicator],
                factor=meaning.factor,
            )
            for meaning in self.labels.values()
            if meaning.how == "chosen" and meaning.indicator and meaning.label
        ]


def labels_layout(reading: Reading) -> str:
    return LABELS_OF.get(reading.layout, reading.layout)


def _with_hint(reading: Reading, label: str) -> str:
    hint = reading.title.removeprefix(HINT) if reading.title.startswith(HINT) else ""
    return f"{hint}: {label}" if hint and " " not in hint else label


def meanings(reading: Reading, choices: Mapping[str, Any], places: Matched) -> Meanings:
    """Return what the columns mean; those without a meaning are left out and explained."""
    indicators = {indicator.key: indicator for indicator in Indicator.objects.all()}
    found = Meanings({}, indicators, [], [])
    labels = _labels()
    chosen: Mapping[str, Any] = choices.get("columns", {})
    for number, column in enumerate(reading.columns):
        meaning = found.labels.get(column.label)
        if meaning is None:
            meaning = _meaning(reading, column.label, column.indicator, chosen, labels, found)
            found.labels[column.label] = meaning
        meaning.columns.append(number)
    _by_same_figures(reading, places, found, chosen)
    found.notes += [
        Note(
            "column-left-out",
            Weight.EXPLANATION,
            None,
            reading.columns[meaning.columns[0]].place,
            {"label": label},
        )
        for label, meaning in found.labels.items()
        if not meaning.indicator and meaning.how != "chosen"
    ]
    return found


def _labels() -> dict[tuple[str, str], tuple[str, float]]:
    rows = ColumnLabel.objects.values_list("layout", "label", "indicator__key", "factor")
    return {(layout, label): (key, factor) for layout, label, key, factor in rows}


def _meaning(  # noqa: PLR0917 - a step of one computation
    reading: Reading,
    label: str,
    indicator: str,
    chosen: Mapping[str, Any],
    labels: Mapping[tuple[str, str], tuple[str, float]],
    found: Meanings,
) -> Meaning:
    choice = chosen.get(label, "")
    if choice:
        return _chosen(label, choice, found)
    if indicator in found.indicators:
        return Meaning(label, indicator, how="catalogue")
    for key in ((labels_layout(reading), _with_hint(reading, label)), (labels_layout(reading), label)):
        if key in labels:
            return Meaning(label, *labels[key], how="catalogue")
    return (
        Meaning(label, label, how="catalogue")
        if label in found.indicators
        else _anywhere(reading, label, labels)
    )


def _chosen(label: str, choice: str | Mapping[str, Any], found: Meanings) -> Meaning:
    if choice == LEAVE_OUT:
        return Meaning(label, how="chosen")
    key = choice if isinstance(choice, str) else _added(choice["new"], found).key
    if key not in found.indicators:
        found.notes.append(Note("no-such-indicator", Weight.ERROR, None, label, {"key": key, "label": label}))
        return Meaning(label, how="chosen")
    return Meaning(label, key, how="chosen")


def _anywhere(reading: Reading, label: str, labels: Mapping[tuple[str, str], tuple[str, float]]) -> Meaning:
    """Return what a heading means in every layout that has it, for a table without a layout of its own."""
    everywhere = {value for (_layout, known), value in labels.items() if known == label}
    if reading.layout == "plain" and len(everywhere) == 1:
        return Meaning(label, *everywhere.pop(), how="catalogue")
    return Meaning(label)


def _added(wanted: Mapping[str, str], found: Meanings) -> Indicator:
    """Return the indicator that staff describe, the known one when its key is taken already."""
    if wanted["key"] not in found.indicators:
        language = wanted.get("language") or "en"
        indicator = Indicator(
            key=wanted["key"],
            name={language: wanted["name"]},
            unit={language: wanted["unit"]},
            definition={language: wanted.get("definition") or wanted["name"]},
            source=wanted.get("source", ""),
            sort_order=len(found.indicators) + 1,
        )
        found.indicators[indicator.key] = indicator
        found.added.append(indicator)
    return found.indicators[wanted["key"]]


def _by_same_figures(reading: Reading, places: Matched, found: Meanings, chosen: Mapping[str, Any]) -> None:
    """Give a meaning to columns whose figures are stored already, under one indicator, nearly all alike."""
    taken = {
        (meaning.indicator, reading.columns[c].year)
        for meaning in found.labels.values()
        for c in meaning.columns
    }
    open_ = [
        meaning
        for meaning in found.labels.values()
        if meaning.how == "none" and all(reading.columns[number].year for number in meaning.columns)
    ]
    years = sorted({reading.columns[number].year or 0 for meaning in open_ for number in meaning.columns})
    filled = [(meaning, _cells(reading, places, meaning)) for meaning in open_]
    filled = [(meaning, cells) for meaning, cells in filled if cells[0].size >= ENOUGH_CELLS]
    if not filled:
        return
    stored = stored_figures(years)
    if not stored.key.size:
        return
    order = np.argsort(stored.key)
    keys, values = stored.key[order], stored.value[order]
    by_pk = {indicator.pk: key for key, indicator in found.indicators.items() if indicator.pk}
    for meaning, cells in filled:
        years_of = {reading.columns[number].year for number in meaning.columns}
        for pk in np.unique(stored.indicator).tolist():
            key = by_pk[pk]
            is_taken = any((key, year) in taken for year in years_of)
            if not is_taken and _are_same(cells, pk, keys, values):
                meaning.indicator, meaning.how = key, "same figures"
                taken |= {(key, year) for year in years_of}
                break


def _cells(
    reading: Reading, places: Matched, meaning: Meaning
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return municipality, year and value of the cells with a value under one label."""
    numbers = np.array(meaning.columns)
    block = np.ix_(places.lines, numbers)
    rows, columns = np.nonzero(reading.marks[block] < Mark.SECRET)
    years = np.array([reading.columns[number].year or 0 for number in meaning.columns], dtype=np.int64)
    return places.ids[places.places[rows]], years[columns], reading.figures[block][rows, columns]


def _are_same(
    cells: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]],
    indicator: int,
    keys: NDArray[np.int64],
    values: NDArray[np.float64],
) -> bool:
    municipality, year, value = cells
    wanted = figure_key(municipality, np.full_like(municipality, indicator), year)
    position = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    both = (keys[position] == wanted) & ~np.isnan(values[position])
    if both.sum() < ENOUGH_CELLS or len(np.unique(value[both])) < ENOUGH_VALUES:
        return False
    alike = np.isclose(value[both], values[position][both], rtol=1e-9, atol=1e-9)
    return bool(alike.mean() >= NEARLY_ALL)
