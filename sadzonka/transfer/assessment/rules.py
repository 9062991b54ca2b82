"""Who may see and do what with the assessments of a municipality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sadzonka.people.rules import may_keep_municipality, may_see_drafts, may_speak_for
from sadzonka.transfer.models import Assessment

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.people.models import Person
    from sadzonka.places.models import Municipality


def may_see_team(person: Person | AnonymousUser, municipality: Municipality) -> bool:
    """People of a municipality, staff and controllers see who works for it and on what."""
    return may_see_drafts(person) or may_speak_for(person, municipality)


def may_see_assessment(person: Person | AnonymousUser, assessment: Assessment) -> bool:
    """Everybody sees an assessment once it is stored; before that it is the team's."""
    return not assessment.is_open or may_see_team(person, assessment.municipality)


def may_answer(person: Person | AnonymousUser, assessment: Assessment) -> bool:
    """People of the municipality answer its questions; nobody answers for them."""
    return may_speak_for(person, assessment.municipality)


def may_keep_assessment(person: Person | AnonymousUser, assessment: Assessment) -> bool:
    """Editors of the municipality and staff close rounds, verify conditions and store."""
    return may_keep_municipality(person, assessment.municipality)


def may_see_round(
    person: Person | AnonymousUser, assessment: Assessment, number: int, *, has_sent: bool
) -> bool:
    """Nobody sees what others answered in a running round before they have sent their own answers.

    That holds for editors, staff, controllers and administrators too: who does not answer waits for the
    end of the round. `has_sent` says whether the person has sent their answers in this very round.
    """
    is_running = assessment.state == Assessment.State.RATING and number == assessment.round
    return may_see_team(person, assessment.municipality) and (has_sent or not is_running)
