"""`manage.py import-statistics FILE... [--dry-run]`: official files into places and statistics."""  # noqa: N999 - what it is called in a terminal

from __future__ import annotations

import csv
import os
from argparse import ArgumentParser
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from sadzonka.places.catalogue import plant_catalogue
from sadzonka.places.formats.codes import SCHEMES
from sadzonka.places.formats.notes import Refused
from sadzonka.places.formats.opening import open_file
from sadzonka.places.formats.recognising import READERS
from sadzonka.places.imports.actions import NotReady, import_at_once, read_at_once
from sadzonka.places.imports.plan import Plan
from sadzonka.places.imports.preview import preview_of, refused_preview
from sadzonka.places.imports.report import REPORT_COLUMNS, rows_of, said

FLAGS = {
    "year": "--year 2024",
    "country": "--country PL",
    "plain": "--code COLUMN",
    "scheme": "--code-scheme teryt-6",
}
# Lists of places come before figures, guesses by same figures after what they are compared with.
FIRST = ("terc", "istat-list", "istat-classification", "eurostat-lau")
LAST = ("plain",)


class Command(BaseCommand):
    """Imports files, each wholly or not at all, and says what it found in them."""

    requires_system_checks: list[
        str
    ] = []  # `check` and the tests run them; they would cost as long as a file
    help = "Import official files of places and statistics; --dry-run only says what would happen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="change nothing, only say what would happen"
        )
        parser.add_argument("--year", type=int, help="the year of figures or the day of a list without one")
        parser.add_argument(
            "--country", type=str.upper, help="the country of codes that do not say it, such as PL"
        )
        parser.add_argument(
            "--indicator",
            action="append",
            default=[],
            metavar="LABEL=KEY",
            help="what a column is; KEY - leaves it out",
        )
        parser.add_argument("--code", metavar="COLUMN", help="of a plain table: the column with the codes")
        parser.add_argument(
            "--code-scheme", choices=SCHEMES, help="how codes are written that may be read in several ways"
        )
        parser.add_argument("--name", metavar="COLUMN", help="of a plain table: the column with the names")
        parser.add_argument(
            "--year-column", metavar="COLUMN", help="of a plain table: the column with the years"
        )
        parser.add_argument("--publisher", help="who published a table that does not say it")
        parser.add_argument("--count", metavar="KEY", help="of a register: count its lines as this indicator")
        parser.add_argument(
            "--report", type=Path, metavar="FILE.csv", help="write all that was found to a file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [str(file) for file in options["files"] if not file.is_file()]
        if missing:
            raise CommandError(f"There is no file {', '.join(missing)}.")
        with translation.override(_language()):
            self._import_all(options)

    def _import_all(self, options: Mapping[str, Any]) -> None:
        self.rows: list[dict[str, Any]] = []
        choices = _choices(options)
        files = _in_order(options["files"])
        with transaction.atomic() if options["dry_run"] else nullcontext():
            plant_catalogue()
            understood = [self._import(file, choices) for file in files]
            if options["dry_run"]:  # the files after a list of places have seen it: only now it is undone
                transaction.set_rollback(True)
                self.stdout.write("\n" + _("Only tried: nothing was changed."))
        if options["report"]:
            _write_rows(options["report"], self.rows)
        if not all(understood):
            raise CommandError(
                _("%(count)s of %(all)s files were not imported.")
                % {"count": understood.count(False), "all": len(files)}
            )

    def _import(self, file: Path, choices: Mapping[str, Any]) -> bool:
        """Import one file and say what came of it; False when it was refused or asks something."""
        self.stdout.write(f"\n{file.name}")
        try:
            content = file.read_bytes()
            read = read_at_once(file_name=file.name, content=content, choices=choices, tell=self._tell)
            plan, done = import_at_once(file=read, size=len(content), tell=self._tell)
        except Refused as refusal:
            self._say(refused_preview(refusal.note), file)
            return False
        except NotReady as obstacle:
            self._say(preview_of(obstacle.plan, most=None), file)
            self._ask(obstacle.plan)
            return False
        found = done.report if done else preview_of(plan, most=None)
        self._say(found, file)
        if done:
            self.stdout.write("  " + _("Imported as %(release)s in %(seconds)s s.") % found)
        else:
            self.stdout.write("  " + _("Nothing in it is new: nothing was changed."))
        return True

    def _say(self, found: Mapping[str, Any], file: Path) -> None:
        for line in said(found):
            self.stdout.write(f"  {line}")
        self.rows += [{"document": file.name, **row} for row in rows_of(found)]

    def _ask(self, plan: Plan) -> None:
        for asked in plan.asks:
            flag = FLAGS[asked.key]
            self.stdout.write(
                "  " + _("%(question)s Add %(flag)s") % {"question": asked.why.text, "flag": flag}
            )
        if plan.asks and (headers := plan.file.reading.headers):
            self.stdout.write("  " + _("Its columns are: %(columns)s") % {"columns": ", ".join(headers)})

    def _tell(self, percent: int) -> None:
        self.stderr.write(f"  {percent} %", ending="\r" if self.stderr.isatty() else "\n")


def _language() -> str:
    """Return the language of the terminal if the site has it, else the site's first one."""
    wanted = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return wanted[:2] if wanted[:2] in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _choices(options: Mapping[str, Any]) -> dict[str, Any]:
    choices: dict[str, Any] = {}
    for name, flag in (
        ("year", "year"),
        ("country", "country"),
        ("scheme", "code_scheme"),
        ("publisher", "publisher"),
    ):
        if options[flag]:
            choices[name] = options[flag]
    if "publisher" not in choices:  # said as a warning: whoever runs a script is not there to be asked
        choices["is_publisher_unknown"] = True
    columns = {}
    for pair in options["indicator"]:
        label, separator, key = pair.rpartition("=")
        if not separator:
            raise CommandError(f"'{pair}' is not LABEL=KEY.")
        columns[label] = key
    if columns:
        choices["columns"] = columns
    plain = {name: options[name] for name in ("code", "name", "year_column", "count") if options[name]}
    if plain:
        choices["plain"] = plain
    return choices


def _in_order(files: list[Path]) -> list[Path]:
    """Return lists of places first; what cannot be opened or recognised is refused later, in its turn."""
    return files if len(files) == 1 else sorted(files, key=_rank)


def _rank(file: Path) -> int:
    try:
        opened = open_file(file.name, file.read_bytes())
    except Refused:
        return len(FIRST)
    layout = next((reader.LAYOUT for reader in READERS if reader.recognises(opened)), "")
    if layout in FIRST:
        return FIRST.index(layout)
    return len(FIRST) + (layout in LAST)


def _write_rows(file: Path, rows: list[dict[str, Any]]) -> None:
    with file.open("w", encoding="utf-8-sig", newline="") as opened:
        writer = csv.DictWriter(opened, ("document", *REPORT_COLUMNS))
        writer.writeheader()
        writer.writerows(rows)
