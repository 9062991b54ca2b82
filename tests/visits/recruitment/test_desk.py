"""The desk: checking, scoring without seeing others' points first, and writing the call."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sadzonka.common.revisions import StaleForm
from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.visits.models import Application, Call, Score
from sadzonka.visits.recruitment.actions import (
    NotToBeChecked,
    NotToBeScored,
    check_application,
    score_application,
)
from sadzonka.visits.recruitment.queries import scorings_of
from tests import factories
from tests.chain import application
from tests.visits.recruitment.stage import (
    State,
    chosen,
    closed_call,
    eligible,
    errors,
    link_in,
    mails_to,
    open_call,
    page,
    reserve,
    reviewer,
    state_of,
    subject_of,
    text,
)

pytestmark = pytest.mark.django_db

AssertQueries = Callable[[int], AbstractContextManager[None]]
CALL, LIST = "/en/visits/to-go/desk/call/", "/en/visits/to-go/desk/applications/"


def desk_of(one: Application) -> str:
    return f"{LIST}{one.reference}/"


# --- checking


def test_what_is_returned_goes_back_with_the_reason_and_a_link(ewa: Person, signed_in: Any) -> None:
    one = application(open_call(), "Marek")
    answer = signed_in(ewa).post(
        desk_of(one),
        {"part": "check", "revision": 1, "decision": "returned", "reason": "The stamp is missing."},
    )
    assert (answer.status_code, state_of(one)) == (302, "returned")
    (mail,) = Mail.objects.all()
    assert (mail.state, "The stamp is missing." in mail.body, subject_of(link_in(mail))) == (
        "draft",
        True,
        one.pk,
    )


@pytest.mark.parametrize(("decision", "mails"), [("eligible", 0), ("ineligible", 1)])
def test_only_what_there_is_to_tell_is_told(decision: str, mails: int, ewa: Person) -> None:
    one = application(open_call(), "Marek")
    check_application(application=one, revision=1, decision=State(decision), reason="From outside.", by=ewa)
    assert (state_of(one), Mail.objects.count()) == (decision, mails)
    assert list(one.changes.values_list("state", "reason", "by")) == [(decision, "From outside.", ewa.pk)]


@pytest.mark.parametrize("decision", ["returned", "ineligible"])
def test_a_no_needs_a_reason(decision: str, ewa: Person, signed_in: Any) -> None:
    one = application(open_call(), "Marek")
    answer = signed_in(ewa).post(desk_of(one), {"part": "check", "revision": 1, "decision": decision})
    assert (answer.status_code, errors(answer), state_of(one)) == (
        422,
        {"reason": ["Say why: the applicant reads it, and so will a controller."]},
        "submitted",
    )


def test_a_check_of_what_has_changed_is_refused_and_kept(ewa: Person, signed_in: Any) -> None:
    one = application(open_call(), "Marek")
    check_application(application=one, revision=1, decision=State.ELIGIBLE, reason="", by=ewa)
    form = {"part": "check", "revision": 1, "decision": "returned", "reason": "Kept words."}
    answer = signed_in(ewa).post(desk_of(one), form)
    assert (answer.status_code, state_of(one), "Kept words." in text(answer)) == (409, "eligible", True)
    with pytest.raises(StaleForm):
        check_application(application=one, revision=1, decision=State.RETURNED, reason="x", by=ewa)


@pytest.mark.parametrize("state", ["started", "chosen", "confirmed", "refused", "withdrawn"])
def test_what_is_not_sent_or_decided_is_not_checked(state: str, ewa: Person) -> None:
    one = application(closed_call(), "Marek", state=state)
    with pytest.raises(NotToBeChecked):
        check_application(application=one, revision=1, decision=State.ELIGIBLE, reason="", by=ewa)


def test_a_controller_reads_everything_and_checks_nothing(controller: Person, signed_in: Any) -> None:
    one = application(open_call(), "Marek", needs="A ramp")
    browser = signed_in(controller)
    shown = browser.get(desk_of(one))
    assert "A ramp" in text(shown)
    assert page(shown).find("main").find_all("form") == []
    answer = browser.post(desk_of(one), {"part": "check", "revision": 1, "decision": "eligible"})
    assert (answer.status_code, state_of(one)) == (404, "submitted")
    with pytest.raises(PermissionDenied):
        check_application(application=one, revision=1, decision=State.ELIGIBLE, reason="", by=controller)


# --- points


def give(one: Application, by: Person, *points: int) -> None:
    criteria = list(one.call.criteria.all())
    score_application(
        application=one,
        points={
            criterion: (given, f"{given} by {by}") for criterion, given in zip(criteria, points, strict=False)
        },
        by=by,
    )


def test_reviewers_see_others_points_only_after_their_own(
    ewa: Person, colleague: Person, administrator: Person, signed_in: Any
) -> None:
    call = open_call()
    for person in (ewa, colleague):
        reviewer(call, person)
    one = eligible(call, "Marek")
    give(one, ewa, 5, 1)
    give(one, colleague, 2)
    assert "5 by Ewa" not in text(signed_in(colleague).get(desk_of(one)))
    assert "2 by Olga" not in text(signed_in(ewa).get(desk_of(one)))
    assert "by Ewa" not in text(signed_in(administrator).get(desk_of(one)))
    give(one, colleague, 2, 4)
    for person in (ewa, colleague, administrator):
        shown = text(signed_in(person).get(desk_of(one)))
        assert "5 by Ewa" in shown
        assert "2 by Olga" in shown
        assert "6 of 10, 2 reviewers" in shown


def test_the_mean_counts_complete_reviewers_and_marks_where_they_differ(
    ewa: Person, colleague: Person
) -> None:
    call = open_call()
    for person in (ewa, colleague):
        reviewer(call, person)
    one = eligible(call, "Marek")
    give(one, ewa, 5, 1)
    give(one, colleague, 2)
    scoring = scorings_of(call, [one])[one.pk]
    assert (scoring.mean, scoring.most, scoring.disputed) == (6.0, 10, [])
    give(one, colleague, 2, 3)
    scoring = scorings_of(call, [one])[one.pk]
    assert (scoring.mean, [str(criterion) for criterion in scoring.disputed]) == (5.5, ["Role at home"])


def test_points_come_with_a_reason_and_within_the_most(ewa: Person, signed_in: Any) -> None:
    call = open_call()
    reviewer(call, ewa)
    one = eligible(call, "Marek")
    first, second = call.criteria.all()
    form = {"part": "score", f"points_{first.pk}": "6", f"points_{second.pk}": "3"}
    answer = signed_in(ewa).post(desk_of(one), form)
    assert (answer.status_code, Score.objects.count()) == (422, 0)
    assert sorted(errors(answer)) == [f"points_{first.pk}", f"reason_{second.pk}"]


def test_only_reviewers_give_points_and_only_until_the_choice(
    ewa: Person, colleague: Person, signed_in: Any
) -> None:
    call = closed_call()
    reviewer(call, ewa)
    one = eligible(call, "Marek")
    with pytest.raises(PermissionDenied):
        give(one, colleague, 1)
    assert signed_in(colleague).post(desk_of(one), {"part": "score"}).status_code == 404
    with pytest.raises(NotToBeScored):
        give(chosen(call, "Zofia"), ewa, 1)


# --- the call


def call_form(call: Call | None = None, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends for a call with two criteria."""
    texts = {
        f"{name}_{code}": f"{name} {code}" for name in ("rules", "notice") for code in factories.LANGUAGES
    }
    criteria = list(call.criteria.all()) if call else []
    rows = {
        "criteria-TOTAL_FORMS": len(criteria) + 2,
        "criteria-INITIAL_FORMS": len(criteria) + 2,
        "criteria-MIN_NUM_FORMS": 0,
        "criteria-MAX_NUM_FORMS": 12,
    }
    for number, criterion in enumerate(criteria):
        rows[f"criteria-{number}-number"] = criterion.pk
        rows[f"criteria-{number}-name_en"] = str(criterion.name)
        rows[f"criteria-{number}-most_points"] = criterion.most_points
    return {
        "revision": call.revision if call else 0,
        "opens_at": "2026-12-01T08:00",
        "closes_at": "2026-12-31T18:00",
        "places": 20,
        "municipality_limit": "",
        "days_to_answer": 7,
        **texts,
        **rows,
        **changes,
    }


