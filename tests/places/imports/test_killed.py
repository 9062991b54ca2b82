"""A process that dies in the middle of an import leaves nothing of it; its file can be imported after all."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from sadzonka.places.imports.actions import (
    ImportIsUnderWay,
    choose,
    import_file,
    queue_import,
    read_file,
    receive_file,
)
from sadzonka.places.models import FileImport, Release
from tests.at_once import again_and_again
from tests.places.imports.tables import bdl_table, gminas

KEYS = ("population", "live_births", "deaths", "marriages", "net_migration", "registered_unemployed")
IN_THE_MIDDLE = "75"  # places are written, figures are being written
WORKER = """
    import datetime as dt, json, os, signal, sys
    import django
    django.setup()
    from django.db import connection
    from sadzonka.places.imports import actions
    from sadzonka.places.models import FileImport, Observation, Period, Release

    def say(percent):
        print(percent, flush=True)

    def handed_in():
        columns = {f"{key} [osoba]": key for key in sys.argv[2].split(",")}
        file_import = actions.receive_file(file_name="X.csv", content=open(sys.argv[3], "rb").read())
        actions.read_file(file_import=file_import)
        actions.choose(file_import=file_import, choices={"columns": columns})
        actions.read_file(file_import=file_import)
        actions.queue_import(file_import=file_import)

    def worked():
        actions.import_file(file_import=FileImport.objects.latest("pk"), tell=say)

    def started_again():
        file_import = FileImport.objects.latest("pk")
        FileImport.objects.update(report={"told_at": "2020-01-01T00:00:00+00:00"})
        actions.start_again(file_import=file_import)

    def died_reading():
        file_import = actions.receive_file(file_name="X.csv", content=open(sys.argv[3], "rb").read())
        told = []

        def dies(execute, sql, params, many, context):
            result = execute(sql, params, many, context)
            told.append(sql.startswith("UPDATE"))
            if told.count(True) == 2:  # taken for work, then told that the file is opened
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        with connection.execute_wrapper(dies):
            actions.read_later.func(file_import.pk)

    def read():
        actions.read_later.func(FileImport.objects.latest("pk").pk)

    def looked():
        release = Release.objects.filter(sha256=FileImport.objects.latest("pk").sha256).first()
        figures = release.observations.order_by("municipality", "indicator", "period") if release else []
        integrity = "ok"
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                integrity = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        print(json.dumps({
            "state": FileImport.objects.latest("pk").state,
            "progress": FileImport.objects.latest("pk").progress,
            "releases": Release.objects.count(),
            "periods": Period.objects.count(),
            "observations": Observation.objects.count(),
            "figures": [[f.municipality_id, f.indicator_id, f.period, f.value, f.status] for f in figures],
            "integrity": integrity,
        }))

    deeds = {"hand-in": handed_in, "work": worked, "again": started_again, "look": looked}
    {**deeds, "die-reading": died_reading, "read": read}[sys.argv[1]]()
"""


class Installation:
    """A database of its own on which other processes work."""

    def __init__(self, address: str, folder: Path) -> None:
        self.folder = folder
        told = {"DATABASE_URL": address, "SADZONKA_VAR": str(folder)}
        self.environment = {**os.environ, **told, "DJANGO_SETTINGS_MODULE": "sadzonka.settings"}

    def process(self, deed: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(WORKER), deed, ",".join(KEYS), str(self.folder / "X.csv")],
            cwd=settings.ROOT_DIR,
            env=self.environment,
            stdout=subprocess.PIPE,
            text=True,
        )

    def done(self, deed: str) -> str:
        """Let a process do something to its end and return what it printed."""
        process = self.process(deed)
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        return said

    def look(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.done("look"))
        return found


@pytest.fixture
def installation(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Installation]:
    if connection.vendor == "postgresql":
        request.getfixturevalue("own_database")
    with django_db_blocker.unblock():
        (tmp_path / "X.csv").write_bytes(bdl_table([*KEYS]))
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM INTO '{tmp_path / 'own.sqlite3'}'")
            yield Installation(f"sqlite:///{tmp_path / 'own.sqlite3'}", tmp_path)
        else:
            told = connection.settings_dict
            who = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}"
            yield Installation(f"postgres://{who}/{told['NAME']}", tmp_path)


@pytest.mark.slow
def test_a_worker_killed_while_it_writes_leaves_nothing_and_its_file_can_be_imported_after_all(
    installation: Installation,
) -> None:
    installation.done("hand-in")
    before = installation.look()
    worker = installation.process("work")
    assert worker.stdout is not None
    for said in worker.stdout:
        if said.strip() == IN_THE_MIDDLE:
            worker.send_signal(signal.SIGKILL)
            break
    assert worker.wait(timeout=60) == -signal.SIGKILL
    worker.stdout.close()

    after = installation.look()
    assert {**after, "progress": 0} == before
    assert (after["state"], after["figures"], after["integrity"]) == ("queued", [], "ok")

    installation.done("again")
    installation.done("work")
    repaired = installation.look()
    with_years = 22 * len(KEYS)
    numbers = sorted(value for _m, _i, _y, value, _s in repaired["figures"])
    assert numbers == sorted(float(n * 1000 + c) for n in range(len(gminas())) for c in range(with_years))
    assert {
        name: repaired[name] for name in ("state", "releases", "periods", "observations", "integrity")
    } == {
        "state": "imported",
        "releases": before["releases"] + 1,
        "periods": before["periods"],
        "observations": before["observations"] + len(numbers),
        "integrity": "ok",
    }


@pytest.mark.slow
def test_a_file_whose_reader_was_killed_waits_for_somebody_to_start_it_again(
    installation: Installation,
) -> None:
    worker = installation.process("die-reading")
    worker.communicate(timeout=60)
    assert worker.returncode == -signal.SIGKILL
    died = installation.look()
    assert (died["state"], died["progress"]) == ("waiting", 20)

    installation.done("read")  # the same job once more does nothing
    assert installation.look() == died
    waiting = [sys.executable, "manage.py", "db_worker", "--batch"]
    subprocess.run(waiting, cwd=settings.ROOT_DIR, env=installation.environment, check=True, timeout=120)
    again = installation.look()
    assert (again["state"], again["progress"]) == ("waiting", 20)

    installation.done("again")
    subprocess.run(waiting, cwd=settings.ROOT_DIR, env=installation.environment, check=True, timeout=120)
    read = installation.look()
    assert (read["state"], read["progress"]) == ("read", 0)


@pytest.mark.slow
@pytest.mark.postgres
def test_six_workers_import_a_file_once(own_database: None) -> None:
    file_import = receive_file(file_name="X.csv", content=bdl_table(["inwentaryzacja"], (2061, 2062)))
    read_file(file_import=file_import)
    choose(file_import=file_import, choices={"columns": {"inwentaryzacja [osoba]": "registered_unemployed"}})
    read_file(file_import=file_import)
    queue_import(file_import=file_import)

    def work() -> str:
        mine = FileImport.objects.get(pk=file_import.pk)
        return import_file(file_import=mine).state

    outcomes = again_and_again(work, refused=(ImportIsUnderWay,))
    assert sorted(str(one) for one in outcomes) == [""] * 5 + ["imported"]
    assert Release.objects.filter(sha256=file_import.sha256).count() == 1
