"""A table of no known layout on its way through the pages: what it asks, what is chosen, what is stored."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.models import Boundary, FileImport, Observation, Release
from tests.places.desk.test_import import Office

SignIn = Callable[[Person], Client]

# Most cells of "x" are no codes: nothing can be guessed.
UNGUESSABLE = (
    "x;what;beds;wards\n3001011;Chodzież;5;1\n3001022;Budzyń;7;2\n3001033;Margonin;8;3\n;all;20;6\n;x;;\n"
)
QUESTION = "No column certainly holds codes of municipalities; “x” may. Choose the column of the codes."
PUBLISHER = "Say who published the table: every figure is shown with its source, and the file names none."
YEAR = "Say of which year the figures are: the file does not."

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(ewa: Person, signed_in: SignIn) -> Office:
    return Office(signed_in(ewa))


def obstacles(office: Office) -> list[str]:
    return [one.text for one in office.page.select(".obstacles li")]


def offered(page: BeautifulSoup, field: str) -> list[str]:
    return [option["value"] for option in page.select(f"select[name='{field}'] option")]


def stored(indicator: str) -> list[tuple[str, int, float | None]]:
    figures = Observation.objects.filter(indicator__key=indicator, release__layout="plain")
    rows = figures.order_by("municipality__code", "period")
    return list(rows.values_list("municipality__code", "period", "value"))


def test_a_table_that_cannot_be_guessed_is_chosen_for_and_imported_with_its_years(office: Office) -> None:
    office.hands_in(UNGUESSABLE, "numbers.csv")
    assert (office.file.state, office.file.layout, bytes(office.file.content)) == (
        "read",
        "plain",
        UNGUESSABLE.encode(),
    )
    assert obstacles(office) == [QUESTION, PUBLISHER]
    assert office.page.select("form[action$='/import/']") == []
    headers = ["", "x", "what", "beds", "wards"]
    for field in ("plain-code", "plain-name", "plain-year_column"):
        assert offered(office.page, field) == headers

    office.presses("choices", **{"plain-code": "x", "plain-name": "what"})
    assert obstacles(office) == [PUBLISHER]
    new = {
        f"column-{number}{part}": text
        for number, key in enumerate(("beds", "wards"))
        for part, text in (("", "new"), ("-key", key), ("-name", key.title()), ("-unit", "places"))
    }
    office.presses("choices", **new, publisher="Office of Chodzież")
    assert obstacles(office) == [YEAR]
    office.presses("choices", **{"year": "2024", "column-1-year": "2025"})
    assert obstacles(office) == []
    assert office.file.choices["plain"] == {
        "code": "x",
        "name": "what",
        "columns": {"wards": {"year": 2025}},
    }
    office.presses("import")
    office.works()
    assert office.file.state == "imported"
    assert stored("beds") == [("300101", 2024, 5), ("300102", 2024, 7), ("300103", 2024, 8)]
    assert stored("wards") == [("300101", 2025, 1), ("300102", 2025, 2), ("300103", 2025, 3)]
    release = office.file.release
    assert release is not None
    assert (release.publisher, release.title, release.period, release.key[:16]) == (
        "Office of Chodzież",
        "numbers.csv",
        "2024–2025",
        "plain-2024-2025-",
    )


def test_a_year_column_is_chosen_among_the_columns(office: Office) -> None:
    office.hands_in("teryt;when;population\n3001011;2024;5\n3001011;2025;6\n", "long.csv")
    office.presses("choices", **{"plain-year_column": "when", "publisher": "An office"})
    assert (obstacles(office), "column-0-year" in str(office.page)) == ([], False)
    office.presses("import")
    office.works()
    assert stored("population") == [("300101", 2024, 5), ("300101", 2025, 6)]


def test_lines_of_a_register_are_counted_when_staff_say_as_what(office: Office) -> None:
    lines = [f"3001011;Cooperative {number};2024" for number in range(3)] + ["3001022;Another;2024"]
    office.hands_in("\n".join(["teryt;organisation;seen", *lines, ""]), "register.csv")
    office.presses(
        "choices", **{"plain-count": "social_cooperatives", "year": "2024", "publisher": "An office"}
    )
    assert obstacles(office) == []
    office.presses("import")
    office.works()
    assert stored("social_cooperatives") == [("300101", 2024, 3), ("300102", 2024, 1)]


def test_a_wrong_choice_is_asked_again_and_the_file_is_kept(office: Office) -> None:
    office.hands_in(UNGUESSABLE, "numbers.csv")
    office.presses("choices", **{"plain-code": "what"})
    assert office.file.state == "read"
    assert obstacles(office) == [
        (
            "The column “what” does not hold codes of municipalities of this country, written so. "
            "Choose another column, country or way to write codes."
        ),
        PUBLISHER,
    ]
    office.presses("choices", **{"plain-code": "x"})
    assert obstacles(office) == [PUBLISHER]


def test_how_codes_are_written_is_chosen_where_a_zero_may_be_lost(office: Office) -> None:
    office.hands_in("teryt,population_2024\n201011,5\n201022,6\n", "codes.csv")
    assert offered(office.page, "scheme") == ["", "teryt-7", "teryt-6", "lau-pl", "istat"]
    assert [one.partition(".")[0] for one in obstacles(office)] == [
        (
            "The codes of the 2 lines have 6 digits, and it is not certain whether a leading zero was lost "
            "or the type left out"
        ),
        PUBLISHER.rstrip("."),
    ]
    for scheme, codes in (("teryt-6", ["201011", "201022"]), ("teryt-7", ["020101", "020102"])):
        office.presses("choices", scheme=scheme, publisher="An office")
        assert office.file.preview["asks"] == []
        unmatched = office.file.preview["unmatched_lines"]
        assert [line["why"]["params"]["code"] for line in unmatched] == codes


def test_boundaries_whose_codes_may_be_of_two_countries_are_given_one(office: Office) -> None:
    ring = [[16.9, 52.9], [17.0, 52.9], [17.0, 53.0], [16.9, 52.9]]

    def outline(code: str) -> dict[str, Any]:
        area = {"type": "Polygon", "coordinates": [ring]}
        return {"type": "Feature", "properties": {"code": code}, "geometry": area}

    outlines = {"type": "FeatureCollection", "features": [outline("022205"), outline("048017")]}
    before = Boundary.objects.count()
    office.hands_in(json.dumps(outlines), "outlines_2024.geojson")
    assert obstacles(office) == [
        "The codes of the 2 lines may be Polish or Italian. Choose the country of the file."
    ]
    office.presses("choices", country="IT")
    assert obstacles(office) == []
    office.presses("import")
    office.works()
    assert Boundary.objects.count() == before + 2
    assert Release.objects.get(imports=office.file.pk).period == "2024"


def test_what_holds_no_places_is_still_refused(office: Office) -> None:
    office.hands_in("name;address\nEwa;Poznań\nMarek;Piła\n", "people.csv")
    assert (office.file.state, bytes(office.file.content)) == ("refused", b"")


def test_a_file_whose_reader_died_is_started_again_on_its_page(office: Office) -> None:
    office.hands_in(UNGUESSABLE, "numbers.csv")
    long_ago = {"told_at": "2020-01-01T00:00:00+00:00"}
    FileImport.objects.filter(pk=office.file.pk).update(state="waiting", progress=20, report=long_ago)
    (link,) = office.page.select("#standing a")
    assert (link.text, link.get("hx-get")) == ("Look again", None)
    assert office.presses("again") == 302
    assert (office.file.state, office.file.progress) == ("read", 0)
