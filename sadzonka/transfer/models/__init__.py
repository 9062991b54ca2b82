"""What people do with a practice at home: knowledge, assessments, plans, decisions, adoptions."""

from sadzonka.transfer.models.adoption import Adoption, Decision, Plan, Stage, Step
from sadzonka.transfer.models.assessment import MOST_ROUNDS, Assessment, Ballot, Rating
from sadzonka.transfer.models.knowledge import Finding, Judgement
from sadzonka.transfer.models.screening import Invitation, InvitationList, Screening

__all__ = [
    "MOST_ROUNDS",
    "Adoption",
    "Assessment",
    "Ballot",
    "Decision",
    "Finding",
    "Invitation",
    "InvitationList",
    "Judgement",
    "Plan",
    "Rating",
    "Screening",
    "Stage",
    "Step",
]
