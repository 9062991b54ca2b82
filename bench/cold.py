"""How long the first call of Numba's kernels takes: compiled anew, and loaded from the cache on disk."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec

NOT_INSTALLED = "Numba is not installed: NOT MEASURED"


def has_numba() -> bool:
    return find_spec("numba") is not None


def first_calls(code: str) -> tuple[float, float]:
    """CPU seconds of the `run` that `code` defines, in new processes: with an empty cache and a full one."""
    program = f"{code}\nimport time\nstart = time.process_time()\nrun()\nprint(time.process_time() - start)"
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"NUMBA_CACHE_DIR": folder}
        compiling, loading = (
            float(
                subprocess.run(  # noqa: S603 - our own code
                    [sys.executable, "-c", program],
                    env=environment,
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout
            )
            for _ in range(2)
        )
    return compiling, loading
