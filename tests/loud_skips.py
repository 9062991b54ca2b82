"""Skips browser and PostgreSQL tests where the machine lacks what they need, and says so at the end."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings

WHAT_IS_MISSING = {
    "browser": "no Chromium found (install Debian's chromium, or name one in SADZONKA_CHROMIUM)",
    "postgres": "the database is not PostgreSQL (DATABASE_URL=postgres://...)",
    "data": "SADZONKA_DATA does not name the folder with the official files",
    "cluster": "Dask is not installed (requirements-cluster.txt)",
}


def chromium() -> str | None:
    """Return the path of the system's Chromium, which Playwright drives instead of one it would download."""
    named = os.environ.get("SADZONKA_CHROMIUM")
    candidates = [named] if named else ["chromium", "chromium-browser", "google-chrome"]
    return next(filter(None, map(shutil.which, candidates)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run."""
    missing = set()
    if not os.environ.get("SADZONKA_DATA"):
        missing.add("data")
    if chromium() is None:
        missing.add("browser")
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        missing.add("postgres")
    for item in items:
        for need in sorted(missing):
            if item.get_closest_marker(need):
                item.add_marker(pytest.mark.skip(reason=WHAT_IS_MISSING[need]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests did not run for want of a browser, a database or data."""
    reasons = Counter(str(report.longrepr[-1]) for report in terminalreporter.stats.get("skipped", []))
    for need, reason in WHAT_IS_MISSING.items():
        if count := reasons[f"Skipped: {reason}"]:
            terminalreporter.write_line(f"NOT RUN: {count} {need} tests: {reason}", yellow=True, bold=True)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, object]) -> Iterator[dict[str, object]]:
    """Start the system's Chromium, also as root in a container, and let it ask nobody outside."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's loop runs in this thread, and Django would refuse the database beside any loop.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield {
            **browser_type_launch_args,
            "executable_path": chromium(),
            "args": [
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
            ],
        }
