"""Starting screenings, carrying them out, and what becomes of one whose worker was killed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from sadzonka.people.actions import create_account
from sadzonka.people.models import Person
from sadzonka.people.rules import STAFF
from sadzonka.places.models import Municipality, Region
from sadzonka.practices.models import Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.models import Finding, Screening
from sadzonka.transfer.screening.actions import screenings
from sadzonka.transfer.screening.actions.screenings import (
    ScreeningIsUnderWay,
    carry_out,
    is_stuck,
    screen_later,
    start_again,
    start_screening,
)
from sadzonka.transfer.screening.outcome import Outcome
from sadzonka.transfer.screening.queries import outcome_found
from tests.at_once import again_and_again
from tests.transfer.screening import tiny

LONG_AGO = dt.timedelta(minutes=6)


def tiny_version() -> Version:
    return analysable_versions().get(practice__slug=tiny.SLUG)


def outcome_of(screening: Screening) -> Outcome:
    found = outcome_found(screening)
    assert found is not None
    return found


def by_name(places: dict[str, Municipality], outcome: Outcome) -> list[str]:
    names = {one.pk: name for name, one in places.items()}
    return [names[number] for number in outcome.ids.tolist()]


def log_of(screening: Screening) -> list[str]:
    entries = ModelLogEntry.objects.filter(object_id=str(screening.pk), content_type__model="screening")
    return list(entries.order_by("pk").values_list("action", flat=True))


# --- what is found


def test_invented_municipalities_do_not_stand_beside_real_ones(
    done: Screening, places: dict[str, Municipality]
) -> None:
    assert by_name(places, outcome_of(done)) == ["Alfa", "Beta", "Gamma", "Delta"]


def test_gates_and_classes_are_those_of_each_municipality_alone(done: Screening) -> None:
    found = outcome_of(done)
    # Scores by hand: (1 + .4 + 3) / 5 = .88, (0 + 4 * .6) / 5 = .48, [0, 1], 1; thresholds .35, .55, .75.
    assert found.gate.tolist() == [2, 2, 1, 0]
    assert found.score.T.tolist() == [[0.88, 0.88], [0.48, 0.48], [0.0, 1.0], [1.0, 1.0]]
    assert found.class_interval.T.tolist() == [[3, 3], [1, 1], [0, 3], [3, 3]]
    assert found.completeness.tolist() == [1.0, 1.0, 0.0, 1.0]


def test_shares_are_those_worked_out_by_hand(done: Screening) -> None:
    found = outcome_of(done)
    sure, possible = found.acceptability.shares[:, 0, :3]
    # Gamma may be ahead of everybody, and behind: nobody is surely first, and it may be for nearly all.
    assert (found.bands, sure.tolist()) == ((1,), [0.0, 0.0, 0.0])
    assert possible[:2].tolist() == pytest.approx([1 - tiny.BETA_AHEAD, tiny.BETA_AHEAD], abs=0.002)
    assert possible[2] == 1.0


def test_what_is_stored_is_read_back_as_it_was(done: Screening) -> None:
    found = outcome_of(done)
    again = Outcome.from_bytes(found.as_bytes())
    assert again.as_bytes() == found.as_bytes() == bytes(Screening.objects.get(pk=done.pk).result)
    assert again.facts_at(0) == found.facts_at(0)


def test_a_screening_says_on_what_it_rests(done: Screening) -> None:
    rests_on = Screening.objects.get(pk=done.pk).provenance
    assert {key: rests_on[key] for key in ("municipalities", "weightings", "scramblings", "bands")} == {
        "municipalities": 4,
        "weightings": 4096,
        "scramblings": 8,
        "bands": [1],
    }
    assert (rests_on["card"]["practice"], rests_on["releases"], rests_on["years"]) == ("tiny", [], {})


def test_a_region_is_screened_alone(places: dict[str, Municipality], ewa: Person) -> None:
    north = Region.objects.get(country=tiny.COUNTRY, code="n")
    started = start_screening(version=tiny_version(), country=tiny.COUNTRY, region=north, weights={}, by=ewa)
    assert by_name(places, outcome_of(carry_out(screening=started))) == ["Alfa", "Beta", "Gamma"]


def test_an_order_of_the_dimensions_counts(places: dict[str, Municipality], ewa: Person) -> None:
    order = ["need", "readiness", "feasibility", "support", "fit"]
    weights = {"kind": "ranked", "order": order}
    started = start_screening(
        version=tiny_version(), country=tiny.COUNTRY, region=None, weights=weights, by=ewa
    )
    shares = outcome_of(carry_out(screening=started)).acceptability.shares
    assert shares[1, 0, :2].tolist() == [1.0, 0.0]  # need weighs at least as much as fit: Beta is behind


# --- starting, and starting twice


def test_the_same_screening_asked_for_twice_is_one(queued: Screening, ewa: Person, colleague: Person) -> None:
    again = start_screening(
        version=tiny_version(), country=tiny.COUNTRY, region=None, weights={}, by=colleague
    )
    assert (again.pk, Screening.objects.count()) == (queued.pk, 1)
    other = start_screening(
        version=tiny_version(), country=tiny.COUNTRY, region=None, weights={"kind": "simplex"}, by=ewa
    )
    assert other.pk != queued.pk


def test_a_finished_screening_can_be_repeated(done: Screening, ewa: Person) -> None:
    again = start_screening(version=tiny_version(), country=tiny.COUNTRY, region=None, weights={}, by=ewa)
    assert (again.pk != done.pk, again.state) == (True, "queued")


def test_a_screening_is_carried_out_once(done: Screening) -> None:
    with pytest.raises(ScreeningIsUnderWay):
        carry_out(screening=done)
    screen_later.func(done.pk)
    assert log_of(done) == ["sadzonka.start_screening", "sadzonka.finish_screening"]


@pytest.mark.postgres
def test_of_six_impatient_clicks_one_screening_is_made(own_database: None) -> None:
    tiny.country()
    version, person = tiny_version(), create_account(email="ewa@example.org", name="Ewa", roles=[STAFF])
    made = again_and_again(
        lambda: start_screening(version=version, country=tiny.COUNTRY, region=None, weights={}, by=person).pk
    )
    assert (len(set(made)), Screening.objects.count()) == (1, 1)


# --- failing, and starting again


def test_one_whose_worker_was_killed_can_be_started_again(queued: Screening, ewa: Person) -> None:
    told = timezone.now() - LONG_AGO
    Screening.objects.filter(pk=queued.pk).update(state="running", progress=40, told_at=told)
    queued.refresh_from_db()
    assert is_stuck(queued)
    again = start_again(screening=queued, by=ewa)
    assert (again.state, again.progress, is_stuck(again)) == ("queued", 0, False)
    assert carry_out(screening=again).state == "done"


def test_one_that_is_under_way_is_not_started_again(queued: Screening, done: Screening, ewa: Person) -> None:
    Screening.objects.filter(pk=queued.pk).update(state="running", told_at=timezone.now())
    queued.refresh_from_db()
    with pytest.raises(ScreeningIsUnderWay):
        start_again(screening=queued, by=ewa)


def test_a_finished_one_is_not_started_again(done: Screening, ewa: Person) -> None:
    Screening.objects.filter(pk=done.pk).update(told_at=timezone.now() - LONG_AGO)
    done.refresh_from_db()
    with pytest.raises(ScreeningIsUnderWay):
        start_again(screening=done, by=ewa)


def test_a_worker_that_was_thought_dead_changes_nothing_once_another_was_quicker(
    queued: Screening, ewa: Person
) -> None:
    Screening.objects.filter(pk=queued.pk).update(state="running", told_at=timezone.now() - LONG_AGO)
    finished = carry_out(screening=start_again(screening=queued, by=ewa))
    before = Screening.objects.values().get(pk=finished.pk)
    outcome = outcome_of(finished)
    known = screenings.assembled(finished.version, finished.country_id, None, finished.day)
    screenings._keep(finished, outcome, known)
    assert Screening.objects.values().get(pk=finished.pk) == before


def test_a_country_without_municipalities_fails_with_the_reason(
    queued: Screening, places: dict[str, Municipality]
) -> None:
    Municipality.objects.filter(country=tiny.COUNTRY).update(is_invented=True)
    failed = carry_out(screening=queued)
    assert (failed.state, failed.complaint, failed.result) == ("failed", "no-municipality", None)


def test_one_that_fails_says_why_and_can_be_started_again(queued: Screening, ewa: Person) -> None:
    Screening.objects.filter(pk=queued.pk).update(weights={"kind": "ranked", "order": ["need"]})
    with pytest.raises(Exception, match="order"):
        carry_out(screening=queued)
    queued.refresh_from_db()
    assert (queued.state, "order" in queued.complaint, queued.result) == ("failed", True, None)
    assert start_again(screening=queued, by=ewa).complaint == ""


def test_answers_given_later_change_no_finished_screening(done: Screening) -> None:
    before = outcome_of(done).facts_at(1)
    Finding.objects.filter(municipality__code=tiny.CODES["Beta"]).update(state="unmet")
    assert outcome_of(done).facts_at(1) == before
