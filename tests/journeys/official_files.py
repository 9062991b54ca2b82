"""Files as Polish offices publish them, about a powiat that nobody has, with four gminas.

Of Alfowo there are two, a town and the villages around it. Betowice became a town in 2017: before that it was
rural, and since then its town and its villages have lines of their own. Gammów had another code until 2012.
"""

from __future__ import annotations

import io
import json
from functools import cache

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

DAY = "2024-01-01"
TOWN, VILLAGES, BETOWICE, GAMMOW, OLD_GAMMOW = "069801", "069802", "069803", "069804", "069708"
TERC = [
    "06;;;;LUBELSKIE;województwo",
    "06;98;;;zmyślony;powiat",
    "06;98;01;1;Alfowo;gmina miejska",
    "06;98;02;2;Alfowo;gmina wiejska",
    "06;98;03;3;Betowice;gmina miejsko-wiejska",
    "06;98;03;4;Betowice;miasto",
    "06;98;03;5;Betowice;obszar wiejski",
    "06;98;04;2;Gammów;gmina wiejska",
]
# A line of the Local Data Bank: code, name, the figure of 2011, how much it changes a year, from and to when.
UNEMPLOYED = [
    ("0000000", "POLSKA", 850, 12, 2011, 2099),
    ("0600000", "LUBELSKIE", 850, 12, 2011, 2099),
    ("0697000", "Powiat dawny", 50, -1, 2011, 2012),
    ("0697082", "Gammów do 2012 (2)", 50, -1, 2011, 2012),
    ("0698000", "Powiat zmyślony", 800, 13, 2011, 2099),
    ("0698011", "Alfowo (1)", 500, 10, 2011, 2099),
    ("0698022", "Alfowo (2)", 100, 1, 2011, 2099),
    ("0698032", "Betowice (2)", 200, 2, 2011, 2016),
    ("0698033", "Betowice (3)", 200, 2, 2017, 2099),
    ("0698034", "Betowice - miasto (4)", 80, 1, 2017, 2099),
    ("0698035", "Betowice - obszar wiejski (5)", 120, 1, 2017, 2099),
    ("0698042", "Gammów od 2013 (2)", 50, -1, 2013, 2099),
]
HEADER = [
    [
        *("Województwa\nVoivodships", "Identyfikator terytorialny\nCode"),
        *("Ludność\n(stan w dniu 31.12)\nPopulation", "Małżeń-stwa\nMarriages"),
        *("Urodzenia żywe\nLive births", "Zgony\nDeaths", "", "Ogólne saldo migracji\nTotal net migration"),
    ],
    [*[""] * 5, "ogółem\ntotal", "w tym niemowląt\nof which infant", ""],
]
# Population, marriages, live births, deaths, of them infants, net migration; a dash is zero.
PEOPLE = {
    2023: [
        ("POLSKA\nPOLAND", "", 21900, 73, 164, 225, "-", -55),
        ("WOJ. LUBELSKIE", "", 21900, 73, 164, 225, "-", -55),
        ("M.Alfowo", "0698011", 12000, 40, 90, 120, "-", -60),
        ("G.Alfowo", "0698022", 3000, 10, 24, 30, "-", 15),
        ("M-W.Betowice", "0698033", 6000, 20, 50, 55, "-", -10),
        ("M.Betowice", "0698034", 2500, 8, 20, 25, "-", -4),
        ("G.Betowice", "0698035", 3500, 12, 30, 30, "-", -6),
        ("G.Gammów", "0698042", 900, 3, "-", 20, "-", "-"),
    ],
    2024: [
        ("POLSKA\nPOLAND", "", 21330, 70, 160, 230, "-", -40),
        ("WOJ. LUBELSKIE", "", 21330, 70, 160, 230, "-", -40),
        ("M.Alfowo", "0698011", 11900, 39, 88, 122, "-", -50),
        ("G.Alfowo", "0698022", 3050, 11, 25, 29, "-", 20),
        ("M-W.Betowice", "0698033", 5500, 17, 46, 58, "-", -10),
        ("M.Betowice", "0698034", 2270, 7, 18, 26, "-", -5),
        ("G.Betowice", "0698035", 3230, 10, 28, 32, "-", -5),
        ("G.Gammów", "0698042", 880, 3, 1, 21, "-", "-"),
    ],
}
SECRET, ORDINARY = 4, 1
# Unit of the API and its wages of 2022 and 2023, each with its attribute; a secret figure is sent as zero.
WAGES = [
    ("030600098011", "Alfowo", (6000.5, ORDINARY), (6500.25, ORDINARY)),
    ("030600098022", "Alfowo", (5000, ORDINARY), (0, SECRET)),
    ("030600098033", "Betowice", (5100, ORDINARY), (5400, ORDINARY)),
    ("030600098042", "Gammów", (0, SECRET), (0, SECRET)),
]
CORNERS = {"0698011": (0, 0), "0698022": (1, 0), "0698033": (0, 1), "0698042": (1, 1)}


