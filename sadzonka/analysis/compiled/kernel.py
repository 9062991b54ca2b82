"""How every kernel is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

_Kernel = TypeVar("_Kernel", bound=Callable[..., Any])


def kernel(function: _Kernel) -> _Kernel:
    """Compile on the first call and keep it on disk; serial, without the interpreter's lock.

    Never `fastmath`: it would reorder sums and contract products, and the bits would differ from NumPy's.

    >>> from sadzonka.analysis.compiled import kernels
    >>> kernels("shares").sort_lanes.targetoptions["nogil"]
    True
    """
    return cast(_Kernel, numba.njit(nogil=True, error_model="numpy", cache=True)(function))
