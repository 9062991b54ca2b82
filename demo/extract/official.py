"""The official files that are read: where each lies, who published it, under which terms."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from demo.extract.rows import Release

# The day on which the copies were taken over, for files whose name does not tell the day of the export.
TAKEN_OVER_ON = "2026-11-23"
REUSE_PL = "Ponowne wykorzystywanie informacji sektora publicznego, z podaniem źródła"
CC_BY = "CC BY 4.0"


@dataclass(frozen=True)
class Official:
    """One file of the folder with what must be said about it."""

    key: str
    path: str
    publisher: str
    title: str
    url: str
    licence: str
    period: str
    retrieved_on: str = TAKEN_OVER_ON


TERC = Official(
    "terc-2024",
    "pl/TERC_2024-01-01.csv",
    "Główny Urząd Statystyczny (GUS)",
    "Rejestr TERYT, system TERC, stan na 1 stycznia 2024 r.",
    "https://eteryt.stat.gov.pl/",
    REUSE_PL,
    "2024-01-01",
)
POLISH_POINTS = Official(
    "gminy-points-2021",
    "pl/gminy_2024.csv.gz",
    "PolandGeoJson",
    "Granice gmin 2021 (środki gmin wyliczone z granic)",
    "https://github.com/jusuff/PolandGeoJson",
    "Unlicense",
    "2021",
)
TABLE_IV = Official(
    "gus-tabl-iv-2024",
    "pl/GUS_TablIV_2024.xls.gz",
    "Główny Urząd Statystyczny (GUS)",
    "Tabl. IV. Ludność, ruch naturalny oraz migracje ludności według gmin w 2024 r.",
    "https://stat.gov.pl/",
    REUSE_PL,
    "2024",
)
AREA = Official(
    "gugik-area-2025",
    "pl/powierzchnia_2025-01-01.xlsx",
    "Główny Urząd Geodezji i Kartografii (GUGiK)",
    "Wykaz powierzchni geodezyjnych województw, powiatów i gmin, stan na 1 stycznia 2025 r.",
    "https://www.gov.pl/web/gugik",
    REUSE_PL,
    "2025-01-01",
)
UNEMPLOYED = Official(
    "gus-bdl-ryne-1944",
    "pl/bdl/RYNE_1944_CTAB_20250616184618.csv.gz",
    "Główny Urząd Statystyczny (GUS), Bank Danych Lokalnych",
    "Bezrobotni zarejestrowani, ogółem, 2003–2024 (tablica RYNE 1944)",
    "https://bdl.stat.gov.pl/bdl/metadane/metryka/1944",
    REUSE_PL,
    "2003–2024",
    "2025-06-16",
)
DENSITY = Official(
    "gus-bdl-ludn-2425",
    "pl/bdl/LUDN_2425_CTAB_20250611231708.csv.gz",
    "Główny Urząd Statystyczny (GUS), Bank Danych Lokalnych",
    "Gęstość zaludnienia oraz wskaźniki, 2024 (tablica LUDN 2425)",
    "https://bdl.stat.gov.pl/bdl/metadane/metryka/2425",
    REUSE_PL,
    "2024",
    "2025-06-11",
)
PIT_GMINAS = Official(
    "mf-pit-2019-gminy",
    "pl/MF_PIT_20200214_Gminy_za_2019.xlsx",
    "Ministerstwo Finansów",
    "Informacja o udziałach jednostek samorządu terytorialnego w podatku PIT za rok budżetowy 2019: gminy",
    "https://www.gov.pl/web/finanse",
    REUSE_PL,
    "2019",
    "2020-02-14",
)
PIT_CITIES = Official(
    "mf-pit-2019-miasta",
    "pl/MF_PIT_20200214_Miasta_NPP_za_2019.xlsx",
    "Ministerstwo Finansów",
    "Informacja o udziałach jednostek samorządu terytorialnego w podatku PIT za rok budżetowy 2019: "
    "miasta na prawach powiatu",
    "https://www.gov.pl/web/finanse",
    REUSE_PL,
    "2019",
    "2020-02-14",
)
CLASSIFICATIONS = Official(
    "istat-classificazioni-2023",
    "it/ISTAT_classificazioni_comuni_2023-01-01.xlsx",
    "Istat",
    "Classificazioni statistiche dei comuni, 1° gennaio 2023",
    "https://www.istat.it/",
    "CC BY (Istat)",
    "2023-01-01",
)
LIST_OF_COMUNI = Official(
    "istat-elenco-2023",
    "it/ISTAT_elenco_comuni_italiani.csv.gz",
    "Istat",
    "Codici statistici delle unità amministrative territoriali: elenco dei comuni italiani",
    "https://www.istat.it/it/archivio/6789",
    "CC BY (Istat)",
    "2023",
)
BENEFICIARIES = Official(
    "cinque-per-mille-2022",
    "it/comuni_2023.csv.gz",
    "Agenzia delle Entrate; elaborazione: Liberiamoli tutti! (onData)",
    "Cinque per mille 2022, beneficiari per comune. Fonte: Liberiamoli tutti! "
    "Coordinate: geojson-italy (openpolis), limiti Istat",
    "https://github.com/ondata/liberiamoli-tutti",
    CC_BY,
    "2022",
)
OFFICIAL = (
    *(TERC, POLISH_POINTS, TABLE_IV, AREA, UNEMPLOYED, DENSITY, PIT_GMINAS, PIT_CITIES),
    *(CLASSIFICATIONS, LIST_OF_COMUNI, BENEFICIARIES),
)


class UnexpectedFileError(ValueError):
    """An official file is not laid out as this script knows it."""


@dataclass(frozen=True)
class Folder:
    """The folder of official files."""

    path: Path

    def content(self, official: Official) -> bytes:
        """Return the file's bytes, unpacked: the packing is ours, not the office's."""
        packed = (self.path / official.path).read_bytes()
        return gzip.decompress(packed) if official.path.endswith(".gz") else packed

    def release(self, official: Official) -> Release:
        sha256 = hashlib.sha256(self.content(official)).hexdigest()
        return Release(
            official.key,
            official.publisher,
            official.title,
            official.url,
            official.licence,
            official.period,
            official.retrieved_on,
            sha256,
        )

    def csv_lines(self, official: Official, delimiter: str) -> list[list[str]]:
        """Return all lines, every cell as text (a code has leading zeros, and a comune is called None)."""
        text = self.content(official).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))

    def csv_rows(self, official: Official, delimiter: str) -> Iterator[dict[str, str]]:
        header, *lines = self.csv_lines(official, delimiter)
        return (dict(zip(header, line, strict=True)) for line in lines)

    def sheet_lines(self, official: Official) -> list[list[Any]]:
        """Return all lines of the first sheet of a workbook, empty ones at its beginning included."""
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(self.content(official)))
        return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)


def expect(official: Official, cell: Any, beginning: str) -> None:
    """Refuse a file whose column does not hold what the code reads from it."""
    found = " ".join(str(cell).split())
    if not found.startswith(beginning):
        raise UnexpectedFileError(f"{official.path}: expected a column '{beginning}', found '{found}'")


def number(cell: Any, *, dash_is_zero: bool = False) -> Decimal | None:
    """Return the figure of a cell, None when it is empty.

    >>> number("1334.6"), number(17043.0), number(""), number("-", dash_is_zero=True)
    (Decimal('1334.6'), Decimal('17043.0'), None, Decimal('0'))
    """
    text = "" if cell is None else str(cell).strip()
    if dash_is_zero and text == "-":
        return Decimal(0)
    return Decimal(text) if text else None
