"""What is said about a file: refusals that stop it, errors that stop its import, and explanations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

# A note is stored as its key and parameters and said in the language of whoever reads it.
TEXTS = {
    # refusals: the file as a whole
    "empty": _("The file is empty. Download it again."),
    "unknown-layout": _(
        "This layout is not known. Save the sheet as CSV with a line per municipality and choose its columns."
    ),
    # errors: a line or a cell
    "bad-number": _("“%(value)s” is not a number. Correct the cell or leave it empty."),
    "bad-code": _("“%(value)s” is not a code of this country. Correct it or remove the line."),
    # explanations: why something is left out on purpose
    "aggregate": _("%(count)s lines are about larger units (country, region, county): not counted again."),
    "part": _("%(count)s lines are parts of a municipality or districts of a city: not counted again."),
}


class Weight(StrEnum):
    """What a note does: an error stops the import, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    EXPLANATION = "explanation"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing said about a line, a column or the file; `key` is one of `TEXTS`."""

    key: str
    weight: Weight = Weight.EXPLANATION
    row: int | None = None
    column: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What is said, in the active language."""
        return str(TEXTS[self.key] % dict(self.params))


class Refused(ValueError):
    """A file that cannot be read at all, with the reason and what to do."""

    def __init__(self, key: str, *, row: int | None = None, column: str = "", **params: Any) -> None:
        self.note = Note(key, Weight.ERROR, row, column, params)
        super().__init__(key)

    def __str__(self) -> str:
        return self.note.text
