"""From a draft to a confirmed group: what staff, applicants, superiors and reviewers do on the site."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.visits.models import Visit
from tests.journeys.clock import Clock
from tests.journeys.post_office import delivers, follows_the_link, releases_everything
from tests.journeys.visitor import Answers, Visitor, said

MOTIVATION = "We want to see who repairs bicycles, and do it at home."


@dataclass
class Applicant:
    """Somebody who applies, and from where."""

    name: str
    place: Municipality
    number: int
    surname: str = "Nowak"

    @property
    def email(self) -> str:
        return f"{self.name.lower()}@example.org"

    @property
    def superior(self) -> str:
        return f"superior-of-{self.name.lower()}@example.org"

    @property
    def full_name(self) -> str:
        return f"{self.name} {self.surname}"

    @property
    def answers(self) -> dict[str, str | list[str]]:
        """What somebody writes who writes everything."""
        return {
            "first_name": self.name,
            "last_name": self.surname,
            "email": self.email,
            "municipality": self.place.code,
            "institution": f"Office of {self.place.code}",
            "position": "inspector",
            "superior_name": "Anna Wójt",
            "superior_email": self.superior,
            "motivation": MOTIVATION,
            "notice": "on",
        }

    def reads(self) -> Visitor:
        """Open where the application stands, by the link in the newest mail."""
        return follows_the_link(self.email, "application")


@dataclass
class Story:
    """A visit whose story is told, the clock it goes by, and who runs it."""

    clock: Clock
    visit: Visit
    ewa: Person
    olga: Person
    applicants: list[Applicant] = field(default_factory=list)

    @property
    def page(self) -> str:
        return f"/en/visits/{self.visit.slug}/"

    def desk(self, page: str = "", person: Person | None = None) -> Visitor:
        """Return Ewa (or somebody else) signed in and at a page of the desk."""
        visitor = signed_in(person or self.ewa)
        visitor.opens(f"{self.page}desk/{page}")
        return visitor

    def next_state(self, button: str) -> Visitor:
        """Lead the visit on from its desk."""
        desk = self.desk()
        desk.presses(button, {})
        return desk


def signed_in(person: Person, *, at: str = "", language: str = "en") -> Visitor:
    """Return somebody in a browser of their own, signed in, and at an address."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    visitor = Visitor(language, client)
    if at:
        visitor.opens(at)
    return visitor


def real_gminas(count: int) -> list[Municipality]:
    """Return real municipalities of the demonstration in Poland."""
    return list(
        Municipality.objects.filter(country="PL", is_invented=False).order_by("code").distinct()[:count]
    )


def writes_the_call(story: Story, *, opens: str, closes: str, places: int, limit: int) -> None:
    """Write on the desk who is looked for: reviewers are Ewa and Olga."""
    desk = story.desk("call/")
    desk.presses(
        "Save the call",
        {
            "opens_at": opens,
            "closes_at": closes,
            "places": str(places),
            "municipality_limit": str(limit),
            "days_to_answer": "7",
            "rules_en": "Officials of municipalities who can change something at home.",
            "notice_en": "We keep what you write until the visit is accounted for.",
            "reviewers": [str(story.ewa.pk), str(story.olga.pk)],
            "criteria-0-name_en": "Role at home",
            "criteria-1-name_en": "Plan for afterwards",
        },
    )


def _at_the_form(story: Story, applicant: Applicant) -> Visitor:
    """Find the call on the visit's page, from a computer of one's own; most have the address by mail."""
    visitor = Visitor("en", Client(enforce_csrf_checks=True, REMOTE_ADDR=f"192.0.2.{applicant.number}"))
    if applicant.number % 10:
        visitor.opens(f"{story.page}apply/")
    else:
        visitor.opens(story.page)
        visitor.follows("Apply", within="#call")
    return visitor


def applies(story: Story, applicant: Applicant, *, go: str = "Send", **changed: str) -> Visitor:
    """Fill in the form and send or keep it."""
    visitor = _at_the_form(story, applicant)
    visitor.presses(go, {**applicant.answers, **changed})
    return visitor


def applies_in_two_sittings(story: Story, applicant: Applicant) -> None:
    """Begin with the name, go on later by the link that comes by mail."""
    visitor = _at_the_form(story, applicant)
    begun = {"first_name": applicant.name, "last_name": applicant.surname, "email": applicant.email}
    visitor.presses("Save and go on later", begun)
    delivers()
    again = applicant.reads()
    assert again.found("#id_first_name")["value"] == applicant.name
    rest = {name: answer for name, answer in applicant.answers.items() if name != "email"}
    again.presses("Send", rest)
    assert again.sees("Your application has been sent.")


def is_delegated(applicant: Applicant, press: str = "Yes, we send this person") -> Visitor:
    """Let the superior answer with one click in the mail."""
    superior = follows_the_link(applicant.superior, "delegation")
    assert superior.sees(applicant.full_name)
    superior.presses(press, {})
    return superior


def opens_applications(
    story: Story, applicants: Sequence[Applicant], person: Person
) -> Iterator[tuple[Applicant, Visitor]]:
    """Open one application after the other from the list of the desk."""
    desk = story.desk("applications/", person)
    addresses = [desk.link(one.full_name, within="table.applications") for one in applicants]
    for applicant, address in zip(applicants, addresses, strict=True):
        desk.opens(address)
        yield applicant, desk


def opens_application(story: Story, applicant: Applicant, person: Person) -> Visitor:
    return next(desk for _applicant, desk in opens_applications(story, [applicant], person))


def finds(desk: Visitor, decision: str, reason: str = "") -> None:
    """Note the formal check of the application that is open."""
    desk.presses("Save the check", {"decision": decision, "reason": reason})


def gives_points(desk: Visitor, points: int) -> None:
    """Give the same points on every criterion."""
    names = [str(one["name"]) for one in desk.page.select("#score input[type=number]")]
    answers: dict[str, str | list[str]] = {}
    for name in names:
        answers |= {name: str(points), name.replace("points", "reason"): "As the application says."}
    desk.presses("Save my points", answers)


def row(desk: Visitor, applicant: Applicant) -> str:
    """Return the reference under which an applicant stands on the page of the choice."""
    rows = [
        one
        for one in desk.page.select("ol.choosing > li")
        if said(one.h2) == applicant.full_name  # type: ignore[arg-type]
    ]
    return str(rows[0]["id"]).removeprefix("row-")


def decision(
    desk: Visitor, applicant: Applicant, state: str, reason: str, position: int | None = None
) -> dict[str, str | list[str]]:
    """Return what is entered in one row of the choice."""
    reference = row(desk, applicant)
    answers: dict[str, str | list[str]] = {
        f"{reference}-decision": state,
        f"{reference}-reason": reason,
    }
    return answers | ({f"{reference}-position": str(position)} if position else {})


def saves_the_choice(desk: Visitor, decisions: Answers, status: int = 200) -> None:
    desk.presses("Save the choice", decisions, status=status)


def mails_go_out(story: Story) -> int:
    """Read, release and deliver what waits on the desk; return how many mails there were."""
    released = releases_everything(signed_in(story.olga), story.visit.slug)
    delivers()
    return released


def accepts(applicant: Applicant) -> Visitor:
    """Take the offered place."""
    reader = applicant.reads()
    reader.presses("I accept the place", {})
    return reader


def withdraws(applicant: Applicant, reason: str) -> Visitor:
    """Give a place back, with a reason; it is asked once more."""
    reader = applicant.reads()
    reader.follows("Withdraw", within="main")
    reader.presses("Withdraw", {"reason": reason})
    return reader
