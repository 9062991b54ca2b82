"""Storing an assessment: what goes in, what comes out, and that nothing changes it afterwards."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.analysis import Method, canonical, fingerprint, recompute, result, result_record
from sadzonka.people.models import Person
from sadzonka.practices.models import Practice, Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.assessment.actions import (
    AssessmentHasMovedOn,
    AssessmentIsOpen,
    close_round,
    freeze_assessment,
    open_round,
    store_assessment,
)
from sadzonka.transfer.assessment.stored import Check, check, stored_outlook
from sadzonka.transfer.exports import input_of
from sadzonka.transfer.models import Assessment, Finding, Judgement
from sadzonka.transfer.queries import knowledge_of, outlook
from tests import factories
from tests.transfer.assessment import team

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
DAY = dt.date(2026, 5, 4)
GOOD = Check(has_same_hash=True, has_same_result=True)


@pytest.fixture
def assessment() -> Assessment:
    team.card()
    return team.opened()


def stored(assessment: Assessment, levels: dict[str, int | None] | None = None) -> Assessment:
    """Let a panel answer and store what it says on a fixed day."""
    team.found_met()
    team.panel_sends(assessment, levels or {"Ala": 3, "Bea": 4, "Celina": 4, "Dorota": None})
    team.closed(assessment)
    return store_assessment(assessment=assessment, by=team.keeper(), on=DAY)


def frozen(assessment: Assessment) -> Assessment:
    return freeze_assessment(assessment=stored(assessment), by=team.keeper())


# --- what is stored


def test_the_record_holds_all_that_the_assessment_rests_on(assessment: Assessment) -> None:
    record = json.loads(stored(assessment).input_json)
    assert record == {
        "method": {"version": "1.0", "robust_share": 0.95, "possible_share": 0.05},
        "municipality": "PL 300101",
        "date": "2026-05-04",
        "practice_version": "own 1",
        "practice": {
            "clauses": [
                {
                    "key": "will",
                    "alternatives": [{"key": "resolution", "changed_by": "municipality", "cost_class": 1}],
                }
            ],
            "criteria": [
                {
                    "key": "trust",
                    "dimension": "readiness",
                    "weight": 1,
                    "points": [[0, 0], [5, 1]],
                    "limits": [0, 5],
                },
                {
                    "key": "bicycles",
                    "dimension": "need",
                    "weight": 1,
                    "points": [[0, 0], [30, 1]],
                    "limits": None,
                },
            ],
            "floors": {},
            "thresholds": [0.35, 0.55, 0.75],
        },
        "facts": {
            "states": {"resolution": "met"},
            "readings": {"trust": [3, 4], "bicycles": [12.5, 12.5]},
        },
        "weights": {"kind": "simplex"},
        "observations": [
            {
                "indicator": "bicycles",
                "period": 2025,
                "value": 12.5,
                "status": "",
                "release": "first",
                "reading": [12.5, 12.5],
            }
        ],
        "answers": {
            "conditions": {
                "resolution": {
                    "state": "met",
                    "source": {"pl": "Uchwała", "it": "Uchwała", "en": "Uchwała"},
                    "found_on": "2026-05-04",
                }
            },
            "questions": {
                "trust": {"low": 3, "high": 4, "because": "a panel's answer", "judged_on": "2026-05-04"}
            },
            "panel": {
                "people": 4,
                "groups": {"office": 4},
                "questions": {
                    "trust": {
                        "n": 3,
                        "do_not_know": 1,
                        "levels": [0, 0, 0, 1, 2, 0],
                        "median": 4,
                        "outside": 0,
                        "is_agreement": True,
                        "is_individual_opinion": False,
                        "consensus": record["answers"]["panel"]["questions"]["trust"]["consensus"],
                        "interval": [3, 4],
                    }
                },
            },
        },
    }


def test_hash_and_result_are_the_same_on_every_database(assessment: Assessment) -> None:
    """One literal for SQLite and PostgreSQL: the tests run on both."""
    made = stored(assessment)
    assert made.input_hash == "0eaaafd598074e6cd1d68bdfff991c7a64352b33ac860a3c6ce1516d4b648879"
    assert (
        hashlib.sha256(made.result_json.encode()).hexdigest()
        == "e1a881c42caad616ac363cda7b28859c7276b73ff0c3e77ab96ded44e776ea17"
    )


def test_a_stored_assessment_says_what_the_panel_and_the_figures_say(assessment: Assessment) -> None:
    made = stored(assessment)
    found = json.loads(made.result_json)
    assert (made.state, made.stored_on) == ("stored", DAY)
    assert (found["gate"], found["dimensions"]["readiness"]) == ("open", [0.6, 0.8])
    assert found["dimensions"]["need"] == [0.416666667, 0.416666667]
    assert made.input_hash == fingerprint(json.loads(made.input_json))


def test_what_a_panel_says_becomes_the_municipalitys_judgement(assessment: Assessment) -> None:
    made = stored(assessment)
    judgement = Judgement.objects.get(practice__slug="own")
    assert (judgement.low, judgement.high, judgement.judged_on) == (3, 4, DAY)
    assert judgement.reason["en"] == "panel of 3 people on 2026-05-04: agreement"
    assert judgement.assessment == made
    assert set(judgement.reason) == {"pl", "it", "en"}


@pytest.mark.parametrize(
    ("levels", "interval", "said"),
    [
        ({"Ala": 0, "Bea": 1, "Celina": 5}, (0, 5), "panel of 3 people on 2026-05-04: opinions differ"),
        ({"Ala": 2, "Bea": 3}, (2, 3), "panel of 2 people on 2026-05-04: individual opinion"),
        ({"Ala": 2}, (2, 2), "panel of 1 person on 2026-05-04: individual opinion"),
    ],
)
def test_a_split_and_an_individual_opinion_are_called_so(
    levels: dict[str, int | None], interval: tuple[float, float], said: str, assessment: Assessment
) -> None:
    stored(assessment, levels)
    judgement = Judgement.objects.get(practice__slug="own")
    assert ((judgement.low, judgement.high), judgement.reason["en"]) == (interval, said)


def test_what_nobody_answers_stays_missing(assessment: Assessment) -> None:
    made = stored(assessment, {"Ala": None})
    assert not Judgement.objects.filter(practice__slug="own").exists()
    assert json.loads(made.result_json)["dimensions"]["readiness"] == [0, 1]


def test_what_nobody_answers_now_keeps_the_judgement_it_had(assessment: Assessment) -> None:
    place = {"municipality": assessment.municipality, "practice": assessment.practice}
    Judgement.objects.create(
        **place, criterion_key="trust", low=1, high=2, reason=factories.words("Before"), judged_on=DAY
    )
    made = stored(assessment, {"Ala": None})
    assert json.loads(made.input_json)["answers"]["questions"]["trust"] == {
        "low": 1,
        "high": 2,
        "reason": {"pl": "Before", "it": "Before", "en": "Before"},
        "judged_on": "2026-05-04",
    }


def test_a_judgement_that_changes_is_logged_with_what_it_was(assessment: Assessment) -> None:
    place = {"municipality": assessment.municipality, "practice": assessment.practice}
    Judgement.objects.create(
        **place, criterion_key="trust", low=1, high=2, reason=factories.words("Before"), judged_on=DAY
    )
    stored(assessment)
    entry = ModelLogEntry.objects.get(content_type__model="judgement")
    assert (entry.data["before"], entry.data["after"]) == ([1, 2], [3, 4])


def test_the_record_names_nobody_and_no_group_of_few(assessment: Assessment) -> None:
    made = stored(assessment, {"Ala": 2, "Bea": 3})
    panel = json.loads(made.input_json)["answers"]["panel"]
    assert (panel["people"], panel["groups"]) == (2, None)
    assert [name for name in ("Ala", "Bea", team.KEEPER) if name in made.input_json + made.result_json] == []


def test_an_assessment_without_answers_rests_on_figures_and_findings(assessment: Assessment) -> None:
    team.closed(assessment)
    made = store_assessment(assessment=assessment, by=team.keeper(), on=DAY)
    assert json.loads(made.input_json)["answers"]["panel"]["people"] == 0
    assert check(made) == GOOD


# --- what can no longer happen


def test_a_running_round_is_not_stored(assessment: Assessment) -> None:
    with pytest.raises(AssessmentHasMovedOn):
        store_assessment(assessment=assessment, by=team.keeper())


@pytest.mark.parametrize("make", [stored, frozen])
def test_no_action_changes_what_is_stored(
    make: Callable[[Assessment], Assessment], assessment: Assessment
) -> None:
    made, keeper = make(assessment), team.keeper()
    before = (made.state, made.input_json, made.result_json, made.input_hash, made.stored_on)
    store_assessment(assessment=made, by=keeper)
    for act, number in ((close_round, 1), (open_round, 2)):
        with pytest.raises(AssessmentHasMovedOn):
            act(assessment=made, by=keeper, number=number)
    now = Assessment.objects.get(pk=made.pk)
    assert (now.state, now.input_json, now.result_json, now.input_hash, now.stored_on) == before


def test_only_what_is_stored_is_frozen_and_only_once(assessment: Assessment, controller: Person) -> None:
    with pytest.raises(AssessmentIsOpen):
        freeze_assessment(assessment=assessment, by=team.keeper())
    made = frozen(assessment)
    with pytest.raises(PermissionDenied):
        freeze_assessment(assessment=made, by=controller)
    again = freeze_assessment(assessment=made, by=team.keeper())
    assert (again.state, again.frozen_at) == ("frozen", made.frozen_at)


def test_a_new_assessment_can_begin_after_the_last_one_was_stored(assessment: Assessment) -> None:
    stored(assessment)
    assert team.opened() != assessment


# --- computed again


def everything_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the card, the statistics, the findings, the judgements and the method."""
    Version.objects.filter(practice__slug="own").update(state="outdated")
    newer = factories.version(Practice.objects.get(slug="own"), "Newer", number=2, state="published")
    Version.objects.filter(pk=newer.pk).update(thresholds=[0.1, 0.2, 0.3], floors={"need": 0.9})
    team.figure("second", 29.0, 2026)
    Finding.objects.filter(practice__slug="own").update(state="unmet")
    Judgement.objects.filter(practice__slug="own").update(low=0, high=0)
    monkeypatch.setattr(result, "METHOD", Method(robust_share=0.0, possible_share=1.0))


