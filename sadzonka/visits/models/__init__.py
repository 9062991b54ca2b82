"""Visits from the call to the agreed text: series, agenda, recruitment, attendance, observation."""

from sadzonka.visits.models.agenda import AgendaItem, Interpreter, Speaker
from sadzonka.visits.models.attendance import Attendance
from sadzonka.visits.models.observation import Debrief, Note, Sheet, Statement
from sadzonka.visits.models.recruitment import Application, Call, CallCriterion, Change, Score
from sadzonka.visits.models.visit import Evidence, Goal, Series, Visit, VisitSource

__all__ = [
    "AgendaItem",
    "Application",
    "Attendance",
    "Call",
    "CallCriterion",
    "Change",
    "Debrief",
    "Evidence",
    "Goal",
    "Interpreter",
    "Note",
    "Score",
    "Series",
    "Sheet",
    "Speaker",
    "Statement",
    "Visit",
    "VisitSource",
]
