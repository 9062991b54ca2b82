"""A visit on its way: hosts answer, people note what they see, agree on it, and write a card of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.test import Client

from sadzonka.organisations.models import Organisation
from sadzonka.people.models import Person
from sadzonka.practices.models import Practice, Version
from sadzonka.visits.models import AgendaItem, Goal, Visit
from tests import factories
from tests.admin.browser import rendered_form
from tests.journeys.post_office import delivers, follows_the_link
from tests.journeys.recruiting import Story, signed_in
from tests.journeys.visitor import Visitor

SEEN_IN_PRISON = "bicycles-from-prison"
ITEMS = ("cooperative", "talk", "workshop")  # the first two on the first day
GOALS = (
    (Goal.Measure.PARTICIPANTS, 12),
    (Goal.Measure.MUNICIPALITIES, 10),
    (Goal.Measure.HOSTS, 2),
    (Goal.Measure.STATEMENTS, 4),
    (Goal.Measure.CARDS, 1),
    (Goal.Measure.INTERESTS, 3),
)


def plans_agenda_and_goals(visit: Visit) -> None:
    """Enter what staff enter in the admin: three meetings on two days, six goals that the site counts."""
    for number, key in enumerate(ITEMS):
        item = factories.agenda_item(
            visit,
            key,
            f"The {key}",
            sort_order=number,
            held_on=visit.starts_on + dt.timedelta(days=number // 2),
            starts_at=dt.time(9 + 5 * (number % 2)),
            ends_at=dt.time(11 + 5 * (number % 2)),
            host=Organisation.objects.get(slug=("cadiai", "consorzio-aldebaran", "cadiai")[number]),
            host_email=f"host-of-{key}@example.org",
            host_language="it",
            municipality=factories.municipality("037006", "IT"),
            travel_minutes=30,
        )
        if key == "cooperative":
            item.practices.add(Practice.objects.get(slug=SEEN_IN_PRISON))
            item.save()
    for number, (measure, target) in enumerate(GOALS):
        Goal.objects.create(
            visit=visit,
            sort_order=number,
            text=factories.words(f"Goal: {measure.label}"),
            measure=measure,
            target=target,
        )


def asks_the_hosts(story: Story, *keys: str) -> Visitor:
    """Tick items on the desk's page of hosts; a mail to each is drafted."""
    desk = story.desk("hosts/")
    numbers = AgendaItem.objects.filter(visit=story.visit, key__in=keys).values_list("pk", flat=True)
    desk.presses("Write to the ticked hosts", {"items": [str(number) for number in numbers]})
    return desk


def host_answers(key: str, reply: str, *, note: str = "") -> Visitor:
    """Open the link of the mail in Italian, without an account, and answer."""
    host = follows_the_link(f"host-of-{key}@example.org", "hosting", language="it")
    host.sends("main form", {"reply": reply, "name": "Chiara", "note": note})
    return host


def notes_attendance(story: Story, key: str, *absent: str) -> Visitor:
    """Note who was absent at an agenda item; everybody else was there."""
    desk = story.desk(f"attendance/{key}/")
    fields = {
        str(one.legend.get_text(" ").split()[0]): str(one.select_one("input[type=radio]")["name"])  # type: ignore[index, union-attr]
        for one in desk.page.select("form.attendance fieldset[id]")
    }
    desk.presses("Save, and everybody not noted was there", {fields[name]: "absent" for name in absent})
    return desk


def writes_a_sheet(story: Story, person: Person, key: str, *, press: str, **texts: str) -> Visitor:
    """Write what one saw at an item; a keyword such as at_home is the question at-home."""
    writer = signed_in(person)
    writer.opens(f"{story.page}sheets/{key}/")
    answers = {f"q-{question.replace('_', '-')}": text for question, text in texts.items()}
    writer.presses(press, answers)
    return writer


def agrees(story: Story, leader: Person, key: str, statements: Mapping[str, str], **dissent: str) -> Visitor:
    """Lead the debrief: write what all agreed on, and what some saw differently; close it as agreed."""
    debrief = signed_in(leader)
    debrief.opens(f"{story.page}debriefs/{key}/")
    answers = {f"q-{question}": text for question, text in statements.items()}
    answers |= {f"q-{question}-dissent": text for question, text in dissent.items()}
    debrief.presses("Save and close as agreed", answers)
    return debrief


def completes_the_card(story: Story, version: Version) -> None:
    """Fill in, in the admin, what a debrief cannot know: the rest of the text, a condition, a question."""
    editor = signed_in(story.ewa).client
    address = f"/admin/version/edit/{version.pk}/"
    form = rendered_form(editor, address)
    missing = {
        name: "To be read on the card."
        for name, value in form.items()
        if name.startswith("texts-0-") and value == "" and name != "texts-0-DELETE"
    }
    added = {
        "clauses-TOTAL_FORMS": "1",
        "clauses-0-key": "will",
        "clauses-0-name_en": "Somebody gives a room",
        "clauses-0-ORDER": "1",
        "clauses-0-alternatives-TOTAL_FORMS": "1",
        "clauses-0-alternatives-INITIAL_FORMS": "0",
        "clauses-0-alternatives-0-key": "municipal-room",
        "clauses-0-alternatives-0-statement_en": "The municipality gives a room.",
        "clauses-0-alternatives-0-changed_by": "municipality",
        "clauses-0-alternatives-0-cost_class": "1",
        "clauses-0-alternatives-0-ORDER": "1",
        "criteria-TOTAL_FORMS": "1",
        "criteria-0-key": "trust",
        "criteria-0-name_en": "Trust",
        "criteria-0-dimension": "readiness",
        "criteria-0-weight": "1",
        "criteria-0-mechanism_en": "Who trusts lends tools.",
        "criteria-0-question_en": "Do offices and cooperatives trust each other?",
        "criteria-0-anchors_en": "\n".join(f"Trust of level {level}" for level in range(6)),
        "criteria-0-changed_by": "municipality",
        "criteria-0-cost_class": "1",
        "criteria-0-ORDER": "1",
    }
    answer = editor.post(address, {**form, **missing, **added})
    assert answer.status_code == 302, answer.context["form"].errors


def publishes(person: Person, version: Version) -> None:
    publisher = signed_in(person).client
    address = f"/admin/version/publish/{version.pk}/"
    token = rendered_token(publisher, address)
    publisher.post(address, {"csrfmiddlewaretoken": token})
    assert Version.objects.get(pk=version.pk).state == Version.State.PUBLISHED


def rendered_token(client: Client, address: str) -> str:
    """Return what keeps a form from being sent by somebody else."""
    client.get(address)
    return str(client.cookies["csrftoken"].value)


def signs_in_by_code(email: str) -> Visitor:
    """Sign in with a code from a mail, as participants do: they have no password."""
    visitor = Visitor("en")
    visitor.opens("/en/account/login/")
    visitor.presses("Send me a code", {"email": email})
    (mail,) = [one for one in delivers() if one.recipient == email]
    code = next(line for line in mail.body.splitlines() if len(line) == 9 and line[4] == "-")
    visitor.sends("form:has(#id_code)", {"code": code})
    assert visitor.address == "/en/my/"
    return visitor
