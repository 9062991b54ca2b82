"""`manage.py translations [--update]`: every text in every language, and the compiled files fresh."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != "en"]  # the sources are in English


class Command(BaseCommand):
    """Checks, or with --update rewrites, the translation files."""

    help = "Check that all texts are translated and compiled; --update collects and compiles them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--update", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["update"]:
            self._collect()
            self._compile()
        problems = [problem for language in LANGUAGES for problem in problems_in(catalogue(language))]
        if problems:
            raise CommandError("\n".join(problems))

    def _collect(self) -> None:
        if shutil.which("xgettext") is None:
            raise CommandError("Collecting texts needs gettext; on Debian and Ubuntu: apt install gettext")
        call_command(
            "makemessages",
            locale=LANGUAGES,
            ignore=["templates/pattern/*"],
            no_location=True,
            no_obsolete=True,
        )

    def _compile(self) -> None:
        for language in LANGUAGES:
            file = catalogue(language)
            polib.pofile(str(file)).save_as_mofile(str(file.with_suffix(".mo")))


def catalogue(language: str) -> Path:
    """Return the file that holds the texts of a language."""
    return settings.PROJECT_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def problems_in(file: Path) -> list[str]:
    """Return what a catalogue lacks: untranslated or doubtful texts, a compiled file that is fresh."""
    texts = polib.pofile(str(file))
    problems = [f"{file}: not translated: {entry.msgid}" for entry in texts.untranslated_entries()]
    problems += [f"{file}: doubtful (fuzzy): {entry.msgid}" for entry in texts.fuzzy_entries()]
    compiled = {(entry.msgctxt, entry.msgid): entry for entry in polib.mofile(str(file.with_suffix(".mo")))}
    stale = [
        entry
        for entry in texts.translated_entries()
        if (known := compiled.get((entry.msgctxt, entry.msgid))) is None
        or (known.msgstr, known.msgstr_plural) != (entry.msgstr, entry.msgstr_plural)
    ]
    return problems + ([f"{file.with_suffix('.mo')}: not compiled from this catalogue"] if stale else [])
