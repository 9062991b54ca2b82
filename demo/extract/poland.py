"""Wielkopolska: its gminas through time and their figures."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from demo.extract.official import (
    AREA,
    DENSITY,
    PIT_CITIES,
    PIT_GMINAS,
    POLISH_POINTS,
    TABLE_IV,
    TERC,
    UNEMPLOYED,
    Folder,
    Official,
    UnexpectedFileError,
    expect,
    number,
)
from demo.extract.rows import (
    County,
    Municipality,
    Observation,
    Period,
    Region,
    Row,
    observation,
)

COUNTRY = "PL"
WIELKOPOLSKIE = "30"
# The 7th digit of TERYT. 4 and 5 are the town and the rural part of a gmina of type 3, not counted again.
TYPES = {"1": "urban", "2": "rural", "3": "urban-rural"}
IDENTITY = 6
SEVEN = 7
POPULATION_YEAR = 2024
HECTARES_PER_KM2 = 100
MUNICIPAL_PART = 75621  # chapter of the budget classification


class Reported(NamedTuple):
    """What an office reports for a gmina in a year, under the type it then had."""

    kind: str
    persons: Decimal


def is_gmina(code: str) -> bool:
    """Say whether a 7-digit code is a whole gmina.

    >>> is_gmina("3001023"), is_gmina("3001024"), is_gmina("3001000")
    (True, False, False)
    """
    return len(code) == SEVEN and code[-1] in TYPES


def in_wielkopolskie(code: str) -> bool:
    return code.startswith(WIELKOPOLSKIE)


def rows(folder: Folder) -> Iterator[Row]:
    """Return everything about Wielkopolska."""
    unemployed = {code: years for code, years in reported(folder).items() if in_wielkopolskie(code)}
    yield from units(folder, unemployed)
    yield from points(folder)
    yield from table_iv(folder)
    yield from area(folder)
    yield from density(folder)
    yield from unemployment(unemployed)
    yield from pit(folder)


def units(folder: Folder, unemployed: dict[str, dict[int, Reported]]) -> Iterator[Row]:
    """Return the voivodeship, its counties and its gminas with the types they had."""
    for row in folder.csv_rows(TERC, ";"):
        if row["WOJ"] != WIELKOPOLSKIE:
            continue
        county = row["WOJ"] + row["POW"]
        if not row["POW"]:
            yield Region(COUNTRY, row["WOJ"], row["NAZWA"].lower())
        elif not row["GMI"]:
            yield County(COUNTRY, row["WOJ"], county, row["NAZWA"])
        elif row["RODZ"] in TYPES:
            yield from periods(county + row["GMI"], row["RODZ"], row["NAZWA"], unemployed)


def periods(code: str, kind: str, name: str, unemployed: dict[str, dict[int, Reported]]) -> Iterator[Period]:
    """Return the present period and the one before a change of type, where the yearly tables show one.

    Types change on 1 January: a gmina reported under a new type for a year had it from the first day.
    """
    begins = ""
    for (_, before), (year, after) in pairwise(sorted(unemployed[code].items())):
        if before.kind != after.kind:
            last_day = f"{year - 1}-12-31"
            yield Period(COUNTRY, code, begins, last_day, TYPES[before.kind], name, code[:4])
            begins = f"{year}-01-01"
    if after.kind != kind:
        raise UnexpectedFileError(f"{TERC.path} and {UNEMPLOYED.path} disagree on the type of {code} {name}")
    yield Period(COUNTRY, code, begins, "", TYPES[kind], name, code[:4])


def points(folder: Folder) -> Iterator[Municipality]:
    for row in folder.csv_rows(POLISH_POINTS, ","):
        if in_wielkopolskie(row["teryt6"]):
            yield Municipality(COUNTRY, row["teryt6"], row["lat"], row["lon"])


def table_iv(folder: Folder) -> Iterator[Observation]:
    """Return population and vital statistics; the table prints a dash for zero."""
    lines = folder.sheet_lines(TABLE_IV)
    columns = {
        "population": (2, 3, "Ludność"),
        "marriages": (3, 3, "Małżeń-stwa"),
        "live_births": (4, 3, "Urodzenia żywe"),
        "deaths": (5, 4, "ogółem"),
        "net_migration": (14, 3, "Ogólne saldo migracji"),
        "live_births_per_1000": (16, 3, "Urodzenia żywe"),
        "deaths_per_1000": (17, 3, "Zgony"),
        "natural_increase_per_1000": (18, 3, "Przyrost naturalny"),
        "net_migration_per_1000": (19, 3, "Ogólne saldo migracji"),
    }
    for column, header, title in columns.values():
        expect(TABLE_IV, lines[header][column], title)
    expect(TABLE_IV, lines[3][5], "Zgony")
    expect(TABLE_IV, lines[5][15], "na 1000 ludności")
    for line in lines[7:]:
        code = str(line[1]).strip().removesuffix(".0")  # the sheet holds some codes as numbers
        if in_wielkopolskie(code) and is_gmina(code):
            for indicator, (column, _, _) in columns.items():
                figure = number(line[column], dash_is_zero=True)
                yield published(TABLE_IV, indicator, code, POPULATION_YEAR, figure)


def published(
    official: Official, indicator: str, code: str, year: int, figure: Decimal | None
) -> Observation:
    return observation(official.key, indicator, (COUNTRY, code[:IDENTITY]), year, figure)


def area(folder: Folder) -> Iterator[Observation]:
    header, *lines = folder.sheet_lines(AREA)
    expect(AREA, header[2], "Powierzchnia [ha]")
    for line in lines:
        code = str(line[0]).replace(" ", "")
        if in_wielkopolskie(code) and is_gmina(code):
            hectares = number(line[2])
            yield published(
                AREA, "area_km2", code, 2025, None if hectares is None else hectares / HECTARES_PER_KM2
            )


def density(folder: Folder) -> Iterator[Observation]:
    header, *lines = folder.csv_lines(DENSITY, ",")
    columns = {
        "density_per_km2": (2, "ludność na 1 km2,2024"),
        "population_change_per_1000": (4, "zmiana liczby ludności na 1000 mieszkańców,2024"),
        "urbanisation_pct": (8, "wskaźnik urbanizacji,2024"),
    }
    for column, title in columns.values():
        expect(DENSITY, header[column], title)
    for line in lines:
        if in_wielkopolskie(line[0]) and is_gmina(line[0]):
            for indicator, (column, _) in columns.items():
                yield published(DENSITY, indicator, line[0], POPULATION_YEAR, number(line[column]))


def reported(folder: Folder) -> dict[str, dict[int, Reported]]:
    """Return the registered unemployed of every gmina of Poland by year, joined by the 6 digits that stay."""
    header, *lines = folder.csv_lines(UNEMPLOYED, ";")
    years = [int(title.split(";")[1]) for title in header[2:] if title]
    expect(UNEMPLOYED, header[2], "ogółem;2003;[osoba]")
    expect(UNEMPLOYED, header[23], "ogółem;2024;[osoba]")
    found: dict[str, dict[int, Reported]] = {}
    for code, _, *cells in lines:
        if not is_gmina(code):
            continue
        by_year = found.setdefault(code[:IDENTITY], {})
        for year, cell in zip(years, cells, strict=False):  # the export ends each line with an empty column
            persons = number(cell)
            if persons is None:
                continue
            if year in by_year:
                raise UnexpectedFileError(f"{UNEMPLOYED.path}: {code[:IDENTITY]} has two types in {year}")
            by_year[year] = Reported(code[-1], persons)
    return found


def unemployment(unemployed: dict[str, dict[int, Reported]]) -> Iterator[Observation]:
    all_years = sorted({year for by_year in unemployed.values() for year in by_year})
    for code, by_year in unemployed.items():
        for year in all_years:
            figure = by_year[year].persons if year in by_year else None
            yield published(UNEMPLOYED, "registered_unemployed", code, year, figure)


def pit(folder: Folder) -> Iterator[Observation]:
    """Return the gminas' share in income tax.

    A city with county rights also has the county's share (chapter 75622): left out to compare like with like.
    """
    for official in (PIT_GMINAS, PIT_CITIES):
        lines = folder.sheet_lines(official)
        expect(official, lines[0][0], "Informacja o udziałach jednostek samorządu terytorialnego")
        expect(official, lines[3][11], "Dochody wykonane (wpłaty minus zwroty)")
        expect(official, lines[4][8], "ROZDZIAŁ")
        for line in lines[7:]:
            if line[0] == WIELKOPOLSKIE and line[8] == MUNICIPAL_PART:
                code = line[0] + line[1] + ("01" if official is PIT_CITIES else line[2])
                yield published(official, "pit_share_pln", code, 2019, number(line[11]))
