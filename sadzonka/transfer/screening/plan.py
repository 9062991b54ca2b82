"""What a run computes and all that its bytes rest on, from the cards and the figures of the site."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis import METHOD, SIMPLEX, Record, WeightSet, fingerprint, practice_record
from sadzonka.analysis.screening import BANDS, Weightings, weightings
from sadzonka.analysis.screening.sampling import POINTS, SCRAMBLINGS, SEED
from sadzonka.places.models import Region
from sadzonka.practices.models import Version
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.screening.assembly import Assembly, assembly
from sadzonka.transfer.screening.blocks import CENTRAL_BAND, Block, environment
from sadzonka.transfer.screening.runs import Run, Work, stored_weightings, weightings_file

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which places are screened together, on which day, over which weightings.

    Without a country all places of all countries compete with each other.
    """

    country: str | None
    region: Region | None
    day: dt.date
    weights: WeightSet = SIMPLEX
    points: int = POINTS
    seed: int = SEED


def planned_run(versions: Sequence[Version], scope: Scope, folder: Path, *, is_compiled: bool = False) -> Run:
    """Return a run over versions; the weightings are those that the folder holds when they are the same.

    Wrong points or seeds raise `MethodError`.
    """
    together = assembly(versions, scope.country, scope.region, scope.day)
    made_from: Record = {
        "set": {
            "kind": scope.weights.kind,
            "order": list(scope.weights.order),
            "bounds": list(scope.weights.bounds),
        },
        "points": scope.points,
        "scramblings": SCRAMBLINGS,
        "seed": scope.seed,
    }
    spread = stored_weightings(folder, made_from) or weightings(
        scope.weights, points=scope.points, seed=scope.seed
    )
    ordered = sorted(versions, key=lambda one: one.practice.slug)
    return Run(
        provenance={
            "method": METHOD.as_record(),
            "country": scope.country or EVERYWHERE,
            "region": scope.region.code if scope.region else None,
            "day": scope.day.isoformat(),
            "places": {
                "count": len(together.ids),
                "sha256": _hash(together.countries.astype("U"), together.codes.astype("U")),
            },
            "figures": _figures(ordered, together),
            "releases": list(together.releases),
            "practices": {one.practice.slug: _practice(one, together) for one in ordered},
            "weightings": {**made_from, "sha256": hashlib.sha256(weightings_file(spread)).hexdigest()},
            "bands": list(BANDS),
            "central_band": CENTRAL_BAND,
            "software": {**environment(), "pyarrow": installed("pyarrow"), "scipy": installed("scipy")},
        },
        weightings=spread,
        places={"country": together.countries, "code": together.codes},
        works=[
            Work(
                one.practice.slug,
                partial(_block, together, one, spread, scope.weights, is_compiled=is_compiled),
            )
            for one in ordered
        ],
    )


def _block(
    together: Assembly, version: Version, spread: Weightings, weights: WeightSet, *, is_compiled: bool
) -> Block:
    known = together.of(version)
    return Block(
        name=version.practice.slug,
        practice=analysis_model(version),
        places=len(together.ids),
        states=known.states,
        readings=known.readings,
        weightings=spread,
        weights=weights,
        is_compiled=is_compiled,
        made_with=environment(),
    )


def _figures(versions: Sequence[Version], together: Assembly) -> Record:
    """Return of each indicator how many places it is known of, and the hash of its column."""
    indicators = {
        one.indicator.key: one.indicator.pk
        for version in versions
        for one in version.criteria.all()
        if one.indicator
    }
    found: Record = {}
    for key, pk in indicators.items():
        (lower, upper), _years = together.figures[pk]
        found[key] = {"known": int(np.isfinite(lower).sum()), "sha256": _hash(lower, upper)}
    return found


def _practice(version: Version, together: Assembly) -> Record:
    """Return a card's record with its hash, and the hash of what people answered about it."""
    known, record = together.of(version), practice_record(analysis_model(version))
    answers = [known.states[key] for key in sorted(known.states)]
    answers += [end for key in sorted(known.readings.keys() - known.years) for end in known.readings[key]]
    return {
        "version": version.number,
        "record": record,
        "sha256": fingerprint(record),
        "answered": sorted({*known.states, *known.readings} - set(known.years)),
        "answers_sha256": _hash(*answers),
    }


def _hash(*columns: NDArray[Any]) -> str:
    """Return the SHA-256 of columns: numbers as little-endian float64, texts one per line."""
    digest = hashlib.sha256()
    for column in columns:
        if column.dtype.kind == "U":
            digest.update("\n".join(column.tolist()).encode())
        else:
            digest.update(np.where(np.isnan(column), np.nan, column).astype("<f8").tobytes())
        digest.update(b"\0")
    return digest.hexdigest()
