"""`manage.py serve`: the site on this machine, with the demonstration when the database is new."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from sadzonka.people.actions import create_account
from sadzonka.people.links import sign_in_path
from sadzonka.people.models import Person
from sadzonka.people.rules import STAFF
from sadzonka.website.models import HomePage, Installation

HOST = "127.0.0.1"
DEMO_STAFF = "ewa@example.org"


class Command(BaseCommand):
    """Prepares the database, then runs the web server and a worker until Ctrl+C."""

    help = "Serve the site on this machine; a new database gets the demonstration."
    requires_system_checks: list[str] = []  # `check` and the tests run them; they would cost seconds here

    def handle(self, *args: Any, **options: Any) -> None:
        port = self._free_port()
        self._prepare()
        address = f"http://{HOST}:{port}"
        self.stdout.write(f"\nSadzonka: {address}")
        if Installation.objects.filter(is_demo=True).exists():
            link = sign_in_path(self._staff_member(), settings.LANGUAGE_CODE)
            self.stdout.write(f"Staff sign in once with: {address}{link}")
        self.stdout.write("Stop with Ctrl+C.\n")
        sys.exit(self._run(port))

    def _free_port(self) -> int:
        wanted = os.environ.get("PORT", "8000")
        if not wanted.isdecimal() or not 0 < int(wanted) < 65536:  # noqa: PLR2004 - ports end there
            raise CommandError(f"PORT={wanted} is not a port.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, int(wanted)))
            except OSError as error:
                raise CommandError(
                    f"Port {wanted} is taken or not allowed; try another: PORT=8080 ./run"
                ) from error
        return int(wanted)

    def _prepare(self) -> None:
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database (once, some seconds) ...")
            call_command("migrate", verbosity=0, interactive=False)
        if not HomePage.objects.exists():
            self.stdout.write("Loading the demonstration:")
            call_command("load_demo", stdout=self.stdout)

    def _staff_member(self) -> Person:
        person = Person.objects.filter(email=DEMO_STAFF).first()
        return person or create_account(email=DEMO_STAFF, name="Ewa", roles=[STAFF])

    def _run(self, port: int) -> int:
        server = subprocess.Popen(  # noqa: S603 - our own program and port
            [
                sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port),
                "--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning",
                "sadzonka.wsgi:application",
            ],
            cwd=settings.ROOT_DIR,
        )  # fmt: skip
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "db_worker", "--interval", "2", "--verbosity", "0"],
            cwd=settings.ROOT_DIR,
        )

        def stop(*_: object) -> None:
            server.terminate()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        try:
            return server.wait()
        finally:
            worker.terminate()
            worker.wait()
