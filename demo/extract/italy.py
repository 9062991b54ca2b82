"""The Italian comuni of the cards, with the comuni that Ventasso replaced."""

from collections.abc import Iterator
from typing import Any

from demo.extract.official import BENEFICIARIES, CLASSIFICATIONS, LIST_OF_COMUNI, Folder, expect, number
from demo.extract.rows import (
    County,
    Municipality,
    Observation,
    Period,
    Region,
    Row,
    Succession,
    observation,
)

COUNTRY = "IT"
COMUNI = {
    "015146": "Milano",
    "019036": "Cremona",
    "022205": "Trento",
    "027042": "Venezia",
    "035033": "Reggio nell'Emilia",
    "035046": "Ventasso",
    "036023": "Modena",
    "037006": "Bologna",
    "037048": "Pieve di Cento",
    "037054": "San Lazzaro di Savena",
    "048017": "Firenze",
    "048041": "Scandicci",
    "052025": "Radicondoli",
    "052032": "Siena",
    "103072": "Verbania",
}
VENTASSO = "035046"
VENTASSO_BEGAN = "2016-01-01"
# Codes and last day: archive of comuni of the national register of residents (ANPR), as read on 2026-11-23.
BEFORE_VENTASSO = {"035007": "Busana", "035019": "Collagna", "035025": "Ligonchio", "035031": "Ramiseto"}
THEIR_LAST_DAY = "2015-12-31"
MERGER_SOURCE = "https://www.assemblea.emr.it/fusione-di-comuni/mappa-delle-fusioni/alto-appennino-reggiano"


def rows(folder: Folder) -> Iterator[Row]:
    """Return everything about the Italian comuni."""
    yield from units(folder)
    yield from before_ventasso()
    yield from classifications(folder)
    yield from beneficiaries(folder)


def units(folder: Folder) -> Iterator[Row]:
    for row in folder.csv_rows(LIST_OF_COMUNI, ","):
        code = row["Codice Comune formato alfanumerico"]
        if code not in COMUNI:
            continue
        name = row["Denominazione in italiano"]
        expect(LIST_OF_COMUNI, name, COMUNI[code])
        region = row["Codice Regione"]
        # The historical code of the province: a metropolitan city also has its own (237 for Bologna).
        county = row["Codice Provincia (Storico)(1)"]
        unit = "Denominazione dell'Unità territoriale sovracomunale (valida a fini statistici)"
        begins = VENTASSO_BEGAN if code == VENTASSO else ""
        yield Region(COUNTRY, region, row["Denominazione Regione"])
        yield County(COUNTRY, region, county, row[unit])
        yield Period(COUNTRY, code, begins, "", "comune", name, county)


def before_ventasso() -> Iterator[Row]:
    for code, name in BEFORE_VENTASSO.items():
        yield Municipality(COUNTRY, code)
        yield Period(COUNTRY, code, "", THEIR_LAST_DAY, "comune", name, code[:3])
        yield Succession(COUNTRY, code, VENTASSO, VENTASSO_BEGAN, "merger", MERGER_SOURCE)


def workbook(folder: Folder) -> dict[str, list[Any]]:
    """Return the lines of the comuni in Istat's workbook by code."""
    header, *lines = folder.sheet_lines(CLASSIFICATIONS)
    expect(CLASSIFICATIONS, header[1], "Codice Istat del Comune (alfanumerico)")
    expect(CLASSIFICATIONS, header[5], "Superficie territoriale (kmq) al 01/01/2023")
    expect(CLASSIFICATIONS, header[6], "Popolazione legale 2021")
    expect(CLASSIFICATIONS, header[7], "Popolazione residente al 31/12/2022")
    expect(CLASSIFICATIONS, header[9], "Altitudine del centro (metri)")
    expect(CLASSIFICATIONS, header[13], "Grado di urbanizzazione")
    return {line[1]: line for line in lines if line[1] in COMUNI}


def classifications(folder: Folder) -> Iterator[Observation]:
    for code, line in workbook(folder).items():
        for indicator, period, column in (
            ("population", 2021, 6),
            ("population", 2022, 7),
            ("area_km2", 2023, 5),
            ("altitude_m", 2011, 9),  # the workbook's legend dates altitudes to the census of 2011
            ("degurba", 2023, 13),
        ):
            figure = number(line[column])
            yield observation(CLASSIFICATIONS.key, indicator, (COUNTRY, code), period, figure)


def counted(folder: Folder) -> dict[str, dict[str, str]]:
    """Return the comuni with their beneficiaries of the 5 per mille."""
    return {row["istat"]: row for row in folder.csv_rows(BENEFICIARIES, ",") if row["istat"] in COMUNI}


def beneficiaries(folder: Folder) -> Iterator[Row]:
    for code, row in counted(folder).items():
        yield Municipality(COUNTRY, code, row["lat"], row["lon"])
        for indicator, column in (("social_cooperatives", "social_coops"), ("nonprofits", "nonprofits")):
            figure = number(row[column])
            yield observation(BENEFICIARIES.key, indicator, (COUNTRY, code), 2022, figure)
