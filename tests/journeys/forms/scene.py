"""Where forms are filled in: a visit under way, and what somebody has written on a page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import override

from sadzonka.outbox.models import Link
from sadzonka.people.models import Person
from sadzonka.visits.models import Application, Visit
from tests.chain import World, application
from tests.journeys.visitor import Answers, Visitor
from tests.visits.observation.talk import agree, write

BICYCLES = "bicycles-from-prison"


@dataclass
class Scene:
    """A visit under way with its people, in the week before it begins, and Ewa who runs it."""

    world: World
    ewa: Person

    @property
    def page(self) -> str:
        return f"/en/visits/{self.world.visit.slug}/"

    def recruits(self) -> None:
        """Go back to the days of the call."""
        Visit.objects.filter(pk=self.world.visit.pk).update(state=Visit.State.RECRUITING)
        self.world.call.closes_at += dt.timedelta(days=60)
        self.world.call.save()

    def applied(self, **fields: object) -> Application:
        return application(self.world.call, "Jan", code="300103", **fields)

    def agreed(self) -> str:
        """Agree on what was seen at the first item; return the page of its debrief."""
        item = self.world.items[0]
        write(item, self.world.marek, seen="Ten benches")
        agree(item, self.world.facilitator, seen="Ten benches")
        return f"{self.page}debriefs/{item.key}/"


@dataclass
class Filled:
    """A page that somebody has opened, the button they press, and what they write."""

    visitor: Visitor
    button: str
    answers: Answers

    def sent(self) -> Visitor:
        self.visitor.presses(self.button, self.answers)
        return self.visitor


def behind(link: Link, *, language: str = "en") -> Visitor:
    """Return somebody who has opened a signed link."""
    visitor = Visitor(language)
    with override(language):
        visitor.opens(reverse(link.purpose, args=[link.token]))
    return visitor
