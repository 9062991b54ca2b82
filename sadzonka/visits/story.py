"""Whole visits as files tell them: led from state to state by the actions, every step on its own day."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from sadzonka.common.clock import at_that_time, read_moment
from sadzonka.common.files import toml_folder
from sadzonka.outbox.actions import release
from sadzonka.outbox.models import Mail
from sadzonka.people.sources import known_people
from sadzonka.visits.actions import change_visit_state
from sadzonka.visits.agenda.sources import load_hosts
from sadzonka.visits.attendance.actions import note_attendance
from sadzonka.visits.goals.actions import Record, record_goals, record_of
from sadzonka.visits.models import AgendaItem, Application, Goal, Visit
from sadzonka.visits.observation.sources import load_observation
from sadzonka.visits.recruitment.sources import load_answers, load_applications, load_call, load_choice
from sadzonka.visits.sources import load_visits

if TYPE_CHECKING:
    from pathlib import Path

    from sadzonka.common.files import Entry
    from sadzonka.people.models import Person

State = Visit.State
A_DATE = "a date or a number of days from today"


def tell_visits(folder: Path) -> None:
    """Store the visits of `folder` as drafts, then let happen what their files tell."""
    load_visits(folder)
    for entry in toml_folder(folder):
        if "slug" in entry.values:
            _Story(entry).tell()


class _Story:
    """One visit and the file that tells it; staff do what nobody else is named for."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        self.visit = Visit.objects.get(slug=entry.text("slug"))
        self.staff: Person = entry.found("staff", known_people())
        self.days = entry.table("states")

    def tell(self) -> None:
        self._recruit()
        self._lead(State.CONFIRMED)
        load_hosts(self.entry.entries("agenda"), self.visit, self.staff)
        self._review_mails()
        self._lead(State.RUNNING)
        self._note_attendance()
        load_observation(self.entry, self.visit, known_people())
        self._lead(State.COMPLETED)
        self._record_goals()

    def _lead(self, to: State) -> bool:
        """Bring the visit into a state, if it ever came there."""
        moment = self.days.convert(to, read_moment, A_DATE)
        if moment is None:
            return False
        with at_that_time(moment):
            self.visit = change_visit_state(visit=self.visit, to=to, by=self.staff)
        return True

    def _recruit(self) -> None:
        people, applications = known_people(), self.entry.entries("applications")
        self._lead(State.ANNOUNCED)
        announced = self.days.needed(State.ANNOUNCED, read_moment, A_DATE)
        call = load_call(self.entry.table("call"), self.visit, people, self.staff, announced)
        self._lead(State.RECRUITING)
        call.refresh_from_db()
        load_applications(applications, call, people, self.staff)
        self._review_mails()
        if not self._lead(State.SELECTING):
            return
        call.refresh_from_db()
        with at_that_time(self.entry.table("call").needed("chosen_on", read_moment, A_DATE)):
            load_choice(applications, call, self.staff)
        self._review_mails()
        load_answers(applications, call, self._review_mails)

    def _review_mails(self) -> None:
        """Release what was drafted on the day it was drafted, unless that is left to the reader."""
        if self.entry.get("mails_are_reviewed"):
            for mail in Mail.objects.filter(topic=f"visit:{self.visit.pk}", state=Mail.State.DRAFT):
                with at_that_time(mail.created_at):
                    release(mail=mail, by=self.staff)

    def _note_attendance(self) -> None:
        numbers = dict(Application.objects.filter(call__visit=self.visit).values_list("email", "pk"))
        for row in self.entry.entries("attendance"):
            item = AgendaItem.objects.select_related("visit").get(visit=self.visit, key=row.text("item"))
            absent = {row.found("absent", numbers, key=email): False for email in row.get("absent", [])}
            with at_that_time(row.needed("on", read_moment, A_DATE)):
                note_attendance(
                    item=item, by=row.found("by", known_people()), noted=absent, others_present=True
                )

    def _record_goals(self) -> None:
        records = {}
        goals = Goal.objects.filter(visit=self.visit).order_by("sort_order")
        for goal, row in zip(goals, self.entry.entries("goals"), strict=True):
            achieved = row.convert("achieved", Decimal, "a number")
            if achieved is not None:
                said = record_of(goal)
                records[goal.pk] = Record(said.target, achieved, row.words_or_none("note"), said.evidence)
        if records:
            with at_that_time(self.days.needed(State.COMPLETED, read_moment, A_DATE)):
                record_goals(visit=self.visit, by=self.staff, records=records)
