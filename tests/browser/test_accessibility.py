"""Every kind of page: axe finds nothing by day and by night, wide and narrow, and nothing is cut off."""

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
    Look,
    complaints_about,
)

pytestmark = pytest.mark.browser

ANSWERED = "?if-municipal-plot=unmet&if-building-to-convert=unmet&q-waiting-list=4&q-forecast=9"
PAGES = {
    "home": ["/pl/", "/it/"],
    "news list": ["/en/news/"],
    "news item": [
        "/pl/aktualnosci/wwd-we-włoszech-za-nami/",
        "/it/notizie/conclusa-la-visita-wwd-in-italia/",
    ],
    "contact": ["/pl/kontakt/", "/en/contact/"],
    "catalogue": ["/en/practices/"],
    "nothing found": ["/pl/praktyki/?q=elektrownia"],
    "card": ["/pl/praktyki/bicycles-from-prison/", "/it/pratiche/municipal-cooperative-without-manager/"],
    "organisations": ["/it/organizzazioni/"],
    "organisation": ["/pl/organizacje/cadiai/", "/en/organisations/consorzio-aldebaran/"],
    "finder": ["/pl/gminy/", "/it/comuni/?q=kostrzyn"],
    "municipality": ["/pl/gminy/PL/302109/", "/it/comuni/IT/035046/"],
    "analysis": [
        "/pl/gminy/PL/999901/bicycles-from-prison/",
        "/it/comuni/PL/302109/nurseries-by-a-consortium/",
    ],
    "analysis with answers, one of them nonsense": [
        f"/en/municipalities/PL/302109/nurseries-by-a-consortium/{ANSWERED}"
    ],
    "visits": ["/en/visits/", "/pl/wizyty/serie/wwd/"],
    "visit": ["/it/visite/wwd-italy-2013/"],
    "project": ["/en/projects/pwp-woes-ii/"],
    "sign-in": ["/pl/konto/login/"],
    "404": ["/it/pratiche/bicycles-from-jail/", "/en/nothing/"],
    "standing page": ["/pl/prywatnosc/", "/it/privacy/"],
    "method": ["/pl/metoda/", "/it/metodo/"],
    "method with entries, some of them nonsense": [
        "/en/method/?value-need=lots&weights=ranked&order-1=fit&floor-of=fit&floor="
    ],
}
# Every page is seen by day and by night, wide and narrow; where a kind has two, they are crossed.
LOOKS = [
    pytest.param(address, looks, id=f"{kind} {address}")
    for kind, addresses in PAGES.items()
    for address, looks in zip(
        addresses, [(BY_DAY_WIDE, BY_NIGHT_NARROW), (BY_NIGHT_WIDE, BY_DAY_NARROW)], strict=False
    )
]


@pytest.mark.parametrize(("address", "looks"), LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut_off(
    open_tab: OpenTab, address: str, looks: Iterable[Look]
) -> None:
    page = open_tab()
    page.goto(address)
    assert complaints_about(page, looks) == []


def test_axe_finds_nothing_in_a_contact_form_with_errors(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/pl/kontakt/")
    page.fill("[name=email]", "marek@")
    page.click("main form button")
    expect(page.locator("[aria-invalid=true]")).to_have_count(4)
    assert complaints_about(page, [BY_DAY_WIDE, BY_NIGHT_NARROW]) == []
