"""Which reader a file is for: found from its content, the most particular layouts first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from sadzonka.places.formats import boundaries, plain
from sadzonka.places.formats.europe import (
    eurostat_lau,
    eurostat_tsv,
    istat_classification,
    istat_list,
    istat_sdmx,
)
from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import Opened
from sadzonka.places.formats.poland import (
    bdl_api,
    bdl_list,
    bdl_table,
    gugik_area,
    gus_table_iv,
    mf_income,
    terc,
)
from sadzonka.places.formats.reading import Reading


class Reader(Protocol):
    """What every module of a layout offers."""

    LAYOUT: str

    def recognises(self, opened: Opened) -> bool:
        """Whether the content has this layout."""

    def read(self, opened: Opened, choices: Mapping[str, Any]) -> Reading:
        """Return what the file says; `Refused` when it cannot be read at all."""


# Plain comes last: it takes whatever has a column of codes.
READERS: tuple[Reader, ...] = (
    terc,
    bdl_table,
    bdl_list,
    bdl_api,
    gus_table_iv,
    gugik_area,
    mf_income,
    istat_list,
    istat_classification,
    istat_sdmx,
    eurostat_tsv,
    eurostat_lau,
    boundaries,
    plain,
)


def read(opened: Opened, choices: Mapping[str, Any]) -> Reading:
    """Return what a file says, by the first reader that recognises its content.

    Staff who say which column of a table holds the codes have chosen the plain reader.
    """
    if (choices.get("plain") or {}).get("code"):
        return plain.read(opened, choices)
    for reader in READERS:
        if reader.recognises(opened):
            return reader.read(opened, choices)
    raise Refused("unknown-document" if opened.kind == "json" else "unknown-layout")
