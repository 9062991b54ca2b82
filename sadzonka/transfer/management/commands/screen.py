"""`manage.py screen --country PL [...]`: practices over all municipalities, into Parquet files."""

from __future__ import annotations

import datetime as dt
import math
import os
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from sadzonka.analysis import SIMPLEX, MethodError, WeightSet
from sadzonka.analysis.screening.sampling import POINTS, SEED
from sadzonka.places.models import Country, Region
from sadzonka.practices.models import Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.screening.cluster import (
    BlockLosesWorkers,
    ClusterIsMissing,
    ClusterIsUnreachable,
    screened_on_cluster,
)
from sadzonka.transfer.screening.plan import EVERYWHERE, Scope, planned_run
from sadzonka.transfer.screening.runs import (
    AnotherRun,
    NotARun,
    Run,
    RunIsUnderWay,
    Screened,
    carry_out,
    in_threads,
)

STOPPED = 130  # what a shell says of a command that Ctrl-C ended
SHOWN_DIFFERENCES = 5
LONGEST_SHOWN = 40
INSTALL_EXTRAS = ".venv/bin/python -m pip install --require-hashes -r requirements-cluster.txt"


class Command(BaseCommand):
    """Screens practices over many municipalities; staff only read what comes of it."""

    requires_system_checks: list[str] = []  # they would cost as long as a country
    help = "Screen practices over the municipalities of a country, for staff: never a public ranking."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--country", required=True, help="the country's code, such as PL; all: every country together"
        )
        parser.add_argument("--region", help="the code of one region of the country")
        parser.add_argument("--practice", nargs="+", default=[], metavar="SLUG", help="only these practices")
        parser.add_argument("--day", type=dt.date.fromisoformat, help="the day of the screening (today)")
        parser.add_argument(
            "--to", type=Path, metavar="FOLDER", help="where the files are written, or go on being written"
        )
        parser.add_argument("--points", type=int, default=POINTS, help="weightings in each scrambling")
        parser.add_argument("--seed", type=int, default=SEED, help="where the scramblings begin")
        parser.add_argument(
            "--weights",
            default="",
            help="all five dimensions with commas, the weightiest first, or least weights: need=0.3,fit=0.1",
        )
        parser.add_argument("--workers", type=int, help="threads (as many as cores)")
        parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler: tcp://host:8786")
        parser.add_argument("--compiled", action="store_true", help="compute with Numba: the same, sooner")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["workers"] is not None and options["workers"] < 1:
            raise CommandError("--workers: at least one thread is needed.")
        if options["cluster"] and options["workers"]:
            raise CommandError("Choose: --workers are threads here, --cluster has its own.")
        if options["compiled"] and find_spec("numba") is None:
            raise CommandError(f"Numba is not installed: {INSTALL_EXTRAS}")
        scope, versions = _scope(options), _versions(options["practice"])
        folder = options["to"] or _usual_folder(scope)
        try:
            run = planned_run(versions, scope, folder, is_compiled=options["compiled"])
            if not len(run.places["code"]):
                raise CommandError(f"There is no municipality on {scope.day}.")
            self._carry_out(run, folder, options)
        except KeyboardInterrupt:
            raise CommandError(
                f"Stopped. What is done stays in {folder}; the same command with --day {scope.day} goes on.",
                returncode=STOPPED,
            ) from None
        except MethodError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(folder))

    def _carry_out(self, run: Run, folder: Path, options: Mapping[str, Any]) -> None:
        threads = min(options["workers"] or os.cpu_count() or 1, len(run.works))
        how: Screened = in_threads(threads)
        if options["cluster"]:
            how = partial(screened_on_cluster, address=options["cluster"])
        try:
            carry_out(run, folder, how, _Progress(self, len(run.places["code"])))
        except NotARun as error:
            raise CommandError(f"{folder} holds what is no screening: name another folder.") from error
        except AnotherRun as error:
            raise CommandError(_told_differences(folder, error)) from error
        except RunIsUnderWay as error:
            raise CommandError(f"Another process is at work in {folder}.") from error
        except ClusterIsMissing as error:
            raise CommandError(f"Dask is not installed: {INSTALL_EXTRAS}") from error
        except ClusterIsUnreachable as error:
            raise CommandError(str(error)) from error
        except BlockLosesWorkers as error:
            raise CommandError(
                f"Several workers were lost over {error}, as if memory ran out. The rest stays in {folder}."
            ) from error


