"""A stored screening: the same bytes every time, and refused when they are not."""

from __future__ import annotations

import hashlib
import pickle

import numpy as np
import pytest

from sadzonka.analysis import MethodError
from sadzonka.analysis.screening import Weightings, as_bytes, from_bytes, screen, weightings, what_if
from tests.analysis.screening.oracle import bytes_of

HAND = Weightings.of([[1, 0], [0.75, 0.25], [0.5, 0.5], [0, 1]], scramblings=2)
LOWER, UPPER = [[0.2, 0.9], [0.8, 0.4], [0.5, 0.5]], [[0.4, 0.9], [0.8, 0.5], [0.5, 0.5]]
STORED = as_bytes(screen(LOWER, UPPER, HAND, bands=[1, 2], is_excluded=[False, False, True]), HAND)


def test_what_is_read_is_what_was_written() -> None:
    found = screen(LOWER, UPPER, HAND, bands=[1, 2], is_excluded=[False, False, True])
    read, made = from_bytes(STORED)
    assert bytes_of(read) == bytes_of(found)
    assert (read.bands, read.central_band, read.samples, read.scramblings) == ((1, 2), 2, 4, 2)
    assert (made.grid.tolist(), made.scramblings) == (HAND.grid.tolist(), 2)
    assert as_bytes(read, made) == STORED


def test_bytes_of_a_screening_made_by_hand_are_the_known_ones() -> None:
    known = "78e251fae5ad90719dbfd316b306ca21c2e6b06854f21ee2c55d42c944fd86a8"
    assert hashlib.sha256(STORED).hexdigest() == known


def test_read_screening_answers_what_if_like_the_first() -> None:
    read, made = from_bytes(STORED)
    found = screen(LOWER, UPPER, HAND, bands=[1, 2], is_excluded=[False, False, True])
    ends = ([0.9, 0.1], [0.9, 0.3])
    assert bytes_of(what_if(read, made, 2, *ends, is_excluded=False)) == bytes_of(
        what_if(found, HAND, 2, *ends, is_excluded=False)
    )


def test_a_copy_sent_to_another_process_is_the_same() -> None:
    read, made = from_bytes(STORED)
    there, spread = pickle.loads(pickle.dumps((read, made)))  # noqa: S301 - our own bytes
    assert as_bytes(there, spread) == STORED


def test_bytes_are_equal_however_they_were_counted() -> None:
    values = np.random.default_rng(3).random((200, 6))
    ends = (values * 0.9, values)
    made = weightings(6, points=32)
    stored = {
        as_bytes(screen(*ends, made, compiled=compiled, threads=threads), made)
        for compiled in (False, True)
        for threads in (1, 2, 8)
    }
    assert len(stored) == 1


def test_every_single_changed_byte_is_noticed() -> None:
    for at in range(len(STORED)):
        damaged = bytearray(STORED)
        damaged[at] ^= 0x10
        with pytest.raises(MethodError) as caught:
            from_bytes(bytes(damaged))
        assert caught.value.name == "screening"


@pytest.mark.parametrize(
    ("stored", "complaint"),
    [
        (b"", "the stored bytes are none of a screening, or of another version"),
        (b"sadzonka screening 2\n", "the stored bytes are none of a screening, or of another version"),
        (b"sadzonka screening 1\n", "the stored bytes are damaged"),
        (STORED[:-1], "the stored bytes are damaged"),
        (STORED + b"\0", "the stored bytes are damaged"),
    ],
)
def test_bytes_of_something_else_are_refused(stored: bytes, complaint: str) -> None:
    with pytest.raises(MethodError) as caught:
        from_bytes(stored)
    assert (caught.value.name, caught.value.complaint) == ("screening", complaint)
