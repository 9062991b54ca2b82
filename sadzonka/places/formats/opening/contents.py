"""What a file holds once its packing, encoding and separator are found."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

# Text files hold text only ("" is an empty cell); workbooks also numbers, dates and None.
Cell = str | float | int | bool | dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a text file or of one sheet of a workbook; `rows[0]` is line 1.

    All rows are of one length. `merged` holds the merged cells of a workbook as (first row, first column,
    last row, last column), counted from 0: only the first cell of each holds a value.
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose packing, encoding and separator were found.

    `kind` says where the content is: sheets ("text" has one, "workbook" several), `document` (parsed JSON),
    or `columns` (a Parquet table: values by column name, all of one length).
    """

    file_name: str
    kind: Literal["text", "workbook", "json", "parquet"]
    sheets: tuple[Sheet, ...] = ()
    document: Any = None
    columns: dict[str, Sequence[Any]] = field(default_factory=dict)
    separator: str = ""
    encoding: str = ""
