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
    # refusals of opening: how a file is packed
    "packed-too-large": _("The file is larger than %(limit)s MB. Split it by years or regions."),
    "unpacks-too-large": _(
        "Unpacked, the file would be larger than %(limit)s MB or than one file of statistics ever packs to. "
        "Unpack it yourself, see what it holds, and split it by years or regions."
    ),
    "packed-several": _("The archive holds several files: %(names)s. Unpack it and import them one by one."),
    "packed-nothing": _("The archive holds no file. Download it again."),
    "packed-too-deep": _("Archives are packed within archives. Unpack them and import what is inside."),
    "packed-otherwise": _("This kind of archive is not read. Unpack it, or pack it as zip."),
    "encrypted": _("The file is protected by a password. Save it without the password."),
    "damaged": _("The file is damaged or was cut off. Download it again."),
    # what it is
    "web-page": _(
        "This is a web page, not a table; portals send one when a download fails. Download the file again."
    ),
    "xml": _("This is an XML file, which is not read. Download the same data as CSV or as a workbook."),
    "no-table": _("This is no table: a %(what)s. Choose CSV, a workbook (xls, xlsx, ods), JSON or Parquet."),
    "old-workbook": _("This kind of workbook is not read. Save it as a workbook of the kind xlsx."),
    "macros": _("The workbook contains macros. Save it as a workbook without macros (xlsx)."),
    # how much it holds
    "too-many-rows": _("There are more than %(limit)s rows. Split the file by years or regions."),
    "too-many-columns": _("There are more than %(limit)s columns. Split the file by indicators or years."),
    "too-many-cells": _("There are more than %(limit)s cells. Split the file by years or regions."),
    "too-deep": _("The document is nested too deeply to hold statistics. Download it again as CSV."),
    # texts
    "encoding-unknown": _("The text is in no known encoding. Save the file as CSV in UTF-8."),
    "no-text": _("A character here belongs in no text (code %(code)s). Save the file as CSV in UTF-8."),
    "cut-off": _("The last line has %(found)s of %(width)s cells: the file was cut off. Download it again."),
    "unclosed-quote": _("A quotation mark opens here and never closes. Download the file again or close it."),
    "long-cell": _("A cell holds more than %(limit)s characters. Correct the quotation marks of this line."),
    "ragged": _(
        "This line has %(found)s cells where the others have %(width)s. "
        "Put quotation marks around the cell that contains the separator."
    ),
    # workbooks, documents, Parquet
    "formula-without-value": _(
        "Sheet “%(sheet)s”: cell %(cell)s holds a formula without its result. "
        "Open the workbook in a spreadsheet program, save it and import it again."
    ),
    "bad-json": _("The document is not complete or not correct JSON here. Download it again."),
    "parquet-type": _("Column “%(name)s” holds %(type)s, not text, numbers or dates. Save the table as CSV."),
    # errors: a line or a cell
    "bad-number": _("“%(value)s” is not a number. Correct the cell or leave it empty."),
    "bad-code": _("“%(value)s” is not a code of this country. Correct it or remove the line."),
    # explanations: why something is left out on purpose
    "aggregate": _("%(count)s lines are about larger units (country, region, county): not counted again."),
    "part": _("%(count)s lines are parts of a municipality or districts of a city: not counted again."),
    # files of Polish offices
    "wrong-length": _(
        "“%(value)s” has %(digits)s digits, a TERYT code has 7. "
        "Correct it, or keep the column as text when saving."
    ),
    "unclear-zero": _(
        "“%(value)s” has %(digits)s digits, and it is not certain that a leading zero was lost: "
        "write the whole code of 7 digits."
    ),
    "filled-twice": _(
        "Lines %(first)s and %(second)s both tell of code %(code)s for the same year. "
        "Remove the one that is wrong."
    ),
    "column-twice": _("“%(label)s” stands in two columns for the same year. Remove the one that is wrong."),
    "bad-year": _("“%(value)s” is not a year. Correct the cell."),
    "no-code": _("The line has figures but no code. Write the code of the unit or remove the line."),
    "no-heading": _(
        "The column has figures but no heading: headings and figures may have slipped against each other. "
        "Write its heading or remove the column."
    ),
    "type-differs": _(
        "Code %(value)s and name “%(name)s” tell of different types. Correct the one that is wrong."
    ),
    "no-lines": _("There is no line below the header. Download the file again."),
    "more-errors": _("%(count)s more errors of these kinds are not listed."),
    "no-date": _("The file does not say of which day it is. Keep the column STAN_NA when saving."),
    "several-dates": _(
        "The file mixes lists of several days (%(first)s, %(last)s). Import each list by itself."
    ),
    "zeros-put-back": _(
        "%(count)s codes had lost their leading zero and got it back, for example %(example)s."
    ),
    "unknown-attribute": _(
        "%(count)s figures have the mark “%(value)s”, whose meaning is not known: they are read as unknown."
    ),
    "units-missing": _(
        "The answer holds %(count)s of %(total)s units. Download the other pages and import them as well."
    ),
    "change-undated": _(
        "%(count)s municipalities changed, began or ended in years without figures: the date is not known, "
        "and nothing is stored about it."
    ),
    "gaps-in-figures": _(
        "Figures of %(count)s municipalities begin or end within the table. "
        "It does not show that the places did: nothing is stored about them."
    ),
    "not-the-whole-country": _(
        "The list does not hold every voivodeship: no municipality is taken as ended because it is missing."
    ),
    "other-unit": _(
        "%(count)s lines are about statistical units that are no unit of local government: left out."
    ),
    "other-aggregate": _(
        "The figures of larger units cover only a part of their municipalities "
        "(aggregate %(aggregate)s): left out."
    ),
    "part-of-year": _("“%(label)s” is about a part of the year: only figures of whole years are read."),
    "part-of-year-lines": _(
        "%(count)s lines are about a part of the year: only figures of whole years are read."
    ),
    "not-figures": _("The column “%(label)s” holds words, not figures: not read."),
    "remark-lines": _("%(count)s lines hold neither a code nor figures (headings, remarks): not read."),
    "other-sheets": _("Other sheets of the workbook are not read: %(names)s."),
    "rounded-column": _("“%(label)s” is the same figure rounded: not read, the exact one is."),
    "not-the-gmina-share": _(
        "%(count)s lines of chapter %(chapter)s are the share of a county or region, "
        "not of a gmina: left out."
    ),
    "api-levels": _("This is the API’s list of levels: it holds no figures."),
    "api-units": _("This is the API’s list of units: it holds no figures."),
    "api-subjects": _("This is the API’s list of subjects: it holds no figures."),
    "api-variables": _("This is the API’s list of variables: it holds no figures."),
    "api-measures": _("This is the API’s list of units of measurement: it holds no figures."),
    "api-attributes": _("This is the API’s list of attributes of figures: it holds no figures."),
    "api-years": _("This is the API’s list of years: it holds no figures."),
    "api-aggregates": _("This is the API’s list of aggregates: it holds no figures."),
    "no-figures": _("The answer holds no figures: ask the API for another variable, unit or year."),
    # files of Italian and European offices, plain tables, boundaries
    "unknown-document": _(
        "This document holds neither figures of places nor boundaries that are known. "
        "Import statistics as CSV, a workbook or the answer of an office’s API."
    ),
    "bad-istat-code": _(
        "“%(value)s” is not a code of a comune, or lost digits so that nobody can say which: write "
        "all 6 digits."
    ),
    "bad-lau-code": _(
        "“%(value)s” is no local unit of a known country. Correct the codes or remove the line."
    ),
    "bad-line": _("“%(value)s” does not say what the line is about. Download the table again."),
    "bad-point": _("%(value)s are no degrees of latitude and longitude. Correct them or leave them empty."),
    "formula": _("“%(value)s” is a formula, not a number. Write its result, or leave the cell empty."),
    "ambiguous-numbers": _(
        "In this column 1.234 may be a thousand or one and a bit, and nothing tells which. "
        "Save the file without separators of thousands."
    ),
    "code-twice": _("Code %(value)s stands in line %(other)s already. Remove the line that is wrong."),
    "two-figures": _(
        "For %(code)s, “%(label)s” and %(year)s there are two figures. Remove the line that is wrong."
    ),
    "bad-region": _("“%(value)s” is not a code of a region of Italy. Correct the cell."),
    "no-name": _("The municipality %(value)s has no name. Write it or download the list again."),
    "choose-code": _(
        "No column certainly holds codes of municipalities; “%(column)s” may. Choose the column of the codes."
    ),
    "say-year": _("Say of which year the figures are: the file does not."),
    "say-country": _("Say of which country the codes are: the file does not."),
    "say-plain": _("Say which columns hold the code of the municipality and the figures."),
    "say-scheme": _("Say how the codes are written: the file does not."),
    "say-publisher": _(
        "Say who published the table: every figure is shown with its source, and the file names none."
    ),
    "publisher-unknown": _(
        "The file does not say who published it, and nobody else did: it will be shown as of an unknown "
        "publisher."
    ),
    "choose-country": _(
        "The codes of the %(count)s lines may be Polish or Italian. Choose the country of the file."
    ),
    "zeros-ambiguous": _(
        "The codes of the %(count)s lines have 6 digits, and it is not certain whether a leading "
        "zero was lost or the type left out. Choose how they are written."
    ),
    "no-such-column": _("The file has no column “%(value)s”. Choose one of its columns."),
    "no-codes-in-column": _(
        "The column “%(value)s” does not hold codes of municipalities of this country, written so. "
        "Choose another column, country or way to write codes."
    ),
    "no-codes-in-boundaries": _(
        "No property of the outlines holds codes of municipalities. Add the TERYT or Istat code to "
        "each outline."
    ),
    "no-area": _("The outline of %(code)s is no area but “%(value)s”. Export polygons."),
    "bad-ring": _("The outline of %(code)s is not closed or too short. Export the boundaries again."),
    "not-degrees": _(
        "The outline of %(code)s is not in degrees (%(value)s). Export the boundaries in WGS 84 (EPSG:4326)."
    ),
    "lines-without-code": _("%(count)s lines have no code (empty lines, remarks): not read."),
    "columns-left-out": _("These columns hold words or codes, not figures: %(columns)s."),
    "columns-not-annual": _(
        "%(count)s columns are about a part of a year: only figures of whole years are read."
    ),
    "extract": _(
        "The list holds %(count)s comuni, not the whole country: none is taken as ended because it "
        "is missing."
    ),
    "list-undated": _(
        "The list does not say of which day it is: it is taken as the one of %(day)s, and no "
        "municipality as ended "
        "because it is missing. If it is older, choose its year."
    ),
    "first-of-january": _(
        "%(count)s figures are of 1 January: they are read as those of 31 December of the year before."
    ),
    "lau-year": _(
        "Eurostat dates the whole list to one year (%(year)s); some countries counted their people "
        "a year earlier."
    ),
    "lau-county": _(
        "%(count)s lines are Polish or Italian: the list names no powiat or provincia and no type of gmina. "
        "Only the countries’ own lists tell these."
    ),
    "area-in-km2": _(
        "The areas of %(country)s are written in km² under a heading that says m²: they are read as km²."
    ),
    "without-figures": _("%(count)s lines have no figure under “%(label)s”: nothing is stored for them."),
    "year-from-name": _(
        "Columns that name no year are read as of %(year)s, as the name of the file says. "
        "Choose another year if that is wrong."
    ),
    "no-point": _("%(count)s lines have no coordinates."),
    "register": _(
        "The %(count)s lines are organisations in %(places)s municipalities, not places. They can "
        "be counted when "
        "an indicator is chosen; a municipality without a line stays unknown, it is not zero."
    ),
    "codes-of-parts": _("%(count)s outlines are of larger units or parts: not read."),
    # what the import finds when it compares a file with the database
    "list-first": _(
        "%(count)s lines are about municipalities of %(countries)s, of which no list was imported. "
        "Import the list of municipalities first (TERC, the list of comuni), then this file."
    ),
    "no-list-of-country": _(
        "%(code)s %(name)s is not known: no list of municipalities of %(country)s was imported."
    ),
    "not-in-list": _("%(code)s %(name)s is not in our lists of municipalities, the newest of %(day)s."),
    "newer-than-list": _(
        "%(code)s %(name)s is not in our newest list of municipalities, "
        "which is older than this file (%(day)s). "
        "Import a newer list, then this file again."
    ),
    "other-name": _("%(code)s is called %(name)s here and %(stored)s in our list. Was it renamed?"),
    "names-slipped": _(
        "%(count)s of %(all)s names do not belong to their codes. Names or codes have slipped by a line: "
        "download the file again."
    ),
    "counties-not-kept": _("%(count)s lines are about counties: figures of counties are not kept."),
    "larger-unknown": _("%(count)s lines are about countries or regions that are not ours: left out."),
    "column-left-out": _(
        "“%(label)s” is none of our indicators: left out. Choose an indicator to import it."
    ),
    "no-such-indicator": _("There is no indicator “%(key)s”. Choose another one for “%(label)s”."),
    "figure-twice": _(
        "%(code)s %(name)s has two figures for %(indicator)s in %(year)s, the other one in line %(other)s. "
        "Remove the wrong one."
    ),
    "sum-differs": _(
        "%(indicator)s %(year)s: the municipalities add up to %(sum)s, the office publishes %(published)s "
        "for the country."
    ),
    "outlines-unmatched": _(
        "%(count)s outlines belong to no municipality that we know, the first to %(code)s %(name)s: left out."
    ),
    "outline-twice": _("%(code)s is drawn twice. Remove one of the outlines."),
    "county-unknown": _(
        "%(count)s municipalities belong to counties that we do not know, the first is %(code)s %(name)s. "
        "Import the list of municipalities of the country first."
    ),
    "list-contradicts": _(
        "%(count)s municipalities, the first %(code)s %(name)s, have other exact dates from a better source: "
        "their dates stay."
    ),
    "lists-differ": _(
        "%(count)s municipalities, the first %(code)s %(name)s, "
        "are told otherwise by another list of the same day: "
        "they stay as they are."
    ),
    "list-of-that-day-lacks-it": _(
        "%(count)s municipalities, the first %(code)s %(name)s, "
        "are not in the country’s list of that day: left out."
    ),
    "dates-contradict": _(
        "%(count)s municipalities, the first %(code)s %(name)s, have other exact dates already: they stay."
    ),
    "changes-cut": _("%(count)s more changed figures are not listed one by one."),
    "failed": _(
        "The import failed (%(error)s). Nothing was changed. Start it again or tell whoever runs the site."
    ),
    "nothing-to-import": _("The file holds nothing to import."),
}


class Weight(StrEnum):
    """What a note does: an error stops the import, a question does until staff choose, the others do not."""

    ERROR = "error"
    QUESTION = "question"
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
