"""A run: many practices screened into a folder that can be taken up again and is the same every time."""

from __future__ import annotations

import fcntl
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis import Record, canonical
from sadzonka.analysis.screening import Weightings
from sadzonka.transfer.screening.blocks import Block, Columns, meanings, screened
from sadzonka.transfer.screening.parquet import written

PROVENANCE, WEIGHTINGS, DONE = "provenance.json", "weightings.npy", "done.json"
BLOCKS = "blocks"
UNFINISHED = ".part"

Screened: TypeAlias = Callable[[Iterator[Block]], Iterator[tuple[str, Columns]]]
Tell: TypeAlias = Callable[[int, int], None]  # blocks that are done, of how many


def told_to_nobody(done: int, of: int) -> None:
    """Let the progress of a run go unheard."""


class NotARun(Exception):
    """The folder holds something, and it is no run."""


class AnotherRun(Exception):
    """The folder holds a run that rests on something else; `differences` say what, by name."""

    def __init__(self, differences: Mapping[str, tuple[Any, Any]]) -> None:
        super().__init__(", ".join(differences))
        self.differences = differences


class RunIsUnderWay(Exception):
    """Another process works in the folder."""


@dataclass(frozen=True, slots=True, eq=False)
class Work:
    """One block to come: made when its turn comes, so that only a few are in memory."""

    name: str
    make: Callable[[], Block]


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """What is to be computed: the rows are places, the same in every block.

    `provenance` holds all that the bytes of the folder depend on. `places` are the columns that tell the
    places, such as country and code, each (n,).
    """

    provenance: Record
    weightings: Weightings
    places: Mapping[str, NDArray[Any]]
    works: Sequence[Work]


def carry_out(run: Run, folder: Path, how: Screened, tell: Tell = told_to_nobody) -> None:
    """Write the files of a run into a folder; blocks that are there and whole are not computed again.

    However it ends, every file under its own name is whole. Raises `NotARun`, `AnotherRun`, `RunIsUnderWay`.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise NotARun(folder) from error
    with _alone_in(folder):
        _begin(run, folder)
        hashes = {work.name: sha for work in run.works if (sha := _hash_of_whole_block(folder, work.name))}
        tell(len(hashes), len(run.works))
        open_works = (work.make() for work in run.works if work.name not in hashes)
        said = {"provenance": hashlib.sha256(_provenance_text(run.provenance)).hexdigest()}
        for name, columns in how(open_works):
            content = written({**run.places, **columns}, meanings(), {**said, "block": name})
            hashes[name] = _write_block(folder, name, content)
            tell(len(hashes), len(run.works))
        _finish(run, folder, hashes)


def in_threads(threads: int, does: Callable[[Block], Columns] = screened) -> Screened:
    """Return a way to compute blocks in so many threads, each a block at a time."""

    def columns_of(blocks: Iterator[Block]) -> Iterator[tuple[str, Columns]]:
        pool = ThreadPoolExecutor(threads)
        under_way: dict[Future[Columns], str] = {}
        try:
            while True:
                # One more waits, so that no thread does while a block is written.
                while len(under_way) <= threads and (block := next(blocks, None)) is not None:
                    under_way[pool.submit(does, block)] = block.name
                if not under_way:
                    return
                done = wait(under_way, return_when=FIRST_COMPLETED).done
                # What was computed is handed on before a failure ends it.
                for future in sorted(done, key=_has_failed):
                    yield under_way.pop(future), future.result()
        finally:
            pool.shutdown(cancel_futures=True)

    return columns_of


def _has_failed(future: Future[Columns]) -> bool:
    return future.exception() is not None


def stored_weightings(folder: Path, made_from: Record) -> Weightings | None:
    """Return the weightings that a run in a folder has stored, when they were made from the same."""
    try:
        content = (folder / WEIGHTINGS).read_bytes()
        told = json.loads((folder / PROVENANCE).read_bytes())["weightings"]
    except (OSError, ValueError, LookupError, TypeError):
        return None
    if told != {**made_from, "sha256": hashlib.sha256(content).hexdigest()}:
        return None
    return Weightings(np.load(io.BytesIO(content)), scramblings=told["scramblings"])


def weightings_file(weightings: Weightings) -> bytes:
    """Return the bytes under which the weightings of a run are stored."""
    out = io.BytesIO()
    np.save(out, weightings.grid, allow_pickle=False)
    return out.getvalue()


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder until the end, also that of a process that is killed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise RunIsUnderWay(folder) from error
        yield
    finally:
        os.close(handle)


def _begin(run: Run, folder: Path) -> None:
    """Write down what the run rests on, or compare it with what is written already."""
    blocks, text = folder / BLOCKS, _provenance_text(run.provenance)
    for place in (folder, blocks):
        for left_over in place.glob(f".*{UNFINISHED}"):
            left_over.unlink()
    if not (folder / PROVENANCE).exists():
        if {one.name for one in folder.iterdir()} - {WEIGHTINGS}:
            raise NotARun(folder)
        _write_whole(folder / WEIGHTINGS, weightings_file(run.weightings))
        _write_whole(folder / PROVENANCE, text)
    elif (stored := (folder / PROVENANCE).read_bytes()) != text:
        raise AnotherRun(_differences(_read(stored, folder), json.loads(text)))
    if not _is_whole(folder / WEIGHTINGS, weightings_file(run.weightings)):
        _write_whole(folder / WEIGHTINGS, weightings_file(run.weightings))
    blocks.mkdir(exist_ok=True)


def _finish(run: Run, folder: Path, hashes: Mapping[str, str]) -> None:
    files = {f"{BLOCKS}/{name}.parquet": sha for name, sha in hashes.items()}
    for name in (PROVENANCE, WEIGHTINGS):
        files[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    _write_whole(folder / DONE, _lines({"blocks": len(run.works), "files": files}))


def _hash_of_whole_block(folder: Path, name: str) -> str | None:
    """Return the hash of a block's file when it is there and as it was written."""
    file, noted = _block_files(folder, name)
    try:
        found = hashlib.sha256(file.read_bytes()).hexdigest()
        return found if noted.read_text() == _note(found, file) else None
    except (OSError, ValueError):
        return None


