"""The real server in a browser: one for all workers, made from nothing, and tabs that complain."""

from __future__ import annotations

import fcntl
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 180  # the first start makes the database and loads the demonstration
OpenTab = Callable[..., Page]


@dataclass(frozen=True)
class Site:
    """A running server: where it answers, and the folder with its database and log."""

    address: str
    folder: Path

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    @property
    def keys(self) -> dict[str, dict[str, str]]:
        """Session cookies by role, and the addresses in letters (tests/browser/planting.py)."""
        return json.loads((self.folder / "keys").read_text())

    @property
    def sign_in_link(self) -> str:
        found = re.search(r"Staff sign in once with: (\S+)", self.log)
        assert found, self.log
        return found[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a new installation, which also shows that every migration runs; all workers share it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site"
    folder.mkdir(exist_ok=True)
    address, server = folder / "address", None
    with (folder / "guests").open("w") as guests:
        with alone(folder):
            if not address.exists():
                server = start(folder)
            found = Site(address.read_text(), folder)
            fcntl.flock(guests, fcntl.LOCK_SH)
        yield found
        fcntl.flock(guests, fcntl.LOCK_UN)
        if server:
            fcntl.flock(guests, fcntl.LOCK_EX)  # when the last worker has left
            with alone(folder):
                address.unlink()
                server.terminate()
                server.wait(timeout=60)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Let only one worker at a time start or stop the server."""
    with (folder / "door").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Start the server as `./run` does, on a port that is free now, and wait until it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "serve"],
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**env, "PORT": str(port), "SADZONKA_VAR": str(folder / "var"), "PYTHONUNBUFFERED": "1"},
        )
    site = Site(f"http://127.0.0.1:{port}", folder)
    try:
        wait_for(site, server)
        plant(folder, env)
    except BaseException:
        server.terminate()
        server.wait(timeout=60)
        raise
    (folder / "address").write_text(site.address)
    return server


def plant(folder: Path, env: dict[str, str]) -> None:
    """Plant what the pages of the chain show, as the server's own process would."""
    planted = subprocess.run(
        [sys.executable, "-m", "tests.browser.planting"],
        cwd=ROOT,
        env={**env, "SADZONKA_VAR": str(folder / "var")},
        stdout=subprocess.PIPE,
        check=True,
    )
    (folder / "keys").write_bytes(planted.stdout)


def wait_for(site: Site, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.address}/healthz", timeout=5) as answer:  # noqa: S310 - our own
                assert answer.read() == b"ok\n"
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    pytest.fail(f"the server did not start:\n{site.log}")


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, object], site: Site) -> dict[str, object]:
    return {**browser_context_args, "base_url": site.address, "reduced_motion": "reduce"}


@pytest.fixture
def open_tab(new_context: Callable[..., BrowserContext], site: Site) -> Iterator[OpenTab]:
    """Return a way to open a tab; the test fails when a page asks elsewhere or the console complains."""
    complaints: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((site.address, "data:", "blob:")):
            complaints.append(f"asked elsewhere: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST and not response.request.is_navigation_request():
            complaints.append(f"{response.status}: {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        # What failed to load is told by its response; a page that says 404 on purpose is none.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            complaints.append(f"console: {message.text}")

    def open_tab(**options: object) -> Page:
        context = new_context(**options)
        context.on("request", on_request)
        context.on("response", on_response)
        context.on("console", on_console)
        context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))
        return context.new_page()

    yield open_tab
    assert complaints == []


@pytest.fixture
def open_tab_as(open_tab: OpenTab, site: Site) -> OpenTab:
    """Return a way to open a tab in which somebody of the permission matrix is signed in."""

    def open_tab_as(role: str, **options: object) -> Page:
        page = open_tab(**options)
        if role != "anonymous":
            session = {"name": "sessionid", "value": site.keys["sessions"][role], "url": site.address}
            page.context.add_cookies([session])
        return page

    return open_tab_as
