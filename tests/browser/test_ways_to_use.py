"""The same pages by keyboard, without scripts, with scripts, and on paper."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenTab, Site
from tests.browser.looking import tab_to

pytestmark = pytest.mark.browser

ONE_ANSWER = "nurseries-by-a-consortium/?if-municipal-plot=met"
NURSERIES = "/pl/gminy/PL/302109/nurseries-by-a-consortium/"
BLOCKED = "#answer .answer > section:first-child .state.big.blocked"


def test_the_first_stop_of_the_keyboard_skips_to_the_content(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/pl/")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_message_is_written_and_sent_by_keyboard(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/contact/")
    for name, text in (
        ("name", "Chiara"),
        ("email", "chiara@example.org"),
        ("subject", "A visit"),
        ("text", "How many people may come?"),
    ):
        tab_to(page, f"main [name={name}]")
        page.keyboard.type(text)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status]")).to_be_visible()
    assert page.url.endswith("?sent=1")


def test_an_analysis_is_answered_by_keyboard(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto(NURSERIES)
    for name in ("if-municipal-plot", "if-building-to-convert"):
        tab_to(page, f"[name={name}]")
        page.keyboard.press("ArrowDown")  # yes
        page.keyboard.press("ArrowDown")  # no
        expect(page.locator(f"[name={name}][value=unmet]")).to_be_checked()
    expect(page.locator(BLOCKED)).to_be_visible()
    tab_to(page, "#own form button")
    page.keyboard.press("Enter")
    expect(page.locator(BLOCKED)).to_be_visible()


def test_an_analysis_is_answered_without_scripts(open_tab: OpenTab) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(NURSERIES)
    page.check("[name=if-municipal-plot][value=unmet]")
    page.check("[name=if-building-to-convert][value=unmet]")
    page.click("#own form button")
    expect(page.locator(BLOCKED)).to_be_visible()
    expect(page.locator("[name=if-municipal-plot][value=unmet]")).to_be_checked()


def test_a_municipality_is_found_without_scripts(open_tab: OpenTab) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto("/it/comuni/")
    page.fill("main [name=q]", "srem")
    page.click("main form button")
    page.click("#found .names a >> text=Śrem")
    expect(page.locator("h1")).to_contain_text("Śrem")


def test_an_answer_changes_the_result_and_the_address_at_once(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto(NURSERIES)
    page.evaluate("window.isTheSamePage = true")
    page.check("[name=if-municipal-plot][value=unmet]")
    page.check("[name=if-building-to-convert][value=unmet]")
    expect(page.locator(BLOCKED)).to_be_visible()
    page.wait_for_url(re.compile("if-building-to-convert=unmet"))
    answers = parse_qs(urlsplit(page.url).query)
    assert (answers["if-municipal-plot"], answers["if-building-to-convert"]) == (["unmet"], ["unmet"])
    assert page.evaluate("window.isTheSamePage")
    page.reload()
    expect(page.locator(BLOCKED)).to_be_visible()
    expect(page.locator("[name=if-municipal-plot][value=unmet]")).to_be_checked()


def test_the_catalogue_answers_while_one_types(open_tab: OpenTab) -> None:
    page = open_tab()
    page.goto("/en/practices/")
    page.evaluate("window.isTheSamePage = true")
    page.locator("main [name=q]").press_sequentially("rowery")
    expect(page.locator("#found h2")).to_have_text(["Bicycles renovated in prison"])
    assert page.evaluate("window.isTheSamePage")


@pytest.mark.parametrize(
    ("address", "translated"),
    [
        ("/pl/", "/it/"),
        ("/pl/metoda/", "/it/metodo/"),
        ("/pl/aktualnosci/wwd-we-włoszech-za-nami/", "/it/notizie/conclusa-la-visita-wwd-in-italia/"),
        ("/pl/praktyki/?q=rowery", "/it/pratiche/?q=rowery"),
        ("/pl/gminy/PL/302109/", "/it/comuni/PL/302109/"),
        (
            f"{NURSERIES}?if-municipal-plot=met",
            "/it/comuni/PL/302109/nurseries-by-a-consortium/?if-municipal-plot=met",
        ),
    ],
)
def test_the_language_switch_keeps_the_page(
    open_tab: OpenTab, site: Site, address: str, translated: str
) -> None:
    page = open_tab()
    page.goto(address)
    page.click("nav.languages a[hreflang=it]")
    assert page.url == site.address + translated
    assert page.get_attribute("html", "lang") == "it"


@pytest.mark.parametrize(
    "address", ["/pl/gminy/PL/999901/bicycles-from-prison/", "/it/pratiche/bicycles-from-prison/"]
)
def test_a_page_can_be_printed(open_tab: OpenTab, address: str) -> None:
    page = open_tab()
    page.goto(address)
    page.emulate_media(media="print")
    for useful in ("h1", "article section"):
        expect(page.locator(useful).first).to_be_visible()
    for useless in ("nav.contents", "nav.languages", "main form"):
        expect(page.locator(useless).first).to_be_hidden()
    paper = page.pdf(format="A4")
    assert paper.startswith(b"%PDF")
    assert len(paper) > 20_000


def test_the_link_that_serve_prints_signs_staff_in_once(open_tab: OpenTab, site: Site) -> None:
    page = open_tab()
    page.goto(site.sign_in_link)
    page.click("main form button")
    assert page.url == f"{site.address}/admin/"
    expect(page.locator("h1")).to_be_visible()
    again = open_tab()
    answer = again.goto(site.sign_in_link)
    assert answer
    assert answer.status == 410
    expect(again.locator("main form")).to_have_count(0)
