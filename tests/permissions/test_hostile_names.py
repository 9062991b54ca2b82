"""What an official file calls things is text: on no page or drawing does it become markup, nor a formula."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.admin.viewsets import viewsets

from sadzonka.common.viewsets import Records
from sadzonka.people.models import Person
from sadzonka.places.imports import actions
from sadzonka.places.models import Boundary, FileImport, Indicator, Release
from sadzonka.practices.models import Criterion
from tests import factories
from tests.admin.browser import values_of

SignIn = Callable[[Person], Client]

SCRIPT, IMAGE, DRAWING = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
)
FORMULA = '=HYPERLINK("http://example.org")'
HOSTILE = (SCRIPT, IMAGE, DRAWING)
DESK, PLACES = "/en/statistics/desk/", "/en/municipalities/"
TERC = (
    "WOJ|POW|GMI|RODZ|NAZWA|NAZWA_DOD|STAN_NA\n"
    f"06||||lubelskie{DRAWING}|województwo|2024-01-01\n"
    f"06|98|||{SCRIPT}|powiat|2024-01-01\n"
    f"06|98|01|2|{IMAGE}|gmina wiejska|2024-01-01\n"
    f"06|98|02|2|{FORMULA}|gmina wiejska|2024-01-01\n"
)


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def terc() -> bytes:
    """Return a register of units whose names are markup."""
    lines = [";".join(map(quoted, line.split("|"))) for line in TERC.splitlines()]
    return "\n".join([*lines, ""]).encode()


def figures() -> bytes:
    """Return a table whose column and lines are called by markup, with a line that matches nothing."""
    lines = [
        ["Kod", "Nazwa", f"{SCRIPT};2023;[{IMAGE}]", f"{SCRIPT};2024;[{IMAGE}]"],
        ["0698012", IMAGE, "1", "2"],
        ["0698022", FORMULA, "3", "4"],
        ["0698992", SCRIPT, "5", "6"],
    ]
    return "\n".join(";".join(map(quoted, line)) + ";" for line in lines).encode()


def outlines() -> bytes:
    """Return two squares whose properties are markup."""
    square = [[[23, 51], [24, 51], [24, 52], [23, 52], [23, 51]]]
    features = [
        {
            "type": "Feature",
            "properties": {"JPT_KOD_JE": code, "JPT_NAZWA_": SCRIPT, IMAGE: SCRIPT},
            "geometry": {"type": "Polygon", "coordinates": square},
        }
        for code in ("0698012", "0698022")
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def staff(ewa: Person, signed_in: SignIn) -> Client:
    return signed_in(ewa)


@pytest.fixture
def files(staff: Client) -> list[FileImport]:
    """Import the three files at the desk; their own names, sources and the new indicator are markup too."""
    new = {"column-0": "new", "column-0-key": "hostile", "column-0-name": SCRIPT, "column-0-unit": IMAGE}
    source = {"publisher": SCRIPT, "title": IMAGE, "licence": DRAWING}
    return [
        imported(staff, content, choices)
        for content, choices in (
            (terc(), source),
            (figures(), {**source, **new}),
            (outlines(), source),
        )
    ]


def imported(staff: Client, content: bytes, choices: dict[str, str]) -> FileImport:
    answer = staff.post(DESK, {"file": SimpleUploadedFile(f"{IMAGE}.csv", content)})
    found = FileImport.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))
    actions.read_later.func(found.pk)
    for step, sent, job in (
        ("choices", choices, actions.read_later),
        ("import", {}, actions.import_later),
    ):
        form = BeautifulSoup(staff.get(answer["Location"]).content, "html.parser").select_one(
            f"form[action$='/{step}/']"
        )
        assert form is not None
        assert staff.post(form["action"], {**values_of(form), **sent}).status_code == 302
        job.func(found.pk)
    found.refresh_from_db()
    assert (found.state, found.file_name) == ("imported", f"{IMAGE}.csv")
    return found


def test_names_in_official_files_are_text_on_every_page(
    files: list[FileImport], staff: Client, client: Client
) -> None:
    releases = Release.objects.filter(imports__in=files)
    publishes_a_card()
    public = [
        *(PLACES, f"{PLACES}?q=script", f"{PLACES}PL/", f"{PLACES}PL/map.svg", f"{PLACES}PL/region/06/"),
        *(f"{PLACES}PL/county/0698/", f"{PLACES}PL/069801/", f"{PLACES}PL/069801/through-time/"),
        *(f"{PLACES}PL/069801/through-time/?indicator=hostile", f"{PLACES}PL/069801/likenesses/"),
        *(f"{PLACES}PL/069801/a-practice/", "/en/indicators/", "/en/indicators/hostile/"),
    ]
    desk = [
        *(f"{DESK}{page}" for page in ("", "releases/", "coverage/?country=pl", "stale/?country=pl")),
        *(f"{DESK}files/{one.pk}/" for one in files),
        *(f"{DESK}releases/{one.key}/" for one in releases),
    ]
    admin = [
        reverse(viewset.get_url_name("index"))
        for viewset in viewsets.viewsets
        if isinstance(viewset, Records) and viewset.model in {Boundary, FileImport, Indicator, Release}
    ]
    answers = {address: client.get(address) for address in public}
    answers |= {address: staff.get(address) for address in (*desk, *admin)}
    assert {address: one.status_code for address, one in answers.items() if one.status_code != 200} == {}
    pages = {address: BeautifulSoup(one.content, "html.parser") for address, one in answers.items()}
    assert [len(alive(BeautifulSoup(one, "html.parser"))) for one in HOSTILE] == [1, 2, 1]
    assert {address: found for address, page in pages.items() if (found := alive(page))} == {}
    assert [address for address, page in pages.items() if not shows(page)] == [f"{PLACES}PL/map.svg"]


def alive(page: BeautifulSoup) -> list[str]:
    """Return the elements that a name became, and the attributes that would run."""
    scripts = [one for one in page.select("script") if "alert" in one.get_text()]
    running = [
        one
        for one in page.select("*")
        if any("alert" in str(one[name]) for name in one.attrs if name.startswith("on"))
    ]
    return [str(one) for one in (*scripts, *running, *page.select("img[src=x]"))]


def shows(page: BeautifulSoup) -> bool:
    """Whether a page says one of the names, as a text or in an attribute."""
    said = [page.get_text(), *(str(value) for one in page.select("*") for value in one.attrs.values())]
    return any(name in text for text in said for name in HOSTILE)


def publishes_a_card() -> None:
    """Publish a practice for which the new indicator speaks."""
    card = factories.version(factories.practice("a-practice"), "A practice", state="published")
    Criterion.objects.create(
        version=card,
        key="hostile",
        dimension="need",
        weight=1,
        name=factories.words("Hostile"),
        mechanism=factories.words("Because."),
        indicator=Indicator.objects.get(key="hostile"),
        points=[[0, 0], [10, 1]],
        points_reason=factories.words("Because."),
    )


def test_nothing_in_a_table_to_download_is_a_formula(
    files: list[FileImport], staff: Client, client: Client
) -> None:
    report = staff.get(f"{DESK}files/{files[1].pk}/report.csv")
    taken_along = client.get(f"{PLACES}PL/069802/through-time/?format=csv")
    for answer in (report, taken_along):
        cells = [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]
        assert [cell for cell in cells if cell.startswith(("=", "@", "+"))] == []


def test_an_address_of_a_source_is_one_of_the_web(staff: Client) -> None:
    answer = staff.post(DESK, {"file": SimpleUploadedFile("TERC.csv", terc())})
    actions.read_later.func(int(answer["Location"].rstrip("/").rpartition("/")[2]))
    form = BeautifulSoup(staff.get(answer["Location"]).content, "html.parser").select_one(
        "form[action$='/choices/']"
    )
    assert form is not None
    assert staff.post(form["action"], {**values_of(form), "url": "javascript:alert(1)"}).status_code == 422
