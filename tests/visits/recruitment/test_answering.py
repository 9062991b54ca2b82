"""What applicants do with their link, and what their superiors do with theirs."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from sadzonka.outbox.links import address_of
from sadzonka.outbox.models import Link, Mail
from sadzonka.people.actions import affiliate, create_account
from sadzonka.people.models import Affiliation, Person
from sadzonka.visits.models import Application, Call, Change, Visit
from sadzonka.visits.recruitment.actions import (
    PlaceIsNotOffered,
    TooLate,
    accept_place,
    decide_delegation,
    decline_place,
    withdraw,
)
from sadzonka.visits.recruitment.mails import application_link, delegation_link
from tests import factories
from tests.chain import application
from tests.visits.recruitment.stage import (
    DAY,
    State,
    chosen,
    closed_call,
    eligible,
    errors,
    form,
    link_in,
    mails_to,
    open_call,
    page,
    reserve,
    state_of,
    text,
)

pytestmark = pytest.mark.django_db


def path_of(of: Application) -> str:
    return "/en" + address_of(application_link(of)).split("/en", 1)[1]


def superior_path(of: Application) -> str:
    return "/en" + address_of(delegation_link(of)).split("/en", 1)[1]


def kept(call: Call) -> Application:
    return application(call, "Marek", state=State.STARTED, submitted_at=None)


# --- editing


def test_a_stale_form_is_refused_and_what_was_typed_is_kept(client: Client) -> None:
    one = kept(open_call())
    path = path_of(one)
    assert client.post(path, form(revision=1, go="later", motivation="first")).status_code == 302
    answer = client.post(path, form(revision=1, go="later", motivation="second"))
    assert answer.status_code == 409
    shown = page(answer)
    assert shown.find(id="id_motivation").text.strip() == "second"
    one.refresh_from_db()
    assert one.motivation == "first"
    again = form(revision=shown.find("input", {"name": "revision"})["value"], motivation="second", go="later")
    assert client.post(path, again).status_code == 302
    one.refresh_from_db()
    assert one.motivation == "second"


def test_what_was_sent_can_be_read_and_not_edited(client: Client) -> None:
    one = application(open_call(), "Marek")
    path = path_of(one)
    assert "We look for a way to renovate bicycles." in text(client.get(path))
    assert page(client.get(path)).find(id="id_motivation") is None
    client.post(path, form(revision=one.revision, motivation="Other"))
    one.refresh_from_db()
    assert one.motivation == "We look for a way to renovate bicycles."


@pytest.mark.parametrize(("returned", "state"), [(6, State.SUBMITTED), (8, State.RETURNED)])
def test_what_was_returned_can_be_completed_for_a_week_after_the_call(
    returned: int, state: str, client: Client
) -> None:
    one = application(closed_call(), "Marek", state=State.RETURNED)
    Change.objects.create(application=one, state=State.RETURNED, reason="The stamp is missing.")
    Change.objects.update(changed_at=timezone.now() - returned * DAY)
    answer = client.post(path_of(one), form(revision=one.revision))
    assert answer.status_code == 302
    assert state_of(one) == state
    assert "The stamp is missing." in text(client.get(path_of(one)))


def test_what_was_not_sent_in_time_cannot_be_sent_later(client: Client) -> None:
    one = kept(closed_call())
    client.post(path_of(one), form(revision=one.revision))
    assert state_of(one) == State.STARTED
    assert "The call has closed, and this application was not sent." in text(client.get(path_of(one)))


def test_another_superior_gets_a_new_link_and_the_old_one_ends(client: Client) -> None:
    one = application(open_call(), "Marek", state=State.RETURNED, delegated_at=timezone.now())
    Change.objects.create(application=one, state=State.RETURNED, reason="Wrong superior.")
    old = superior_path(one)
    client.post(path_of(one), form(revision=one.revision, superior_email="starosta@example.org"))
    one.refresh_from_db()
    assert (one.delegated_at, client.get(old).status_code) == (None, 410)
    (mail,) = Mail.objects.filter(recipient="starosta@example.org")
    assert client.get(link_in(mail, "delegation")).status_code == 200


# --- accepting, declining, withdrawing


def test_accepting_makes_a_participant_with_an_account(client: Client) -> None:
    one = chosen(closed_call(), "Marek", language="it")
    with override("it"):
        path = reverse("application_answer", args=[application_link(one).token])
    assert client.post(path, {"answer": "accept"}).status_code == 302
    one.refresh_from_db()
    assert one.person is not None
    assert (one.state, one.person.email, one.person.language, str(one.person)) == (
        State.CONFIRMED,
        "marek@example.org",
        "it",
        "Marek Nowak",
    )
    assert [(one.municipality.code, one.group) for one in one.person.affiliations.all()] == [
        ("300101", "office")
    ]
    assert one.changes.count() == 1
    assert "_auth_user_id" not in client.session


def test_accepting_twice_is_one_acceptance(client: Client) -> None:
    one = chosen(closed_call(), "Marek")
    for _time in range(2):
        assert client.post(f"{path_of(one)}answer/", {"answer": "accept"}).status_code == 302
    assert (state_of(one), one.changes.count()) == (State.CONFIRMED, 1)
    assert mails_to("marek@example.org") == [("Your place is confirmed: A visit to go on", "waiting")]


def test_an_account_that_exists_is_linked_and_keeps_its_rights(client: Client) -> None:
    person = create_account(email="Marek@example.org", name="Marek", roles=["staff"])
    place = factories.municipality()
    affiliate(person=person, municipality=place, group=Affiliation.Group.COUNCIL, is_editor=True)
    one = chosen(closed_call(), "Marek", language="it")
    accept_place(application=one)
    one.refresh_from_db()
    affiliation = person.affiliations.get()
    assert (one.person, Person.objects.get(pk=person.pk).language) == (person, "pl")
    assert (affiliation.group, affiliation.is_editor) == ("council", True)


def test_a_place_cannot_be_accepted_too_late_or_when_it_is_not_offered() -> None:
    call = closed_call()
    late = chosen(call, "Marek", answer_by=timezone.now() - DAY)
    gone = chosen(call, "Zofia")
    withdraw(application=gone)
    for one in (late, gone, eligible(call, "Jan"), reserve(call, "Ola", 1, code="300102")):
        with pytest.raises(PlaceIsNotOffered):
            accept_place(application=one)
    assert Person.objects.filter(email="marek@example.org").exists() is False


def test_withdrawing_is_asked_once_more_and_is_done_once(client: Client) -> None:
    one = chosen(closed_call(), "Marek")
    path = path_of(one)
    asked = client.get(f"{path}answer/?answer=withdraw")
    assert (asked.status_code, "Are you sure?" in text(asked), state_of(one)) == (200, True, State.CHOSEN)
    for _time in range(2):
        client.post(f"{path}answer/", {"answer": "withdraw", "reason": "I am ill."})
    assert state_of(one) == State.WITHDRAWN
    assert list(one.changes.values_list("cause", "reason")) == [("applicant", "I am ill.")]
    assert mails_to("marek@example.org") == [("You have withdrawn: A visit to go on", "waiting")]
    client.post(f"{path}answer/", {"answer": "accept"})
    assert state_of(one) == State.WITHDRAWN


def test_declining_is_for_offered_places_only() -> None:
    call = closed_call()
    one = chosen(call, "Marek")
    assert state_of(decline_place(application=one)) == State.WITHDRAWN
    with pytest.raises(PlaceIsNotOffered):
        decline_place(application=eligible(call, "Jan"))


def test_after_the_visit_nobody_withdraws() -> None:
    call = closed_call()
    one = eligible(call, "Marek", state=State.CONFIRMED)
    Visit.objects.update(state=Visit.State.COMPLETED)
    with pytest.raises(TooLate):
        withdraw(application=one)


@pytest.mark.parametrize("junk", ["", "confirm", "eligible", "\x00"])
def test_an_answer_that_is_none_changes_nothing(junk: str, client: Client) -> None:
    one = chosen(closed_call(), "Marek")
    answer = client.post(f"{path_of(one)}answer/", {"answer": junk})
    assert (answer.status_code, state_of(one)) == (302, State.CHOSEN)


def test_pictures_are_decided_on_apart_and_as_often_as_one_likes(client: Client) -> None:
    one = application(open_call(), "Marek")
    for word, consents in (("yes", True), ("no", False), ("yes", True)):
        client.post(f"{path_of(one)}answer/", {"answer": f"pictures-{word}"})
        one.refresh_from_db()
        assert (one.image_consent, one.state) == (consents, State.SUBMITTED)


def test_a_drafted_offer_is_discarded_when_its_place_is_declined() -> None:
    call = closed_call(places=1)
    one, waits = chosen(call, "Marek"), reserve(call, "Zofia", 1, code="300102")
    withdraw(application=one)
    offer = Mail.objects.get(recipient="zofia@example.org")
    assert (offer.state, offer.topic) == ("draft", f"visit:{call.visit.pk}")
    waits.refresh_from_db()
    decline_place(application=waits)
    offer.refresh_from_db()
    assert offer.state == "discarded"


# --- delegation


def test_a_superior_confirms_with_one_click_and_sees_no_more_than_needed(client: Client) -> None:
    one = application(open_call(), "Marek", needs="A ramp", phone="600 000 000")
    path = superior_path(one)
    shown = text(client.get(path))
    assert "Marek Nowak" in shown
    assert "Urząd Gminy" in shown
    assert [word for word in ("renovate bicycles", "A ramp", "600 000 000") if word in shown] == []
    answer = client.post(path, {"name": "Anna Wójt", "remark": "", "decision": "confirm"})
    one.refresh_from_db()
    assert (answer.status_code, one.is_delegated, one.delegated_by) == (302, True, "Anna Wójt")


def test_a_superior_refuses_and_may_think_again(client: Client) -> None:
    one = application(open_call(), "Marek")
    path = superior_path(one)
    client.post(path, {"name": "Anna Wójt", "remark": "No time.", "decision": "refuse"})
    one.refresh_from_db()
    assert (one.is_delegated, one.delegation_refused_at is None, one.delegation_note) == (
        False,
        False,
        "No time.",
    )
    client.post(path, {"name": "Anna Wójt", "remark": "", "decision": "confirm"})
    one.refresh_from_db()
    assert (one.is_delegated, one.delegation_refused_at) == (True, None)


def test_a_superior_says_who_they_are(client: Client) -> None:
    one = application(open_call(), "Marek")
    answer = client.post(superior_path(one), {"name": "", "decision": "confirm"})
    one.refresh_from_db()
    assert (answer.status_code, errors(answer), one.is_delegated) == (
        422,
        {"name": ["Say who confirms this."]},
        False,
    )


def test_after_the_choice_the_delegation_stays_as_it_is(client: Client) -> None:
    one = chosen(closed_call(), "Marek")
    with pytest.raises(TooLate):
        decide_delegation(application=one, is_confirmed=False, name="Anna Wójt")
    answer = client.post(superior_path(one), {"name": "Anna Wójt", "decision": "refuse"})
    one.refresh_from_db()
    assert (answer.status_code, one.is_delegated) == (302, True)
    assert "There is nothing to decide here now." in text(client.get(superior_path(one)))


def test_a_delegation_that_comes_late_gives_a_free_place_to_the_reserve() -> None:
    call = closed_call(places=1)
    one = reserve(call, "Marek", 1, delegated_at=None)
    decide_delegation(application=one, is_confirmed=True, name="Anna Wójt")
    assert state_of(one) == State.CHOSEN


def test_a_link_of_one_kind_opens_nothing_of_another(client: Client) -> None:
    one = application(open_call(), "Marek")
    token = superior_path(one).split("/")[-2]
    assert client.get(f"/en/application/{token}/").status_code == 410
    assert client.get(f"/en/application/{token}/answer/").status_code == 410
    Link.objects.update(expires_at=timezone.now())
    assert client.get(f"/en/delegation/{token}/").status_code == 410


def test_every_mail_is_in_the_applicants_language() -> None:
    one = chosen(closed_call(), "Marek", language="pl")
    accept_place(application=one)
    mail = Mail.objects.get(recipient="marek@example.org")
    assert mail.language == "pl"
    assert "/pl/" in mail.body
