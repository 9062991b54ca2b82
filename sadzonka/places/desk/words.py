"""What the desk calls layouts, ways in which a column was understood, and levels of lines."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

LAYOUTS = {
    "terc": _("Statistics Poland, TERYT: list of units (TERC)"),
    "bdl-table": _("Statistics Poland, Local Data Bank: table"),
    "bdl-list": _("Statistics Poland, Local Data Bank: list"),
    "bdl-api": _("Statistics Poland, Local Data Bank: answer of the API"),
    "gus-table-iv": _("Statistics Poland: Table IV, population and vital statistics by gmina"),
    "gugik-area": _("Polish Head Office of Geodesy and Cartography: areas of units"),
    "mf-income": _("Polish Ministry of Finance: income of local governments"),
    "istat-list": _("Istat: list of comuni"),
    "istat-classification": _("Istat: statistical classification of comuni"),
    "istat-sdmx": _("Istat: figures as SDMX-CSV"),
    "eurostat-tsv": _("Eurostat: table as TSV"),
    "eurostat-lau": _("Eurostat: local administrative units"),
    "plain": _("a table with a line per municipality"),
    "boundaries": _("boundaries as GeoJSON or TopoJSON"),
}

LEVELS = {
    "all": _("lines with a unit, all together"),
    "municipalities": _("municipalities"),
    "regions": _("regions"),
    "countries": _("countries"),
    "counties": _("counties (not stored)"),
    "parts": _("parts and districts (counted in their wholes already)"),
    "others": _("other units"),
}

TERRITORY = {
    "new": _("new municipalities"),
    "changed": _("with another name, type or county"),
    "ended": _("ended"),
    "renumbered": _("with a new code for the same territory"),
}

CHANGES = {
    "new": _("a new municipality"),
    "changed": _("another name, type or county"),
    "ended": _("its end"),
    "renumbered": _("a new code for the same territory"),
}

FIGURES = {
    "new": _("new"),
    "same": _("the same as stored"),
    "changed": _("different from what is stored"),
    "secret": _("kept secret by the office"),
    "missing": _("without data at the office"),
}

SCHEMES = {
    "teryt-7": _("TERYT, 7 digits (a zero in front may be lost)"),
    "teryt-6": _("TERYT, 6 digits without the type of gmina (a zero in front may be lost)"),
    "lau-pl": _("Eurostat’s code of a gmina, 13 digits"),
    "istat": _("Istat, 6 digits (zeros in front may be lost)"),
}

SEPARATORS = {
    ";": _("semicolon"),
    ",": _("comma"),
    "\t": _("tabulator"),
    "|": _("vertical bar"),
}


def name_of(layout: str) -> str:
    """Return what a layout is called; one that no reader of today has keeps its slug."""
    return str(LAYOUTS.get(layout, layout))