class _Progress:
    """Says on standard error how far a run is, and when it may end."""

    def __init__(self, command: BaseCommand, places: int) -> None:
        self._command, self._places = command, places
        self._found: int | None = None
        self._began = 0.0

    def __call__(self, done: int, of: int) -> None:
        said = f"{done} of {of} practices x {self._places:,} municipalities"
        if self._found is None:
            self._began, self._found = time.monotonic(), done
            said += ", found in the folder" if done else ""
        elif of > done:
            seconds = (time.monotonic() - self._began) / (done - self._found) * (of - done)
            said += f", about {math.ceil(seconds)} s left"
        self._command.stderr.write(f"  {said}")


def _scope(options: Mapping[str, Any]) -> Scope:
    country, region = _place(options["country"], options["region"])
    try:
        weights = _weights(options["weights"])
    except MethodError as error:
        raise CommandError(f"--weights: {error}") from error
    day = options["day"] or timezone.localdate()
    return Scope(country, region, day, weights, options["points"], options["seed"])


def _place(code: str, region_code: str | None) -> tuple[str | None, Region | None]:
    if code == EVERYWHERE:
        if region_code:
            raise CommandError("A region belongs to one country: name it with --country.")
        return None, None
    country = Country.objects.filter(code=code.upper()).first()
    if country is None:
        known = ", ".join(Country.objects.order_by("code").values_list("code", flat=True))
        raise CommandError(f"There is no country '{code}'. There are: {known}")
    if region_code is None:
        return country.code, None
    region = country.regions.filter(code=region_code).first()
    if region is None:
        known = ", ".join(country.regions.order_by("code").values_list("code", flat=True))
        raise CommandError(f"{country.code} has no region '{region_code}'. It has: {known}")
    return country.code, region


def _versions(slugs: list[str]) -> list[Version]:
    shown = list(analysable_versions())
    known = {one.practice.slug: one for one in shown}
    if not known:
        raise CommandError("There is no published practice to screen.")
    if unknown := [slug for slug in slugs if slug not in known]:
        raise CommandError(f"There is no practice '{unknown[0]}'. There are: {', '.join(known)}")
    return [known[slug] for slug in dict.fromkeys(slugs)] or shown


def _weights(said: str) -> WeightSet:
    if not said:
        return SIMPLEX
    words = [word.strip() for word in said.split(",")]
    if "=" not in said:
        return WeightSet.ranked(tuple(words))
    least = {}
    for word in words:
        name, _equals, number = word.partition("=")
        try:
            least[name] = float(number)
        except ValueError:
            raise CommandError(f"--weights: '{word}' is not a dimension=number.") from None
    return WeightSet.bounded(least)


def _usual_folder(scope: Scope) -> Path:
    parts = [scope.country or EVERYWHERE, *([scope.region.code] if scope.region else []), str(scope.day)]
    folder: Path = settings.VAR_DIR / "screenings" / "-".join(parts)
    return folder


def _told_differences(folder: Path, error: AnotherRun) -> str:
    lines = [
        f"  {name}: {_short(stored)} there, {_short(asked)} asked for"
        for name, (stored, asked) in list(error.differences.items())[:SHOWN_DIFFERENCES]
    ]
    if (more := len(error.differences) - len(lines)) > 0:
        lines.append(f"  and {more} more")
    told = "\n".join(lines)
    return f"{folder} holds another screening; name another folder, or ask for the same:\n{told}"


def _short(value: Any) -> str:
    text = "nothing" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
