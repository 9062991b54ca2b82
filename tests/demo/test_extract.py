"""The demo's places and statistics hold together, and the official files give the same bytes again."""

import csv
import doctest
import gzip
import os
import subprocess
import sys
import tomllib
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from demo.extract import change, official, poland
from demo.extract import rows as extracted_rows

ROOT = Path(__file__).resolve().parents[2]
PLACES = ROOT / "demo" / "places"
CATALOGUE = ROOT / "sadzonka" / "places" / "catalogue" / "indicators.toml"
INVENTED = ROOT / "demo" / "invented" / "places"
EXTRACTED = (
    *("counties.csv", "municipalities.csv", "observations.csv", "periods.csv", "regions.csv"),
    *("releases.csv", "successions.csv"),
)
DATA = os.environ.get("SADZONKA_DATA", "")
needs_data = pytest.mark.data

POLISH_INDICATORS = {
    *("population", "live_births", "live_births_per_1000", "deaths_per_1000", "natural_increase_per_1000"),
    *("net_migration_per_1000", "area_km2", "density_per_km2", "urbanisation_pct"),
    *("population_change_per_1000", "registered_unemployed", "pit_share_pln"),
}
ITALIAN_INDICATORS = {
    *("population", "area_km2", "altitude_m", "degurba", "social_cooperatives", "nonprofits"),
}
COUNTED_IN_TABLE_IV = {"deaths", "marriages", "net_migration"}
COMPUTED = {
    *("registered_unemployed_per_1000", "registered_unemployed_change_5_years", "nonprofits_per_10000"),
    "pit_share_pln_per_inhabitant",
}
REGIONAL = {"average_gross_wage_pln"}
# The voivodeship's own row in the official files (area: 2,982,678 ha).
WIELKOPOLSKIE = {
    "population": {2024: "3479986"},
    "live_births": {2024: "25453"},
    "area_km2": {2025: "29826.78"},
    "registered_unemployed": dict(
        zip(
            range(2003, 2025),
            (
                *("247869", "232251", "211420", "169089", "112827", "91441", "133563", "135172"),
                *("134954", "147902", "144832", "116410", "93311", "77697", "58857", "50867"),
                *("46313", "60958", "49850", "46289", "46531", "46625"),
            ),
            strict=True,
        )
    ),
}


def rows(name: str, folder: Path = PLACES) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def indicators() -> dict[str, dict[str, Any]]:
    tables = tomllib.loads(CATALOGUE.read_text(encoding="utf-8"))["indicators"]
    return {table["key"]: table for table in tables}


