"""Who has done it and what became of it: axe finds nothing, nothing is cut off, where adoptions are known."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab
from tests.browser.looking import (
    BY_DAY_NARROW,
    BY_DAY_WIDE,
    BY_NIGHT_NARROW,
    BY_NIGHT_WIDE,
    complaints_about,
)

pytestmark = pytest.mark.browser
EVERY_LOOK = (BY_DAY_WIDE, BY_NIGHT_NARROW, BY_NIGHT_WIDE, BY_DAY_NARROW)


FIGURES, STORIES = "main table.figures", ".answer .criteria a[href^='{}']"


@pytest.mark.parametrize(
    ("language", "view", "shown", "count"),
    [
        ("en", ["calibration"], FIGURES, 6),  # both outcomes of real ones and of invented ones, two tests
        ("pl", ["calibration"], FIGURES, 6),
        ("it", ["analysis", "PL", "302109", "bicycles-from-prison"], STORIES, 7),  # one cannot be compared
        ("pl", ["analysis", "PL", "999901", "kostrzynianka-home-care"], STORIES, 2),
    ],
)
def test_axe_finds_nothing_where_adoptions_are_known(
    open_tab: OpenTab, language: str, view: list[str], shown: str, count: int
) -> None:
    page = open_tab()
    with override(language):
        page.goto(reverse(view[0], args=view[1:]))
        expect(page.locator(shown.format(reverse("adoptions")))).to_have_count(count)
    page.evaluate("document.querySelectorAll('main details').forEach(one => { one.open = true; })")
    assert complaints_about(page, EVERY_LOOK) == []
