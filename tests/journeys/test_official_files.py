"""S7, the local ground: an office starts with nothing, reads official files, and analyses rest on them."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files import File

from sadzonka.people.actions import create_account
from sadzonka.people.models import Person
from sadzonka.people.rules import STAFF
from sadzonka.places.imports import actions
from sadzonka.places.models import FileImport, Indicator, Municipality, Observation, Period, Release
from sadzonka.practices.models import Criterion
from tests import factories
from tests.journeys import official_files as files
from tests.journeys.clock import Clock
from tests.journeys.installing import starts_an_installation
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Answers, Visitor, said

DESK = "/en/statistics/desk/"
GUS = "Główny Urząd Statystyczny (GUS)"
TABLE_IV = "Tabl. IV. Ludność, ruch naturalny oraz migracje ludności według gmin"
STORED = (FileImport, Release, Municipality, Period, Observation)


@pytest.fixture
def staff(db: None, clock: Clock) -> Visitor:
    """Return Ewa at the desk of an installation that was started this very day, and holds no place."""
    clock.moves_to("2024-09-01")
    administrator = Visitor("pl")
    administrator.opens(starts_an_installation("admin@example.org"))
    administrator.presses("Sign in", {})
    ewa = signed_in(create_account(email="ewa@example.org", name="Ewa", roles=[STAFF]), at="/en/desk/")
    ewa.follows("Official files and statistics", within="main")
    assert (ewa.address, ewa.sees("No file has been handed in yet.")) == (DESK, True)
    return ewa


@pytest.fixture
def country(staff: Visitor) -> Visitor:
    """Let Ewa import the register of units, three files of figures of 2023 and before, and boundaries."""
    for file in (files.terc(), files.unemployed(2023), files.people(2023)):
        imports(staff, file)
    imports(staff, files.wages(), {"column-0": "average_gross_wage_pln"})
    imports(staff, files.outlines())
    return staff


def test_a_register_is_looked_at_before_it_is_imported(staff: Visitor) -> None:
    hands_in(staff, files.terc())
    assert facts(staff, "What was recognised") == {
        "Kind of file": "Statistics Poland, TERYT: list of units (TERC)",
        "Publisher": GUS,
        "Title": "Rejestr TERYT, system TERC, stan na 01.01.2024",
        "Period": "2024-01-01",
        "Territory as it was on": "1 January 2024",
        "Encoding": "utf-8",
        "Separator": "semicolon",
        "Municipalities": "4 of 4 found",
        "Lines: lines with a unit, all together": "8",
        "Lines: municipalities": "4",
        "Lines: regions": "1",
        "Lines: counties (not stored)": "1",
        "Lines: parts and districts (counted in their wholes already)": "2",
    }
    assert [kind._default_manager.count() for kind in STORED] == [1, 0, 0, 0, 0]
    staff.presses("Import", {})
    assert [kind._default_manager.count() for kind in STORED] == [1, 0, 0, 0, 0]
    works(staff)
    assert staff.sees("The file is imported.")
    assert [kind._default_manager.count() for kind in STORED] == [1, 1, 4, 4, 0]


def test_figures_before_their_places_are_not_imported(staff: Visitor) -> None:
    hands_in(staff, files.people(2023))
    assert [said(one) for one in staff.page.select(".obstacles li")] == [
        "1 error must be corrected in the file; hand it in again then."
    ]
    assert [said(one) for one in staff.page.select("main button")] == [
        "Discard",
        "Save choices and read again",
    ]


def test_sums_changes_of_type_and_new_codes_stand_in_the_report(staff: Visitor) -> None:
    imports(staff, files.terc())
    imports(staff, files.unemployed(2023))
    sums = rows(staff, "Sums over the municipalities against the line of the country")
    assert [sums[0], sums[-1], len(sums)] == [
        ["Registered unemployed", "2011", "850", "850", "equal"],
        ["Registered unemployed", "2023", "994", "994", "equal"],
        13,
    ]
    assert rows(staff, "Some of them") == [
        [files.OLD_GAMMOW, "Gammów", "a new municipality"],
        [files.BETOWICE, "Betowice", "another name, type or county"],
        [files.GAMMOW, "Gammów", "another name, type or county"],
        [files.OLD_GAMMOW, "Gammów", "a new code for the same territory"],
    ]
    assert facts(staff, "Figures") == {
        "New": "52",
        "The same as stored": "0",
        "Different from what is stored": "0",
        "Kept secret by the office": "0",
        "Without data at the office": "0",
    }
    report = staff.downloads("Everything line by line (CSV)").decode("utf-8-sig")
    lines = [row for row in csv.DictReader(io.StringIO(report)) if row["kind"] == "sum"]
    assert [(row["year"], row["stored"], row["file"]) for row in lines[:2]] == [
        ("2011", "850.0", "850.0"),
        ("2012", "862.0", "862.0"),
    ]


def test_everybody_sees_the_figures_with_years_and_sources(country: Visitor) -> None:
    visitor = Visitor("en")
    visitor.opens("/en/municipalities/PL/")
    assert links(visitor, ".parts") == ["województwo lubelskie"]
    assert [row[1] for row in rows(visitor, "Figures published for Poland")] == [
        *("21,900", "164", "225", "73", "-55", "994"),  # as above, and registered unemployed
    ]
    assert sources(visitor) == [f"{TABLE_IV} 2023", "BDL RYNE_1944"]
    visitor.follows("województwo lubelskie", within=".parts")
    assert links(visitor, ".places .names") == ["Alfowo", "Alfowo", "Betowice", "Gammów"]
    visitor.follows("powiat zmyślony: map and population", within=".places")
    assert rows(visitor, "By name; a population is the newest that is known") == [
        ["Alfowo urban municipality", "12,000", "2023"],
        ["Alfowo rural municipality", "3,000", "2023"],
        ["Betowice urban-rural municipality", "6,000", "2023"],
        ["Gammów rural municipality", "900", "2023"],
    ]
    assert len(visitor.page.select(".map svg a path")) == 4
    visitor.follows("Gammów", within="main table")
    visitor.follows("Every figure through the years, with charts and sources", within="main")
    assert [said(one) for one in visitor.page.select(".series > li > p > strong")] == [
        *("900", "0", "20", "3", "0"),  # population, live births, deaths, marriages, net migration
        *("38", "42.2", "-11.6"),  # unemployed: registered, per 1,000 inhabitants, change over 5 years
    ]
    visitor.follows("Registered unemployed", within=".series")
    table = rows(visitor, "Registered unemployed, people")
    assert [table[0], table[-3], table[-2], table[-1]] == [
        ["2023", "38", "994", "994", "as published", "[1]"],
        ["2013", "48", "874", "874", "as published", "[1]"],
        ["2012", "49", "862", "862", f"As Gammów, code {files.OLD_GAMMOW}.", "[1]"],
        ["2011", "50", "850", "850", f"As Gammów, code {files.OLD_GAMMOW}.", "[1]"],
    ]
    assert sources(visitor) == ["BDL RYNE_1944"]
    visitor.opens(through_time(files.OLD_GAMMOW))
    assert said(visitor.found(".notice.warning")) == (
        "This code ended: since 1 January 2013 the same territory has another one: Gammów ."
    )


def test_a_series_goes_on_when_a_village_becomes_a_town(country: Visitor) -> None:
    visitor = Visitor("en")
    visitor.opens(through_time(files.BETOWICE))
    assert rows(visitor, "What it was called, and where it belonged") == [
        ["before our sources", "31 December 2016", "Betowice rural municipality, powiat zmyślony"],
        ["1 January 2017", "today", "Betowice urban-rural municipality, powiat zmyślony"],
    ]
    visitor.follows("Registered unemployed", within=".series")
    table = rows(visitor, "Registered unemployed, people")
    assert [row[:2] for row in table] == [
        *(["2023", "224"], ["2022", "222"], ["2021", "220"], ["2020", "218"], ["2019", "216"]),
        *(["2018", "214"], ["2017", "212"], ["2016", "210"], ["2015", "208"], ["2014", "206"]),
        *(["2013", "204"], ["2012", "202"], ["2011", "200"]),
    ]


def test_what_an_office_keeps_secret_is_unknown_and_never_zero(country: Visitor) -> None:
    stored = Observation.objects.filter(indicator__key="average_gross_wage_pln")
    assert list(
        stored.order_by("municipality__code", "period").values_list(
            "municipality__code", "period", "value", "status"
        )
    ) == [
        (files.TOWN, 2022, 6000.5, ""),
        (files.TOWN, 2023, 6500.25, ""),
        (files.VILLAGES, 2022, 5000, ""),
        (files.VILLAGES, 2023, None, "secret"),
        (files.BETOWICE, 2022, 5100, ""),
        (files.BETOWICE, 2023, 5400, ""),
        (files.GAMMOW, 2022, None, "secret"),
        (files.GAMMOW, 2023, None, "secret"),
    ]
    visitor = Visitor("en")
    visitor.opens(f"{through_time(files.VILLAGES)}?indicator=average_gross_wage_pln")
    secret = "not published (statistical secrecy)"
    assert rows(visitor, "Average monthly gross wage, PLN") == [
        ["2023", secret, "not published", "[1]"],
        ["2022", "5,000.00", "as published", "[1]"],
    ]
    visitor.opens(through_time(files.GAMMOW))
    (wage,) = [one for one in visitor.page.select(".series > li") if "wage" in said(one.h3)]
    assert said(wage.find("p")).startswith(secret)
    assert wage.select("svg") == []


def test_likenesses_and_indicators_rest_on_the_files(country: Visitor) -> None:
    visitor = Visitor("en")
    visitor.opens(f"/en/municipalities/PL/{files.TOWN}/likenesses/")
    assert [[row[0], row[-1]] for row in rows(visitor, "Municipalities most like Alfowo")] == [
        ["Betowice urban-rural municipality, powiat zmyślony", "4 of 4"],
        ["Alfowo rural municipality, powiat zmyślony", "4 of 4"],
        ["Gammów rural municipality, powiat zmyślony", "4 of 4"],
    ]
    visitor.opens("/en/indicators/")
    visitor.follows("Average monthly gross wage", within="main")
    assert rows(visitor, "Municipalities with a known figure") == [
        ["Poland", "2023", "2"],
        ["Poland", "2022", "3"],
    ]


def test_an_analysis_uses_the_imported_figures(country: Visitor, clock: Clock) -> None:
    publishes_a_card()
    visitor = Visitor("en")
    assert what_is_known(visitor, files.BETOWICE) == {
        "Population": ("6,000 people, 2023", "0.60"),
        "Average monthly gross wage": ("5,400.00 PLN, 2023", "0.35"),
        "Registered unemployed per 1,000 inhabitants": ("37.3 per 1,000 inhabitants, 2023", "0.37"),
    }
    assert what_is_known(visitor, files.GAMMOW) == {
        "Population": ("900 people, 2023", "0.09"),
        "Average monthly gross wage": ("not known", "0.00–1.00"),
        "Registered unemployed per 1,000 inhabitants": ("42.2 per 1,000 inhabitants, 2023", "0.42"),
    }
    staff = comes_back(clock, "2025-09-01")
    imports(staff, files.people(2024))
    imports(staff, files.unemployed(2024))
    assert what_is_known(visitor, files.BETOWICE) == {
        "Population": ("5,500 people, 2024", "0.55"),
        "Average monthly gross wage": ("5,400.00 PLN, 2023", "0.35"),
        "Registered unemployed per 1,000 inhabitants": ("41.1 per 1,000 inhabitants, 2024", "0.41"),
    }


def test_the_same_file_again_changes_nothing_and_the_next_years_file_adds_its_year(
    country: Visitor, clock: Clock
) -> None:
    before = [list(kind._default_manager.order_by("pk").values()) for kind in STORED[1:]]
    for file in (files.terc(), files.unemployed(2023), files.people(2023), files.wages(), files.outlines()):
        hands_in(country, file)
        assert country.sees("Everything in this file is known already: there is nothing to import.")
        assert country.page.select("form[action$='/import/']") == []
    assert [list(kind._default_manager.order_by("pk").values()) for kind in STORED[1:]] == before

    staff = comes_back(clock, "2025-09-01")
    hands_in(staff, files.unemployed(2024))
    assert facts(staff, "Figures") == {
        "New": "4",
        "The same as stored": "52",
        "Different from what is stored": "0",
        "Kept secret by the office": "0",
        "Without data at the office": "0",
    }
    staff.presses("Import", {})
    works(staff)
    visitor = Visitor("en")
    visitor.opens(f"{through_time(files.BETOWICE)}?indicator=registered_unemployed")
    table = rows(visitor, "Registered unemployed, people")
    assert [row[:4] for row in table[:2]] == [
        ["2024", "226", "1,006", "1,006"],
        ["2023", "224", "994", "994"],
    ]


def test_coverage_and_what_is_stale_say_so_many_of_so_many(country: Visitor, clock: Clock) -> None:
    country.opens(f"{DESK}coverage/")
    header = [said(one) for one in country.page.select("table.coverage thead tr:first-child th")][1:]
    assert sorted(header) == [str(year) for year in range(2011, 2024)]
    assert [said(one) for one in country.page.select("table.coverage thead td")] == ["4"] * 13
    covered = {
        row[0]: {year: known for year, known in zip(header, row[1:], strict=True) if known != "0"}
        for row in rows(country, "Municipalities with a figure, by indicator and year")
    }
    assert covered == {
        **{name: {"2023": "4"} for name in ("Population", "Live births", "Deaths", "Marriages")},
        "Net migration": {"2023": "4"},
        "Registered unemployed": {str(year): "4" for year in range(2011, 2024)},
        "Average monthly gross wage": {"2022": "3", "2023": "2"},
    }
    staff = comes_back(clock, "2027-02-01")
    staff.opens(f"{DESK}stale/")
    assert [row[:5] for row in rows(staff, "Indicators by age, the stale ones first")] == [
        ["Live births", "2023", "stale since the end of 2026", "4", "0"],
        ["Deaths", "2023", "stale since the end of 2026", "4", "0"],
        ["Marriages", "2023", "stale since the end of 2026", "4", "0"],
        ["Net migration", "2023", "stale since the end of 2026", "4", "0"],
        ["Registered unemployed", "2023", "stale since the end of 2026", "4", "0"],
        ["Average monthly gross wage", "2023", "stale since the end of 2026", "3", "1"],
        ["Population", "2023", "good until the end of 2028", "0", "0"],
    ]
    assert rows(staff, "The newest list of all municipalities, by country") == [
        ["Poland", "no list was read", "a list is needed", "–"]
    ]


def comes_back(clock: Clock, day: str) -> Visitor:
    """Let time pass, longer than anybody stays signed in, and return Ewa signed in again."""
    clock.moves_to(day)
    return signed_in(Person.objects.get(email="ewa@example.org"))


def hands_in(staff: Visitor, file: File[bytes]) -> None:
    """Hand a file in, let the worker read it, and look at what it holds."""
    staff.opens(DESK)
    staff.presses("Hand in", {"file": file})
    works(staff)


def imports(staff: Visitor, file: File[bytes], choices: Answers | None = None) -> None:
    """Hand a file in, choose what is to be chosen, and import it."""
    hands_in(staff, file)
    if choices:
        staff.presses("Save choices and read again", choices)
        works(staff)
    staff.presses("Import", {})
    works(staff)
    assert staff.sees("The file is imported."), said(staff.found("main"))


def works(staff: Visitor) -> None:
    """Let the worker take each job twice, as after a crash; then look again."""
    for state, job in (("waiting", actions.read_later), ("queued", actions.import_later)):
        waiting = list(FileImport.objects.filter(state=state).values_list("pk", flat=True))
        for number in [*waiting, *waiting]:
            job.func(number)
    staff.opens(staff.address)


def publishes_a_card() -> None:
    """Publish a practice that three official figures speak for or against."""
    card = factories.version(factories.practice("a-practice"), "A practice", state="published")
    for key, points in (
        ("population", [[0, 0], [10_000, 1]]),
        ("average_gross_wage_pln", [[4_000, 0], [8_000, 1]]),
        ("registered_unemployed_per_1000", [[0, 0], [100, 1]]),
    ):
        indicator = Indicator.objects.get(key=key)
        Criterion.objects.create(
            version=card,
            key=key,
            dimension="need",
            weight=1 / 3,
            name=indicator.name,
            mechanism=factories.words("Because."),
            indicator=indicator,
            points=points,
            points_reason=factories.words("Because."),
        )


def what_is_known(visitor: Visitor, code: str) -> dict[str, tuple[str, str]]:
    """Return by criterion of need what an analysis takes as known, and the value that it makes of it."""
    visitor.opens(f"/en/municipalities/PL/{code}/a-practice/")
    table = next(one for one in visitor.page.select("table.figures") if said(one.caption) == "Need")
    known = {}
    for row in table.select("tbody tr"):
        _weight, figure, value = row.select("td")
        for source in row.select(".source"):
            source.extract()
        known[said(row.th)] = said(figure), said(value)
    return known


def through_time(code: str) -> str:
    return f"/en/municipalities/PL/{code}/through-time/"


def facts(visitor: Visitor, heading: str) -> dict[str, str]:
    """Return the pairs of a list under a heading."""
    (section,) = [one.find_parent("section") for one in visitor.page.select("h2") if said(one) == heading]
    return {said(pair.dt): said(pair.dd) for pair in section.select("dl.facts > div")}


def rows(visitor: Visitor, caption: str) -> list[list[str]]:
    """Return what the cells of a table say, row by row."""
    (table,) = [one for one in visitor.page.select("table") if said(one.caption) == caption]
    return [[said(cell) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def sources(visitor: Visitor) -> list[str]:
    """Return the titles of the sources below the figures."""
    return [said(one.select_one("cite, a") or one) for one in visitor.page.select("ol.sources > li")]


def links(visitor: Visitor, within: str) -> list[str]:
    return [said(link) for link in visitor.page.select(f"{within} li a")]
