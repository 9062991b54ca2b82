"""An adoption as a record for the API."""

from __future__ import annotations

from typing import Any

from sadzonka.transfer.adoption.queries import Story


def adoption_record(story: Story) -> dict[str, Any]:
    """Return what everybody may know of an adoption."""
    adoption, plan = story.adoption, story.adoption.plan
    return {
        "id": adoption.pk,
        "country": adoption.municipality.country_id,
        "municipality": adoption.municipality.code,
        "practice": adoption.practice.slug,
        "language": adoption.language,
        "outcome": story.newest.outcome,
        "stages": [
            {
                "outcome": stage.outcome,
                "reached_on": stage.reached_on,
                "reason": stage.reason,
                "source": stage.source,
            }
            for stage in story.stages
        ],
        "adaptations": adoption.adaptations,
        "decision": plan.decision.number if plan else None,
        "assessment_hash": plan.assessment.input_hash if plan else None,
    }
