"""A run is the same bytes however it is computed, can be taken up again, and is never mixed with another."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Barrier, Event
from time import sleep

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from sadzonka.transfer.screening.blocks import Block, Columns, meanings, screened
from sadzonka.transfer.screening.parquet import shown
from sadzonka.transfer.screening.runs import (
    AnotherRun,
    NotARun,
    Run,
    RunIsUnderWay,
    carry_out,
    in_threads,
    stored_weightings,
)
from tests.transfer.screening.made_up import files_in, name_of, run, spread

NAMES = [name_of(number) for number in range(5)]


def done_in(folder: Path, plan: Run | None = None, threads: int = 1) -> list[str]:
    """Carry a run out and return the names of the blocks that were computed for it, in any order."""
    computed: list[str] = []

    def noted(block: Block) -> Columns:
        computed.append(block.name)
        return screened(block)

    carry_out(plan or run(), folder, in_threads(threads, noted))
    return sorted(computed)


class Stopped(Exception):
    """Somebody or something ended the run."""


def stopped_after(blocks: int, ending: type[BaseException] = Stopped) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        if done == blocks:
            raise ending

    return tell


def test_one_two_and_eight_threads_write_the_same_bytes(tmp_path: Path) -> None:
    found = []
    for threads in (1, 2, 8):
        assert done_in(tmp_path / str(threads), threads=threads) == NAMES
        found.append(files_in(tmp_path / str(threads)))
    assert found[1] == found[0]
    assert found[2] == found[0]
    blocks = [f"blocks/{name}.{ending}" for name in NAMES for ending in ("parquet", "sha256")]
    assert list(found[0]) == [*blocks, "done.json", "provenance.json", "weightings.npy"]


def test_numba_writes_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    done_in(tmp_path / "numpy")
    done_in(tmp_path / "numba", run(is_compiled=True))
    assert files_in(tmp_path / "numba") == files_in(tmp_path / "numpy")


def test_what_was_done_is_listed_with_hashes_that_are_right(tmp_path: Path) -> None:
    done_in(tmp_path)
    told = json.loads((tmp_path / "done.json").read_bytes())
    listed = [*(f"blocks/{name}.parquet" for name in NAMES), "provenance.json", "weightings.npy"]
    assert told == {
        "blocks": 5,
        "files": {name: hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() for name in listed},
    }
    noted = (tmp_path / "blocks" / f"{NAMES[0]}.sha256").read_text()
    assert noted == f"{told['files'][listed[0]]}  {NAMES[0]}.parquet\n"  # as sha256sum --check reads it


def test_a_file_holds_the_columns_with_their_meaning_and_null_for_what_is_undefined(tmp_path: Path) -> None:
    plan = run()
    done_in(tmp_path, plan)
    content = (tmp_path / "blocks" / f"{NAMES[0]}.parquet").read_bytes()
    expected = {**plan.places, **screened(plan.works[0].make())}
    found = shown(content)
    assert list(found) == list(expected)
    for name, column in expected.items():
        np.testing.assert_array_equal(found[name].astype(column.dtype), column, err_msg=name)
    table = parquet.read_table(pa.BufferReader(content))
    told = {field.name: (field.metadata or {}).get(b"meaning", b"").decode() for field in table.schema}
    assert {name: text for name, text in told.items() if text} == meanings()
    is_blocked = expected["gate"] == 0
    assert table.column("first_10_sure").null_count == is_blocked.sum() > 0
    provenance = hashlib.sha256((tmp_path / "provenance.json").read_bytes()).hexdigest()
    assert table.schema.metadata == {b"provenance": provenance.encode(), b"block": NAMES[0].encode()}


@pytest.mark.parametrize("ending", [Stopped, KeyboardInterrupt])
def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path, ending: type[BaseException]) -> None:
    done_in(tmp_path / "whole")
    with pytest.raises(ending):
        carry_out(run(), tmp_path / "resumed", in_threads(2), stopped_after(2, ending))
    there = files_in(tmp_path / "resumed")
    done = [name for name in NAMES if f"blocks/{name}.sha256" in there]
    assert (len(done), "done.json" in there) == (2, False)
    assert done_in(tmp_path / "resumed") == [name for name in NAMES if name not in done]
    assert files_in(tmp_path / "resumed") == files_in(tmp_path / "whole")


def test_a_run_that_is_done_is_not_computed_again(tmp_path: Path) -> None:
    done_in(tmp_path)
    before = files_in(tmp_path)
    assert (done_in(tmp_path), files_in(tmp_path)) == ([], before)


def test_a_block_that_fails_leaves_the_others(tmp_path: Path) -> None:
    def fails(block: Block) -> Columns:
        if block.name == NAMES[3]:
            raise Stopped(block.name)
        return screened(block)

    with pytest.raises(Stopped, match=NAMES[3]):
        carry_out(run(), tmp_path, in_threads(1, fails))
    assert done_in(tmp_path) == NAMES[3:]


def test_blocks_that_end_together_with_one_that_fails_are_handed_on_first() -> None:
    others_ended, may_fail = Barrier(len(NAMES)), Event()

    def ends(block: Block) -> Columns:
        if block.name != NAMES[0]:
            others_ended.wait(timeout=30)
            return {}
        may_fail.wait(timeout=30)
        raise Stopped(block.name)

    def blocks() -> Iterator[Block]:
        yield from (work.make() for work in run().works)
        others_ended.wait(timeout=30)
        may_fail.set()
        sleep(0.1)  # so that all have ended when somebody looks

    handed_on: list[str] = []
    with pytest.raises(Stopped, match=NAMES[0]):
        handed_on.extend(name for name, _columns in in_threads(len(NAMES), ends)(blocks()))
    assert sorted(handed_on) == NAMES[1:]


DAMAGES: dict[str, Callable[[Path], object]] = {
    "cut": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "empty": lambda file: file.write_bytes(b""),
    "changed": lambda file: file.write_bytes(file.read_bytes().replace(b"PAR1", b"PAR2")),
    "gone": lambda file: file.unlink(),
    "hash gone": lambda file: file.with_suffix(".sha256").unlink(),
    "hash broken": lambda file: file.with_suffix(".sha256").write_bytes(b"\xff"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_broken_block_is_made_again(tmp_path: Path, damage: str) -> None:
    done_in(tmp_path)
    before = files_in(tmp_path)
    DAMAGES[damage](tmp_path / "blocks" / f"{NAMES[2]}.parquet")
    assert files_in(tmp_path) != before
    assert done_in(tmp_path) == [NAMES[2]]
    assert files_in(tmp_path) == before


def test_broken_weightings_are_written_again_and_half_files_are_swept_away(tmp_path: Path) -> None:
    done_in(tmp_path)
    before = files_in(tmp_path)
    (tmp_path / "weightings.npy").write_bytes(b"")
    (tmp_path / "blocks" / f".{NAMES[0]}.parquet.part").write_bytes(b"half")
    (tmp_path / ".done.json.part").write_bytes(b"half")
    done_in(tmp_path)
    assert files_in(tmp_path) == before


def test_another_run_in_the_same_folder_is_refused_by_what_differs(tmp_path: Path) -> None:
    done_in(tmp_path)
    before = files_in(tmp_path)
    with pytest.raises(AnotherRun) as refused:
        done_in(tmp_path, run(blocks=4, day="2026-11-24"))
    assert refused.value.differences["day"] == ("2026-11-23", "2026-11-24")
    assert list(refused.value.differences) == ["day", f"practices.{NAMES[4]}"]
    assert files_in(tmp_path) == before


def test_a_folder_with_something_else_is_refused_and_an_empty_one_is_not(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("Dear Ewa")
    (tmp_path / "file").write_text("")
    (tmp_path / "unreadable").mkdir()
    (tmp_path / "unreadable" / "provenance.json").write_text("{")
    for name in ("other", "file", "file/below", "unreadable"):
        before = files_in(tmp_path)
        with pytest.raises(NotARun):
            done_in(tmp_path / name)
        assert files_in(tmp_path) == before
    (tmp_path / "empty").mkdir()
    assert done_in(tmp_path / "empty") == NAMES


def test_two_processes_do_not_work_in_one_folder(tmp_path: Path) -> None:
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(RunIsUnderWay):
        done_in(tmp_path)
    os.close(handle)
    assert done_in(tmp_path) == NAMES


def test_weightings_are_taken_from_the_folder_when_they_were_made_from_the_same(tmp_path: Path) -> None:
    plan = run()
    made_from = {"seed": 7, "scramblings": 8}
    told = {**made_from, "sha256": plan.provenance["weightings"]["sha256"]}  # type: ignore[index,call-overload]
    plan.provenance["weightings"] = told
    assert stored_weightings(tmp_path, made_from) is None
    done_in(tmp_path, plan)
    found = stored_weightings(tmp_path, made_from)
    assert found is not None
    np.testing.assert_array_equal(found.grid, spread().grid)
    assert stored_weightings(tmp_path, {**made_from, "seed": 8}) is None
    (tmp_path / "weightings.npy").write_bytes(b"")
    assert stored_weightings(tmp_path, made_from) is None