def terc() -> SimpleUploadedFile:
    """The register of units on the day."""
    lines = ["WOJ;POW;GMI;RODZ;NAZWA;NAZWA_DOD;STAN_NA", *(f"{line};{DAY}" for line in TERC)]
    return SimpleUploadedFile("TERC.csv", "\r\n".join([*lines, ""]).encode("utf-8-sig"))


def unemployed(last: int) -> SimpleUploadedFile:
    """A table of the Local Data Bank from 2011 to a year."""
    years = range(2011, last + 1)
    lines = [";".join(['"Kod"', '"Nazwa"', *(f'"ogółem;{year};[osoba]"' for year in years), ""])]
    for code, name, first, change, since, until in UNEMPLOYED:
        cells = [str(first + change * (year - 2011)) if since <= year <= until else "" for year in years]
        lines.append(";".join([f'"{code}"', f'"{name}"', *(f'"{cell}"' for cell in cells), ""]))
    return SimpleUploadedFile("RYNE_1944_CTAB.csv", "\n".join([*lines, ""]).encode("utf-8-sig"))


def people(year: int) -> SimpleUploadedFile:
    """Table IV of a year: population, births, deaths, migration."""
    return SimpleUploadedFile("table.xlsx", _workbook(year))


@cache  # a workbook says when it was written: the same file again has the same bytes
def _workbook(year: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([f"TABL. IV. LUDNOŚĆ, RUCH NATURALNY ORAZ MIGRACJE LUDNOŚCI WEDŁUG GMIN W {year} R."])
    for row in ([], *HEADER, *PEOPLE[year]):
        sheet.append(row)
    for cells in ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4"):
        sheet.merge_cells(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def wages() -> SimpleUploadedFile:
    """An answer of the Local Data Bank's API about a variable that is known by its number only."""
    results = [
        {
            "id": unit,
            "name": name,
            "values": [
                {"year": str(year), "val": value, "attrId": attribute}
                for year, (value, attribute) in zip((2022, 2023), figures, strict=True)
            ],
        }
        for unit, name, *figures in WAGES
    ]
    answer = {"totalRecords": 4, "variableId": 64428, "measureUnitId": 6, "aggregateId": 1}
    document = {**answer, "lastUpdate": "2024-05-14T15:05:15", "results": results}
    return SimpleUploadedFile("answer.json", json.dumps(document).encode())


def outlines() -> SimpleUploadedFile:
    """Four squares, side by side."""
    features = [
        {
            "type": "Feature",
            "properties": {"JPT_KOD_JE": code, "JPT_NAZWA_": "gmina"},
            "geometry": {"type": "Polygon", "coordinates": [_square(*corner)]},
        }
        for code, corner in CORNERS.items()
    ]
    document = {"type": "FeatureCollection", "features": features}
    return SimpleUploadedFile("gminy.geojson", json.dumps(document).encode())


def _square(east: int, north: int) -> list[list[float]]:
    x, y, side = 23 + east / 10, 51 + north / 10, 0.1
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
