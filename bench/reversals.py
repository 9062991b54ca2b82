"""How often a sixth practice turns the order of the first five round, by method."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from bench.chart import Bar

PROBLEMS, SEED = 2_000, 2013
WORK = (
    "In how many of {:,} random problems (values uniform in 0 to 1, weights uniform on the simplex of five "
    "criteria) the order of five practices changes when a sixth is added, by pymcdm. Other problems and "
    "other preference functions give other percentages."
)


def measure() -> dict[str, Any]:
    """Count the random problems in which the order of five changes when a sixth is added."""
    from pymcdm.methods import PROMETHEE_II, TOPSIS, VIKOR

    peers = {
        "TOPSIS": (TOPSIS(), 1),
        "VIKOR": (VIKOR(), -1),  # the least is the best
        "PROMETHEE II (usual)": (PROMETHEE_II("usual"), 1),
    }
    draw = np.random.default_rng(SEED)
    turned = dict.fromkeys((*peers, "weighted sum on fixed scales (ours)"), 0)
    for _ in range(PROBLEMS):
        values, weights = draw.random((6, 5)), draw.dirichlet(np.ones(5))
        for name in turned:
            if name in peers:
                method, sign = peers[name]
                five, six = (
                    sign * _quietly(method, some, weights, np.ones(5)) for some in (values[:5], values)
                )
            else:
                five, six = values[:5] @ weights, values @ weights
            turned[name] += not np.array_equal(np.argsort(-five), np.argsort(-six[:5]))
    return {"turned": turned}


def report(measured: dict[str, Any]) -> str:
    lines = [
        "## Reversals of rank",
        "",
        WORK.format(PROBLEMS),
        "",
        "| method | problems with another order |",
        "|---|---|",
    ]
    lines += [f"| {name} | {count / PROBLEMS:.1%} |" for name, count in measured["turned"].items()]
    return "\n".join(lines)


def bars(measured: dict[str, Any]) -> list[Bar]:
    """Return nothing: this part counts, it takes no time worth a bar."""
    return []


def _quietly(method: Any, *given: Any) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of dominated alternatives, which random problems have
        return method(*given)
