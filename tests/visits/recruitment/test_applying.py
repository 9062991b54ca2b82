"""Applying without an account: at once or in parts, once per address, and only while the call is open."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from sadzonka.outbox.models import Mail
from sadzonka.practices.models import Practice
from sadzonka.visits.models import Application, Change, Visit
from tests import factories
from tests.chain import application, call_for
from tests.visits.recruitment.stage import (
    DAY,
    errors,
    form,
    link_in,
    mails_to,
    open_call,
    page,
    subject_of,
    text,
)

pytestmark = pytest.mark.django_db

APPLY = "/en/visits/to-go/apply/"


def test_an_application_is_sent_in_one_go(client: Client) -> None:
    call = open_call()
    card = Practice.objects.get(slug="bicycles-from-prison")
    answer = client.post(APPLY, form(practices=[card.pk], needs="A ramp.", pictures="no"))
    assert (answer.status_code, answer["Location"]) == (302, f"{APPLY}?written=1")
    one = Application.objects.get(call=call)
    assert (one.state, one.full_name, one.municipality.code, one.language) == (
        "submitted",
        "Marek Kowalski",
        "300101",
        "en",
    )
    assert (one.needs, one.image_consent, one.notice_version) == ("A ramp.", False, 1)
    assert [practice.slug for practice in one.practices.all()] == ["bicycles-from-prison"]
    assert list(one.changes.values_list("state", "cause")) == [("submitted", "applicant")]
    assert mails_to("marek@example.org") == [("We have your application: A visit to go on", "waiting")]
    assert mails_to("wojt@example.org") == [("Do you send Marek Kowalski on a study visit?", "waiting")]


def test_an_application_is_kept_with_a_name_and_an_address_and_sent_later(client: Client) -> None:
    open_call()
    kept = {"first_name": "Marek", "last_name": "Kowalski", "email": "marek@example.org", "go": "later"}
    client.post(APPLY, {**form(), **dict.fromkeys(form(), ""), **kept, "nonce": form()["nonce"]})
    one = Application.objects.get()
    assert (one.state, one.municipality, Change.objects.count()) == ("started", None, 0)
    (mail,) = Mail.objects.all()
    path = link_in(mail)
    assert subject_of(path) == one.pk
    shown = page(client.get(path))
    revision = shown.find("input", {"name": "revision"})["value"]
    answer = client.post(path, form(revision=revision))
    assert (answer.status_code, answer["Location"]) == (302, path)
    one.refresh_from_db()
    assert (one.state, one.municipality.code) == ("submitted", "300101")
    assert "What you sent" in client.get(path).content.decode()


def test_to_send_needs_more_than_to_keep(client: Client) -> None:
    open_call()
    empty = {**dict.fromkeys(form(), ""), "nonce": form()["nonce"]}
    assert sorted(errors(client.post(APPLY, {**empty, "go": "later"}))) == [
        "email",
        "first_name",
        "last_name",
    ]
    answer = client.post(APPLY, {**empty, "go": "send"})
    assert answer.status_code == 422
    assert sorted(errors(answer)) == [
        "email",
        "first_name",
        "institution",
        "last_name",
        "motivation",
        "municipality",
        "notice",
        "position",
        "superior_email",
        "superior_name",
    ]
    assert Application.objects.count() == 0


def test_what_was_written_stays_beside_an_error(client: Client) -> None:
    open_call()
    answer = client.post(APPLY, form(superior_email="wrong", motivation="Long\ntext"))
    assert (answer.status_code, list(errors(answer))) == (422, ["superior_email"])
    shown = page(answer)
    assert shown.find(id="id_motivation").text.strip() == "Long\ntext"
    assert shown.find(id="id_municipality")["value"] == "300101"


def test_one_form_sent_twice_is_one_application_and_one_mail(client: Client) -> None:
    open_call()
    sent = form()
    for _time in range(2):
        assert client.post(APPLY, sent).status_code == 302
    assert (Application.objects.count(), len(mails_to("marek@example.org"))) == (1, 1)


def test_the_same_form_with_another_address_is_another_application(client: Client) -> None:
    open_call()
    sent = form()
    client.post(APPLY, sent)
    client.post(APPLY, {**sent, "email": "zofia@example.org"})
    assert sorted(Application.objects.values_list("email", flat=True)) == [
        "marek@example.org",
        "zofia@example.org",
    ]


def test_who_has_applied_is_told_by_mail_only_and_nothing_is_changed(client: Client) -> None:
    open_call()
    first = client.post(APPLY, form())
    second = client.post(APPLY, form(email="MAREK@example.org", motivation="Something else"))
    assert (second.status_code, second["Location"]) == (first.status_code, first["Location"])
    one = Application.objects.get()
    assert one.motivation == "We look for a way to renovate bicycles."
    assert [subject for subject, _state in mails_to("marek@example.org")] == [
        "We have your application: A visit to go on",
        "Your application: A visit to go on",
    ]
    assert subject_of(link_in(Mail.objects.get(key__startswith="applying", subject__startswith="Your"))) == (
        one.pk
    )


def test_who_has_withdrawn_may_apply_anew(client: Client) -> None:
    open_call()
    client.post(APPLY, form())
    Application.objects.update(state="withdrawn")
    client.post(APPLY, form())
    assert list(Application.objects.values_list("state", flat=True)) == ["withdrawn", "submitted"]


def test_a_program_that_fills_in_the_unseen_field_is_thanked_and_forgotten(client: Client) -> None:
    open_call()
    answer = client.post(APPLY, form(left_empty="spam"))
    assert (answer.status_code, Application.objects.count(), Mail.objects.count()) == (302, 0, 0)


def test_one_network_address_starts_only_so_many(client: Client, settings: LazySettings) -> None:
    open_call()
    settings.APPLICATIONS_PER_HOUR = 2
    answers = [client.post(APPLY, form(email=f"{name}@example.org")).status_code for name in "abc"]
    assert (answers, Application.objects.count()) == ([302, 302, 429], 2)
    elsewhere = client.post(APPLY, form(email="c@example.org"), REMOTE_ADDR="203.0.113.9")
    assert elsewhere.status_code == 302
    assert "127.0.0.1" not in "".join(Mail.objects.values_list("key", flat=True))


@pytest.mark.parametrize(
    ("opens", "closes", "state", "said"),
    [
        (-2, -1, Visit.State.RECRUITING, "The call has closed."),
        (1, 2, Visit.State.RECRUITING, "Applications are not taken yet."),
        (-1, 1, Visit.State.SELECTING, "The call has closed."),
        (-1, 1, Visit.State.CANCELLED, "This visit is cancelled."),
    ],
)
def test_a_call_that_is_not_open_says_so_and_takes_nothing(
    opens: int, closes: int, state: str, said: str, client: Client
) -> None:
    now = timezone.now()
    call = open_call(opens_at=now + opens * DAY, closes_at=now + closes * DAY)
    Visit.objects.filter(pk=call.visit.pk).update(state=state)
    assert said in text(client.get(APPLY))
    answer = client.post(APPLY, form())
    assert (answer.status_code, said in text(answer), Application.objects.count()) == (200, True, 0)


def test_a_visit_without_a_call_or_in_draft_has_no_such_page(client: Client) -> None:
    call = open_call()
    Visit.objects.filter(pk=call.visit.pk).update(state="draft")
    assert client.get(APPLY).status_code == 404
    assert client.get("/en/visits/wwd-italy-2013/apply/").status_code == 404


def test_the_public_page_of_the_visit_leads_to_the_form_while_the_call_is_open(client: Client) -> None:
    call = open_call()
    assert page(client.get("/en/visits/to-go/")).find("a", href=APPLY) is not None
    call.closes_at = timezone.now() - DAY
    call.save()
    answer = client.get("/en/visits/to-go/")
    assert page(answer).find("a", href=APPLY) is None
    assert "Applications were taken until" in text(answer)


def test_a_superior_has_another_address(client: Client) -> None:
    open_call()
    answer = client.post(APPLY, form(superior_email="Marek@example.org"))
    assert (answer.status_code, list(errors(answer))) == (422, ["superior_email"])
    later = client.post(APPLY, form(superior_email="marek@example.org", go="later"))
    assert later.status_code == 422


# --- municipalities, as people write them


@pytest.mark.parametrize(
    "written", ["300101", "Chodzież 300101", "chodziez, 300101", "gmina Chodzież 300101"]
)
def test_a_municipality_is_found_by_its_code_and_name(written: str, client: Client) -> None:
    open_call()
    client.post(APPLY, form(municipality=written))
    assert Application.objects.get().municipality.code == "300101"


@pytest.mark.parametrize(
    "written", ["Chodzież", "chodziez", "gmina wiejska Chodzież", "Urząd Gminy Chodzież"]
)
def test_a_name_that_several_have_is_answered_with_the_candidates(written: str, client: Client) -> None:
    open_call()
    sent = form(municipality=written)
    answer = client.post(APPLY, sent)
    assert (answer.status_code, list(errors(answer))) == (422, ["municipality"])
    offered = [one["value"] for one in page(answer).find_all("input", {"name": "municipality_choice"})]
    assert offered == ["PL-300101", "PL-300103"]
    assert client.post(APPLY, {**sent, "municipality_choice": "PL-300103"}).status_code == 302
    assert Application.objects.get().municipality.code == "300103"


@pytest.mark.parametrize("written", ["Nowhere at all", "a"])
def test_a_name_that_nothing_or_far_too_much_has_is_an_error(written: str, client: Client) -> None:
    open_call()
    answer = client.post(APPLY, form(municipality=written, municipality_choice="PL-300101"))
    assert (answer.status_code, list(errors(answer))) == (422, ["municipality"])


def test_a_form_that_was_used_for_another_visit_is_an_application_to_this_one(client: Client) -> None:
    sent = form()
    first = application(call_for(factories.visit("other", "Another")), "Marek", nonce=sent["nonce"])
    call = open_call()
    assert client.post(APPLY, sent).status_code == 302
    assert Application.objects.exclude(pk=first.pk).get().call == call
