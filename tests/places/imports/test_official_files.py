"""Every official file of places and statistics imports into an empty installation, in any order, once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.places.imports.fresh import Fresh, fresh, template

pytestmark = [pytest.mark.data, pytest.mark.slow]

DATA = Path(os.environ.get("SADZONKA_DATA", "."))
LISTS = ["pl/TERC_2024-01-01.csv", "it/ISTAT_classificazioni_comuni_2023-01-01.xlsx"]
LAU = "eu/lau_2019_nuts2016_degurba.parquet"
NO_STATISTICS = {"KRS_OdpisAktualny_trimmed.json"}  # an extract from a register of companies

# Asked in the installation itself.
PLACES = """
municipality, region = "municipality__country municipality__code", "county__region__code county__region__name"
period = "valid_from valid_to is_dated_roughly kind name county__code county__name"
columns = f"{municipality} {period} {region}".split()
rows = Period.objects.order_by(*columns).values_list(*columns)
print(json.dumps([[str(cell) for cell in row] for row in rows]))
"""
FIGURES = """
columns = "municipality__country municipality__code indicator__key period value status".split()
print(json.dumps(list(Observation.objects.order_by(*columns).values_list(*columns).distinct())))
"""
ROWS = """
from django.db.models import Count, Max
kinds = [Release, Region, County, Municipality, Period, Succession, Observation, RegionalObservation]
kinds += [Boundary, ColumnLabel, Indicator, FileImport]
counts = {kind.__name__: kind.objects.aggregate(Count("pk"), Max("pk")) for kind in kinds}
print(json.dumps(counts))
"""
KNOWN = """
from django.db.models import Count, Sum
still = Municipality.objects.filter(periods__valid_to=None)
with_value = still.filter(country="PL", observations__value__isnull=False)
keys = ("population", "area_km2", "density_per_km2", "registered_unemployed")
table = Release.objects.get(title="BDL RYNE_1944")
codes = ("060608", "060315", "022109", "026501", "180710")
none = Period.objects.filter(municipality__country="IT", municipality__code="001168")
renumbered = Succession.objects.filter(predecessor__country="PL", kind="renumbering")
print(json.dumps({
    "still": {country: still.filter(country=country).distinct().count() for country in ("PL", "IT")},
    "with": {key: with_value.filter(observations__indicator__key=key).distinct().count() for key in keys},
    "sums": sorted(table.observations.values_list("period").annotate(Sum("value"))),
    "country": sorted(table.regional_observations.filter(region=None).values_list("period", "value")),
    "names": sorted(none.values_list("name", flat=True)),
    "years": {
        code: sorted(table.observations.filter(municipality__code=code).values_list("period", flat=True))
        for code in codes
    },
    "renumbered": sorted([s.predecessor.code, s.successor.code, str(s.happened_on)] for s in renumbered),
    "drawn": sorted(Boundary.objects.values("release").annotate(n=Count("pk")).values_list("n", flat=True)),
}))
"""
COUNTED = """
others = Municipality.objects.exclude(country__in=("PL", "IT")).count()
listed = Release.objects.get(layout="eurostat-lau").observations.values("municipality").distinct().count()
print(json.dumps([others, Municipality.objects.count(), listed]))
"""


def official_files() -> list[Path]:
    folders = ("pl", "pl/bdl", "it", "eu", "formats", "formats/bdl_api")
    files = [file for folder in folders for file in sorted((DATA / folder).iterdir()) if file.is_file()]
    return [file for file in files if file.name not in NO_STATISTICS]


@pytest.fixture(scope="module")
def empty(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Path | str, Path]]:
    folder = tmp_path_factory.mktemp("fresh")
    with django_db_blocker.unblock(), template(folder) as made:
        yield made, folder


@pytest.fixture(scope="module")
def filled(empty: tuple[Path | str, Path]) -> Iterator[Fresh]:
    """Import everything with one command."""
    with fresh(*empty, "filled") as installation:
        assert installation.imported(*official_files()) == 0
        yield installation


def test_every_gmina_and_comune_is_there_with_its_figures(filled: Fresh) -> None:
    known = filled.asked(KNOWN)
    assert (known["still"], known["with"]) == (
        {"PL": 2477, "IT": 7901},
        dict.fromkeys(("population", "area_km2", "density_per_km2", "registered_unemployed"), 2477),
    )
    assert known["drawn"] == [330, 2477]
    assert known["names"] == ["None"]


def test_every_local_unit_of_europe_is_there(filled: Fresh) -> None:
    assert filled.asked(COUNTED) == [88736, 99160, 99140]


def test_yearly_sums_equal_the_national_row_in_all_22_years(filled: Fresh) -> None:
    known = filled.asked(KNOWN)
    assert known["sums"] == known["country"]
    assert ([year for year, _sum in known["sums"]], known["sums"][0], known["sums"][-1]) == (
        list(range(2003, 2025)),
        [2003, 3175674.0],
        [2024, 786179.0],
    )


def test_a_series_goes_on_across_a_new_code_and_begins_with_the_municipality(filled: Fresh) -> None:
    known = filled.asked(KNOWN)
    assert known["years"] == {
        "060608": list(range(2003, 2006)),
        "060315": list(range(2006, 2025)),
        "022109": list(range(2003, 2013)),
        "026501": list(range(2013, 2025)),
        "180710": list(range(2010, 2025)),
    }
    assert known["renumbered"] == [
        ["022109", "026501", "2013-01-01"],
        ["060608", "060315", "2006-01-01"],
    ]


def test_the_same_files_again_change_nothing(filled: Fresh) -> None:
    before = filled.asked(ROWS)
    assert filled.imported(*official_files()) == 0
    assert filled.asked(ROWS) == before


def test_another_order_gives_the_same_places_and_figures(empty: Any, filled: Fresh) -> None:
    with fresh(*empty, "otherwise") as installation:
        lists = [DATA / name for name in reversed(LISTS)]
        others = [file for file in reversed(official_files()) if file not in {*lists, DATA / LAU}]
        assert [installation.imported(*files) for files in ([DATA / LAU], lists, others)] == [0, 0, 0]
        assert installation.asked(PLACES) == filled.asked(PLACES)
        assert installation.asked(FIGURES) == filled.asked(FIGURES)
