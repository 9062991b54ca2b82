"""The page of likenesses: axe finds nothing, nothing is cut off, the keyboard opens every comparison."""

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

ADDRESSES = [
    "/en/municipalities/PL/300101/likenesses/",
    "/en/municipalities/IT/035046/likenesses/?among=ALL",
    "/en/municipalities/PL/999901/likenesses/",
    "/en/municipalities/IT/035007/likenesses/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_and_nothing_is_cut_off(open_tab: OpenTab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    for closed in page.locator("details.likeness:not([open]) > summary").all()[:1]:
        closed.click()
    assert complaints_about(page, [BY_DAY_WIDE, BY_NIGHT_WIDE, BY_DAY_NARROW, BY_NIGHT_NARROW]) == []


def test_the_keyboard_opens_a_comparison_and_looks_in_another_country(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto(ADDRESSES[0])
    tab_to(page, "#among")
    page.keyboard.press("I")  # Italy
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/likenesses/?among=IT")
    expect(page.locator("dl.label dd").first).to_have_text("Italy")
    tab_to(page, "details.likeness:nth-of-type(2) > summary")
    page.keyboard.press("Enter")
    expect(page.locator("details.likeness").nth(1).locator("table")).to_be_visible()
