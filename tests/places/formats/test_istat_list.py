"""Istat's list of comuni: its vintages, its lost zeros, and the comune called None."""

from __future__ import annotations

import datetime as dt
import gzip
import os
from pathlib import Path

import pytest

from sadzonka.places.formats.europe import istat_list
from sadzonka.places.formats.notes import Weight
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.reading import Reading, Unit

DATA = Path(os.environ.get("SADZONKA_DATA", ""))
HEADER_2023 = (
    "Codice Regione,Codice dell'Unità territoriale sovracomunale (valida a fini statistici),"
    "Codice Provincia (Storico)(1),Progressivo del Comune (2),Codice Comune formato alfanumerico,"
    "Denominazione (Italiana e straniera),Denominazione in italiano,Denominazione altra lingua,"
    "Ripartizione geografica,Denominazione Regione,"
    "Denominazione dell'Unità territoriale sovracomunale (valida a fini statistici),Codice NUTS3 2021"
)
TORINO = "01,201,001,{number},{code},{name},{name},,Nord-ovest,Piemonte,Torino,ITC11"


def list_of(
    *lines: str, header: str = HEADER_2023, name: str = "elenco.csv", encoding: str = "utf-8"
) -> Reading:
    opened = open_file(name, "\r\n".join((header, *lines, "")).encode(encoding))
    assert istat_list.recognises(opened)
    return istat_list.read(opened, {"year": 2023})


def torino(code: str, name: str) -> str:
    return TORINO.format(number=code[-3:], code=code, name=name)


def test_comune_keeps_its_name_even_when_it_is_none() -> None:
    reading = list_of(torino("001001", "Agliè"), torino("001168", "None"), torino("001169", "NA"))
    assert [unit.name for unit in reading.units] == ["Agliè", "None", "NA"]
    assert reading.units[0] == Unit(
        "IT", "001001", "Agliè", "comune", "001", "Torino", "01", "Piemonte", number=2
    )
    assert reading.as_of == dt.date(2023, 1, 1)


def test_extract_says_of_nobody_that_it_ended() -> None:
    reading = list_of(torino("001001", "Agliè"))
    assert (reading.lists_all_of, [note.key for note in reading.notes]) == ("", ["extract"])


def test_header_of_another_year_with_other_columns_order_and_separator_is_read() -> None:
    header = (
        "Denominazione regione;Codice Comune formato alfanumerico;Progressivo del Comune (2);"
        "Codice Città Metropolitana;Denominazione Città metropolitana;Denominazione provincia;"
        "Solo denominazione in italiano;Solo denominazione in tedesco;CODICE REGIONE;Codice NUTS3 2006"
    )
    lines = (
        "Piemonte;001001;001;201;Torino;-;Agliè;;01;ITC11",
        "Trentino-Alto Adige/Südtirol;021001;001;-;-;Bolzano/Bozen;Aldino;Aldein;04;ITD10",
    )
    reading = list_of(*lines, header=header, encoding="cp1252")
    assert [(unit.code, unit.name, unit.county_name, unit.region) for unit in reading.units] == [
        ("001001", "Agliè", "Torino", "01"),
        ("021001", "Aldino", "Bolzano/Bozen", "04"),
    ]


def test_zeros_that_a_spreadsheet_took_are_put_back() -> None:
    reading = list_of(torino("1001", "Agliè"), torino("15146", "Milano"), torino("111107", "Villaspeciosa"))
    assert [unit.code for unit in reading.units] == ["001001", "015146", "111107"]
    assert [(note.key, note.params) for note in reading.notes if note.key == "zeros-put-back"] == [
        ("zeros-put-back", {"count": 2, "example": "1001"})
    ]


@pytest.mark.parametrize("code", ["01001", "1001", "999001", "001000", "201001", "A00101", "0010011"])
def test_code_that_is_none_or_lost_any_digit_among_whole_ones_is_an_error(code: str) -> None:
    reading = list_of(torino("001002", "Airasca"), torino(code, "Agliè"))
    assert [unit.code for unit in reading.units] == ["001002"]
    assert [(note.row, note.params) for note in reading.notes if note.weight is Weight.ERROR] == [
        (3, {"value": code})
    ]


def test_comune_that_stands_twice_is_an_error_that_names_both_lines() -> None:
    reading = list_of(torino("001001", "Agliè"), torino("001001", "Agliè"))
    assert [(note.key, note.row, note.params) for note in reading.notes if note.weight is Weight.ERROR] == [
        ("code-twice", 3, {"value": "001001", "other": 2})
    ]


def test_list_without_a_year_is_of_the_day_it_was_fetched_and_warns() -> None:
    text = f"{HEADER_2023}\n{torino('001001', 'Agliè')}\n".encode()
    reading = istat_list.read(open_file("elenco.csv", text), {"retrieved_on": "2026-11-23"})
    assert (reading.as_of, reading.period) == (dt.date(2026, 11, 23), "")
    assert "list-undated" in {note.key for note in reading.notes if note.weight is Weight.WARNING}


@pytest.mark.data
def test_official_list_holds_7901_comuni() -> None:
    content = (DATA / "it" / "ISTAT_elenco_comuni_italiani.csv.gz").read_bytes()
    reading = istat_list.read(open_file("elenco.csv.gz", content), {"year": 2023})
    names = {unit.code: unit.name for unit in reading.units}
    assert (len(reading.units), len(names), names["001168"], reading.notes) == (7901, 7901, "None", ())
    assert reading.lists_all_of == "IT"
    assert (len({unit.region for unit in reading.units}), len({unit.county for unit in reading.units})) == (
        20,
        107,
    )


@pytest.mark.data
def test_official_list_without_its_zeros_holds_the_same_comuni() -> None:
    text = gzip.decompress((DATA / "it" / "ISTAT_elenco_comuni_italiani.csv.gz").read_bytes()).decode()
    header, *lines = text.splitlines()
    bare = [
        ",".join(cell.lstrip("0") if at < 5 else cell for at, cell in enumerate(line.split(",")))
        for line in lines
    ]
    reading = istat_list.read(
        open_file("elenco.csv", "\n".join((header, *bare, "")).encode()), {"year": 2023}
    )
    whole = istat_list.read(open_file("elenco.csv", text.encode()), {"year": 2023})
    assert reading.units == whole.units


def test_lines_tell_code_and_name_so_that_a_slip_between_them_shows() -> None:
    reading = list_of(torino("001001", "Agliè"), torino("001168", "None"))
    assert [(line.number, line.code, line.name) for line in reading.lines] == [
        (2, "001001", "Agliè"),
        (3, "001168", "None"),
    ]
    assert reading.figures.shape == (2, 0)
