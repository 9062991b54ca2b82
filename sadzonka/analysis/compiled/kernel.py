"""How every kernel is compiled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from sadzonka.analysis.compiled.cache import forget_stale_kernels

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])

forget_stale_kernels(Path(__file__).parents[1])


def kernel(function: _Kernel) -> _Kernel:
    """Compile on the first call and keep it on disk; serial, without the interpreter's lock.

    Never `fastmath`: it would reorder sums and contract products, and the bits would differ from NumPy's.

    >>> from sadzonka.analysis.compiled import kernels
    >>> kernels("shares").sort_lanes.targetoptions["nogil"]
    True
    """
    return cast(_Kernel, numba.njit(nogil=True, error_model="numpy", cache=True)(function))


def inlined(function: _Kernel) -> _Kernel:
    """Compile as a part of each kernel that calls it: called, small loops would cost a quarter more.

    >>> from sadzonka.analysis.compiled import kernels
    >>> kernels("ends").score_lanes.targetoptions["inline"]
    'always'
    """
    return cast(_Kernel, numba.njit(nogil=True, error_model="numpy", inline="always")(function))
