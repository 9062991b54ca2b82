"""What a screening found: every municipality analysed, and how often it is among the first."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis import SIMPLEX, Facts, Gate, Practice, State, WeightSet, weights_of
from sadzonka.analysis.screening import (
    BANDS,
    Acceptability,
    Weightings,
    as_bytes,
    from_bytes,
    screen,
    weightings,
)
from sadzonka.analysis.sweep import sweep

if TYPE_CHECKING:
    from sadzonka.transfer.screening.assembly import Assembled

Tell = Callable[[int], None]
READ, ANALYSED, COMPARED = 20, 40, 90  # percent of the work
GATES = (Gate.BLOCKED, Gate.TO_VERIFY, Gate.OPEN)  # in the order of their numbers in a sweep
COLUMNS = ("gate", "dimensions", "score", "class_interval", "completeness", "standing")
STATE, LOWER, UPPER = "state:", "lower:", "upper:"


def weight_set(weights: Mapping[str, Any]) -> WeightSet:
    """Return what is known about the weights as a screening keeps it; nothing is the whole simplex."""
    return weights_of(weights) if weights else SIMPLEX


def bands_among(count: int) -> tuple[int, ...]:
    """Return the bands that say something among so many: to be in the first 50 of 30 says nothing."""
    return tuple(band for band in BANDS if band < count) or BANDS[:1]


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """All municipalities of a screening, in the order of their codes.

    `ids` (n,) are their numbers; `gate` (n,) is 0 blocked, 1 to verify, 2 open; the other columns are those
    of an `analysis.Sweep`. `states` and `readings` are what went in, by key: (n,) each.
    """

    ids: NDArray[np.int64]
    gate: NDArray[np.int8]
    dimensions: NDArray[np.float64]
    score: NDArray[np.float64]
    class_interval: NDArray[np.int8]
    completeness: NDArray[np.float64]
    standing: NDArray[np.int8]
    states: Mapping[str, NDArray[np.float64]]
    readings: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]]
    weightings: Weightings
    acceptability: Acceptability

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def bands(self) -> tuple[int, ...]:
        return self.acceptability.bands

    @property
    def central(self) -> int:
        """The place, among the bands, of the one about which central weights speak."""
        return self.bands.index(self.acceptability.central_band)

    @property
    def is_blocked(self) -> NDArray[np.bool_]:
        """Whether each municipality (n,) is blocked: then it competes with nobody."""
        return self.gate == GATES.index(Gate.BLOCKED)

    def row_of(self, municipality: int) -> int | None:
        """Return the row of a municipality by its number, None when it was not looked at."""
        found = np.flatnonzero(self.ids == municipality)
        return int(found[0]) if found.size else None

    def facts_at(self, row: int) -> Facts:
        """Return what was known of a municipality when it was screened."""
        states = {key: State(float(column[row])) for key, column in self.states.items()}
        readings = {
            key: (float(lower[row]), float(upper[row])) for key, (lower, upper) in self.readings.items()
        }
        return Facts(
            states={key: state for key, state in states.items() if state is not State.UNKNOWN},
            readings={key: ends for key, ends in readings.items() if ends[0] <= ends[1]},  # NaN: missing
        )

    def as_bytes(self) -> bytes:
        """Return it as it is stored with its screening."""
        columns: dict[str, Any] = {name: getattr(self, name) for name in ("ids", *COLUMNS)}
        columns |= {STATE + key: column for key, column in self.states.items()}
        for key, (lower, upper) in self.readings.items():
            columns |= {LOWER + key: lower, UPPER + key: upper}
        stored = as_bytes(self.acceptability, self.weightings)
        columns["acceptability"] = np.frombuffer(stored, dtype=np.uint8)
        file = io.BytesIO()
        np.savez_compressed(file, **columns)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what was stored with a screening."""
        with np.load(io.BytesIO(stored), allow_pickle=False) as file:
            columns = {name: file[name] for name in file.files}
        acceptability, used = from_bytes(columns["acceptability"].tobytes())
        keys = [name.removeprefix(LOWER) for name in columns if name.startswith(LOWER)]
        return cls(
            **{name: columns[name] for name in ("ids", *COLUMNS)},
            states={
                name.removeprefix(STATE): column for name, column in columns.items() if name.startswith(STATE)
            },
            readings={key: (columns[LOWER + key], columns[UPPER + key]) for key in keys},
            weightings=used,
            acceptability=acceptability,
        )


def outcome_of(model: Practice, known: Assembled, weights: WeightSet, tell: Tell) -> Outcome:
    """Analyse every municipality for one practice, and count how often each is among the first."""
    found = sweep(model, known.states, known.readings, weights, places=len(known.ids))
    tell(ANALYSED)
    is_blocked = found.gate == GATES.index(Gate.BLOCKED)
    bands = bands_among(int(np.count_nonzero(~is_blocked)))
    used = weightings(weights)
    lower, upper = (np.ascontiguousarray(end.T) for end in found.dimensions)
    acceptability = screen(lower, upper, used, bands=bands, is_excluded=is_blocked)
    tell(COMPARED)
    return Outcome(
        ids=known.ids,
        **{name: getattr(found, name) for name in COLUMNS},
        states=known.states,
        readings=known.readings,
        weightings=used,
        acceptability=acceptability,
    )
