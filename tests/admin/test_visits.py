"""Staff edit a visit with its agenda."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from sadzonka.people.models import Person
from sadzonka.practices.models import Practice
from sadzonka.visits.models import AgendaItem, Interpreter, Visit
from tests.admin.browser import rendered_form

SignIn = Callable[[Person], Client]


@pytest.fixture
def visit(db: None) -> Visit:
    return Visit.objects.get()


def edit_url(visit: Visit) -> str:
    return reverse("visit:edit", args=[visit.pk])


def new_item(form: dict[str, object], **fields: object) -> dict[str, object]:
    """Return the form with one more row of the agenda."""
    number = int(str(form["agenda-TOTAL_FORMS"]))
    filled = {
        "kind": "meeting",
        "ORDER": str(number + 1),
        "speakers-TOTAL_FORMS": "0",
        "speakers-INITIAL_FORMS": "0",
        **fields,
    }
    row = {f"agenda-{number}-{name}": value for name, value in filled.items()}
    return {**form, **row, "agenda-TOTAL_FORMS": str(number + 1)}


def rows(visit: Visit) -> list[tuple[object, ...]]:
    agenda = AgendaItem.objects.filter(visit=visit).order_by("pk")
    return [
        (one.key, dict(one.title), one.held_on, sorted(one.practices.values_list("pk"))) for one in agenda
    ]


def test_a_visit_that_comes_back_unchanged_is_unchanged(visit: Visit, ewa: Person, signed_in: SignIn) -> None:
    client, before, places = signed_in(ewa), rows(visit), set(visit.municipalities.all())
    assert client.post(edit_url(visit), rendered_form(client, edit_url(visit))).status_code == 302
    assert (rows(visit), set(Visit.objects.get().municipalities.all())) == (before, places)


def test_an_item_of_the_agenda_is_added_with_its_practices(
    visit: Visit, ewa: Person, signed_in: SignIn
) -> None:
    client, practice = signed_in(ewa), Practice.objects.first()
    sent = new_item(
        rendered_form(client, edit_url(visit)),
        key="closing",
        title_pl="Podsumowanie",
        held_on=visit.ends_on.isoformat(),
        practices=[str(practice.pk)],
    )
    assert client.post(edit_url(visit), sent).status_code == 302
    added = AgendaItem.objects.get(visit=visit, key="closing")
    assert (dict(added.title), added.held_on) == ({"pl": "Podsumowanie"}, visit.ends_on)
    assert list(added.practices.all()) == [practice]


def test_an_item_of_the_agenda_has_times_speakers_and_an_interpreter(
    visit: Visit, ewa: Person, signed_in: SignIn
) -> None:
    client, anna = signed_in(ewa), Interpreter.objects.create(name="Anna Tłumacz")
    sent = new_item(
        rendered_form(client, edit_url(visit)),
        **{
            "key": "closing",
            "title_pl": "Podsumowanie",
            "kind": "debrief",
            "starts_at": "16:00",
            "ends_at": "17:30",
            "language": "it",
            "interpreter": str(anna.pk),
            "speakers-TOTAL_FORMS": "1",
            "speakers-0-name": "Chiara",
            "speakers-0-role_pl": "prezeska",
            "speakers-0-ORDER": "1",
        },
    )
    assert client.post(edit_url(visit), sent).status_code == 302
    added = AgendaItem.objects.get(visit=visit, key="closing")
    assert (added.kind, added.starts_at, added.ends_at, added.interpreter) == (
        "debrief",
        dt.time(16),
        dt.time(17, 30),
        anna,
    )
    assert [(one.name, dict(one.role)) for one in added.speakers.all()] == [("Chiara", {"pl": "prezeska"})]


def test_an_agenda_that_contradicts_itself_is_saved_and_says_so(
    visit: Visit, ewa: Person, signed_in: SignIn
) -> None:
    client, form = signed_in(ewa), rendered_form(signed_in(ewa), edit_url(visit))
    times = {"held_on": visit.ends_on.isoformat(), "starts_at": "10:00", "ends_at": "11:00"}
    for key in ("one", "two"):
        form = new_item(form, key=key, title_pl=key, **times)
    answer = client.post(edit_url(visit), form, follow=True)
    warning, success = answer.context["messages"]
    assert (warning.level_tag, success.level_tag) == ("warning", "success")
    assert f"/pl/wizyty/{visit.slug}/program/" in str(warning)
    assert AgendaItem.objects.filter(visit=visit, key__in=["one", "two"]).count() == 2


def test_an_agenda_without_contradictions_is_saved_without_a_word_about_them(
    visit: Visit, ewa: Person, signed_in: SignIn
) -> None:
    client = signed_in(ewa)
    answer = client.post(edit_url(visit), rendered_form(client, edit_url(visit)), follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["success"]


def test_saving_a_visit_keeps_what_its_hosts_replied(visit: Visit, ewa: Person, signed_in: SignIn) -> None:
    reply = {"host_reply": "confirmed", "host_replied_by": "Chiara", "confirmed_as": {"host": 1}}
    AgendaItem.objects.filter(visit=visit).update(**reply)
    client = signed_in(ewa)
    client.post(edit_url(visit), rendered_form(client, edit_url(visit)))
    for item in AgendaItem.objects.filter(visit=visit):
        assert {name: getattr(item, name) for name in reply} == reply


def test_an_item_outside_the_days_of_the_visit_is_refused(
    visit: Visit, ewa: Person, signed_in: SignIn
) -> None:
    client, before = signed_in(ewa), rows(visit)
    late = (visit.ends_on + dt.timedelta(days=1)).isoformat()
    sent = new_item(rendered_form(client, edit_url(visit)), key="late", title_pl="Za późno", held_on=late)
    assert client.post(edit_url(visit), sent).status_code == 200
    assert rows(visit) == before


def test_a_visit_does_not_end_before_it_starts(visit: Visit, ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    sent = {**rendered_form(client, edit_url(visit)), "ends_on": "2000-01-01"}
    assert client.post(edit_url(visit), sent).status_code == 200
    assert Visit.objects.get().ends_on == visit.ends_on
