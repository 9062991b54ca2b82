"""Starting screenings and carrying them out: each by one worker at a time, its result written at once.

While a worker is at it `state` is running and `told_at` holds when it last gave a sign of life. One that
was killed has written nothing and can be started again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task
from wagtail.log_actions import log

from sadzonka.analysis import METHOD, fingerprint, practice_record
from sadzonka.places.models import Region
from sadzonka.practices.models import Version
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.models import Screening
from sadzonka.transfer.screening.assembly import assembled
from sadzonka.transfer.screening.outcome import READ, Outcome, Tell, outcome_of, weight_set
from sadzonka.transfer.screening.queries import is_running_already, screening_numbered
from sadzonka.transfer.screening.words import NO_MUNICIPALITY

if TYPE_CHECKING:
    from sadzonka.people.models import Person
    from sadzonka.transfer.screening.assembly import Assembled

State = Screening.State
STUCK_AFTER = dt.timedelta(minutes=5)
UNDER_WAY = (State.QUEUED, State.RUNNING)
DONE = 100


class ScreeningIsUnderWay(Exception):
    """Somebody else is at this screening, or it has ended."""


class NothingToScreen(Exception):
    """There is no real municipality where it was to look."""


@transaction.atomic
def start_screening(
    *,
    version: Version,
    country: str,
    region: Region | None,
    weights: Mapping[str, Any],
    by: Person,
) -> Screening:
    """Queue a screening as of today; the same one asked for again while it is under way is that one."""
    Version.objects.select_for_update().get(pk=version.pk)
    day = timezone.localdate()
    known = is_running_already(version, country, region, weights, day)
    if known is not None:
        return known
    screening = Screening.objects.create(
        version=version,
        country_id=country,
        region=region,
        day=day,
        weights=dict(weights),
        told_at=timezone.now(),
        started_by=by,
    )
    log(instance=screening, action="sadzonka.start_screening", user=by)
    screen_later.enqueue(screening.pk)
    return screening


@transaction.atomic
def start_again(*, screening: Screening, by: Person) -> Screening:
    """Queue again what failed or stands still; raises ScreeningIsUnderWay when a worker may be at it."""
    locked = Screening.objects.select_for_update().get(pk=screening.pk)
    if not is_stuck(locked):
        raise ScreeningIsUnderWay
    locked.state, locked.progress, locked.told_at, locked.complaint = State.QUEUED, 0, timezone.now(), ""
    locked.save(update_fields=["state", "progress", "told_at", "complaint"])
    log(instance=locked, action="sadzonka.start_screening_again", user=by)
    screen_later.enqueue(locked.pk)
    return locked


def is_stuck(screening: Screening) -> bool:
    """Say whether a screening failed, or its worker has told nothing for minutes: it is gone."""
    if screening.state == State.FAILED:
        return True
    return screening.state in UNDER_WAY and timezone.now() - screening.told_at > STUCK_AFTER


def carry_out(*, screening: Screening) -> Screening:
    """Carry out a queued screening; raises ScreeningIsUnderWay when somebody else has it."""
    if not _claim(screening):
        raise ScreeningIsUnderWay
    whole = screening_numbered(screening.pk) or screening
    tell = _teller(screening)
    try:
        known = _known(whole)
        tell(READ)
        outcome = outcome_of(analysis_model(whole.version), known, weight_set(whole.weights), tell)
        _keep(whole, outcome, known)
    except NothingToScreen as obstacle:
        _fail(screening, str(obstacle))
    except Exception as error:
        _fail(screening, f"{type(error).__name__}: {error}")
        raise
    screening.refresh_from_db()
    return screening


def _known(screening: Screening) -> Assembled:
    known = assembled(screening.version, screening.country_id, screening.region, screening.day)
    if not len(known.ids):
        raise NothingToScreen(NO_MUNICIPALITY)
    return known


@task()
def screen_later(number: int) -> None:
    """Carry out a queued screening; somebody else may have done so."""
    screening = Screening.objects.filter(pk=number, state=State.QUEUED).first()
    if screening is not None:
        try:
            carry_out(screening=screening)
        except ScreeningIsUnderWay:  # another worker was quicker
            return


@transaction.atomic
def _claim(screening: Screening) -> bool:
    """Take a screening for work, False when somebody else has it; committed before the work begins."""
    waiting = Screening.objects.filter(pk=screening.pk, state=State.QUEUED)
    return bool(waiting.update(state=State.RUNNING, progress=1, told_at=timezone.now()))


def _teller(screening: Screening) -> Tell:
    def tell(percent: int) -> None:
        running = Screening.objects.filter(pk=screening.pk, state=State.RUNNING)
        running.update(progress=percent, told_at=timezone.now())

    return tell


@transaction.atomic
def _keep(screening: Screening, outcome: Outcome, known: Assembled) -> None:
    """Write the result, unless another worker was started meanwhile and was quicker."""
    locked = Screening.objects.select_for_update().get(pk=screening.pk)
    if locked.state != State.RUNNING:
        return
    locked.state, locked.progress, locked.told_at = State.DONE, DONE, timezone.now()
    locked.provenance, locked.result = _provenance(screening, outcome, known), outcome.as_bytes()
    locked.save(update_fields=["state", "progress", "told_at", "provenance", "result"])
    log(instance=locked, action="sadzonka.finish_screening")


def _provenance(screening: Screening, outcome: Outcome, known: Assembled) -> dict[str, Any]:
    """Return all that the result rests on, in words and numbers that JSON keeps."""
    model = analysis_model(screening.version)
    return {
        "method": METHOD.version,
        "card": {
            "practice": screening.version.practice.slug,
            "version": screening.version.number,
            "sha256": fingerprint(practice_record(model)),
        },
        "releases": list(known.releases),
        "years": {
            key: sorted({int(year) for year in years.tolist()} - {0}) for key, years in known.years.items()
        },
        "municipalities": len(outcome),
        "weightings": len(outcome.weightings.grid),
        "scramblings": outcome.weightings.scramblings,
        "bands": list(outcome.bands),
    }


def _fail(screening: Screening, complaint: str) -> None:
    with transaction.atomic():
        running = Screening.objects.filter(pk=screening.pk, state=State.RUNNING)
        running.update(state=State.FAILED, progress=0, complaint=complaint)
    screening.refresh_from_db()
