"""Numba's kernels of the NumPy code beside them: the same operations in the same order, so the same bits."""

from __future__ import annotations

import importlib
from types import ModuleType

from sadzonka.analysis.checks import MethodError


def kernels(name: str) -> ModuleType:
    """Import and return the kernels of one module, by its name in this package; web workers never do.

    The first call of a kernel compiles it, or loads it from the cache on disk. Without Numba, an optional
    dependency, it raises `MethodError`.

    >>> kernels("shares").__name__
    'sadzonka.analysis.compiled.shares'
    """
    try:
        return importlib.import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as error:
        if error.name != "numba":
            raise
        raise MethodError("compiled", "Numba is not installed (pip install numba)") from error
