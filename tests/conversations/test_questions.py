"""Questions to hosts: asked, read by staff, sent, answered through a link, published or not."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from sadzonka.conversations.hosts.actions import (
    AnswerHasChanged,
    QuestionHasMoved,
    TooManyQuestions,
    answer_question,
    ask,
    decline_question,
    send_question,
)
from sadzonka.conversations.models import Question
from sadzonka.organisations.models import Organisation
from sadzonka.outbox.actions import make_link, revoke_links
from sadzonka.outbox.links import address_of
from sadzonka.outbox.models import Link, Mail
from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from tests.chain import World
from tests.conversations.test_threads import AssertQueries, SignIn, texts

pytestmark = pytest.mark.django_db
PRACTICE = "/en/practices/bicycles-from-prison/exchange/"
HOST = "/en/organisations/cadiai/exchange/"
TEXT = "Who pays for the spare parts?"
ANSWER = {"text": "Il comune.", "language": "it", "answered_by": "Chiara", "may_be_published": "yes"}


@pytest.fixture
def cadiai(db: None) -> Organisation:
    return Organisation.objects.get(slug="cadiai")


@pytest.fixture
def question(world: World, cadiai: Organisation) -> Question:
    """Marek asks CADIAI about the visit."""
    return asked(world.marek, cadiai, subject=world.visit)


@pytest.fixture
def link(question: Question, ewa: Person) -> Link:
    """Ewa has sent the question to Chiara."""
    send_question(question=question, by=ewa, **mail())
    return Link.objects.get(purpose=Link.Purpose.QUESTION)


def asked(person: Person, host: Organisation, text: str = TEXT, **more: Any) -> Question:
    return ask(
        **{
            "nonce": uuid.uuid4(),
            "subject": host,
            "host": host,
            "asked_by": person,
            "language": "en",
            "text": text,
            **more,
        }
    )


def mail(**more: Any) -> dict[str, Any]:
    return {
        "seen_state": "asked",
        "nonce": uuid.uuid4(),
        "recipient": "chiara@example.org",
        "subject": "Una domanda",
        "body": "Buongiorno, una domanda.",
        "language": "it",
        **more,
    }


def answered(question: Question, **more: Any) -> Question:
    return answer_question(question=question, **{"seen_at": None, **ANSWER, "may_be_published": True, **more})


def page_of(link: Link) -> str:
    return address_of(link).removeprefix(settings.BASE_ADDRESS)


# --- asking


@pytest.mark.parametrize("subject", ["organisations/cadiai", "visits/under-way"])
def test_a_signed_in_person_asks_a_host(
    subject: str, world: World, cadiai: Organisation, signed_in: SignIn
) -> None:
    form = {"nonce": uuid.uuid4(), "host": cadiai.pk, "text": TEXT, "language": "en"}
    answer = signed_in(world.marek).post(f"/en/{subject}/exchange/ask/", form)
    assert (answer.status_code, answer["Location"]) == (302, f"/en/{subject}/exchange/#questions")
    question = Question.objects.get()
    assert (question.state, question.host, question.asked_by) == ("asked", cadiai, world.marek)
    assert question.subject.slug == subject.split("/")[1]
    assert Mail.objects.count() == 0


def test_whoever_runs_a_practice_is_asked_about_it(
    world: World, cadiai: Organisation, client: Client, signed_in: SignIn
) -> None:
    practice = Practice.objects.get(slug="bicycles-from-prison")
    practice.run_by = cadiai
    practice.save()
    page = signed_in(world.marek).get(f"{PRACTICE}ask/")
    assert texts(page, "select[name=host] option")[0] != ""
    form = {"nonce": uuid.uuid4(), "host": cadiai.pk, "text": TEXT, "language": "en"}
    assert signed_in(world.marek).post(f"{PRACTICE}ask/", form).status_code == 302
    assert Question.objects.get().host == cadiai


def test_a_host_of_something_else_is_not_asked(world: World, signed_in: SignIn) -> None:
    other = Organisation.objects.get(slug="consorzio-karabak")
    form = {"nonce": uuid.uuid4(), "host": other.pk, "text": TEXT, "language": "en"}
    answer = signed_in(world.marek).post(f"{HOST}ask/", form)
    assert (answer.status_code, Question.objects.count()) == (422, 0)
    assert texts(answer, "textarea[name=text]") == [TEXT]


def test_the_same_form_sent_twice_is_one_question(world: World, cadiai: Organisation) -> None:
    nonce = uuid.uuid4()
    for _twice in range(2):
        asked(world.marek, cadiai, nonce=nonce)
    asked(world.marek, cadiai, "Another question", nonce=nonce)
    assert Question.objects.count() == 2


def test_nobody_asks_more_often_than_the_limit(world: World, cadiai: Organisation, signed_in: SignIn) -> None:
    for number in range(settings.QUESTIONS_TO_HOSTS_PER_DAY):
        asked(world.marek, cadiai, f"Question {number}")
    with pytest.raises(TooManyQuestions):
        asked(world.marek, cadiai)
    form = {"nonce": uuid.uuid4(), "host": cadiai.pk, "text": TEXT, "language": "en"}
    answer = signed_in(world.marek).post(f"{HOST}ask/", form)
    assert (answer.status_code, texts(answer, "textarea[name=text]")) == (429, [TEXT])
    Question.objects.update(asked_at=timezone.now() - dt.timedelta(days=2))
    asked(world.marek, cadiai)


def test_before_asking_one_reads_what_the_host_has_answered(
    question: Question, link: Link, world: World, client: Client, signed_in: SignIn
) -> None:
    answered(question)
    for browser in (client, signed_in(world.neighbour)):
        assert texts(browser.get(f"{HOST}ask/"), ".entries .reply") == ["Il comune."]
    assert texts(client.get(f"{HOST}ask/"), "form textarea") == []


# --- passing on


def test_staff_read_the_whole_mail_change_it_and_send_it_in_one_go(
    question: Question, ewa: Person, signed_in: SignIn
) -> None:
    browser, address = signed_in(ewa), f"/en/desk/questions/{question.pk}/"
    proposed = texts(browser.get(f"{address}?language=en"), "textarea[name=body]")[0]
    assert TEXT in proposed
    assert "Marek, Chodzież" in proposed
    assert "marek@example.org" not in proposed
    answer = browser.post(f"{address}?language=it", mail(body="In parole mie.", subject="Domanda"))
    assert answer["Location"] == "/en/desk/questions/"
    sent, link = Mail.objects.get(), Link.objects.get()
    assert (sent.state, sent.topic, sent.recipient) == ("waiting", "questions", "chiara@example.org")
    assert (sent.subject, sent.reviewed_by, sent.language) == ("Domanda", ewa, "it")
    assert sent.body.startswith("In parole mie.\n\n")
    assert address_of(link) in sent.body
    assert "/it/" in address_of(link)
    assert dt.timedelta(days=59) < link.expires_at - timezone.now() <= dt.timedelta(days=60)
    question.refresh_from_db()
    assert question.state == "sent"


def test_the_mail_is_proposed_in_the_language_of_the_host_s_country(
    question: Question, ewa: Person, signed_in: SignIn
) -> None:
    page = signed_in(ewa).get(f"/en/desk/questions/{question.pk}/")
    assert texts(page, "nav.pages a[aria-current]") == ["write in: Italian"]


def test_the_same_mail_sent_twice_leaves_once(question: Question, ewa: Person) -> None:
    form = mail()
    for _twice in range(2):
        send_question(question=question, by=ewa, **form)
    assert (Mail.objects.count(), Link.objects.count()) == (1, 1)


def test_what_a_colleague_has_dealt_with_is_not_sent_and_the_text_is_kept(
    question: Question, link: Link, colleague: Person, signed_in: SignIn
) -> None:
    with pytest.raises(QuestionHasMoved):
        send_question(question=question, by=colleague, **mail())
    answer = signed_in(colleague).post(
        f"/en/desk/questions/{question.pk}/", mail(body="What I wrote meanwhile")
    )
    assert (answer.status_code, Mail.objects.count()) == (409, 1)
    assert texts(answer, "textarea[name=body]") == ["What I wrote meanwhile"]


def test_sent_again_to_another_address_the_first_link_ends(
    question: Question, link: Link, ewa: Person, client: Client
) -> None:
    send_question(question=question, by=ewa, **mail(seen_state="sent", recipient="right@example.org"))
    newest = Link.objects.latest("pk")
    assert [client.get(page_of(one)).status_code for one in (link, newest)] == [410, 200]


def test_a_question_is_declined_and_whoever_asked_reads_why(
    question: Question, world: World, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    answer = signed_in(ewa).post(
        f"/en/desk/questions/{question.pk}/",
        {"decline": "1", "seen_state": "asked", "reason": "It is answered on the card."},
    )
    assert answer.status_code == 302
    address = "/en/visits/under-way/exchange/"
    assert "It is answered on the card." in signed_in(world.marek).get(address).content.decode()
    for somebody in (client, signed_in(world.neighbour)):
        assert TEXT not in somebody.get(address).content.decode()


def test_declining_needs_a_reason_and_ends_the_link(
    question: Question, link: Link, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    form = {"decline": "1", "seen_state": "sent", "reason": ""}
    assert signed_in(ewa).post(f"/en/desk/questions/{question.pk}/", form).status_code == 422
    decline_question(question=question, by=ewa, seen_state="sent", reason="The host has closed.")
    assert client.get(page_of(link)).status_code == 410


def test_nobody_but_staff_passes_questions_on(question: Question, world: World, controller: Person) -> None:
    for somebody in (world.marek, world.facilitator, controller):
        with pytest.raises(PermissionDenied):
            send_question(question=question, by=somebody, **mail())
        with pytest.raises(PermissionDenied):
            decline_question(question=question, by=somebody, seen_state="asked", reason="No")


# --- answering


def test_a_host_answers_for_everybody(question: Question, link: Link, client: Client, world: World) -> None:
    page = client.get(page_of(link))
    assert (page.status_code, page["X-Robots-Tag"]) == (200, "noindex")
    assert TEXT in page.content.decode()
    assert texts(page, "input[type=radio][checked]") == []
    assert client.post(page_of(link), ANSWER).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.answer, question.answered_by) == ("published", "Il comune.", "Chiara")
    for address in (HOST, "/en/visits/under-way/exchange/"):
        assert texts(client.get(address), "#questions .reply") == ["Il comune."]
    assert "Il comune." in client.get("/en/organisations/cadiai/").content.decode()


def test_what_a_host_does_not_want_published_reads_only_who_asked_and_staff(  # noqa: PLR0917
    question: Question, link: Link, world: World, ewa: Person, client: Client, signed_in: SignIn
) -> None:
    client.post(page_of(link), {**ANSWER, "may_be_published": "no"})
    question.refresh_from_db()
    assert (question.state, question.may_be_published) == ("answered", False)
    addresses = (HOST, f"{HOST}ask/", "/en/visits/under-way/exchange/", "/en/organisations/cadiai/")
    for address in addresses:
        for somebody in (client, signed_in(world.neighbour)):
            assert "Il comune." not in somebody.get(address).content.decode()
    assert texts(signed_in(world.marek).get(addresses[2]), "#questions .reply") == ["Il comune."]
    assert "Il comune." in signed_in(ewa).get(f"/en/desk/questions/{question.pk}/").content.decode()


def test_a_host_must_choose_who_may_read_and_loses_nothing(
    question: Question, link: Link, client: Client
) -> None:
    answer = client.post(page_of(link), {**ANSWER, "may_be_published": ""})
    assert answer.status_code == 422
    assert (
        texts(answer, ".errors li a") == ["Chi può leggere la risposta?"]
        or len(texts(answer, ".errors li a")) == 1
    )
    assert texts(answer, "textarea[name=text]") == ["Il comune."]
    question.refresh_from_db()
    assert question.state == "sent"


def test_a_host_comes_back_and_withdraws_the_answer_from_publication(
    question: Question, link: Link, client: Client
) -> None:
    client.post(page_of(link), ANSWER)
    question.refresh_from_db()
    assert question.answered_at is not None
    seen_at = question.answered_at.isoformat()
    again = {**ANSWER, "may_be_published": "no", "seen_at": seen_at}
    assert client.post(page_of(link), again).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.may_be_published) == ("answered", False)
    assert texts(client.get(HOST), "#questions .reply") == []


def test_an_answer_from_a_second_tab_does_not_undo_the_newer_one(
    question: Question, link: Link, client: Client
) -> None:
    client.post(page_of(link), ANSWER)
    with pytest.raises(AnswerHasChanged):
        answered(question, text="Older")
    answer = client.post(page_of(link), {**ANSWER, "text": "Older"})
    assert answer.status_code == 409
    assert texts(answer, "textarea[name=text]") == ["Older"]
    question.refresh_from_db()
    assert question.answer == "Il comune."


def test_the_same_answer_sent_twice_is_one(question: Question, link: Link, client: Client) -> None:
    assert [client.post(page_of(link), ANSWER).status_code for _twice in range(2)] == [302, 302]


def test_wrong_expired_revoked_links_and_those_for_something_else_open_nothing(
    question: Question, link: Link, client: Client
) -> None:
    other = make_link(
        purpose=Link.Purpose.HOSTING,
        subject_id=question.pk,
        language="it",
        expires_at=timezone.now() + dt.timedelta(days=1),
    )
    page = page_of(link)
    wrong = [page.replace(link.token, token) for token in (other.token, f"{link.pk}:x", "1", link.token[:-1])]
    for address in wrong:
        assert [client.get(address).status_code, client.post(address, ANSWER).status_code] == [410, 410]
    Link.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    assert [client.get(page).status_code, client.post(page, ANSWER).status_code] == [410, 410]
    Link.objects.filter(pk=link.pk).update(expires_at=timezone.now() + dt.timedelta(days=1))
    assert client.get(page).status_code == 200
    revoke_links(purpose=Link.Purpose.QUESTION, subject_id=question.pk)
    assert [client.get(page).status_code, client.post(page, ANSWER).status_code] == [410, 410]
    question.refresh_from_db()
    assert question.state == "sent"


def test_a_link_to_a_question_that_is_gone_is_over(question: Question, link: Link, client: Client) -> None:
    question.delete()
    assert client.get(page_of(link)).status_code == 410


def test_looking_at_a_link_changes_nothing(question: Question, link: Link, client: Client) -> None:
    before = Question.objects.values().get()
    for _twice in range(2):
        client.get(page_of(link))
    assert Question.objects.values().get() == before


# --- the desk


def test_the_desk_lists_the_questions_of_each_state(  # noqa: PLR0917
    question: Question, link: Link, world: World, cadiai: Organisation, ewa: Person, signed_in: SignIn
) -> None:
    asked(world.neighbour, cadiai, "A new question")
    browser = signed_in(ewa)
    assert texts(browser.get("/en/desk/questions/"), "main h3") == ["A new question"]
    assert texts(browser.get("/en/desk/questions/?state=sent"), "main h3") == [TEXT]


def test_a_controller_reads_the_desk_and_changes_nothing(
    question: Question, controller: Person, signed_in: SignIn
) -> None:
    browser, address = signed_in(controller), f"/en/desk/questions/{question.pk}/"
    page = browser.get(address)
    assert (page.status_code, texts(page, "main form")) == (200, [])
    assert browser.post(address, mail()).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [("/en/desk/questions/", 13), (HOST, 6)])
def test_one_and_three_take_the_same_queries(  # noqa: PLR0917
    address: str,
    queries: int,
    count: int,
    world: World,
    cadiai: Organisation,
    ewa: Person,
    client: Client,
    signed_in: SignIn,
    django_assert_num_queries: AssertQueries,
) -> None:
    for person in (world.marek, world.neighbour, world.editor)[:count]:
        asked(person, cadiai)
        Question.objects.filter(pk=asked(person, cadiai, "Other").pk).update(
            state="published", may_be_published=True, answered_at=timezone.now()
        )
    browser = client if address == HOST else signed_in(ewa)
    browser.get(address)
    with django_assert_num_queries(queries):
        browser.get(address)
