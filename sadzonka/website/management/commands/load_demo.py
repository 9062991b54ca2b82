"""`manage.py load_demo [FOLDER]`: the demonstration, all of it or nothing."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from sadzonka.common.files import BrokenFile
from sadzonka.funding.sources import load_funding
from sadzonka.organisations.sources import load_organisations
from sadzonka.people.actions import set_up_roles
from sadzonka.places.catalogue import plant_catalogue
from sadzonka.places.models import Municipality
from sadzonka.places.sources import load_places, load_statistics
from sadzonka.practices.sources import load_practices
from sadzonka.transfer.sources import load_answers
from sadzonka.visits.sources import load_visits
from sadzonka.website.invented import load_invented_chain
from sadzonka.website.models import HomePage
from sadzonka.website.sources import load_news, plant_site


class Command(BaseCommand):
    """Loads the readable data of the folder demo/ into an empty installation."""

    help = "Load the demonstration into an empty installation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, default=settings.ROOT_DIR / "demo")
        parser.add_argument(
            "--without-invented-visits",
            action="store_true",
            help="Leave out the two invented visits and all that follows from them.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Municipality.objects.exists() or HomePage.objects.exists():
            raise CommandError(
                "This installation already holds places or pages: the demonstration needs an empty one."
            )
        folder: Path = options["folder"]
        try:
            with transaction.atomic():
                self._load(folder, with_invented_visits=not options["without_invented_visits"])
        except BrokenFile as error:
            raise CommandError(f"Nothing was loaded. {error}") from error

    def _load(self, folder: Path, *, with_invented_visits: bool) -> None:
        steps: list[tuple[str, Callable[[], None]]] = [
            ("countries and indicators", plant_catalogue),
            ("places", lambda: load_places(folder / "places")),
            ("statistics", lambda: load_statistics(folder / "places")),
            ("organisations", lambda: load_organisations(folder / "organisations")),
            ("projects and marks", lambda: load_funding(folder / "funding")),
            ("practices", lambda: load_practices(folder / "practices")),
            ("visits", lambda: load_visits(folder / "visits")),
            ("the invented municipality", lambda: self._load_invented(folder / "invented")),
            ("pages", lambda: plant_site(folder / "website", is_demo=True)),
            ("news", lambda: load_news(folder / "website" / "news")),
            ("roles", set_up_roles),
        ]
        if with_invented_visits:
            steps.append(("invented visits", lambda: load_invented_chain(folder / "invented" / "chain")))
        for number, (name, load) in enumerate(steps, start=1):
            self.stdout.write(f"  {number}/{len(steps)} {name}")
            load()

    def _load_invented(self, folder: Path) -> None:
        load_places(folder / "places", is_invented=True)
        load_statistics(folder / "places")
        for municipality in Municipality.objects.filter(is_invented=True):
            load_answers(folder / "answers", municipality)
