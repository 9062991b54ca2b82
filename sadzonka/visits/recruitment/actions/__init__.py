"""Changing calls and applications: one verb each, all of it or nothing."""

from sadzonka.visits.recruitment.actions.answering import (
    PlaceIsNotOffered,
    TooLate,
    accept_place,
    decide_delegation,
    decline_place,
    set_image_consent,
    withdraw,
)
from sadzonka.visits.recruitment.actions.applying import (
    ApplicationIsSent,
    CallIsClosed,
    TooManyApplications,
    keep_application,
    send_application,
    start_application,
)
from sadzonka.visits.recruitment.actions.calls import CallIsInUse, CriterionRow, save_call
from sadzonka.visits.recruitment.actions.checking import (
    NotToBeChecked,
    NotToBeScored,
    ReasonIsMissing,
    check_application,
    score_application,
)
from sadzonka.visits.recruitment.actions.choosing import ChoiceIsNotPossible, choose
from sadzonka.visits.recruitment.actions.reserve import fill_places, let_offers_lapse

__all__ = [
    "ApplicationIsSent",
    "CallIsClosed",
    "CallIsInUse",
    "ChoiceIsNotPossible",
    "CriterionRow",
    "NotToBeChecked",
    "NotToBeScored",
    "PlaceIsNotOffered",
    "ReasonIsMissing",
    "TooLate",
    "TooManyApplications",
    "accept_place",
    "check_application",
    "choose",
    "decide_delegation",
    "decline_place",
    "fill_places",
    "keep_application",
    "let_offers_lapse",
    "save_call",
    "score_application",
    "send_application",
    "set_image_consent",
    "start_application",
    "withdraw",
]
