"""What `manage.py serve` says when it cannot have its port: one line, before it touches the database.

These tests may not use the database, so touching it would fail them.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]


def test_a_taken_port_is_named_before_the_database_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("PORT", port)
        with pytest.raises(CommandError) as refusal:
            call_command("serve")
    assert str(refusal.value) == f"Port {port} is taken or not allowed; try another: PORT=8080 ./run"


@pytest.mark.parametrize("port", ["abc", "", "0", "65536", "-1", "80 80"])
def test_what_is_no_port_is_named_before_the_database_is_touched(
    monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError) as refusal:
        call_command("serve")
    assert str(refusal.value) == f"PORT={port} is not a port."


def test_the_command_line_ends_with_that_one_line(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, ROOT / "manage.py", "serve"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, "PORT": "abc", "SADZONKA_VAR": str(tmp_path)},
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "CommandError: PORT=abc is not a port.\n")
    assert not list(tmp_path.glob("*.sqlite3"))
