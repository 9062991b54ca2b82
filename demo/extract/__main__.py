"""Writes demo/places from the official files in the folder that SADZONKA_DATA names.

The change over n years goes into the catalogue of indicators, or beside the rest with --into.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from demo.extract import italy, poland
from demo.extract.change import relative_change, write_change
from demo.extract.official import OFFICIAL, TERC, Folder, UnexpectedFileError
from demo.extract.rows import Row, write_rows

ROOT = Path(__file__).resolve().parents[2]
PLACES = ROOT / "demo" / "places"
CATALOGUE = ROOT / "sadzonka" / "places" / "catalogue" / "indicators.toml"


def what_is_missing(named: str | None) -> str | None:
    """Return what to do before this script can run, None when everything is there."""
    if not named:
        return "SADZONKA_DATA is not set: let it name the folder with the official files (demo/SOURCES.md)."
    missing = [official.path for official in OFFICIAL if not (Path(named) / official.path).is_file()]
    if missing:
        return f"SADZONKA_DATA={named} lacks {', '.join(missing)} (demo/SOURCES.md says what each is)."
    return None


def all_rows(folder: Folder) -> Iterator[Row]:
    yield from (folder.release(official) for official in OFFICIAL)
    yield from poland.rows(folder)
    yield from italy.rows(folder)


def todays_gminas(folder: Folder) -> set[str]:
    """Return the 6-digit codes of all gminas of Poland in TERC."""
    return {
        row["WOJ"] + row["POW"] + row["GMI"]
        for row in folder.csv_rows(TERC, ";")
        if row["RODZ"] in poland.TYPES
    }


def extract(folder: Folder, target: Path) -> None:
    """Write all files of demo/places that are not written by hand into `target`."""
    target.mkdir(parents=True, exist_ok=True)
    write_rows(all_rows(folder), target)
    today = todays_gminas(folder)
    shares = relative_change(
        {year: figure.persons for year, figure in by_year.items()}
        for code, by_year in poland.reported(folder).items()
        if code in today
    )
    write_change(shares, CATALOGUE, CATALOGUE if target == PLACES else target / CATALOGUE.name)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m demo.extract", description=__doc__)
    parser.add_argument(
        "--into", type=Path, default=PLACES, metavar="DIR", help="where to write (demo/places)"
    )
    target = parser.parse_args().into
    named = os.environ.get("SADZONKA_DATA")
    if problem := what_is_missing(named):
        print(problem, file=sys.stderr)
        return 2
    try:
        extract(Folder(Path(str(named))), target)
    except UnexpectedFileError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