def _write_block(folder: Path, name: str, content: bytes) -> str:
    """Write a block and, when it is safe, its hash beside it, as `sha256sum --check` reads it."""
    file, noted = _block_files(folder, name)
    found = hashlib.sha256(content).hexdigest()
    _write_whole(file, content)
    _write_whole(noted, _note(found, file).encode())
    return found


def _block_files(folder: Path, name: str) -> tuple[Path, Path]:
    return folder / BLOCKS / f"{name}.parquet", folder / BLOCKS / f"{name}.sha256"


def _note(found: str, file: Path) -> str:
    return f"{found}  {file.name}\n"


def _is_whole(file: Path, content: bytes) -> bool:
    return file.exists() and file.read_bytes() == content


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file so that under its name there is all of it or nothing, also when the power fails."""
    part = file.with_name(f".{file.name}{UNFINISHED}")
    with part.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    part.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _provenance_text(provenance: Record) -> bytes:
    return f"{canonical(provenance)}\n".encode()


def _lines(record: Record) -> bytes:
    return f"{json.dumps(record, indent=1, sort_keys=True)}\n".encode()


def _read(stored: bytes, folder: Path) -> Any:
    try:
        return json.loads(stored)
    except ValueError as error:
        raise NotARun(folder) from error


def _differences(stored: Any, asked: Any, name: str = "") -> dict[str, tuple[Any, Any]]:
    """Return what differs between two records, by the path to it: (stored, asked)."""
    if not (isinstance(stored, dict) and isinstance(asked, dict)):
        return {} if stored == asked else {name: (stored, asked)}
    found: dict[str, tuple[Any, Any]] = {}
    for key in sorted({*stored, *asked}):
        found |= _differences(stored.get(key), asked.get(key), f"{name}.{key}" if name else key)
    return found
