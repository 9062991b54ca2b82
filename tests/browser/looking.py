"""Looking at a page: what axe finds, what is cut off, what the keyboard reaches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

Look = tuple[Literal["light", "dark"], ViewportSize]
WIDE, NARROW = ViewportSize(width=1280, height=900), ViewportSize(width=360, height=740)
MOST_STOPS = 120
BY_DAY_WIDE, BY_NIGHT_NARROW = ("light", WIDE), ("dark", NARROW)
BY_NIGHT_WIDE, BY_DAY_NARROW = ("dark", WIDE), ("light", NARROW)


def complaints_about(page: Page, looks: Iterable[Look]) -> list[str]:
    """Return what is wrong with a page, each time in another light and width."""
    found = []
    for scheme, size in looks:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        found += [f"{scheme} {size['width']}: {one}" for one in wide_elements(page) + violations(page)]
    return found


def violations(page: Page) -> list[str]:
    """Return what axe finds, by rule, element and reason."""
    result = Axe().run(page, options={"resultTypes": ["violations"], "preload": False})
    return [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
        for one in result.response["violations"]
        for node in one["nodes"]
    ]


def wide_elements(page: Page) -> list[str]:
    """Return what is wider than the window and makes the whole page scroll sideways."""
    return page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll("body *")]
                .filter(one => one.getBoundingClientRect().right > width + 1)
                .map(one => "too wide: " + one.outerHTML.slice(0, 120)).slice(0, 5);
        }"""
    )


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the keyboard stands on an element, as somebody without a mouse does."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"the keyboard does not reach {selector}")
