"""`manage.py import-statistics` says what it found, imports all or nothing, and ends with what came of it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from sadzonka.places.models import ColumnLabel, FileImport, Municipality, Observation, Release
from tests.places.imports.tables import bdl_table, gminas

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def said(*words: str | Path) -> str:
    out = io.StringIO()
    call_command("import-statistics", *map(str, words), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def refused(*words: str | Path) -> tuple[str, str]:
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import-statistics", *map(str, words), stdout=out, stderr=io.StringIO())
    return out.getvalue(), str(error.value)


def rows() -> list[int]:
    kinds = (FileImport, Release, Observation, ColumnLabel, Municipality)
    return [kind._default_manager.count() for kind in kinds]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "RYNE_1_CTAB.csv"
    file.write_bytes(bdl_table(["inwentaryzacja"], (2061, 2062)))
    return file


CHOICE = ("--indicator", "inwentaryzacja [osoba]=registered_unemployed")


def test_a_file_is_imported_and_kept_in_the_history_of_imports(table: Path) -> None:
    words = said(table, *CHOICE)
    count = len(gminas())
    assert f"Municipalities matched: {count}; lines that match none: 0" in words
    assert f"Figures: {2 * count} new, 0 the same, 0 changed; 0 secret, 0 missing" in words
    done = FileImport.objects.get()
    assert (done.state, done.file_name, bytes(done.content)) == ("imported", "RYNE_1_CTAB.csv", b"")
    assert done.release is not None
    assert done.release.observations.count() == 2 * count


def test_trying_out_says_the_same_and_changes_nothing(table: Path) -> None:
    before = rows()
    words = said(table, "--dry-run", *CHOICE)
    assert (f"Figures: {2 * len(gminas())} new" in words, "nothing was changed" in words) == (True, True)
    assert rows() == before


def test_the_same_file_twice_changes_nothing(table: Path) -> None:
    said(table, *CHOICE)
    before = rows()
    assert "Nothing in it is new" in said(table, *CHOICE)
    assert rows() == before


def test_a_file_with_an_error_is_not_imported_and_the_exit_code_says_so(tmp_path: Path) -> None:
    code, name = gminas()[0]
    file = tmp_path / "twice.csv"
    file.write_bytes(bdl_table(["inwentaryzacja"], (2061,), [(code, name), (code, name)]))
    before = rows()
    words, error = refused(file, *CHOICE)
    assert ("Error: line 3" in words, error, rows()) == (True, "1 of 1 files were not imported.", before)


def test_a_good_file_is_imported_beside_a_bad_one(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.csv"
    page.write_text("<!doctype html><html><title>Error 500</title></html>")
    _words, error = refused(page, table, *CHOICE)
    assert (error, Release.objects.filter(layout="bdl-table", period="2061–2062").count()) == (
        "1 of 2 files were not imported.",
        1,
    )


def test_a_missing_year_is_asked_for_with_the_flag_that_tells_it(tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    lines = [f"{code},{number + 1000}" for number, (code, _name) in enumerate(gminas())]
    file.write_text("teryt,population\n" + "\n".join(lines) + "\n")
    words, _error = refused(file)
    assert "Say of which year the figures are: the file does not. Add --year 2024" in words
    said(file, "--year", "2061")
    assert Observation.objects.filter(period=2061, indicator__key="population").count() == len(gminas())


def test_columns_of_a_table_are_named_by_flags_and_its_publisher_is_asked_or_warned_of(
    tmp_path: Path,
) -> None:
    file = tmp_path / "plain.csv"
    lines = [f"{code};{name};2061;{number + 1000}" for number, (code, name) in enumerate(gminas())]
    file.write_text("x;y;when;population\n" + "\n".join([*lines, *["none;;;"] * len(lines)]) + "\n")
    words, _error = refused(file)
    assert [line.strip() for line in words.splitlines() if "Add --" in line or "Its columns" in line] == [
        (
            "No column certainly holds codes of municipalities; “x” may. Choose the column of the codes. "
            "Add --code COLUMN"
        ),
        "Its columns are: x, y, when, population",
    ]
    file.write_text("x;y;when;population\n" + "\n".join([*lines, *[";;;"] * len(lines)]) + "\n")
    flags = ("--code", "x", "--name", "y", "--year-column", "when")
    unknown = "nobody else did: it will be shown as of an unknown publisher."
    for publisher, shown in (((), "unknown publisher"), (("--publisher", "An office"), "An office")):
        file.write_text(file.read_text() + ";;;\n")  # another file with the same figures
        words = said(file, *flags, *publisher)
        assert "is population (known from the catalogue)" in words
        assert (unknown in words) == (not publisher)
        release = Release.objects.filter(layout="plain").latest("pk")
        with override("en"):
            assert (str(release), release.observations.count()) == (f"{shown}: plain.csv", len(gminas()))


def test_lost_zeros_are_told_by_the_way_codes_are_written(tmp_path: Path) -> None:
    file = tmp_path / "plain.csv"
    file.write_text("teryt,population_2061\n201011,5\n201022,6\n")
    assert "Add --code-scheme teryt-6" in refused(file)[0]
    for scheme, code in (("teryt-6", "201011"), ("teryt-7", "020101")):
        words, _error = refused(file, "--code-scheme", scheme)
        assert ("Add --" in words, f"{code}  is not known" in words) == (False, True)


def test_a_file_that_does_not_exist_is_named() -> None:
    assert refused("nowhere.csv")[1] == "There is no file nowhere.csv."


def test_the_report_holds_every_finding(tmp_path: Path) -> None:
    file, report = tmp_path / "RYNE_1.csv", tmp_path / "report.csv"
    file.write_bytes(bdl_table(["inwentaryzacja", "lasy"], (2061,), [*gminas(), ("0201011", "Bolesławiec")]))
    said(file, "--report", report, *CHOICE)
    with report.open(encoding="utf-8-sig") as opened:
        found = list(csv.DictReader(opened))
    assert {row["document"] for row in found} == {"RYNE_1.csv"}
    unmatched = [(row["row"], row["code"], row["name"]) for row in found if row["kind"] == "unmatched"]
    assert unmatched == [(str(len(gminas()) + 2), "0201011", "Bolesławiec")]


def test_lists_of_places_are_read_before_figures_whatever_their_order(tmp_path: Path) -> None:
    terc, figures = tmp_path / "a_TERC.csv", tmp_path / "A_RYNE_1.csv"
    terc.write_text(
        "WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA\n"
        "30;;;;WIELKOPOLSKIE;województwo;2061-01-01\n30;98;;;nowy;powiat;2061-01-01\n"
        + "".join(f"30;98;{number:02};2;Nowa {number};gmina wiejska;2061-01-01\n" for number in range(1, 4))
    )
    units = [(f"3098{number:02}2", f"Nowa {number}") for number in range(1, 4)]
    figures.write_bytes(bdl_table(["inwentaryzacja"], (2061,), units))
    said(figures, terc, *CHOICE)
    stored = Observation.objects.filter(municipality__code__startswith="3098").order_by("municipality__code")
    assert [(one.municipality.code, one.value) for one in stored.select_related("municipality")] == [
        ("309801", 0.0),
        ("309802", 1000.0),
        ("309803", 2000.0),
    ]
