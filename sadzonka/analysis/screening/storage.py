"""A finished screening as bytes that are always the same, and back."""

from __future__ import annotations

import hashlib
import io
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis.checks import MethodError
from sadzonka.analysis.screening.acceptability import Acceptability
from sadzonka.analysis.screening.sampling import Weightings

_HEAD = b"sadzonka screening 1\n"  # what it is, and the version of what follows
_DIGEST = hashlib.sha256().digest_size
_ARRAYS = (
    "counts",
    "squares",
    "central_sums",
    "confidence",
    "is_excluded",
    "lower",
    "upper",
    "edges",
)


def as_bytes(acceptability: Acceptability, weightings: Weightings) -> bytes:
    r"""Bytes of a screening and its weightings: a line with the version, SHA-256, arrays as by `np.save`.

    Equal screenings give equal bytes on every machine: there is no time in them, and no compression.

    >>> from sadzonka.analysis.screening import screen
    >>> ends = Weightings.of([[1, 0], [0, 1]])
    >>> as_bytes(screen([[0.2, 0.9]], [[0.2, 0.9]], ends), ends)[:21]
    b'sadzonka screening 1\n'
    """
    numbers = [weightings.scramblings, acceptability.central_band, *acceptability.bands]
    body = io.BytesIO()
    _write(body, np.array(numbers, dtype=np.int64))
    _write(body, weightings.grid)
    for name in _ARRAYS:
        _write(body, getattr(acceptability, name))
    content = body.getvalue()
    return _HEAD + hashlib.sha256(content).digest() + content


def from_bytes(stored: bytes) -> tuple[Acceptability, Weightings]:
    """Read back what `as_bytes` wrote; anything else, and a single changed byte, raises `MethodError`.

    >>> from sadzonka.analysis.screening import screen
    >>> ends = Weightings.of([[1, 0], [0, 1]])
    >>> whole = as_bytes(screen([[0.2, 0.9]], [[0.2, 0.9]], ends), ends)
    >>> from_bytes(whole)[0].shares[0, 0].tolist()
    [1.0]
    >>> from_bytes(whole[:-1])
    Traceback (most recent call last):
    ...
    sadzonka.analysis.checks.MethodError: screening: the stored bytes are damaged
    """
    if not stored.startswith(_HEAD):
        raise MethodError("screening", "the stored bytes are none of a screening, or of another version")
    digest, content = stored[len(_HEAD) :][:_DIGEST], stored[len(_HEAD) + _DIGEST :]
    if hashlib.sha256(content).digest() != digest:
        raise MethodError("screening", "the stored bytes are damaged")
    body = io.BytesIO(content)
    scramblings, central_band, *bands = _read(body).tolist()
    weightings = Weightings(_read(body), scramblings)
    arrays = {name: _read(body) for name in _ARRAYS}
    found = Acceptability(
        bands=tuple(bands),
        central_band=central_band,
        samples=len(weightings),
        scramblings=scramblings,
        **arrays,
    )
    return found, weightings


def _write(body: io.BytesIO, array: NDArray[Any]) -> None:
    np.save(body, np.ascontiguousarray(array), allow_pickle=False)


def _read(body: io.BytesIO) -> NDArray[Any]:
    array: NDArray[Any] = np.load(body, allow_pickle=False)
    return array
