"""Two practices compared, and how classes turned out: axe finds nothing, nothing is cut off."""

from __future__ import annotations

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

AT = "/en/municipalities/PL/{}/compare/?a=bicycles-from-prison&b={}"
ADDRESSES = [
    AT.format("300101", "municipal-forests-cooperative"),
    AT.format("999901", "nurseries-by-a-consortium"),
    AT.format("300101", "bicycles-from-prison"),  # the same one twice
    "/en/adoptions/calibration/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_and_nothing_is_cut_off(open_tab: OpenTab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    assert complaints_about(page, [BY_DAY_WIDE, BY_NIGHT_WIDE, BY_DAY_NARROW, BY_NIGHT_NARROW]) == []


def test_the_keyboard_compares_two_practices(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/municipalities/PL/300101/compare/")
    for field, words in (("#id_a", "Bicycles"), ("#id_b", "Nurseries")):
        tab_to(page, field)
        page.keyboard.type(words)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare/?a=bicycles-from-prison&b=nurseries-by-a-consortium")
    expect(page.locator("h2", has_text="Which of them scores more?")).to_be_visible()
