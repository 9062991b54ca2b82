"""JSON documents: responses of programming interfaces and boundaries."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening.limits import MAX_VALUES


def document_of(text: str) -> Any:
    """Return what a JSON text holds; what it would fill is counted before it is parsed."""
    if sum(map(text.count, "[{,")) > MAX_VALUES:
        raise Refused("too-many-cells", limit=MAX_VALUES)
    try:
        return json.loads(text, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise Refused("bad-json", row=error.lineno, column=str(error.colno)) from error
    except RecursionError as error:
        raise Refused("too-deep") from error
    except ValueError as error:  # a number of thousands of digits, NaN, Infinity
        raise Refused("bad-json", row=1) from error


def no_number(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which JSON does not know and no figure is."""
    raise ValueError(name)