def run(into: Path, data: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "demo.extract", "--into", str(into)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "SADZONKA_DATA": data, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@needs_data
def test_official_files_give_the_committed_bytes(tmp_path: Path) -> None:
    finished = run(tmp_path, DATA)
    assert (finished.returncode, finished.stderr) == (0, "")
    expected = {name: (PLACES / name).read_bytes() for name in EXTRACTED}
    expected[CATALOGUE.name] = CATALOGUE.read_bytes()  # its one computed line comes out the same
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == expected


@needs_data
def test_figures_agree_with_an_independent_derivation_from_the_same_files() -> None:
    columns = {
        "population": "population",
        "live_births": "live_births",
        "live_births_per_1000": "births_p1000",
        "deaths_per_1000": "deaths_p1000",
        "natural_increase_per_1000": "natural_increase_p1000",
        "net_migration_per_1000": "net_migration_p1000",
        "density_per_km2": "density_2024",
        "population_change_per_1000": "pop_change_p1000_2024",
        "urbanisation_pct": "urbanisation_pct_2024",
        "registered_unemployed": "registered_unemployed_2024",
        "deaths": "deaths",
        "marriages": "marriages",
        "net_migration": "total_net_migration",
    }
    path = Path(DATA) / "pl" / "gmina_indicators_2024.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        derived = {row["teryt6"]: row for row in csv.DictReader(file)}
    compared = [
        (
            float(row["value"]),
            pytest.approx(float(derived[row["code"]][columns[row["indicator"]]]), abs=0.006),
        )
        for row in rows("observations.csv")
        if row["country"] == "PL" and row["period"] == "2024"
    ]
    assert len(compared) == 226 * len(columns)
    assert [pair for pair in compared if pair[0] != pair[1]] == []
    found = {(row["indicator"], row["code"], row["period"]): row["value"] for row in rows("observations.csv")}
    for row in rows("municipalities.csv"):
        if row["country"] == "PL":  # what is computed on the pages, never stored
            jobless, people = (
                float(found[key, row["code"], "2024"]) for key in ("registered_unemployed", "population")
            )
            published = float(derived[row["code"]]["unemployed_per_1000_pop_2024"])
            assert jobless / people * 1000 == pytest.approx(published, abs=0.006)


@pytest.mark.parametrize("data", ["", "/nowhere"])
def test_without_official_files_one_line_says_what_is_missing(tmp_path: Path, data: str) -> None:
    finished = run(tmp_path, data)
    assert finished.returncode == 2
    assert finished.stderr.startswith("SADZONKA_DATA")
    assert finished.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("module", [change, official, poland, extracted_rows])
def test_examples_in_the_script_are_true(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


def test_wielkopolskie_has_its_226_gminas_35_counties_and_their_types() -> None:
    municipalities = [row["code"] for row in rows("municipalities.csv") if row["country"] == "PL"]
    assert (len(municipalities), len(set(municipalities))) == (226, 226)
    assert {code[:2] for code in municipalities} == {"30"}
    assert {len(code) for code in municipalities} == {6}
    assert len([row for row in rows("counties.csv") if row["country"] == "PL"]) == 35
    today = [row for row in rows("periods.csv") if row["country"] == "PL" and not row["valid_to"]]
    assert sorted(row["code"] for row in today) == municipalities
    assert Counter(row["type"] for row in today) == {"urban": 19, "rural": 107, "urban-rural": 100}


def test_a_gmina_that_became_urban_rural_keeps_its_code_and_has_two_periods() -> None:
    of_budzyn = [tuple(row.values()) for row in rows("periods.csv") if row["code"] == "300102"]
    assert of_budzyn == [
        ("PL", "300102", "", "2020-12-31", "rural", "Budzyń", "3001"),
        ("PL", "300102", "2021-01-01", "", "urban-rural", "Budzyń", "3001"),
    ]
    past = [row for row in rows("periods.csv") if row["country"] == "PL" and row["valid_to"]]
    assert len(past) == 10


def test_ventasso_replaced_four_comuni() -> None:
    assert {row["predecessor"] for row in rows("successions.csv")} == {"035007", "035019", "035025", "035031"}
    assert {(row["successor"], row["happened_on"], row["kind"]) for row in rows("successions.csv")} == {
        ("035046", "2016-01-01", "merger")
    }
    ended = [row for row in rows("periods.csv") if row["country"] == "IT" and row["valid_to"]]
    assert sorted(row["name"] for row in ended) == ["Busana", "Collagna", "Ligonchio", "Ramiseto"]
    assert {row["valid_to"] for row in ended} == {"2015-12-31"}


@pytest.mark.parametrize("folder", [PLACES, INVENTED], ids=["real", "invented"])
def test_every_row_refers_to_something_that_exists(folder: Path) -> None:
    regions = {(row["country"], row["code"]) for row in rows("regions.csv", folder)}
    counties = {(row["country"], row["code"]) for row in rows("counties.csv", folder)}
    places = {(row["country"], row["code"]) for row in rows("municipalities.csv", folder)}
    releases = {row["key"] for row in rows("releases.csv", folder)}
    assert {(row["country"], row["region"]) for row in rows("counties.csv", folder)} == regions
    assert {(row["country"], row["county"]) for row in rows("periods.csv", folder)} == counties
    assert {(row["country"], row["code"]) for row in rows("periods.csv", folder)} == places
    for row in rows("observations.csv", folder):
        assert row["release"] in releases
        assert row["indicator"] in indicators()
        assert (row["country"], row["code"]) in places


@pytest.mark.parametrize("folder", [PLACES, INVENTED], ids=["real", "invented"])
def test_a_figure_is_empty_exactly_when_its_status_says_why(folder: Path) -> None:
    figures = rows("observations.csv", folder)
    assert [row for row in figures if (row["value"] == "") != (row["status"] in {"missing", "secret"})] == []
    assert {row["status"] for row in figures} <= {"", "estimate", "missing", "secret"}
    keys = [(row["release"], row["indicator"], row["country"], row["code"], row["period"]) for row in figures]
    assert len(keys) == len(set(keys))


def test_each_gmina_has_every_polish_indicator_and_each_comune_every_italian_one() -> None:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for folder in (PLACES, INVENTED):
        for row in rows("observations.csv", folder):
            found[row["country"], row["code"]].add(row["indicator"])
    assert len(found) == 226 + 1 + 15
    for (country, code), keys in found.items():
        polish = POLISH_INDICATORS | (set() if code == "999901" else COUNTED_IN_TABLE_IV)
        assert keys == (polish if country == "PL" else ITALIAN_INDICATORS)


def test_gminas_add_up_to_the_published_row_of_the_voivodeship() -> None:
    sums: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows("observations.csv"):
        if row["country"] == "PL" and row["indicator"] in WIELKOPOLSKIE:
            sums[row["indicator"]][int(row["period"])] += float(row["value"])
    for indicator, by_year in WIELKOPOLSKIE.items():
        assert indicators()[indicator]["is_additive"] is True
        assert sums[indicator] == pytest.approx({year: float(total) for year, total in by_year.items()})


def test_income_tax_of_a_city_with_county_rights_is_the_municipal_part_alone() -> None:
    values = {
        row["code"]: row["value"] for row in rows("observations.csv") if row["indicator"] == "pit_share_pln"
    }
    assert (values["306101"], values["300101"]) == ("141171437", "19973537")


def test_indicators_are_defined_in_three_languages_and_older_figures_are_less_certain() -> None:
    published = POLISH_INDICATORS | COUNTED_IN_TABLE_IV | ITALIAN_INDICATORS
    assert set(indicators()) == published | COMPUTED | REGIONAL
    assert {key for key, table in indicators().items() if table.get("formula")} == COMPUTED | {
        "density_per_km2"
    }
    for table in indicators().values():
        for column in ("name", "unit", "definition"):
            assert set(table[column]) == {"pl", "it", "en"}
            assert all(table[column].values())
    with_change = {key: table for key, table in indicators().items() if "relative_change_over_years" in table}
    assert list(with_change) == ["registered_unemployed"]
    shares = with_change["registered_unemployed"]["relative_change_over_years"]
    assert list(shares) == [str(years) for years in range(1, 11)]
    assert list(shares.values()) == sorted(shares.values())


def test_the_invented_municipality_says_that_it_is_invented() -> None:
    assert [row["code"] for row in rows("municipalities.csv", INVENTED)] == ["999901"]
    assert [row["name"] for row in rows("periods.csv", INVENTED)] == ["Przykładowo (gmina wymyślona)"]
    (release,) = rows("releases.csv", INVENTED)
    assert "wymyślone" in release["publisher"]
    assert "wymyślone" in release["title"]


def test_sources_name_every_official_file_with_its_hash() -> None:
    text = (ROOT / "demo" / "SOURCES.md").read_text(encoding="utf-8")
    for row in rows("releases.csv"):
        assert f"`{row['key']}`" in text
        assert row["sha256"] in text
