"""Pages of places in a browser: nothing for axe to find, maps and charts drawn, everything by keyboard."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.looking import (
    BY_DAY_NARROW,
    BY_DAY_WIDE,
    BY_NIGHT_NARROW,
    BY_NIGHT_WIDE,
    NARROW,
    Look,
    complaints_about,
    tab_to,
)

pytestmark = pytest.mark.browser

HERE = "/en/municipalities/PL/300101/through-time/"
LOOKS = [
    ("/en/municipalities/PL/", (BY_DAY_WIDE, BY_NIGHT_NARROW)),
    ("/en/municipalities/PL/region/30/", (BY_NIGHT_WIDE, BY_DAY_NARROW)),
    ("/en/municipalities/PL/county/3001/", (BY_DAY_WIDE, BY_NIGHT_NARROW)),
    (HERE, (BY_DAY_WIDE, BY_NIGHT_NARROW)),
    (f"{HERE}?indicator=registered_unemployed", (BY_NIGHT_WIDE, BY_DAY_NARROW)),
    ("/en/municipalities/PL/999901/through-time/", (BY_NIGHT_WIDE, BY_DAY_NARROW)),
    ("/en/municipalities/IT/035007/through-time/", (BY_DAY_WIDE, BY_NIGHT_NARROW)),
    ("/en/indicators/", (BY_NIGHT_WIDE, BY_DAY_NARROW)),
    ("/en/indicators/registered_unemployed_per_1000/", (BY_DAY_WIDE, BY_NIGHT_NARROW)),
]


@pytest.mark.parametrize(("address", "looks"), LOOKS, ids=lambda one: one if isinstance(one, str) else "")
def test_axe_finds_nothing_and_nothing_is_cut_off(
    open_tab: OpenTab, address: str, looks: Iterable[Look]
) -> None:
    page = open_tab()
    page.goto(address)
    assert complaints_about(page, looks) == []


def test_the_map_of_a_country_is_drawn_from_its_own_address(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/municipalities/PL/")
    page.wait_for_load_state("networkidle")
    region = page.locator(".map use").first
    assert region.evaluate("one => one.getBBox().width > 100 && one.getBBox().height > 100")
    region.evaluate("one => one.parentNode.focus()")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("województwo wielkopolskie")


def test_the_keyboard_may_walk_the_map_or_skip_it(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/municipalities/PL/")
    tab_to(page, ".past a")
    expect(page.locator(".past a")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#after-map")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.map svg') !== null")


def test_a_chart_is_as_wide_as_its_place_on_a_phone(open_tab: OpenTab) -> None:
    page = open_tab()
    page.set_viewport_size(NARROW)
    page.goto(f"{HERE}?indicator=registered_unemployed")
    drawn = page.locator(".large .line > svg").bounding_box()
    assert drawn is not None
    assert NARROW["width"] * 0.6 < drawn["width"] < NARROW["width"]
    assert page.locator(".large circle").count() == 22


def test_figures_can_be_taken_along_without_scripts(open_tab: OpenTab) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(HERE)
    with page.expect_download() as download:
        page.locator("a[download]").click()
    assert download.value.suggested_filename == "PL-300101.csv"
