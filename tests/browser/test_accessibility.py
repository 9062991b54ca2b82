"""Every kind of page: axe finds nothing by day and by night, wide and narrow, and nothing is cut off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenTab

pytestmark = pytest.mark.browser

WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
ANSWERED = "?if-municipal-plot=unmet&if-building-to-convert=unmet&q-waiting-list=4"
PAGES = {
    "home": ["/pl/", "/it/", "/en/"],
    "news list": ["/it/notizie/"],
    "news item": ["/pl/aktualnosci/wwd-we-włoszech-za-nami/", "/it/notizie/conclusa-la-visita-wwd-in-italia/"],
    "contact": ["/pl/kontakt/", "/en/contact/"],
    "catalogue": ["/en/practices/", "/pl/praktyki/?q=nothing-has-this-word"],
    "card": ["/pl/praktyki/bicycles-from-prison/", "/it/pratiche/municipal-cooperative-without-manager/"],
    "organisations": ["/it/organizzazioni/"],
    "organisation": ["/pl/organizacje/cadiai/"],
    "consortium": ["/en/organisations/consorzio-aldebaran/"],
    "finder": ["/pl/gminy/", "/it/comuni/?q=kostrzyn"],
    "municipality": ["/pl/gminy/PL/302109/", "/en/municipalities/PL/999901/", "/it/comuni/IT/035046/"],
    "analysis": [
        "/it/comuni/PL/302109/nurseries-by-a-consortium/",
        "/pl/gminy/PL/999901/bicycles-from-prison/",
        f"/en/municipalities/PL/302109/nurseries-by-a-consortium/{ANSWERED}",
        "/pl/gminy/PL/302109/nurseries-by-a-consortium/?if-municipal-plot=perhaps",
    ],
    "visits": ["/en/visits/", "/pl/wizyty/serie/wwd/"],
    "visit": ["/it/visite/wwd-italy-2013/"],
    "project": ["/en/projects/pwp-woes-ii/"],
    "sign-in": ["/pl/account/login/"],
    "404": ["/it/pratiche/bicycles-from-jail/", "/en/nothing/"],
    "standing page": ["/pl/metoda/", "/it/privacy/", "/en/accessibility/"],
}


@pytest.mark.parametrize("address", [address for pages in PAGES.values() for address in pages])
def test_axe_finds_nothing_and_nothing_is_cut_off(open_tab: OpenTab, address: str) -> None:
    page = open_tab(viewport=WIDE)
    page.goto(address)
    assert look_at(page) == []


def test_axe_finds_nothing_in_a_contact_form_with_errors(open_tab: OpenTab) -> None:
    page = open_tab(viewport=WIDE)
    page.goto("/pl/kontakt/")
    page.fill("[name=email]", "marek@")
    page.click("main form button")
    assert page.locator("[aria-invalid=true]").count() == 4
    assert look_at(page) == []


def look_at(page: Page) -> list[str]:
    """Return what is wrong with a page in four looks; contrast alone depends on all of them."""
    found = []
    for scheme, size, rules in (
        ("light", WIDE, None),
        ("dark", WIDE, ["color-contrast"]),
        ("dark", NARROW, None),
        ("light", NARROW, ["color-contrast"]),
    ):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        found += [f"{scheme} {size['width']}: {complaint}" for complaint in [*wide_elements(page), *violations(page, rules)]]
    return found


def violations(page: Page, rules: list[str] | None) -> list[str]:
    options: dict[str, object] = {"resultTypes": ["violations"]}
    if rules:
        options["runOnly"] = rules
    return [
        f"{one['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:200]}"
        for one in Axe().run(page, options=options).response["violations"]
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
