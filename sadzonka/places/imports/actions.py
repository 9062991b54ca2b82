"""Handing in files, choosing what they mean, importing them: each file at most once, all of it or nothing.

A file is read and its preview made by one job, imported by another. While a job works, `progress` is above
zero and `report` holds when it last told so; nobody else takes the file meanwhile. The import itself is one
transaction: whatever happens to its process, either everything was written or nothing. Only the steps before
it are stored as progress while they go on, because nobody sees into a transaction, and SQLite lets nobody
write beside one.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log

from sadzonka.places.formats import recognising
from sadzonka.places.formats.notes import Note, Refused, Weight
from sadzonka.places.formats.opening import open_file
from sadzonka.places.imports.plan import File, Plan, content_hash, plan_of
from sadzonka.places.imports.preview import note_of, preview_of, refused_preview
from sadzonka.places.imports.writing import Tell, write
from sadzonka.places.models import FileImport, Release

State = FileImport.State
LARGEST = 60_000_000  # bytes, packed: every office's file is below 10 MB
LONGEST_NAME = 200
LOCK_OF_IMPORTS = 5_110_464  # any number that no other advisory lock of the database has
STUCK_AFTER = dt.timedelta(minutes=5)
OPENED, READ, COMPARED, WRITTEN = 20, 40, 60, 100
KEPT_CONTENT = (State.WAITING, State.READ, State.QUEUED, State.FAILED)  # a failed one may be started again


def told_to_nobody(percent: int) -> None:
    """Let the progress of an import go unheard."""


class FileIsTooLarge(Exception):
    """The file is larger than any that an office publishes."""


class ImportIsUnderWay(Exception):
    """What is asked for cannot be done in the state that the import is in now."""


class NotReady(Exception):
    """Something is wrong with the file or has still to be chosen; `plan` says what."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.file.name)
        self.plan = plan


@transaction.atomic
def receive_file(*, file_name: str, content: bytes, by: AbstractBaseUser | None = None) -> FileImport:
    """Keep a file and queue its reading; raises FileIsTooLarge."""
    if len(content) > LARGEST:
        raise FileIsTooLarge
    file_import = FileImport.objects.create(
        file_name=file_name[-LONGEST_NAME:],
        content=content,
        size=len(content),
        sha256=content_hash(content),
        report=_begun_now(),
    )
    log(instance=file_import, action="sadzonka.receive_file", user=by)
    read_later.enqueue(file_import.pk)
    return file_import


def read_file(*, file_import: FileImport) -> FileImport:
    """Read a waiting file and keep its preview; one that cannot be read is refused with the reason."""
    if not _claim(file_import, State.WAITING):
        raise ImportIsUnderWay
    try:
        file = _read(
            file_import.file_name, bytes(file_import.content), file_import.choices, _teller(file_import)
        )
        preview, state = preview_of(plan_of(file)), State.READ
    except Refused as refusal:
        preview, state = refused_preview(refusal.note), State.REFUSED
    except Exception as error:
        _fail(file_import, State.WAITING, error)
        raise
    return _settle(file_import, State.WAITING, state, preview=preview)


@transaction.atomic
def choose(
    *, file_import: FileImport, choices: Mapping[str, Any], by: AbstractBaseUser | None = None
) -> FileImport:
    """Keep what staff chose and queue another reading; raises ImportIsUnderWay when it is too late."""
    locked = _locked(file_import, (State.READ,))
    locked.choices, locked.state = dict(choices), State.WAITING
    locked.progress, locked.report = 0, _begun_now()
    locked.save(update_fields=["choices", "state", "progress", "report"])
    log(instance=locked, action="sadzonka.choose_for_file", user=by)
    read_later.enqueue(locked.pk)
    return _same(file_import, locked)


@transaction.atomic
def queue_import(*, file_import: FileImport, by: AbstractBaseUser | None = None) -> FileImport:
    """Queue the import of a file that was read and leaves no error and no question.

    Raises ImportIsUnderWay when it does leave one, and when it is queued or ended already.
    """
    locked = _locked(file_import, (State.READ,))
    if locked.preview.get("errors") or locked.preview.get("asks"):
        raise ImportIsUnderWay
    locked.state, locked.progress, locked.report = State.QUEUED, 0, _begun_now()
    locked.save(update_fields=["state", "progress", "report"])
    log(instance=locked, action="sadzonka.queue_import", user=by)
    import_later.enqueue(locked.pk)
    return _same(file_import, locked)


