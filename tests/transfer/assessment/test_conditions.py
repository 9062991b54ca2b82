"""Verifying conditions: with source and date, both logged; unknown takes a finding away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.common.revisions import StaleForm
from sadzonka.people.models import Person
from sadzonka.practices.models import Alternative
from sadzonka.transfer.assessment.actions import (
    AssessmentHasMovedOn,
    SourceIsMissing,
    store_assessment,
    verify_conditions,
)
from sadzonka.transfer.assessment.answers import Verification
from sadzonka.transfer.models import Assessment, Finding
from tests.transfer.assessment import team

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
DAY = dt.date(2026, 5, 4)


@pytest.fixture
def assessment() -> Assessment:
    team.card()
    return team.opened()


def verify(assessment: Assessment, state: str, source: str = "The mayor", **changes: Any) -> Assessment:
    return verify_conditions(
        **{
            "assessment": assessment,
            "by": team.keeper(),
            "revision": Assessment.objects.get(pk=assessment.pk).revision,
            "language": "en",
            "found": {"resolution": Verification(state, source, DAY)},
            **changes,
        }
    )


def told() -> tuple[str, dict[str, str], dt.date] | None:
    found = Finding.objects.filter(alternative_key="resolution").first()
    return found and (found.state, dict(found.source), found.found_on)


def logged() -> list[tuple[str, Any]]:
    entries = ModelLogEntry.objects.filter(content_type__model="finding").order_by("timestamp", "pk")
    return [
        (entry.action, [(entry.data[side] or {}).get("state") for side in ("before", "after")])
        for entry in entries
    ]


def test_a_condition_is_found_changed_and_unknown_again(assessment: Assessment) -> None:
    verify(assessment, "unmet")
    assert told() == ("unmet", {"en": "The mayor"}, DAY)
    verify(assessment, "met", "The council")
    assert told() == ("met", {"en": "The council"}, DAY)
    verify(assessment, "", "")
    assert told() is None
    assert logged() == [
        ("wagtail.create", [None, "unmet"]),
        ("wagtail.edit", ["unmet", "met"]),
        ("wagtail.delete", ["met", None]),
    ]


def test_a_source_is_kept_in_other_languages_while_the_state_stays(assessment: Assessment) -> None:
    team.found_met()
    verify(assessment, "met", "Resolution 7")
    assert told() == ("met", {"pl": "Uchwała", "it": "Uchwała", "en": "Resolution 7"}, DAY)
    verify(assessment, "unmet", "It was repealed")
    assert told() == ("unmet", {"en": "It was repealed"}, DAY)


def test_what_is_the_same_is_not_touched(assessment: Assessment) -> None:
    verify(assessment, "met")
    before = Assessment.objects.get(pk=assessment.pk).revision
    verify(assessment, "met", revision=1)  # the same form sent twice
    assert (Assessment.objects.get(pk=assessment.pk).revision, len(logged())) == (before, 1)


def test_a_state_needs_a_source(assessment: Assessment) -> None:
    with pytest.raises(SourceIsMissing):
        verify(assessment, "met", "")
    assert told() is None


def test_a_stale_form_is_refused(assessment: Assessment) -> None:
    verify(assessment, "met")
    with pytest.raises(StaleForm):
        verify(assessment, "unmet", revision=1)
    assert told() == ("met", {"en": "The mayor"}, DAY)


def test_a_stored_assessment_takes_no_more_conditions(assessment: Assessment) -> None:
    team.closed(assessment)
    store_assessment(assessment=assessment, by=team.keeper())
    with pytest.raises(AssessmentHasMovedOn):
        verify(assessment, "met")


def test_only_those_who_keep_the_municipality_verify(assessment: Assessment, controller: Person) -> None:
    for who in (team.person("Marek"), controller):
        with pytest.raises(PermissionDenied):
            verify(assessment, "met", by=who)


# --- the page


def entered(**changes: str) -> dict[str, str]:
    return {
        "revision": "1",
        "state-resolution": "met",
        "source-resolution": "Resolution 7",
        "found-resolution": "2026-05-04",
        **changes,
    }


def page(client: Client, assessment: Assessment, **changes: str) -> Any:
    return client.post(f"/en/assessments/{assessment.pk}/conditions/", entered(**changes))


def test_the_page_stores_what_was_verified(assessment: Assessment, signed_in: SignIn) -> None:
    assert page(signed_in(team.keeper()), assessment).status_code == 302
    assert told() == ("met", {"en": "Resolution 7"}, DAY)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"source-resolution": ""}, "Name the source"),
        ({"found-resolution": ""}, "Say on which day"),
        ({"found-resolution": "2199-01-01"}, "This day has not come yet."),
        ({"found-resolution": "yesterday"}, "Enter a valid date."),
        ({"state-resolution": ""}, "Say whether it is met"),
        ({"state-resolution": "perhaps"}, "perhaps is not one of the available choices"),
    ],
)
def test_what_is_incomplete_is_said_and_nothing_is_lost(
    changes: dict[str, str], said: str, assessment: Assessment, signed_in: SignIn
) -> None:
    answer = page(signed_in(team.keeper()), assessment, **changes)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert said in body
    assert entered(**changes)["source-resolution"] in body
    assert told() is None


def test_a_stale_page_is_answered_with_what_was_written(assessment: Assessment, signed_in: SignIn) -> None:
    client = signed_in(team.keeper())
    page(client, assessment)
    stale = page(client, assessment, **{"source-resolution": "In the other tab"})
    body = stale.content.decode()
    assert stale.status_code == 409
    assert "In the other tab" in body
    assert 'name="revision" value="2"' in body


def test_a_law_that_is_not_in_force_is_shown_with_its_reason(
    assessment: Assessment, signed_in: SignIn
) -> None:
    Alternative.objects.filter(clause__version=assessment.version).update(valid_to=dt.date(2020, 1, 31))
    said = "The law that it rests on was in force until 31 January 2020."
    for path in ("", "conditions/"):
        body = signed_in(team.keeper()).get(f"/en/assessments/{assessment.pk}/{path}").content.decode()
        assert said in body
