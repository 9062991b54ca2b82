"""The analysis is used as its page says, where neither Django nor what is optional can be imported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "library.md"

REFUSING = """
import sys

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ImportError(name + " is not to be had here")

sys.meta_path.insert(0, Refusing())
"""


def alone(program: str, *, without: set[str]) -> str:
    """What a Python of its own prints that runs `program`, in which these packages cannot be imported."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO")}
    program = REFUSING.format(names=without) + program
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def test_every_example_of_the_page_runs_without_django_and_numba() -> None:
    program = f"""
import doctest
found = doctest.testfile({str(PAGE)!r}, module_relative=False)
print(found.failed, found.attempted > 40)
"""
    optional = {"django", "wagtail", "ninja", "numba", "distributed", "pandas"}
    assert alone(program, without=optional) == "0 True"


def test_importing_the_analysis_loads_nothing_that_a_web_worker_does_not_need() -> None:
    program = """
import sadzonka.analysis
import sadzonka.analysis.screening
print(sorted({"scipy", "numba", "distributed", "django"} & set(sys.modules)))
"""
    assert alone(program, without=set()) == "[]"


def test_what_cannot_be_imported_is_really_refused() -> None:
    program = """
try:
    import django
except ImportError as refusal:
    print(refusal)
"""
    assert alone(program, without={"django"}) == "django is not to be had here"
