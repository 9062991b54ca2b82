"""Every page that the permission matrix knows, seen by those it is for, empty, filled and with errors."""

from __future__ import annotations

from collections import Counter
from types import ModuleType

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenTab, Site
from tests.browser.looking import (
    BY_DAY_NARROW,
    BY_DAY_WIDE,
    BY_NIGHT_NARROW,
    BY_NIGHT_WIDE,
    NARROW,
    complaints_about,
    wide_elements,
)
from tests.permissions.matrix import AREAS
from tests.permissions.roles import ROLES, Row
from tests.permissions.rows import recruitment

pytestmark = pytest.mark.browser

MOST_OF_A_KIND = 2
NO_PAGES = {  # papers and records
    "api:adoptions",
    "api:analysis",
    "assessment_record",
    "attendance_list",
    "certificate",
    "certificates",
    "country_map",
    "import_report",
    "invitation_table",
    "method_example",
    "programme",
    "screening_table",
    "visit_calendar",
}
MORE = {  # what the matrix does not show: it changes no state of a visit, and guesses no letter
    "recruitment": [
        ("/en/visits/choosing/desk/choice/", "staff"),
        ("/en/visits/choosing/", "anonymous"),
        ("/en/visits/wymyslony-nabor/apply/", "anonymous"),
        ("/en/account/login/code/", "anonymous"),
    ],
    "agenda": [("hosting", "anonymous"), ("/en/visits/choosing/desk/hosts/", "staff")],
    "conversations": [("question", "anonymous"), ("/en/desk/questions/", "staff")],
    "desk": [("/en/visits/wymyslona-wizyta-2026/desk/", "staff"), ("/en/my/", "staff")],
    "attendance": [("/en/visits/wymyslona-wizyta-2026/desk/attendance/", "staff")],
    "observation": [("/en/visits/wymyslona-wizyta-2026/debriefs/", "staff")],
    "goals": [("/en/visits/wymyslona-wizyta-2026/goals/", "anonymous")],
    "adoption": [
        ("/en/visits/wymyslona-wizyta-2026/river/", "anonymous"),
        ("/en/adoptions/?practice=bicycles-from-prison", "anonymous"),
    ],
    "explanation": [
        ("/en/municipalities/PL/302109/bicycles-from-prison/", "anonymous"),
        ("/it/comuni/PL/999901/kostrzynianka-home-care/", "anonymous"),
    ],
    "screening": [("/en/screenings/9000102/", "staff"), ("/en/screenings/9000103/", "controller")],
}
BY_AREA = pytest.mark.parametrize("area", AREAS, ids=lambda area: area.__name__.rpartition(".")[2])
PRESS = """address => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
    document.body.append(form);
    form.submit();
}"""


def pages_of(area: ModuleType, method: str, status: int) -> list[tuple[str, str]]:
    """Return the addresses that answer somebody so, two of a kind, by turns the first such role and staff."""
    rows: list[Row] = area.ROWS
    found: dict[str, tuple[int, ...]] = {}
    kinds: Counter[str] = Counter()
    for row in rows:
        if row.method != method or status not in row.answers or row.address in found:
            continue
        kinds[row.url] += 1
        if row.url not in NO_PAGES and kinds[row.url] <= MOST_OF_A_KIND:
            found[row.address] = row.answers
    staff = ROLES.index("staff")
    return [
        (address, ROLES[staff if number % 2 and answers[staff] == status else answers.index(status)])
        for number, (address, answers) in enumerate(found.items())
    ]


class Tabs(dict[str, Page]):
    """One tab for each role, opened when it is needed."""

    def __init__(self, open_tab_as: OpenTab) -> None:
        super().__init__()
        self._open = open_tab_as

    def __missing__(self, role: str) -> Page:
        self[role] = self._open(role, viewport=NARROW)
        return self[role]


def on_this_site(site: Site, address: str) -> str:
    """Return an address with the signature of the served installation where it needs one."""
    letters = site.keys["letters"]
    for name, signed in (("application", recruitment.APPLICATION), ("delegation", recruitment.DELEGATION)):
        address = address.replace(signed, letters[name])
    return letters.get(address, address)


@BY_AREA
def test_axe_finds_nothing_on_the_pages_of_the_chain(
    open_tab_as: OpenTab, site: Site, area: ModuleType
) -> None:
    looks = [BY_DAY_WIDE, BY_NIGHT_NARROW, BY_NIGHT_WIDE, BY_DAY_NARROW]
    complaints, tabs = [], Tabs(open_tab_as)
    more = MORE.get(area.__name__.rpartition(".")[2], [])
    for number, (address, role) in enumerate(pages_of(area, "GET", 200) + more):
        page = tabs[role]
        answer = page.goto(on_this_site(site, address))
        assert answer
        assert answer.status == 200, address
        complaints += [
            f"{address} for {role}: {one}" for one in complaints_about(page, [looks[number % len(looks)]])
        ]
    assert complaints == []


@BY_AREA
def test_axe_finds_nothing_on_pages_with_errors(open_tab_as: OpenTab, site: Site, area: ModuleType) -> None:
    complaints, tabs = [], Tabs(open_tab_as)
    for number, (address, role) in enumerate(pages_of(area, "POST", 422)):
        page = tabs[role]
        page.goto("/en/contact/")
        with page.expect_navigation() as answer:
            page.evaluate(PRESS, on_this_site(site, address))
        assert answer.value.status == 422, address
        look = [BY_DAY_NARROW, BY_NIGHT_WIDE][number % 2]
        complaints += [f"{address} for {role}: {one}" for one in complaints_about(page, [look])]
    assert complaints == []


@BY_AREA
def test_nothing_is_cut_off_in_other_languages(open_tab_as: OpenTab, site: Site, area: ModuleType) -> None:
    complaints, tabs = [], Tabs(open_tab_as)
    for number, (address, role) in enumerate(pages_of(area, "GET", 200)):
        page = tabs[role]
        page.goto(on_this_site(site, address))
        language = ("pl", "it")[number % 2]
        page.goto(page.get_attribute(f"link[rel=alternate][hreflang={language}]", "href") or "")
        assert page.get_attribute("html", "lang") == language
        complaints += [f"{language} {address} for {role}: {one}" for one in wide_elements(page)]
    assert complaints == []