def test_a_call_is_made_with_its_criteria_and_reviewers(
    ewa: Person, colleague: Person, signed_in: Any
) -> None:
    factories.visit("to-go", "A visit to go on")
    browser = signed_in(ewa)
    assert browser.get(CALL).status_code == 200
    answer = browser.post(
        CALL,
        call_form(
            reviewers=[ewa.pk, colleague.pk],
            **{
                "criteria-0-name_en": "Role at home",
                "criteria-0-most_points": 5,
                "criteria-1-most_points": 5,
            },
        ),
    )
    assert answer.status_code == 302
    call = Call.objects.get(visit__slug="to-go")
    assert (call.places, call.municipality_limit, call.rules["pl"], call.notice_version) == (
        20,
        None,
        "rules pl",
        1,
    )
    assert timezone.localtime(call.closes_at).isoformat()[:16] == "2026-12-31T18:00"
    assert [(str(one), one.most_points) for one in call.criteria.all()] == [("Role at home", 5)]
    assert set(call.reviewers.all()) == {ewa, colleague}


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "2026-02-30T08:00"])
def test_a_moment_that_is_none_everywhere_is_refused_beside_its_field(
    moment: str, ewa: Person, signed_in: Any
) -> None:
    factories.visit("to-go", "A visit to go on")
    answer = signed_in(ewa).post(CALL, call_form(opens_at=moment))
    assert (answer.status_code, list(errors(answer)), Call.objects.count()) == (422, ["opens_at"], 0)


def test_another_text_of_the_notice_is_a_new_version(ewa: Person, signed_in: Any) -> None:
    call = open_call()
    browser = signed_in(ewa)
    same = {f"notice_{code}": "What becomes of the data." for code in factories.LANGUAGES}
    for changes, version in ((same, 1), ({"notice_it": "Altro testo."}, 2)):
        call.refresh_from_db()
        assert browser.post(CALL, call_form(call, **changes)).status_code == 302
        call.refresh_from_db()
        assert call.notice_version == version


