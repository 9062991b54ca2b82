"""The same thing twice, or two things that touch, at one moment: nothing is doubled and nothing is lost."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

import pytest

from sadzonka.common.revisions import StaleForm
from sadzonka.common.words import Words
from sadzonka.conversations.actions import say, say_under_theme
from sadzonka.conversations.models import Message, Thread
from sadzonka.outbox.actions import MailIsReviewed, discard, draft, release
from sadzonka.outbox.models import Link, Mail
from sadzonka.people.actions import create_account
from sadzonka.people.models import Affiliation, Person
from sadzonka.people.rules import STAFF
from sadzonka.practices.ideas.actions import declare_interest, write_idea
from sadzonka.practices.models import Idea, Interest, Practice
from sadzonka.visits.actions import NotTheNextState, change_visit_state
from sadzonka.visits.agenda.actions import ask_hosts
from sadzonka.visits.attendance.actions import note_attendance
from sadzonka.visits.desk.actions import review_mails
from sadzonka.visits.desk.reviewing import Reviewed, fingerprint
from sadzonka.visits.models import Application, Attendance, Call, Change, Sheet, Statement, Visit
from sadzonka.visits.observation.actions import Noted, make_card, make_idea, save_sheet
from sadzonka.visits.recruitment.actions import accept_place, choose, save_call, start_application, withdraw
from sadzonka.website.closing.actions import draft_closing_news
from sadzonka.website.models import NewsPage
from tests import factories
from tests.at_once import TIMES, again_and_again, together
from tests.chain import World, at, call_for, visit_under_way
from tests.visits.observation import talk
from tests.visits.recruitment.stage import State, choice, chosen, closed_call, eligible, open_call

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("own_database")]

ANSWERS = {
    "first_name": "Marek",
    "last_name": "Kowalski",
    "phone": "",
    "municipality": None,
    "institution": "",
    "position": "",
    "superior_name": "",
    "superior_email": "",
    "motivation": "",
    "needs": "",
    "practices": [],
    "notice": False,
    "pictures": None,
}


def staff(name: str = "Ewa") -> Person:
    return create_account(email=f"{name.lower()}@example.org", name=name, roles=[STAFF])


def own_sheet(world: World, **texts: str) -> Any:
    notes = {talk.general(key): Noted(text) for key, text in texts.items()}
    item, author = world.items[0], world.marek
    return partial(
        save_sheet, item=item, author=author, revision=0, language="en", notes=notes, is_shared=False
    )


# --- recruitment and the desk


def test_a_form_sent_again_and_again_is_one_application_with_one_mail() -> None:
    call, nonce = open_call(), uuid.uuid4()
    made = again_and_again(partial(_start, call, nonce))
    assert len({one.pk for one in made}) == Application.objects.count() == Mail.objects.count() == 1


def test_somebody_who_applies_in_several_windows_has_one_application_and_hears_of_each() -> None:
    call = open_call()
    made = together(*[partial(_start, call, uuid.uuid4()) for _time in range(TIMES)])
    assert len({one.pk for one in made}) == Application.objects.count() == 1
    assert Mail.objects.filter(recipient="marek@example.org").count() == TIMES


def _start(call: Call, nonce: uuid.UUID) -> Application:
    return start_application(
        call=call,
        nonce=nonce,
        email="marek@example.org",
        answers=ANSWERS,
        is_sent=False,
        language="en",
        address="192.0.2.1",
    )


def test_two_coordinators_who_write_the_call_at_once_make_one() -> None:
    visit, ewa = factories.visit("to-go", "A visit to go on"), staff()
    terms = {
        "opens_at": at(visit.starts_on, 8),
        "closes_at": at(visit.starts_on, 9),
        "places": 3,
        "municipality_limit": None,
        "days_to_answer": 7,
        "rules": Words({"en": "Rules"}),
        "notice": Words({"en": "Notice"}),
    }
    write = partial(save_call, visit=visit, revision=0, terms=terms, reviewers=[], criteria=[], by=ewa)
    results = again_and_again(write, refused=(StaleForm,))
    assert sum(isinstance(one, Call) for one in results) == Call.objects.count() == 1


def test_somebody_withdraws_while_they_are_chosen_and_the_place_goes_to_nobody_else() -> None:
    ewa, call = staff(), closed_call(places=1)
    one = eligible(call, "Marek")
    chosen_or_not, _withdrawn = together(
        lambda: choose(call=call, revision=call.revision, choices=[choice(one, State.CHOSEN)], by=ewa),
        lambda: withdraw(application=Application.objects.get(pk=one.pk)),
        refused=(StaleForm,),
    )
    states = list(Change.objects.filter(application=one).order_by("pk").values_list("state", flat=True))
    was_faster = not isinstance(chosen_or_not, StaleForm)
    assert states == (["chosen", "withdrawn"] if was_faster else ["withdrawn"])
    assert call.applications.filter(state__in=Application.HOLD_A_PLACE).count() == 0
    assert Mail.objects.filter(state=Mail.State.DRAFT).count() == 0


def test_two_choices_at_once_are_one_choice_and_one_refusal() -> None:
    ewa, call = staff(), closed_call(places=1)
    first, second = eligible(call, "Marek"), eligible(call, "Zofia", code="300102")
    results = together(
        *[
            partial(choose, call=call, revision=call.revision, choices=[choice(one, State.CHOSEN)], by=ewa)
            for one in (first, second)
        ],
        refused=(StaleForm,),
    )
    assert [type(one) for one in results].count(StaleForm) == 1
    assert call.applications.filter(state=State.CHOSEN).count() == 1


def test_somebody_who_accepts_places_on_two_visits_at_once_has_one_account() -> None:
    first = chosen(closed_call(), "Marek")
    visit = first.call.visit
    days = {"starts_on": visit.starts_on, "ends_on": visit.ends_on}
    other = factories.visit("other", "Another", state=Visit.State.SELECTING, **days)
    second = chosen(call_for(other, closes_at=first.call.closes_at, opens_at=first.call.opens_at), "Marek")
    together(partial(accept_place, application=first), partial(accept_place, application=second))
    people = Person.objects.filter(email="marek@example.org")
    assert list(people.values_list("applications__state", flat=True)) == ["confirmed", "confirmed"]
    assert Affiliation.objects.filter(person=people[0]).count() == 1


def test_a_mail_released_again_and_again_goes_out_once() -> None:
    ewa, mail = staff(), _drafted("one")
    results = again_and_again(lambda: release(mail=mail, by=ewa), refused=(MailIsReviewed,))
    assert [type(one) for one in results].count(Mail) == 1


def test_a_mail_released_and_discarded_at_once_is_one_of_the_two() -> None:
    ewa, mail = staff(), _drafted("one")
    results = together(
        lambda: release(mail=mail, by=ewa), lambda: discard(mail=mail, by=ewa), refused=(MailIsReviewed,)
    )
    assert [type(one) for one in results].count(Mail) == 1


def _drafted(key: str, topic: str = "") -> Mail:
    return draft(key=key, topic=topic, recipient="a@example.org", subject="A", body="A", language="en")


def test_mails_are_reviewed_while_another_choice_takes_some_of_them_back() -> None:
    ewa, call = staff(), closed_call(places=9, municipality_limit=None)
    several = [eligible(call, f"Person{number}") for number in range(8)]
    first = [choice(one, State.REFUSED, reason="Not this time.") for one in several]
    choose(call=call, revision=call.revision, choices=first, by=ewa)
    call.refresh_from_db()
    backwards = [choice(Application.objects.get(pk=one.pk), State.CHOSEN) for one in reversed(several)]
    drafts = list(Mail.objects.filter(state=Mail.State.DRAFT))
    reviewed = [Reviewed(one, one.subject, one.body, fingerprint(one.subject, one.body)) for one in drafts]
    numbers = [one.pk for one in drafts]
    outcome, _changed = together(
        lambda: review_mails(visit=call.visit, reviewed=reviewed, by=ewa, release_these=numbers),
        lambda: choose(call=call, revision=call.revision, choices=backwards, by=ewa),
    )
    assert len(outcome.released) + len(outcome.too_late) == len(several)
    assert Mail.objects.filter(state=Mail.State.DRAFT).count() == len(several)  # about their new state


def test_a_visit_led_on_by_two_people_at_once_is_led_on_once() -> None:
    visit, ewa = factories.visit("to-go", "A visit to go on", state="draft"), staff()
    lead = partial(change_visit_state, visit=visit, to=Visit.State.ANNOUNCED, by=ewa)
    results = again_and_again(lead, refused=(NotTheNextState,))
    assert [type(one) for one in results].count(Visit) == 1


def test_hosts_asked_again_and_again_get_one_mail_with_one_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(dt.date(2026, 8, 1)))
    world, ewa = visit_under_way(), staff()
    again_and_again(lambda: ask_hosts(visit=world.visit, items=world.items, by=ewa))
    assert (Mail.objects.count(), Link.objects.count()) == (len(world.items), len(world.items))


# --- on the visit


def test_two_phones_note_who_was_there_and_nothing_is_lost() -> None:
    world, ewa = visit_under_way(), staff()
    marek, neighbour = world.applications["marek"].pk, world.applications["neighbour"].pk
    item = world.items[0]
    together(
        lambda: note_attendance(item=item, by=ewa, noted={marek: True}),
        lambda: note_attendance(item=item, by=world.facilitator, noted={neighbour: False}),
        lambda: note_attendance(item=item, by=world.facilitator, noted={marek: True}),
    )
    assert dict(Attendance.objects.values_list("participant", "is_present")) == {
        marek: True,
        neighbour: False,
    }


def test_a_sheet_sent_again_and_again_is_one_and_other_words_are_refused() -> None:
    world = visit_under_way()
    again_and_again(own_sheet(world, seen="Bicycles"))
    assert Sheet.objects.count() == 1
    results = together(own_sheet(world, seen="Cats"), own_sheet(world, seen="Dogs"), refused=(StaleForm,))
    assert [type(one) for one in results] == [StaleForm, StaleForm]


def test_an_agreed_text_becomes_one_card_and_one_idea_however_often_it_is_asked() -> None:
    world = visit_under_way()
    debrief, before = talk.agree(world.items[1], world.facilitator, seen="Bicycles"), Practice.objects.count()
    words = {"title": "Bicycles", "need": "Work", "solution": "A workshop", "first_step": "Ask"}
    make = partial(make_card, debrief=debrief, by=world.facilitator)
    write = [
        partial(make_idea, debrief=debrief, by=world.facilitator, nonce=uuid.uuid4(), **words)
        for _time in range(3)
    ]
    together(make, make, make, *write)
    assert (Practice.objects.count(), Idea.objects.count()) == (before + 1, 1)


def test_two_texts_of_one_title_become_two_cards_at_once() -> None:
    world = visit_under_way()
    for item in world.items[:2]:
        item.title = factories.words("The same title")
        item.save()
    two = [talk.agree(item, world.facilitator, seen="Bicycles") for item in world.items[:2]]
    cards = together(*[partial(make_card, debrief=one, by=world.facilitator) for one in two])
    assert sorted(card.slug for card in cards) == ["the-same-title", "the-same-title-2"]
    assert Statement.objects.count() == 2


def test_the_closing_news_asked_for_again_and_again_is_one_draft() -> None:
    world, ewa = visit_under_way(), staff()
    again_and_again(lambda: draft_closing_news(visit=world.visit, language="en", by=ewa))
    assert NewsPage.objects.filter(visit=world.visit).count() == 1


# --- what people say


def test_a_message_sent_again_and_again_is_said_once() -> None:
    marek, nonce = create_account(email="marek@example.org", name="Marek"), uuid.uuid4()
    thread = Thread.objects.create(subject=factories.visit("talk", "Talk"), title="Talk")
    again_and_again(
        lambda: say(nonce=nonce, thread=thread, author=marek, language="en", text="How do you do it?")
    )
    assert Message.objects.count() == 1


def test_the_first_messages_under_a_theme_come_into_one_thread() -> None:
    visit, theme = factories.visit("talk", "Talk"), Thread.Theme.BOTH_SIDES
    people = [create_account(email=f"{name}@example.org", name=name) for name in ("marek", "zofia", "anna")]
    together(
        *[
            partial(
                say_under_theme,
                nonce=uuid.uuid4(),
                subject=visit,
                theme=theme,
                author=one,
                language="en",
                text="I gain a workshop.",
            )
            for one in people
        ]
    )
    assert (Thread.objects.count(), Message.objects.count()) == (1, len(people))


def test_an_idea_and_an_interest_sent_again_and_again_are_one() -> None:
    world, nonce = visit_under_way(), uuid.uuid4()
    words = {"title": "Bicycles", "need": "Work", "solution": "A workshop", "first_step": "Ask"}
    write = partial(write_idea, nonce=nonce, author=world.marek, language="en", **words)
    practice, place = Practice.objects.get(slug="bicycles-from-prison"), factories.municipality()
    interest = partial(declare_interest, subject=practice, person=world.marek, municipality=place)
    together(write, write, write, interest, interest, interest)
    assert (Idea.objects.count(), Interest.objects.count()) == (1, 1)
