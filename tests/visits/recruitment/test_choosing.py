"""Choosing by hand: with reasons, within the places and the limit, all or nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from sadzonka.common.revisions import StaleForm
from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.visits.models import Application, Call, Change
from sadzonka.visits.recruitment.actions import (
    ChoiceIsNotPossible,
    accept_place,
    choose,
    withdraw,
)
from sadzonka.visits.recruitment.choices import Choice
from tests.visits.recruitment.stage import (
    State,
    choice,
    chosen,
    closed_call,
    eligible,
    mails_to,
    open_call,
    page,
    reserve,
    state_of,
    text,
)

pytestmark = pytest.mark.django_db

CHOICE = "/en/visits/to-go/desk/choice/"


def decided(call: Call, by: Person, *choices: Choice) -> list[Application]:
    call.refresh_from_db()
    return choose(call=call, revision=call.revision, choices=choices, by=by)


def refusal(call: Call, by: Person, *choices: Choice) -> tuple[dict[int, list[str]], list[str]]:
    """Return why choices are refused, once it is clear that nothing was saved."""
    before = list(Application.objects.order_by("pk").values_list("state", "reserve_position", "revision"))
    with pytest.raises(ChoiceIsNotPossible) as refused:
        decided(call, by, *choices)
    after = list(Application.objects.order_by("pk").values_list("state", "reserve_position", "revision"))
    assert (after, Change.objects.count(), Mail.objects.count()) == (before, 0, 0)
    return refused.value.problems.of_rows, refused.value.problems.general


def test_each_decision_has_its_history_and_its_mail(ewa: Person) -> None:
    call = closed_call(places=1)
    people = [eligible(call, name, code=f"30010{n}") for n, name in ((1, "Marek"), (2, "Zofia"), (3, "Jan"))]
    marek, zofia, jan = people
    decided(
        call,
        ewa,
        choice(marek, "chosen", reason="He decides on bicycles."),
        choice(zofia, "reserve", reason="A good plan.", position=1),
        choice(jan, "refused", reason="Was here last year."),
    )
    assert [state_of(one) for one in people] == ["chosen", "reserve", "refused"]
    assert list(Change.objects.order_by("pk").values_list("application", "cause", "reason", "by")) == [
        (marek.pk, "by-hand", "He decides on bicycles.", ewa.pk),
        (jan.pk, "by-hand", "Was here last year.", ewa.pk),
        (zofia.pk, "by-hand", "A good plan.", ewa.pk),
    ]
    assert [mails_to(one.email) for one in people] == [
        [("A place for you: A visit to go on", "draft")],
        [("You are on the reserve list: A visit to go on", "draft")],
        [("Your application: A visit to go on", "draft")],
    ]
    mail = Mail.objects.get(recipient="marek@example.org")
    assert mail.key == f"application:{Change.objects.get(application=marek).pk}"
    assert "He decides on bicycles." in mail.body
    assert "at place 1" in Mail.objects.get(recipient="zofia@example.org").body


def test_a_decision_needs_a_reason_a_delegation_and_a_position(ewa: Person) -> None:
    call = closed_call()
    bare, undelegated, unplaced = (
        eligible(call, "Marek"),
        eligible(call, "Zofia", delegated_at=None),
        eligible(call, "Jan", code="300102"),
    )
    assert refusal(
        call,
        ewa,
        choice(bare, "refused", reason=" "),
        choice(undelegated, "chosen"),
        choice(unplaced, "reserve"),
    ) == (
        {
            bare.pk: ["Say why: the applicant reads it, and so will a controller."],
            undelegated.pk: ["The institution has not confirmed that it sends this person."],
            unplaced.pk: ["Say which place on the reserve list."],
        },
        [],
    )


def test_no_more_are_chosen_than_there_are_places(ewa: Person) -> None:
    call = closed_call(places=2)
    eligible(call, "Ola", code="300103", state=State.CONFIRMED)
    people = [eligible(call, name, code=f"30010{n}") for n, name in ((1, "Marek"), (2, "Zofia"))]
    assert refusal(call, ewa, *[choice(one, "chosen") for one in people]) == (
        {},
        ["1 person too many is chosen: the call has 2 places."],
    )


def test_no_more_are_chosen_from_a_municipality_than_the_call_says(ewa: Person) -> None:
    call = closed_call(municipality_limit=2)
    eligible(call, "Ola", state=State.CONFIRMED)
    people = [eligible(call, name) for name in ("Marek", "Zofia")]
    said = ["At most 2 people from one municipality: here it would be 3."]
    assert refusal(call, ewa, *[choice(one, "chosen") for one in people]) == (
        {one.pk: said for one in people},
        [],
    )


def test_a_place_on_the_reserve_list_is_one_persons(ewa: Person) -> None:
    call = closed_call(places=1)
    chosen(call, "Ola", code="300103")
    reserve(call, "Jan", 1, code="300102")
    one = eligible(call, "Marek")
    assert refusal(call, ewa, choice(one, "reserve", position=1)) == (
        {one.pk: ["Somebody else has this place on the reserve list."]},
        [],
    )


def test_nobody_waits_for_a_place_that_is_free(ewa: Person) -> None:
    call = closed_call(places=2)
    one, other = eligible(call, "Marek"), eligible(call, "Zofia", code="300102")
    said = "A place is still free for this person: choose them, or lower the places of the call."
    assert refusal(call, ewa, choice(one, "chosen"), choice(other, "reserve", position=1)) == (
        {other.pk: [said]},
        [],
    )


def test_places_on_the_reserve_list_can_be_swapped(ewa: Person) -> None:
    call = closed_call(places=1)
    chosen(call, "Ola", code="300103")
    first, second = reserve(call, "Marek", 1), reserve(call, "Zofia", 2, code="300102")
    decided(call, ewa, choice(first, "reserve", position=2), choice(second, "reserve", position=1))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.reserve_position, second.reserve_position) == (2, 1)
    assert "at place 2" in Mail.objects.get(recipient="marek@example.org").body


def test_another_decision_discards_the_mail_of_the_first(ewa: Person) -> None:
    call = closed_call(places=1)
    one = eligible(call, "Marek")
    decided(call, ewa, choice(one, "refused", reason="No."))
    one.refresh_from_db()
    decided(call, ewa, choice(one, "chosen", reason="After all."))
    assert mails_to("marek@example.org") == [
        ("Your application: A visit to go on", "discarded"),
        ("A place for you: A visit to go on", "draft"),
    ]


def test_nobody_chooses_before_the_call_has_closed(ewa: Person) -> None:
    call = open_call()
    one = eligible(call, "Marek")
    assert refusal(call, ewa, choice(one, "chosen")) == (
        {},
        ["Participants are chosen after the call has closed, until the visit is over."],
    )


def test_of_two_coordinators_the_second_is_told(ewa: Person, colleague: Person) -> None:
    call = closed_call()
    one = eligible(call, "Marek")
    choose(call=call, revision=1, choices=[choice(one, "chosen")], by=ewa)
    with pytest.raises(StaleForm):
        choose(call=call, revision=1, choices=[choice(one, "refused")], by=colleague)
    assert state_of(one) == "chosen"


def test_an_applicant_who_has_answered_meanwhile_is_not_overruled(ewa: Person) -> None:
    call = closed_call()
    one = chosen(call, "Marek")
    seen = choice(one, "refused", reason="Changed our minds.")
    accept_place(application=one)
    with pytest.raises(StaleForm):
        decided(call, ewa, seen)
    assert state_of(one) == "confirmed"


def test_who_has_accepted_meanwhile_does_not_stop_the_choice_of_others(ewa: Person) -> None:
    call = closed_call()
    one, other = chosen(call, "Marek"), eligible(call, "Zofia")
    unchanged = choice(one, "chosen", reason="")
    accept_place(application=one)
    decided(call, ewa, unchanged, choice(other, "chosen"))
    assert [state_of(one), state_of(other)] == ["confirmed", "chosen"]


def test_only_staff_choose(controller: Person, stranger: Person) -> None:
    call = closed_call()
    one = eligible(call, "Marek")
    for person in (controller, stranger):
        with pytest.raises(PermissionDenied):
            choose(call=call, revision=1, choices=[choice(one, "chosen")], by=person)


# --- the page


def sent(call: Call, *rows: tuple[Application, dict[str, Any]]) -> dict[str, Any]:
    found = {"revision": call.revision}
    for one, values in rows:
        row = {"revision": one.revision, "decision": "", "position": "", "reason": "", **values}
        found |= {f"{one.reference}-{name}": value for name, value in row.items()}
    return found


def test_the_page_saves_a_choice_and_says_how_many(ewa: Person, signed_in: Any) -> None:
    call = closed_call()
    one, other = eligible(call, "Marek"), eligible(call, "Zofia")
    browser: Client = signed_in(ewa)
    answer = browser.post(
        CHOICE, sent(call, (one, {"decision": "chosen", "reason": "Because."}), (other, {})), follow=True
    )
    assert "1 decision is saved." in text(answer)
    assert [state_of(one), state_of(other)] == ["chosen", "eligible"]


def test_the_page_shows_problems_beside_the_row_and_keeps_what_was_typed(ewa: Person, signed_in: Any) -> None:
    call = closed_call()
    one, other = eligible(call, "Marek", delegated_at=None), eligible(call, "Zofia")
    answer = signed_in(ewa).post(
        CHOICE,
        sent(
            call,
            (one, {"decision": "chosen", "reason": "Kept words."}),
            (other, {"decision": "chosen", "reason": "Good."}),
        ),
    )
    assert answer.status_code == 422
    row = page(answer).find(id=f"row-{one.reference}")
    assert "The institution has not confirmed" in row.text
    assert "Kept words." in row.text
    assert [state_of(one), state_of(other)] == ["eligible", "eligible"]


def test_a_stale_page_keeps_what_was_typed_and_can_be_saved_again(ewa: Person, signed_in: Any) -> None:
    call = closed_call()
    one, other = eligible(call, "Marek"), eligible(call, "Zofia")
    browser, old = signed_in(ewa), call.revision
    decided(call, ewa, choice(other, "refused", reason="No."))
    call.revision = old
    form = sent(call, (one, {"decision": "chosen", "reason": "Kept words."}), (other, {}))
    answer = browser.post(CHOICE, form)
    assert (answer.status_code, state_of(one)) == (409, "eligible")
    shown = page(answer)
    assert "Kept words." in shown.find(id=f"row-{one.reference}").text
    again = {
        field["name"]: field["value"]
        for field in shown.find("main").select("input[type=hidden]")
        if field["name"].endswith("revision")
    }
    form |= again
    form |= {f"{other.reference}-decision": "refused", f"{other.reference}-reason": "No."}
    assert browser.post(CHOICE, form).status_code == 302
    assert [state_of(one), state_of(other)] == ["chosen", "refused"]


def test_a_controller_reads_the_choice_and_cannot_save_it(controller: Person, signed_in: Any) -> None:
    call = closed_call()
    one = eligible(call, "Marek")
    browser = signed_in(controller)
    assert page(browser.get(CHOICE)).find("fieldset", disabled=True) is not None
    assert browser.post(CHOICE, sent(call, (one, {"decision": "chosen"}))).status_code == 404
    assert state_of(one) == "eligible"


def test_a_damaged_form_says_so(ewa: Person, signed_in: Any) -> None:
    call = closed_call()
    eligible(call, "Marek")
    answer = signed_in(ewa).post(CHOICE, {"revision": "x"})
    assert answer.status_code == 422
    assert "This form is damaged." in text(answer)


def test_without_anybody_to_decide_on_the_page_says_what_to_do(ewa: Person, signed_in: Any) -> None:
    closed_call()
    assert "Check those that were sent first." in text(signed_in(ewa).get(CHOICE))


def test_staff_withdraw_on_the_applicants_word_and_the_applicant_is_told(
    ewa: Person, stranger: Person
) -> None:
    one = chosen(closed_call(), "Marek")
    withdraw(application=one, reason="He called us.", by=ewa)
    assert (state_of(one), mails_to("marek@example.org")) == (
        "withdrawn",
        [("Your application has ended: A visit to go on", "draft")],
    )
    with pytest.raises(PermissionDenied):
        withdraw(application=one, by=stranger)
