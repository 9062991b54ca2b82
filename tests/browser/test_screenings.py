"""Screenings in a browser: seen in every light and width, filtered and asked by keyboard, without scripts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.looking import (
    BY_DAY_NARROW,
    BY_DAY_WIDE,
    BY_NIGHT_NARROW,
    BY_NIGHT_WIDE,
    complaints_about,
    tab_to,
)

pytestmark = pytest.mark.browser

EVERY_LOOK = (BY_DAY_WIDE, BY_NIGHT_NARROW, BY_NIGHT_WIDE, BY_DAY_NARROW)
AT = "/en/screenings/"
DONE, FAILED = f"{AT}9000101/", f"{AT}9000103/"


@pytest.mark.parametrize(
    "address",
    [
        AT,
        DONE,
        FAILED,
        f"{DONE}300101/",
        f"{DONE}300101/?if-resolution=unmet&q-trust=4",
        f"{DONE}invitations/",
        f"{AT}regions/",
        f"{AT}regions/PL/30/",
    ],
)
def test_axe_finds_nothing_and_nothing_is_cut_off(open_tab_as: OpenTab, address: str) -> None:
    page = open_tab_as("staff")
    page.goto(address)
    expect(page.locator("h1")).to_be_visible()
    assert complaints_about(page, EVERY_LOOK) == []


def test_axe_finds_nothing_in_forms_with_errors(open_tab_as: OpenTab) -> None:
    page = open_tab_as("staff")
    page.goto(AT)
    page.check("[name=weights][value=order]")
    page.click("main form.form > .button")
    expect(page.locator("main .errors li")).to_have_count(6)
    assert complaints_about(page, EVERY_LOOK) == []


def test_a_screening_is_started_by_keyboard_and_ends_by_itself(open_tab_as: OpenTab) -> None:
    page = open_tab_as("staff")
    page.goto(AT)
    page.select_option("[name=version]", "bicycles-from-prison")
    page.select_option("[name=country]", "PL")
    tab_to(page, "main form.form > .button")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/screenings/\d+/$"))
    expect(page.get_by_role("heading", name="Municipalities")).to_be_visible(timeout=60_000)
    assert complaints_about(page, (BY_DAY_NARROW,)) == []


def test_an_answer_changes_the_standing_in_place(open_tab_as: OpenTab) -> None:
    page = open_tab_as("staff")
    page.goto(f"{DONE}300101/")
    page.check("[name=if-resolution][value=unmet]")
    expect(page.locator("#changed .ribbon")).to_be_visible()
    expect(page.locator("#changed .state.big")).to_contain_text("→ blocked")
    assert "if-resolution=unmet" in page.url
