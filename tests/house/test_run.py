"""What `./run` says when it cannot do what it was asked."""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOO_OLD = """#!/bin/sh
[ "$1" = -V ] && echo "Python 3.9.2"
[ "$1" = -V ]
"""
WITHOUT_VENV = """#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; esac
"""


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Return a folder with a space in its name: a copy of `./run`, and a `bin` with only what it needs."""
    folder = tmp_path / "a folder"
    (folder / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "run", folder)
    for tool in ("sh", "dirname", "cmp", "cat"):
        (folder / "bin" / tool).symlink_to(str(shutil.which(tool)))
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [folder / "run", *words],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PATH": str(folder / "bin"), "HOME": "/nonexistent"},
    )


def make_python(folder: Path, script: str) -> None:
    python = folder / "bin" / "python3"
    python.write_text(script)
    python.chmod(0o755)


def test_no_python_at_all_is_one_clear_line(elsewhere: Path) -> None:
    ran = run(elsewhere)
    assert (ran.returncode, ran.stderr) == (1, "run: Python 3.11 or newer is needed; found no python3.\n")


def test_python_too_old_is_one_clear_line(elsewhere: Path) -> None:
    make_python(elsewhere, TOO_OLD)
    ran = run(elsewhere)
    assert (ran.returncode, ran.stderr) == (1, "run: Python 3.11 or newer is needed; found Python 3.9.2.\n")


def test_newer_python_beside_an_old_one_is_found(elsewhere: Path) -> None:
    make_python(elsewhere, TOO_OLD)
    newer = elsewhere / "bin" / "python3.12"
    newer.write_text(WITHOUT_VENV)
    newer.chmod(0o755)
    assert "venv module is missing" in run(elsewhere).stderr


def test_missing_venv_module_is_one_clear_line(elsewhere: Path) -> None:
    make_python(elsewhere, WITHOUT_VENV)
    ran = run(elsewhere)
    expected = "run: Python's venv module is missing; on Debian and Ubuntu: apt install python3-venv\n"
    assert (ran.returncode, ran.stderr) == (1, expected)


def test_unknown_word_is_one_clear_line(elsewhere: Path) -> None:
    ran = run(elsewhere, "srart")
    assert (ran.returncode, ran.stderr) == (1, "run: no such word: srart (./run help lists them)\n")


def test_help_lists_every_word(elsewhere: Path) -> None:
    ran = run(elsewhere, "help")
    assert ran.returncode == 0
    assert [line.split("  ")[0] for line in ran.stdout.splitlines()] == [
        "./run",
        "./run test [...]",
        "./run check",
        "./run fix",
        "./run bench [name]",
        "./run manage ...",
    ]


def test_taken_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = subprocess.run(
            [sys.executable, ROOT / "manage.py", "serve"],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "PORT": str(port), "SADZONKA_VAR": str(tmp_path / "var")},
        )
    assert ran.returncode != 0
    lines = [line for line in ran.stderr.splitlines() if line.strip()]
    assert len(lines) == 1
    assert str(port) in lines[0]
