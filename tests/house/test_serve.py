"""What `manage.py serve` says when it cannot have its port: one line, before it makes anything."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def serve(port: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", "serve"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={
            **os.environ,
            "PORT": port,
            "SADZONKA_VAR": str(folder),
            "DATABASE_URL": "sqlite:////nonexistent/folder/no.sqlite3",  # touching it would be another error
        },
    )


def test_a_taken_port_is_named_before_the_database_is_touched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = serve(port, tmp_path)
    assert ran.returncode != 0
    assert ran.stdout == ""
    assert ran.stderr == f"CommandError: Port {port} is taken or not allowed; try another: PORT=8080 ./run\n"
    assert not list(tmp_path.glob("*.sqlite3"))


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "80 80"])
def test_what_is_no_port_is_named(tmp_path: Path, port: str) -> None:
    ran = serve(port, tmp_path)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == f"CommandError: PORT={port} is not a port.\n"
    assert not list(tmp_path.glob("*.sqlite3"))
