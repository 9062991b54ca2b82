"""The worked example of the method in a browser: changed with scripts, without them, and by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.looking import BY_DAY_WIDE, BY_NIGHT_NARROW, complaints_about, tab_to

pytestmark = pytest.mark.browser
FEASIBILITY = "[name=value-feasibility]"
OUTCOME = "#outcome .state.big"


def test_a_changed_value_changes_the_example_and_the_address_and_not_the_page(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/method/")
    expect(page.locator(OUTCOME)).to_have_text("To verify; possible to good")
    page.evaluate("window.isTheSamePage = true")
    page.fill(FEASIBILITY, "0.3")
    page.click("#work-out")
    expect(page.locator(OUTCOME)).to_have_text("To verify; possible")
    page.wait_for_url(re.compile("value-feasibility=0.3"))
    assert page.evaluate("window.isTheSamePage")
    languages = page.get_attribute("nav.languages a[hreflang=it]", "href")
    assert languages is not None
    assert "value-feasibility=0.3" in languages
    page.reload()
    expect(page.locator(FEASIBILITY)).to_have_value("0.3")
    expect(page.locator(OUTCOME)).to_have_text("To verify; possible")


def test_without_scripts_it_says_the_same(open_tab: OpenTab) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto("/en/method/")
    page.fill(FEASIBILITY, "0.3")
    page.check("[name=if-own-rooms][value=met]")
    page.click("#work-out")
    assert page.url.endswith("#outcome")
    expect(page.locator(OUTCOME)).to_have_text("Open; possible")


def test_by_keyboard_the_example_is_worked_out_and_the_focus_is_kept(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/method/#example")
    page.focus("#id_value-readiness")
    tab_to(page, FEASIBILITY)
    page.keyboard.type("lots")
    page.keyboard.press("Enter")
    expect(page.locator("#outcome .errors a")).to_have_text(["Feasibility: money, staff, law in practice"])
    expect(page.locator(FEASIBILITY)).to_be_focused()
    expect(page.locator(FEASIBILITY)).to_have_value("lots")
    assert complaints_about(page, [BY_DAY_WIDE, BY_NIGHT_NARROW]) == []


def test_with_an_order_and_a_floor_no_table_makes_the_page_scroll_sideways(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/method/?weights=ranked&floor-of=feasibility&floor=0.5&value-need=0.1234")
    page.click("#outcome details:nth-of-type(2) summary")
    assert complaints_about(page, [BY_DAY_WIDE, BY_NIGHT_NARROW]) == []
