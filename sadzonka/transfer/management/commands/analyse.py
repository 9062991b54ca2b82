"""`manage.py analyse <practice> <country> <code> [--json]`: the analysis that the page and the API give."""

from __future__ import annotations

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from sadzonka.places.queries import place
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.answer import answer_page
from sadzonka.transfer.explanation.ways import Way
from sadzonka.transfer.exports import analysis_record
from sadzonka.transfer.queries import Outlook, knowledge_of, outlook


class Command(BaseCommand):
    """Prints one analysis."""

    help = "Analyse whether a practice can be moved to a municipality."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("practice", help="the practice's slug")
        parser.add_argument("country", help="the country's code, such as PL")
        parser.add_argument("code", help="the municipality's six digits")
        parser.add_argument("--json", action="store_true", help="print the record that the API gives")
        parser.add_argument("--date", type=dt.date.fromisoformat, help="the day of the analysis (today)")

    def handle(self, *args: Any, **options: Any) -> None:
        version = analysable_versions().filter(practice__slug=options["practice"]).first()
        if version is None:
            known = ", ".join(analysable_versions().values_list("practice__slug", flat=True))
            raise CommandError(f"There is no practice '{options['practice']}'. There are: {known}")
        found_place = place(options["country"], options["code"])
        if found_place is None:
            raise CommandError(f"There is no municipality {options['country']} {options['code']}.")
        knowledge = knowledge_of(found_place.municipality, options["date"], found_place.territory)
        found = outlook(version, knowledge)
        if options["json"]:
            self.stdout.write(json.dumps(analysis_record(found), ensure_ascii=False, indent=2))
        else:
            with translation.override("en"):
                self._in_words(found)

    def _in_words(self, found: Outlook) -> None:
        result, page = found.analysis, answer_page(found)
        write = self.stdout.write
        text = found.version.text_in("en")
        title = text.title if text else found.version
        write(f"{title} for {found.knowledge.municipality}, {found.knowledge.day}")
        write(f"Gate: {page.gate}")
        for line in (*page.unmet, *page.unknown):
            write(f"  {line.clause.name}: {line.word}")
        write(f"Class: {' to '.join(dict.fromkeys(result.class_words))}, score {_interval(result.score)}")
        for threshold, share in zip(result.thresholds, result.shares, strict=True):
            write(f"  share of weightings with a score of at least {threshold}: {_interval(share)}")
        for dimension in page.dimensions:
            write(f"  {dimension.dimension.label}: {_interval(dimension.value)}")
        write(f"Completeness: {result.completeness:.2f}")
        self._way_in_words(page.ways.nearest)
        for question in page.questions:
            write(f"Find out: {question.alternative or (question.criterion and question.criterion.name)}")

    def _way_in_words(self, way: Way | None) -> None:
        if way is not None and way.lines is None:
            self.stdout.write(f"Nothing that the card knows can be changed surely makes it {way.word}")
        elif way is not None:
            self.stdout.write(f"Would surely make it at least {way.word}:")
            for line in way.lines or ():
                self.stdout.write(f"  {line.option} ({line.option.changed_by}; adds {line.adds:.3f})")


def _interval(interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{low:.3f}" if low == high else f"{low:.3f} to {high:.3f}"