def test_what_is_wrong_is_said_beside_its_field_and_kept(ewa: Person, signed_in: Any) -> None:
    factories.visit("to-go", "A visit to go on")
    empty = {f"rules_{code}": "" for code in factories.LANGUAGES}
    answer = signed_in(ewa).post(
        CALL, call_form(places=0, closes_at="2026-11-01T08:00", **empty, **{"criteria-0-name_en": "Role"})
    )
    assert answer.status_code == 422
    assert sorted(errors(answer)) == ["closes_at", "criteria-0-most_points", "places", "rules"]
    assert page(answer).find(id="id_notice_0").text.strip() == "notice pl"
    assert Call.objects.filter(visit__slug="to-go").exists() is False


@pytest.mark.parametrize("revision", [0, 7])
def test_a_stale_call_is_refused_and_kept(revision: int, ewa: Person, signed_in: Any) -> None:
    call = open_call()
    answer = signed_in(ewa).post(CALL, call_form(call, revision=revision, places=9))
    call.refresh_from_db()
    assert (answer.status_code, call.places) == (409, 12)
    shown = page(answer)
    assert shown.find(id="id_places")["value"] == "9"
    again = shown.find("input", {"name": "revision"})["value"]
    assert signed_in(ewa).post(CALL, call_form(call, revision=again, places=9)).status_code == 302


def test_a_scored_criterion_stays_and_its_most_points_too(ewa: Person, signed_in: Any) -> None:
    call = open_call()
    reviewer(call, ewa)
    give(eligible(call, "Marek"), ewa, 4)
    browser = signed_in(ewa)
    for change in ({"criteria-0-name_en": ""}, {"criteria-0-most_points": 3}):
        assert browser.post(CALL, call_form(call, **change)).status_code == 422
    reworded = browser.post(CALL, call_form(call, **{"criteria-0-name_en": "Part", "criteria-1-name_en": ""}))
    assert (reworded.status_code, [str(one) for one in call.criteria.all()]) == (302, ["Part"])


def test_there_are_never_fewer_places_than_are_held(ewa: Person, signed_in: Any) -> None:
    call = closed_call()
    for name in ("Marek", "Zofia"):
        chosen(call, name)
    answer = signed_in(ewa).post(CALL, call_form(call, places=1, municipality_limit=1))
    assert (answer.status_code, errors(answer)) == (
        422,
        {
            "places": ["2 places are held already."],
            "municipality_limit": ["2 people from one municipality hold a place already."],
        },
    )


def test_more_places_go_to_the_reserve_list(ewa: Person, signed_in: Any) -> None:
    call = closed_call(places=1)
    chosen(call, "Marek")
    waits = reserve(call, "Zofia", 1, code="300102")
    assert signed_in(ewa).post(CALL, call_form(call, places=2)).status_code == 302
    assert state_of(waits) == "chosen"
    assert mails_to("zofia@example.org") == [("A place for you: A visit to go on", "draft")]


# --- lists


@pytest.mark.parametrize("count", [1, 3, 30])
@pytest.mark.parametrize("address", [LIST, "/en/visits/to-go/desk/choice/"])
def test_a_list_of_thirty_asks_the_database_as_often_as_one(
    address: str,
    count: int,
    ewa: Person,
    colleague: Person,
    *,
    signed_in: Any,
    django_assert_num_queries: AssertQueries,
) -> None:
    call = closed_call(municipality_limit=None, places=30)
    for person in (ewa, colleague):
        reviewer(call, person)
    for number in range(count):
        one = eligible(call, f"Name{number}", code=("300101", "300102", "300103")[number % 3])
        one.changes.create(state=State.ELIGIBLE, by=ewa, reason="x")
        for person in (ewa, colleague):
            give(one, person, 3, 4)
    browser = signed_in(ewa)
    browser.get(address)
    with django_assert_num_queries(13):
        assert browser.get(address).status_code == 200


def test_a_list_is_filtered_by_state_and_counts_municipalities(ewa: Person, signed_in: Any) -> None:
    call = open_call()
    eligible(call, "Marek")
    application(call, "Zofia")
    browser = signed_in(ewa)
    rows = page(browser.get(f"{LIST}?state=eligible")).select("tbody tr")
    assert [row.th.a.text for row in rows] == ["Marek Nowak"]
    assert "Chodzież (2)" in " ".join(rows[0].text.split())
    assert len(page(browser.get(f"{LIST}?state=junk")).select("tbody tr")) == 2


def test_an_empty_list_says_where_applicants_find_the_call(ewa: Person, signed_in: Any) -> None:
    open_call()
    assert "Nobody has applied yet." in text(signed_in(ewa).get(LIST))


def test_a_reference_of_another_visit_is_not_found(ewa: Person, signed_in: Any, world: Any) -> None:
    open_call()
    foreign = world.applications["marek"]
    assert signed_in(ewa).get(desk_of(foreign)).status_code == 404
