"""What Numba keeps on disk, only as long as the code is the same."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

MARK = "kernels.sha256"


def hash_of_code(folder: Path) -> str:
    """SHA-256 of all Python files below a folder with their names, 64 hexadecimal digits.

    >>> len(hash_of_code(Path(__file__).parent))
    64
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        digest.update(f"{path.relative_to(folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def forget_stale_kernels(folder: Path) -> None:
    """Delete what Numba keeps below a folder of code when any of the code has changed since.

    Numba itself looks only at the file of a kernel, not at those of the kernels it calls. Where nothing can
    be written, nothing was kept either. A process that finds a kernel gone compiles it again.

    >>> from tempfile import mkdtemp
    >>> forget_stale_kernels(Path(mkdtemp()))
    """
    code = hash_of_code(folder)
    mark = folder / "__pycache__" / MARK
    if mark.exists() and mark.read_text() == code:
        return
    with suppress(OSError):
        for kept in folder.rglob("__pycache__/*.nb[ic]"):
            kept.unlink(missing_ok=True)
        mark.parent.mkdir(exist_ok=True)
        mark.write_text(code)
