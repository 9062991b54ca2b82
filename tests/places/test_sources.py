"""A broken row of places or figures is named by file, row and column, and nothing of it is loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sadzonka.common.files import csv_rows
from sadzonka.places.models import Observation
from sadzonka.places.sources import load_places, load_statistics
from tests import factories
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db
Write = Callable[[str, str], Path]

RELEASES = ("key", "publisher", "title", "url", "licence", "period", "retrieved_on", "sha256")
OBSERVED = "release,indicator,country,code,period,value,status\n"


@pytest.fixture
def places(tmp_path: Path) -> Write:
    """Return a way to write a folder of places where one file says what a test wants."""
    ok = {
        "regions.csv": "country,code,name\nPL,98,x\n",
        "counties.csv": "country,region,code,name\nPL,98,9801,x\n",
        "municipalities.csv": "country,code,latitude,longitude\nPL,980101,52.1,17.2\n",
        "periods.csv": "country,code,valid_from,valid_to,type,name,county\nPL,980101,,,rural,X,9801\n",
        "releases.csv": ",".join(RELEASES) + "\nr,P,T,,,2024,2026-01-01,\n",
        "observations.csv": OBSERVED + "r,population,PL,980101,2024,5,\n",
    }

    def write(name: str, text: str) -> Path:
        for file, content in {**ok, name: text}.items():
            (tmp_path / file).write_text(content, encoding="utf-8")
        return tmp_path

    return write


PERIODS = "country,code,valid_from,valid_to,type,name,county\n"
TOWNS = "country,code,latitude,longitude\n"


@pytest.mark.parametrize(
    ("name", "text", "place", "problem"),
    [
        ("regions.csv", "country,name\nPL,x\n", "row 1", "the header lacks code"),
        ("regions.csv", "", "row 1", "the header lacks country, code, name"),
        ("regions.csv", "country,code,name\nXX,1,x\n", "row 2, column 'country'", "'XX' is not known"),
        ("regions.csv", "country,code,name\nPL,1,\n", "row 2, column 'name'", "is empty; a value is needed"),
        ("regions.csv", "country,code,name\nPL,1\n", "row 2", "has 2 columns where the header has 3"),
        ("regions.csv", "country;code;name\nPL;1;x\n", "row 1", "the header lacks country, code, name"),
        (
            "municipalities.csv",
            TOWNS + "PL,980101,,\nPL,20101,52,17\n",
            "row 3, column 'code'",
            "'20101' is not a code of six digits (a leading zero may be lost)",
        ),
        (
            "municipalities.csv",
            TOWNS + "PL,98010²,,\n",
            "row 2, column 'code'",
            "'98010²' is not a code of six digits (a leading zero may be lost)",
        ),
        (
            "municipalities.csv",
            TOWNS + 'PL,980101,"52,1",17\n',
            "row 2, column 'latitude'",
            "'52,1' is not a number",
        ),
        (
            "municipalities.csv",
            TOWNS + "PL,980101,nan,17\n",
            "row 2, column 'latitude'",
            "'nan' is not a number",
        ),
        (
            "periods.csv",
            PERIODS + "PL,980102,,,rural,X,9801\n",
            "row 2, column 'code'",
            "'('PL', '980102')' is not known",
        ),
        ("periods.csv", PERIODS + "PL,980101,,,town,X,9801\n", "row 2, column 'type'", "'town' is not known"),
        (
            "periods.csv",
            PERIODS + "PL,980101,31.12.2024,,rural,X,9801\n",
            "row 2, column 'valid_from'",
            "'31.12.2024' is not a date such as 2024-12-31",
        ),
    ],
)
def test_a_broken_row_of_places_is_named(
    name: str, text: str, place: str, problem: str, places: Write
) -> None:
    folder = places(name, text)
    refusal = refusal_of(load_places, folder)
    assert (refusal.file, refusal.place, refusal.problem) == (folder / name, place, problem)
    assert str(refusal) == f"{folder / name}: {place}: {problem}"


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ("x,population,PL,980101,2024,5,", "release", "'x' is not known"),
        ("r,happiness,PL,980101,2024,5,", "indicator", "'happiness' is not known"),
        ("r,population,PL,980199,2024,5,", "code", "'('PL', '980199')' is not known"),
        ("r,population,PL,980101,2024,many,", "value", "'many' is not a number"),
        ("r,population,PL,980101,2024,inf,", "value", "'inf' is not a number"),
        ("r,population,PL,980101,MMXXIV,5,", "period", "'MMXXIV' is not a year"),
        ("r,population,PL,980101,,5,", "period", "is empty; a year is needed"),
        ("r,population,PL,980101,2024,5,perhaps", "status", "'perhaps' is not known"),
        *(
            (
                f"r,population,PL,980101,2024,{value},{status}",
                "value",
                "must be empty exactly when the status is 'secret' or 'missing'",
            )
            for value, status in (("5", "secret"), ("0", "missing"), ("", ""), ("", "estimate"))
        ),
    ],
)
def test_a_broken_figure_is_named(row: str, column: str, problem: str, places: Write) -> None:
    folder = places("observations.csv", f"{OBSERVED}r,population,PL,980101,2023,5,\n{row}\n")
    load_places(folder)
    before = Observation.objects.count()
    refusal = refusal_of(load_statistics, folder)
    assert (refusal.file.name, refusal.place) == ("observations.csv", f"row 3, column '{column}'")
    assert refusal.problem == problem
    assert Observation.objects.count() == before


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2", "utf-16"])
def test_another_encoding_is_named_and_not_guessed(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name\nŁódź\n", encoding=encoding)
    refusal = refusal_of(lambda: list(csv_rows(tmp_path / "x.csv", ("name",))))
    assert "cannot be read as UTF-8 CSV" in refusal.problem


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_mark_of_the_encoding_and_the_ends_of_lines_do_not_matter(
    encoding: str, end: str, tmp_path: Path
) -> None:
    (tmp_path / "x.csv").write_bytes(end.join(["name,code", '"Łódź, miasto",1', ""]).encode(encoding))
    (row,) = csv_rows(tmp_path / "x.csv", ("name",))
    assert row.values == {"name": "Łódź, miasto", "code": "1"}


def test_the_municipality_called_none_is_a_municipality(places: Write) -> None:
    load_places(places("periods.csv", PERIODS + "PL,980101,,,rural,None,9801\n"))
    assert str(factories.municipality("980101")) == "None"
