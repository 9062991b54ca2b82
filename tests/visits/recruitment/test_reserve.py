"""The reserve list fills places by itself: in its order, within the limit, never beyond the places."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sadzonka.outbox.models import Mail
from sadzonka.places.models import Municipality
from sadzonka.visits.models import Application, Call, Change, Visit
from sadzonka.visits.recruitment.actions import (
    PlaceIsNotOffered,
    accept_place,
    decline_place,
    fill_places,
    let_offers_lapse,
    withdraw,
)
from sadzonka.visits.recruitment.queries import application_with_everything, place_in_reserve
from tests.visits.recruitment.stage import (
    DAY,
    State,
    chosen,
    closed_call,
    eligible,
    mails_to,
    open_call,
    reserve,
    state_of,
)

pytestmark = pytest.mark.django_db

CODES = ("300101", "300102", "300103")


def test_a_place_that_becomes_free_goes_to_the_next_in_order() -> None:
    call = closed_call(places=1)
    one = chosen(call, "Marek", code="300103")
    second, first = reserve(call, "Zofia", 7, code="300102"), reserve(call, "Jan", 3)
    withdraw(application=one)
    assert [state_of(first), state_of(second)] == ["chosen", "reserve"]
    (change,) = first.changes.all()
    assert (change.cause, change.reason, change.by) == ("moved-up", "", None)
    assert mails_to("jan@example.org") == [("A place for you: A visit to go on", "draft")]
    assert "the next on the reserve list" in Mail.objects.get(recipient="jan@example.org").body
    assert (second.reserve_position, place_in_reserve(second)) == (7, 1)


def test_who_may_not_go_is_passed_over_and_keeps_the_position() -> None:
    call = closed_call(places=3, municipality_limit=1)
    eligible(call, "Ola", state=State.CONFIRMED)
    full, undelegated, third = (
        reserve(call, "Marek", 1),
        reserve(call, "Zofia", 2, code="300102", delegated_at=None),
        reserve(call, "Jan", 3, code="300103"),
    )
    assert [one.pk for one in fill_places(call=call)] == [third.pk]
    assert [state_of(one) for one in (full, undelegated, third)] == ["reserve", "reserve", "chosen"]
    assert [full.reserve_position, undelegated.reserve_position] == [1, 2]


def test_a_reserve_list_stands_still_once_the_visit_runs_and_while_nothing_is_free() -> None:
    call = closed_call(places=1)
    one = reserve(call, "Marek", 1)
    Visit.objects.update(state=Visit.State.RUNNING)
    assert fill_places(call=call) == []
    Visit.objects.update(state=Visit.State.CONFIRMED)
    eligible(call, "Ola", code="300103", state=State.CONFIRMED)
    assert (fill_places(call=call), state_of(one)) == ([], "reserve")


def test_an_offer_that_nobody_accepted_lapses_and_the_next_gets_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call = closed_call(places=1)
    late, waits = chosen(call, "Marek", answer_by=timezone.now() - DAY), reserve(call, "Zofia", 1)
    call_command("fill_places")
    assert capsys.readouterr().out == "1 offers lapsed.\n"
    assert [state_of(late), state_of(waits)] == ["withdrawn", "chosen"]
    assert list(late.changes.values_list("cause", flat=True)) == ["no-answer"]
    assert mails_to("marek@example.org") == [("Your application has ended: A visit to go on", "draft")]


def test_an_offer_whose_mail_was_never_sent_does_not_lapse() -> None:
    call = closed_call(places=1)
    one = reserve(call, "Marek", 1)
    fill_places(call=call)
    Application.objects.filter(pk=one.pk).update(answer_by=timezone.now() - DAY)
    assert (let_offers_lapse(call=call), state_of(one)) == ([], "chosen")
    Mail.objects.update(state=Mail.State.SENT)
    assert [lapsed.pk for lapsed in let_offers_lapse(call=call)] == [one.pk]


def test_an_offer_ends_after_the_days_of_the_call_but_not_after_the_departure() -> None:
    call = closed_call(places=2, days_to_answer=5)
    one = reserve(call, "Marek", 1)
    fill_places(call=call)
    one.refresh_from_db()
    assert abs(one.answer_by - timezone.now() - 5 * DAY) < timedelta(minutes=1)
    Visit.objects.filter(slug="to-go").update(starts_on=timezone.localdate() + 2 * DAY)
    other = reserve(Call.objects.get(), "Zofia", 2, code="300102")
    fill_places(call=call)
    other.refresh_from_db()
    assert timezone.localtime(other.answer_by).date() == timezone.localdate() + 2 * DAY


def test_a_withdrawal_during_an_open_call_fills_nothing_that_is_not_decided() -> None:
    one = eligible(open_call(), "Marek")
    withdraw(application=one)
    assert Change.objects.count() == 1


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.integers(1, 4),
    limit=st.sampled_from([None, 1, 2]),
    reserve_codes=st.lists(st.sampled_from(CODES), max_size=5),
    steps=st.lists(
        st.tuples(st.sampled_from(["accept", "decline", "withdraw", "lapse", "fill"]), st.integers(0, 8)),
        max_size=8,
    ),
)
def test_whatever_people_do_places_limit_and_order_hold(
    places: int, limit: int | None, reserve_codes: list[str], steps: list[tuple[str, int]]
) -> None:
    point = transaction.savepoint()
    try:
        call = closed_call(places=places, municipality_limit=limit)
        others = Municipality.objects.filter(country="PL").exclude(code__in=CODES)
        people = [chosen(call, f"Chosen{one.code}", code=one.code) for one in others[:places]]
        people += [
            reserve(call, f"Reserve{n}", n, code=code) for n, code in enumerate(reserve_codes, start=1)
        ]
        for verb, number in steps:
            before = waiting(call)
            do(verb, call, people[number % len(people)])
            assert_that_the_rules_hold(call, before)
    finally:
        transaction.savepoint_rollback(point)


def do(verb: str, call: Call, one: Application) -> None:
    one = application_with_everything(one.pk)
    try:
        if verb == "accept":
            accept_place(application=one)
        elif verb == "decline":
            decline_place(application=one)
        elif verb == "withdraw":
            withdraw(application=one)
        elif verb == "lapse":
            Application.objects.filter(pk=one.pk).update(answer_by=timezone.now() - DAY)
            Mail.objects.update(state=Mail.State.SENT)
            let_offers_lapse(call=call)
        else:
            fill_places(call=call)
    except PlaceIsNotOffered:
        assert verb in {"accept", "decline"}
        assert one.state not in {State.CHOSEN, State.CONFIRMED} or verb == "decline"


def waiting(call: Call) -> list[Application]:
    return list(call.applications.filter(state=State.RESERVE).order_by("reserve_position"))


def assert_that_the_rules_hold(call: Call, before: list[Application]) -> None:
    held = list(call.applications.filter(state__in=Application.HOLD_A_PLACE))
    per_municipality = Counter(one.municipality_id for one in held)
    assert len(held) <= call.places
    if call.municipality_limit:
        assert max(per_municipality.values(), default=0) <= call.municipality_limit
    moved = {one.pk for one in held}
    stayed = waiting(call)
    for one in stayed:
        # Whoever waits had nobody behind them move up, unless their own municipality has its share.
        overtaken = any(
            other.pk in moved and other.reserve_position > one.reserve_position for other in before
        )
        is_full = bool(call.municipality_limit) and (
            per_municipality[one.municipality_id] >= call.municipality_limit
        )
        assert is_full or not overtaken
        assert is_full or len(held) == call.places
