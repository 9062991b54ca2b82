"""Tables for spreadsheets: CSV in which no cell of text is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: object) -> object:
    """Return a cell that a spreadsheet takes for text when it is text; numbers stay numbers.

    >>> harmless("=1+1"), harmless("-"), harmless(-1.5), harmless(None), harmless("Łódź")
    ("'=1+1", "'-", -1.5, '', 'Łódź')
    """
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    """Return the rows as CSV; its first sign tells spreadsheets that the letters are UTF-8."""
    text = io.StringIO(newline="")
    text.write("\ufeff")
    csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue()


def csv_answer(rows: Iterable[Sequence[object]], *, name: str) -> HttpResponse:
    """Answer with a table that is saved under `name`."""
    return HttpResponse(
        csv_text(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
