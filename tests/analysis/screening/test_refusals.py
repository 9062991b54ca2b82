"""What a screening refuses, by name; and what it does not load."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from sadzonka.analysis import MethodError
from sadzonka.analysis.screening import screen, weightings

TWO = weightings(2, points=4)
GOOD: dict[str, Any] = {"lower": [[0.1, 0.2]], "upper": [[0.3, 0.4]], "weightings": TWO}


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        pytest.param({"lower": [[0.1, np.nan]]}, "values", id="nan"),
        pytest.param({"lower": [[-0.1, 0.2]]}, "values", id="under 0"),
        pytest.param({"upper": [[0.3, 1.1]]}, "values", id="over 1"),
        pytest.param({"lower": [[0.4, 0.2]]}, "lower", id="ends the wrong way round"),
        pytest.param({"lower": [0.1, 0.2]}, "lower", id="one row"),
        pytest.param({"lower": [[0.1, 0.2, 0.3]]}, "lower", id="three columns"),
        pytest.param({"upper": [[0.3, 0.4]] * 2}, "upper", id="more upper ends"),
        pytest.param({"bands": []}, "bands", id="no band"),
        pytest.param({"bands": [0, 1]}, "bands", id="band of nobody"),
        pytest.param({"bands": [1, 5, 5]}, "bands", id="bands that stay"),
        pytest.param({"bands": [5, 3]}, "bands", id="bands that fall"),
        pytest.param({"bands": [1, 3], "central_band": 2}, "central band", id="other central band"),
        pytest.param({"is_excluded": [True, False]}, "is_excluded", id="too many flags"),
        pytest.param({"is_excluded": [1]}, "is_excluded", id="no flags"),
        pytest.param({"threads": 0}, "threads", id="no thread"),
    ],
)
def test_wrong_screenings_are_refused_by_name(wrong: dict[str, Any], name: str) -> None:
    with pytest.raises(MethodError) as caught:
        screen(**{**GOOD, **wrong})
    assert caught.value.name == name


def test_compiled_without_numba_is_refused_by_name() -> None:
    code = (
        "import sys; sys.modules['numba'] = None; "
        "from sadzonka.analysis.screening import Weightings, screen; "
        "screen([[0.5]], [[0.5]], Weightings.of([[1]]), compiled=True)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    last = done.stderr.splitlines()[-1]
    assert last.endswith("MethodError: compiled: Numba is not installed (pip install numba)")


def test_counting_loads_neither_scipy_nor_numba() -> None:
    code = (
        "import sys; from sadzonka.analysis.screening import Weightings, screen; "
        "screen([[0.5]], [[0.5]], Weightings.of([[1]])); "
        "print(sorted({'scipy', 'numba', 'distributed'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_input_is_left_as_it_was() -> None:
    lower, upper, is_excluded = np.array([[0.1, 0.2]]), np.array([[0.3, 0.4]]), np.array([False])
    screen(lower, upper, TWO, is_excluded=is_excluded)
    assert (lower.tolist(), upper.tolist(), is_excluded.tolist()) == ([[0.1, 0.2]], [[0.3, 0.4]], [False])
    is_excluded[0] = True  # still the caller's own
