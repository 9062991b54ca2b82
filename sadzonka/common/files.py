"""Reading CSV and TOML files: a broken row is named by file, row and column before anything is written."""

from __future__ import annotations

import csv
import datetime as dt
import tomllib
from typing import TYPE_CHECKING, Any, TypeVar

from sadzonka.common.words import Words, language_codes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")


class BrokenFile(ValueError):
    """A file that cannot be read as it should: says where and what to do."""

    def __init__(self, file: Path, place: str, problem: str) -> None:
        super().__init__(f"{file}: {place}: {problem}" if place else f"{file}: {problem}")
        self.file, self.place, self.problem = file, place, problem


class Entry:
    """One row of a CSV file or one table of a TOML file that knows where it stands."""

    def __init__(self, file: Path, place: str, values: dict[str, Any]) -> None:
        self.file, self.place, self.values = file, place, values

    def broken(self, column: str, problem: str) -> BrokenFile:
        """Return the error that names this entry's file, row and column."""
        return BrokenFile(self.file, ", ".join(filter(None, (self.place, f"column '{column}'"))), problem)

    def get(self, column: str, default: Any = "") -> Any:
        return self.values.get(column, default)

    def text(self, column: str) -> str:
        """Return a value that must be there."""
        value = self.values.get(column)
        if value is None or value == "":
            raise self.broken(column, "is empty; a value is needed")
        return str(value)

    def convert(self, column: str, read: Callable[[Any], T], wanted: str) -> T | None:
        """Return the value read as `wanted`, None when empty."""
        value = self.values.get(column, "")
        if value == "":
            return None
        try:
            return read(value)
        except (ValueError, TypeError, ArithmeticError):
            raise self.broken(column, f"'{value}' is not {wanted}") from None

    def needed(self, column: str, read: Callable[[Any], T], wanted: str) -> T:
        """Return the value read as `wanted`; it must be there."""
        value = self.convert(column, read, wanted)
        if value is None:
            raise self.broken(column, f"is empty; {wanted} is needed")
        return value

    def found(self, column: str, known: dict[Any, T], *, key: Any = None) -> T:
        """Return the thing that this column names."""
        wanted = self.text(column) if key is None else key
        try:
            return known[wanted]
        except KeyError:
            raise self.broken(column, f"'{wanted}' is not known") from None

    def found_or_none(self, column: str, known: dict[Any, T]) -> T | None:
        """Return the thing that this column names, None when the column is empty."""
        return self.found(column, known) if self.values.get(column, "") != "" else None

    def words(self, column: str) -> Words:
        """Return a text that must exist in every language of the site."""
        texts = self.values.get(column)
        if not isinstance(texts, dict):
            raise self.broken(column, "needs a text for each of " + ", ".join(language_codes()))
        for language in language_codes():
            if not str(texts.get(language, "")).strip():
                raise self.broken(f"{column}.{language}", "is empty; a text is needed")
        return Words(texts)

    def words_or_none(self, column: str) -> Words:
        """Return a text in every language, or no text at all."""
        return self.words(column) if self.values.get(column) else Words()

    def table(self, column: str) -> Entry:
        """Return the table of that name, an empty one when there is none."""
        values = self.values.get(column, {})
        if not isinstance(values, dict):
            raise self.broken(column, "must be a table")
        return Entry(self.file, f"{self.place}.{column}".lstrip("."), values)

    def entries(self, column: str) -> list[Entry]:
        """Return the tables inside this one."""
        prefix = f"{self.place}.{column}" if self.place else column
        return [
            Entry(self.file, f"{prefix}[{number}]", table)
            for number, table in enumerate(self.values.get(column, []), start=1)
        ]


def csv_rows(file: Path, columns: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the rows of a CSV file whose header must hold `columns`."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened, strict=True)
            header = next(reader, [])
            missing = [column for column in columns if column not in header]
            if missing:
                raise BrokenFile(file, "row 1", "the header lacks " + ", ".join(missing))
            for row in reader:
                place = f"row {reader.line_num}"
                if len(row) != len(header):
                    raise BrokenFile(
                        file, place, f"has {len(row)} columns where the header has {len(header)}"
                    )
                yield Entry(file, place, dict(zip(header, row, strict=True)))
    except (UnicodeDecodeError, csv.Error) as error:
        raise BrokenFile(file, "", f"cannot be read as UTF-8 CSV ({error})") from error
    except FileNotFoundError:
        raise BrokenFile(file, "", "is missing") from None


def toml_file(file: Path) -> Entry:
    """Return the content of a TOML file."""
    try:
        return Entry(file, "", tomllib.loads(file.read_text(encoding="utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrokenFile(file, "", f"cannot be read as TOML ({error})") from error
    except FileNotFoundError:
        raise BrokenFile(file, "", "is missing") from None


def toml_folder(folder: Path) -> Iterator[Entry]:
    """Yield the TOML files of a folder in the order of their names."""
    for file in sorted(folder.glob("*.toml")):
        yield toml_file(file)


def read_date(value: Any) -> dt.date:
    """Read a TOML date or an ISO text."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def read_time(value: Any) -> dt.time:
    """Read a TOML time or an ISO text."""
    return value if isinstance(value, dt.time) else dt.time.fromisoformat(str(value))


def cited(entry: Entry) -> dict[str, Any]:
    """Return the fields of a cited source."""
    return {
        "url": entry.text("url"),
        "title": entry.text("title"),
        "publisher": entry.get("publisher"),
        "published": str(entry.get("published")),
        "read_on": entry.needed("read_on", read_date, "a date"),
        "language": entry.get("language"),
    }
