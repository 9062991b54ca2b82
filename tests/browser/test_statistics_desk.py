"""The desk of statistics in a browser: seen, by keyboard, without scripts, with a file from start to end."""

from __future__ import annotations

import http.client
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab, Site
from tests.browser.looking import (
    BY_DAY_NARROW,
    BY_DAY_WIDE,
    BY_NIGHT_NARROW,
    BY_NIGHT_WIDE,
    complaints_about,
    tab_to,
)

pytestmark = pytest.mark.browser

PATIENCE_SECONDS = 90
EVERY_LOOK = (BY_DAY_WIDE, BY_NIGHT_NARROW, BY_NIGHT_WIDE, BY_DAY_NARROW)
TABLE = (
    '"Kod";"Nazwa";"łóżka;2023;[szt.]";"łóżka;2024;[szt.]";\n'
    '"0000000";"POLSKA";"12";"15";\n'
    '"3001011";"Chodzież (1)";"5";"6";\n'
    '"3001022";"Budzyń (2)";"7";"9";\n'
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "BEDS.csv"
    path.write_text(TABLE)
    return path


@pytest.mark.parametrize(
    ("language", "name", "words", "query"),
    [
        ("pl", "imports", [], ""),
        ("it", "import", [9_000_001], ""),
        ("en", "import", [9_000_001], ""),
        ("en", "import", [9_000_002], ""),
        ("pl", "import", [9_000_003], ""),
        ("en", "releases", [], ""),
        ("it", "release", ["planted"], ""),
        ("en", "coverage", [], "?country=pl"),
        ("pl", "coverage", [], "?country=it"),
        ("en", "stale", [], "?country=pl"),
    ],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    open_tab_as: OpenTab, language: str, name: str, words: list[object], query: str
) -> None:
    page = open_tab_as("staff")
    with override(language):
        page.goto(reverse(name, args=words) + query)
    expect(page.locator("h1")).to_be_visible()
    assert complaints_about(page, EVERY_LOOK) == []


def test_axe_finds_nothing_in_choices_with_errors(open_tab_as: OpenTab) -> None:
    page = open_tab_as("staff")
    page.goto("/en/statistics/desk/files/9000002/")
    page.select_option("[name=column-1]", "new")
    page.click("#choices form > button")
    expect(page.locator("#choices details[open] [aria-invalid=true]")).to_have_count(3)
    assert complaints_about(page, EVERY_LOOK) == []


def test_a_file_goes_its_whole_way_by_keyboard(open_tab_as: OpenTab, table: Path) -> None:
    page = open_tab_as("staff")
    page.goto("/en/statistics/desk/")
    page.set_input_files("[name=file]", table)
    tab_to(page, "main form .button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/files/\d+/$"))
    expect(page.get_by_role("heading", name="Your choices")).to_be_visible(timeout=60_000)
    tab_to(page, "[name=column-0]")
    page.keyboard.type("leave")
    tab_to(page, "#choices form > button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Your choices are kept.")).to_be_visible()
    expect(page.get_by_role("heading", name="Your choices")).to_be_visible(timeout=60_000)
    expect(page.locator("[name=column-0]")).to_have_value("-")
    tab_to(page, "form[action$='/discard/'] button")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The file was discarded. Nothing of it was imported.").first).to_be_visible()


def look_again_until(page: Page, selector: str) -> None:
    """Follow the link that looks again, once a second, until something is there."""
    for _time in range(PATIENCE_SECONDS):
        if page.locator(selector).count():
            return
        page.wait_for_timeout(1000)
        page.click("text=Look again")
    pytest.fail(f"nothing came: {page.locator('main').inner_text()}")


def test_a_file_is_imported_without_scripts(open_tab_as: OpenTab, table: Path) -> None:
    page = open_tab_as("staff", java_script_enabled=False)
    page.goto("/en/statistics/desk/")
    page.set_input_files("[name=file]", table)
    page.click("main form .button")
    look_again_until(page, "#choices")
    page.select_option("[name=column-0]", "population")
    page.click("#choices form > button")
    look_again_until(page, "#choices")
    page.click("form[action$='/import/'] button")
    look_again_until(page, "text=The release that it became")
    page.click("text=The release that it became")
    years = page.locator("tbody td:nth-child(2)")  # of the municipalities, then of the country
    expect(years).to_have_text(["2023", "2024", "2023", "2024"])


def test_the_server_answers_413_without_waiting_for_the_body(open_tab_as: OpenTab, site: Site) -> None:
    page = open_tab_as("staff")
    page.goto("/en/statistics/desk/")
    cookies = "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())
    connection = http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=20)
    connection.putrequest("POST", "/en/statistics/desk/")
    for name, value in (
        ("Cookie", cookies),
        ("Content-Type", "multipart/form-data; boundary=x"),
        ("Content-Length", str(10**12)),
    ):
        connection.putheader(name, value)
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    assert status == 413


def test_axe_finds_nothing_where_a_plain_table_asks(open_tab_as: OpenTab, tmp_path: Path) -> None:
    table = tmp_path / "numbers.csv"
    table.write_text("x;a column with quite a long name that says what it holds\n3001011;5\n3001022;7\n")
    page = open_tab_as("staff")
    page.goto("/en/statistics/desk/")
    page.set_input_files("[name=file]", table)
    page.click("main form .button")
    page.wait_for_url(re.compile(r"/files/\d+/$"))
    expect(page.locator(".obstacles li")).to_have_count(2, timeout=60_000)
    assert complaints_about(page, EVERY_LOOK) == []
    page.select_option("[name=plain-code]", "x")
    page.click("#choices form > button")
    expect(page.locator("[name=column-0-year]")).to_be_visible(timeout=60_000)
    assert complaints_about(page, EVERY_LOOK) == []
