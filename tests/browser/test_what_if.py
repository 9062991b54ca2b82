"""Steps taken in the imagination: axe finds nothing, nothing is cut off, a box ticked by keyboard answers."""

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

REAL = "/en/municipalities/PL/300101/bicycles-from-prison/"
INVENTED = "/en/municipalities/PL/999901/municipal-cooperative-without-manager/"
ADDRESSES = [
    f"{REAL}?do-step-stock-size=1&do-alternative-several-years=1&do-step-nothing=1&do-step-sales=perhaps",
    f"{INVENTED}?do-step-founding-group=1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_axe_finds_nothing_and_nothing_is_cut_off(open_tab: OpenTab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    assert complaints_about(page, [BY_DAY_WIDE, BY_NIGHT_WIDE, BY_DAY_NARROW, BY_NIGHT_NARROW]) == []


def test_a_box_ticked_by_keyboard_is_answered_at_once_and_stands_in_the_address(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto(INVENTED)
    expect(page.locator("#taken")).to_have_count(0)
    page.locator("#own summary", has_text="If these steps were taken").focus()
    page.keyboard.press("Enter")
    tab_to(page, "input[name=do-step-founding-group]")
    page.keyboard.press("Space")
    expect(page.locator("#taken")).to_contain_text("The class goes from “possible” to “good”.")
    assert "do-step-founding-group=1" in page.url
    page.reload()
    expect(page.locator("input[name=do-step-founding-group]")).to_be_checked()