def import_file(*, file_import: FileImport, tell: Tell = told_to_nobody) -> FileImport:
    """Import a queued file; what the preview said is computed anew, because places may have changed since.

    Returns the import as it is afterwards; raises ImportIsUnderWay when somebody else has it.
    """
    if not _claim(file_import, State.QUEUED):
        raise ImportIsUnderWay
    began = time.monotonic()
    store_progress = _teller(file_import)

    def told(percent: int) -> None:
        store_progress(percent)
        tell(percent)

    try:
        file = _read(file_import.file_name, bytes(file_import.content), file_import.choices, told)
        told(COMPARED)
        with transaction.atomic():
            _wait_for_other_imports()
            _locked(file_import, (State.QUEUED,))
            _carry_out(file_import, plan_of(file), began, tell)
    except (ImportIsUnderWay, NotReady, Refused) as obstacle:
        if isinstance(obstacle, ImportIsUnderWay):
            raise
        preview = (
            preview_of(obstacle.plan) if isinstance(obstacle, NotReady) else refused_preview(obstacle.note)
        )
        return _settle(file_import, State.QUEUED, State.READ, preview=preview)
    except Exception as error:
        _fail(file_import, State.QUEUED, error)
        raise
    return file_import


@transaction.atomic
def import_at_once(*, file: File, size: int, tell: Tell = told_to_nobody) -> tuple[Plan, FileImport | None]:
    """Import a file that was read by the same process, for the command line; raises NotReady.

    A file that brings nothing new leaves nothing behind: only its plan is returned.
    """
    began = time.monotonic()
    _wait_for_other_imports()
    plan = plan_of(file)
    tell(COMPARED)
    if not plan.is_ready:
        raise NotReady(plan)
    if plan.is_nothing_new:
        return plan, None
    file_import = FileImport.objects.create(
        state=State.QUEUED,
        file_name=file.name[-LONGEST_NAME:],
        size=size,
        sha256=file.sha256,
        choices=dict(file.choices),
    )
    _carry_out(file_import, plan, began, tell)
    return plan, file_import