def test_whatever_changes_the_same_hash_and_the_same_bytes_come_out(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = frozen(assessment)
    everything_changes(monkeypatch)
    version = analysable_versions().get(practice__slug="own")
    today = outlook(version, knowledge_of(made.municipality, dt.date(2026, 6, 1)))
    assert canonical(result_record(today.analysis)) != made.result_json
    kept = Assessment.objects.get(pk=made.pk)
    assert check(kept) == GOOD
    assert canonical(recompute(json.loads(kept.input_json))) == made.result_json


def test_a_record_that_was_changed_by_hand_is_found_out(assessment: Assessment) -> None:
    made = stored(assessment)
    made.input_json = made.input_json.replace("12.5", "29")
    assert check(made) == Check(has_same_hash=False, has_same_result=False)
    made.input_json = made.input_json.replace('"version":"1.0"', '"version":"9.9"')
    assert check(made).complaint == "method: version '9.9' is none of 1.0"
    made.input_json = "{"
    assert check(made).is_good is False


@pytest.mark.parametrize("code", ["300101", "999901", "302101"])
def test_every_card_of_the_demonstration_is_computed_again_from_its_record(code: str) -> None:
    knowledge = knowledge_of(factories.municipality(code), dt.date(2026, 11, 23))
    versions = list(analysable_versions())
    assert len(versions) == 6
    for version in versions:
        found = outlook(version, knowledge)
        kept = canonical(input_of(found))
        assert canonical(recompute(json.loads(kept))) == canonical(result_record(found.analysis))


def test_a_stored_page_is_made_from_the_record(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stored(assessment)
    everything_changes(monkeypatch)
    found = stored_outlook(Assessment.objects.get(pk=made.pk))
    practice = made.practice_id
    assert canonical(result_record(found.analysis)) == made.result_json
    assert [figure.value for figure in found.knowledge.figures.values()] == [12.5]
    assert str(found.knowledge.findings[practice, "resolution"].source) == "Uchwała"
    assert found.knowledge.judgements[practice, "trust"].reason["en"].endswith(": agreement")


# --- the pages of what is stored


def test_the_public_page_says_the_result_and_that_it_still_holds(
    assessment: Assessment, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = stored(assessment)
    everything_changes(monkeypatch)
    body = client.get(f"/en/assessments/{made.pk}/").content.decode()
    for said in (
        "Computed again just now: same hash, same result",
        made.input_hash,
        "Open: every condition is met",
        "share of weightings, not a probability of success",
        "agreement",
        "The card has a newer version since",
    ):
        assert said in body
    assert [name for name in ("Ala", "Bea", "says so", team.KEEPER) if name in body] == []


def test_the_public_page_says_when_the_record_was_changed(assessment: Assessment, client: Client) -> None:
    made = stored(assessment)
    Assessment.objects.filter(pk=made.pk).update(input_json=made.input_json.replace("12.5", "29"))
    assert "it was changed" in client.get(f"/en/assessments/{made.pk}/").content.decode()


def test_a_record_that_no_method_here_knows_is_shown_without_an_answer(
    assessment: Assessment, client: Client
) -> None:
    made = stored(assessment)
    unknown = made.input_json.replace('"version":"1.0"', '"version":"9.9"')
    Assessment.objects.filter(pk=made.pk).update(input_json=unknown)
    body = client.get(f"/en/assessments/{made.pk}/").content.decode()
    assert "version &#x27;9.9&#x27; is none of 1.0" in body


def test_the_record_is_public_and_enough_to_compute_it_again(assessment: Assessment, client: Client) -> None:
    made = stored(assessment)
    answer: dict[str, Any] = client.get(f"/en/assessments/{made.pk}/record.json").json()
    assert (answer["hash"], fingerprint(answer["input"])) == (made.input_hash, made.input_hash)
    assert canonical(recompute(answer["input"])) == canonical(answer["result"])
    assert answer["share_is"].endswith("not a probability of success")


def test_the_municipality_leads_to_what_is_stored(assessment: Assessment, client: Client) -> None:
    made, path = stored(assessment), "/en/municipalities/PL/300101/"
    assert f'href="/en/assessments/{made.pk}/"' in client.get(path).content.decode()
    again = team.opened()
    assert f'href="/en/assessments/{again.pk}/"' not in client.get(path).content.decode()


def test_the_minoritys_statements_stay(assessment: Assessment, signed_in: SignIn) -> None:
    made = stored(assessment, {"Ala": 4, "Bea": 4, "Celina": 4, "Dorota": 1})
    path = f"/en/assessments/{made.pk}/discussion/"
    body = signed_in(team.keeper()).get(path).content.decode()
    assert body.count("minority statement") == 1
    assert json.loads(made.input_json)["answers"]["panel"]["questions"]["trust"]["outside"] == 1
