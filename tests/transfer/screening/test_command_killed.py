"""`manage.py screen` killed in the middle, without a chance to tidy up, is completed by the same command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.transfer.screening.made_up import files_in

WORDS = ("screen", "--country", "PL", "--day", "2026-11-23", "--points", "1024", "--workers", "1")
IN_THE_MIDDLE = "2 of"


@pytest.fixture
def environment(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[dict[str, str]]:
    """A copy of the test database that another process can open."""
    if connection.vendor == "postgresql":
        request.getfixturevalue("own_database")
    with django_db_blocker.unblock():
        told = connection.settings_dict
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM INTO '{tmp_path / 'own.sqlite3'}'")
            address = f"sqlite:///{tmp_path / 'own.sqlite3'}"
        else:
            who = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}"
            address = f"postgres://{who}/{told['NAME']}"
        yield {**os.environ, "DATABASE_URL": address, "SADZONKA_VAR": str(tmp_path)}


def started(environment: dict[str, str], folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "manage.py", *WORDS, "--to", str(folder)],
        cwd=settings.ROOT_DIR,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_killed_run_is_completed_to_the_same_bytes(environment: dict[str, str], tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    process = started(environment, killed)
    assert process.stderr is not None
    for line in process.stderr:
        if line.strip().startswith(IN_THE_MIDDLE):
            process.send_signal(signal.SIGKILL)
            break
    assert process.wait(timeout=60) == -signal.SIGKILL
    process.stderr.close()
    there = files_in(killed)
    done = [name for name in there if name.endswith(".sha256")]
    assert ("done.json" in there, len(done) >= 2) == (False, True)

    for folder in (killed, whole):
        process = started(environment, folder)
        _out, told = process.communicate(timeout=120)
        assert process.returncode == 0, told
    assert files_in(killed) == files_in(whole)
    assert len(done) < len([name for name in files_in(whole) if name.endswith(".sha256")])
