"""Empty, migrated installations on which other processes import, on SQLite or PostgreSQL as the tests are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

TEMPLATE = "sadzonka_fresh"


class Fresh:
    """An installation of its own."""

    def __init__(self, address: str, folder: Path) -> None:
        self.environment = {
            **os.environ,
            "DATABASE_URL": address,
            "SADZONKA_VAR": str(folder),
            "DJANGO_SETTINGS_MODULE": "sadzonka.settings",
            "LC_ALL": "en_GB.UTF-8",
        }

    def run(self, *words: str) -> tuple[int, str]:
        """Run Python with these words and return how it ended and what it printed."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=settings.ROOT_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )
        return done.returncode, done.stdout

    def imported(self, *files: Path | str) -> int:
        return self.run("manage.py", "import-statistics", *map(str, files))[0]

    def asked(self, expression: str) -> Any:
        """Return what an expression over the models gives in that installation."""
        code = f"import django, json; django.setup()\nfrom sadzonka.places.models import *\n{expression}"
        _ended, said = self.run("-c", code)
        return json.loads(said)


@contextmanager
def template(folder: Path) -> Iterator[Path | str]:
    """Migrate an empty database once, to be copied."""
    if connection.vendor == "sqlite":
        file = folder / "template.sqlite3"
        Fresh(f"sqlite:///{file}", folder).run("manage.py", "migrate", "-v0")
        yield file
        return
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {TEMPLATE}")
        cursor.execute(f"CREATE DATABASE {TEMPLATE}")
        Fresh(_address(TEMPLATE), folder).run("manage.py", "migrate", "-v0")
        yield TEMPLATE
        cursor.execute(f"DROP DATABASE {TEMPLATE}")


@contextmanager
def fresh(made: Path | str, folder: Path, name: str) -> Iterator[Fresh]:
    """Yield a copy of the empty database."""
    if isinstance(made, Path):
        file = folder / f"{name}.sqlite3"
        file.write_bytes(made.read_bytes())
        yield Fresh(f"sqlite:///{file}", folder)
        return
    database = f"{made}_{name}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {database}")
        cursor.execute(f"CREATE DATABASE {database} TEMPLATE {made}")
        yield Fresh(_address(database), folder)
        cursor.execute(f"DROP DATABASE {database} WITH (FORCE)")


def _address(database: str) -> str:
    told = connection.settings_dict
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}/{database}"
