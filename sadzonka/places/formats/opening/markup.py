"""The XML inside workbooks: whole and without definitions of its own, or a library might wait for its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.parsers import expat

from sadzonka.places.formats.notes import Refused

Starts = Callable[[str, dict[str, str]], None]
Ends = Callable[[str], None]


def require_well_formed(
    pieces: Iterable[bytes], starts: Starts | None = None, ends: Ends | None = None
) -> None:
    """Refuse XML that is cut off or defines entities; tell of each element where it starts and ends."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse_definitions
    parser.StartElementHandler = starts
    parser.EndElementHandler = ends
    try:
        for piece in pieces:
            parser.Parse(piece, False)  # noqa: FBT003 - more follows
        parser.Parse(b"", True)  # noqa: FBT003 - that was all
    except (expat.ExpatError, LookupError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused("damaged") from error


def refuse_definitions(*_definition: object) -> None:
    """Refuse definitions: no office program writes them, and a few of them unpack to gigabytes."""
    raise Refused("damaged")