def read_at_once(*, file_name: str, content: bytes, choices: Mapping[str, Any], tell: Tell) -> File:
    """Open and read a file without keeping anything of it; raises Refused."""
    if len(content) > LARGEST:
        raise Refused("packed-too-large", limit=LARGEST // 1_000_000)
    return _read(file_name, content, choices, tell)


@transaction.atomic
def discard(*, file_import: FileImport, by: AbstractBaseUser | None = None) -> FileImport:
    """Give a file up; raises ImportIsUnderWay when it is being imported or has ended."""
    locked = _locked(file_import, (State.WAITING, State.READ, State.QUEUED, State.REFUSED, State.FAILED))
    if locked.progress and not is_stuck(locked):
        raise ImportIsUnderWay
    locked.state, locked.content, locked.ended_at = State.DISCARDED, b"", timezone.now()
    locked.report = {}
    locked.save(update_fields=["state", "content", "ended_at", "report"])
    log(instance=locked, action="sadzonka.discard_file", user=by)
    return _same(file_import, locked)


@transaction.atomic
def start_again(*, file_import: FileImport, by: AbstractBaseUser | None = None) -> FileImport:
    """Queue again what failed or stands still; raises ImportIsUnderWay when a job may still be at it."""
    locked = _locked(file_import, (State.WAITING, State.QUEUED, State.FAILED))
    if not is_stuck(locked):
        raise ImportIsUnderWay
    if locked.state == State.FAILED:
        locked.state, locked.ended_at = State.WAITING, None
    locked.progress, locked.report = 0, _begun_now()
    locked.save(update_fields=["state", "progress", "report", "ended_at"])
    log(instance=locked, action="sadzonka.start_import_again", user=by)
    (read_later if locked.state == State.WAITING else import_later).enqueue(locked.pk)
    return _same(file_import, locked)


def is_stuck(file_import: FileImport) -> bool:
    """Say whether a file failed, or its job has told nothing for minutes: its worker is gone."""
    if file_import.state == State.FAILED:
        return True
    if file_import.state not in {State.WAITING, State.QUEUED}:
        return False
    told = file_import.report.get("told_at")
    return told is None or timezone.now() - dt.datetime.fromisoformat(told) > STUCK_AFTER


@task()
def read_later(file_import_id: int) -> None:
    """Read a file that waits; somebody else may have done so."""
    _run(read_file, file_import_id, State.WAITING)


@task()
def import_later(file_import_id: int) -> None:
    """Import a file that is queued; somebody else may have done so."""
    _run(import_file, file_import_id, State.QUEUED)


def _run(act: Callable[..., FileImport], file_import_id: int, state: str) -> None:
    file_import = FileImport.objects.filter(pk=file_import_id, state=state, progress=0).first()
    if file_import is not None:
        try:
            act(file_import=file_import)
        except ImportIsUnderWay:  # another worker was quicker
            return


def _read(file_name: str, content: bytes, choices: Mapping[str, Any], tell: Tell) -> File:
    opened = open_file(file_name, content)
    tell(OPENED)
    reading = recognising.read(opened, choices)
    tell(READ)
    return File(file_name, content_hash(content), opened, reading, choices)


def _wait_for_other_imports() -> None:
    """Let one import after the other compare and write: histories are built anew from what is stored.

    SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK_OF_IMPORTS])


def _carry_out(file_import: FileImport, plan: Plan, began: float, tell: Tell) -> None:
    """Write a plan and what came of it, within the caller's transaction."""
    if not plan.is_ready:
        raise NotReady(plan)
    report = preview_of(plan, most=None)
    is_new = not plan.is_nothing_new
    release: Release | None = write(plan, tell) if is_new else plan.release
    file_import.release = release if release and release.pk else None
    file_import.state = State.IMPORTED if is_new else State.UNCHANGED
    report |= {
        "release": file_import.release.key if file_import.release else "",
        "seconds": round(time.monotonic() - began, 2),
    }
    file_import.layout, file_import.report, file_import.preview = plan.file.reading.layout, report, {}
    file_import.content, file_import.progress, file_import.ended_at = b"", WRITTEN, timezone.now()
    file_import.save()
    log(instance=file_import, action="sadzonka.import_file")
    tell(WRITTEN)


@transaction.atomic
def _claim(file_import: FileImport, state: str) -> bool:
    """Take a file for work, False when somebody else has it; committed before the work begins."""
    claimed = FileImport.objects.filter(pk=file_import.pk, state=state, progress=0).update(
        progress=1, report=_begun_now()
    )
    if claimed:
        file_import.refresh_from_db()
    return bool(claimed)


def _teller(file_import: FileImport) -> Tell:
    def tell(percent: int) -> None:
        FileImport.objects.filter(pk=file_import.pk, progress__gt=0).update(
            progress=percent, report=_begun_now()
        )

    return tell


def _settle(file_import: FileImport, before: str, state: str, *, preview: dict[str, Any]) -> FileImport:
    """Keep what reading a file gave, unless somebody discarded it meanwhile."""
    with transaction.atomic():
        locked = _locked(file_import, (before,))
        locked.state, locked.preview, locked.progress, locked.report = state, preview, 0, {}
        locked.layout = preview.get("layout", "")
        if state not in KEPT_CONTENT:
            locked.content, locked.ended_at = b"", timezone.now()
        locked.save()
    return _same(file_import, locked)


def _fail(file_import: FileImport, before: str, error: Exception) -> None:
    note = Note("failed", Weight.ERROR, params={"error": type(error).__name__})
    with transaction.atomic():
        FileImport.objects.filter(pk=file_import.pk, state=before).update(
            state=State.FAILED,
            progress=0,
            ended_at=timezone.now(),
            report={"notes": [note_of(note)], "errors": 1},
        )
    file_import.refresh_from_db()


def _locked(file_import: FileImport, states: Collection[str]) -> FileImport:
    locked = FileImport.objects.select_for_update().filter(pk=file_import.pk, state__in=states).first()
    if locked is None:
        raise ImportIsUnderWay
    return locked


def _same(file_import: FileImport, changed: FileImport) -> FileImport:
    """Let the caller's object show what was changed."""
    file_import.__dict__.update(changed.__dict__)
    return file_import


def _begun_now() -> dict[str, str]:
    return {"told_at": timezone.now().isoformat()}
