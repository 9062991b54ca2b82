"""What is known about a municipality, what readers add, and the record of an analysis."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from sadzonka.analysis import State
from sadzonka.places.models import Indicator, Observation, Release
from sadzonka.practices.models import Alternative, Practice, Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.exports import analysis_record
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.transfer.queries import Answers, Outlook, knowledge_of, outlook, outlooks
from tests import factories

pytestmark = pytest.mark.django_db
SLUG, DAY = "bicycles-from-prison", dt.date(2026, 11, 23)


def looked_at(
    slug: str = SLUG, code: str = "999901", day: dt.date = DAY, answers: Answers | None = None
) -> Outlook:
    version = analysable_versions().get(practice__slug=slug)
    return outlook(version, knowledge_of(factories.municipality(code), day), answers or Answers())


def find(key: str, state: str = "met", found_on: dt.date = DAY) -> Finding:
    return Finding.objects.create(
        municipality=factories.municipality(),
        practice=Practice.objects.get(slug="own"),
        alternative_key=key,
        state=state,
        source=factories.words("Uchwała"),
        found_on=found_on,
    )


@pytest.fixture
def own() -> Version:
    """Publish a practice with one condition and one question."""
    return factories.version(factories.practice("own"), "Own", state="published")


def own_outlook(answers: Answers | None = None, day: dt.date = DAY) -> Outlook:
    return looked_at("own", "300101", day, answers)


# --- what is known and what readers say


def test_without_a_finding_a_condition_is_unknown(own: Version) -> None:
    assert (own_outlook().analysis.gate.word, own_outlook().facts.states) == ("to_verify", {})


@pytest.mark.parametrize(("state", "gate"), [("met", "open"), ("unmet", "blocked")])
def test_a_finding_decides_the_gate(state: str, gate: str, own: Version) -> None:
    find("resolution", state)
    assert own_outlook().analysis.gate.word == gate


@pytest.mark.parametrize(
    ("found", "answered", "state"),
    [
        ("met", State.UNMET, State.UNMET),
        ("unmet", State.MET, State.MET),
        ("met", State.UNKNOWN, None),
        ("unmet", State.UNKNOWN, None),
    ],
)
def test_a_readers_answer_goes_before_a_finding(
    found: str, answered: State, state: State | None, own: Version
) -> None:
    find("resolution", found)
    facts = own_outlook(Answers(states={"resolution": answered})).facts
    assert facts.states == ({} if state is None else {"resolution": state})


@pytest.mark.parametrize(("level", "reading"), [(5, (5, 5)), (0, (0, 0)), (None, None)])
def test_a_readers_level_goes_before_a_judgement(
    level: int | None, reading: tuple[int, int] | None, own: Version
) -> None:
    Judgement.objects.create(
        municipality=factories.municipality(),
        practice=own.practice,
        criterion_key="trust",
        low=2,
        high=3,
        reason=factories.words("x"),
        judged_on=DAY,
    )
    assert own_outlook().facts.readings == {"trust": (2, 3)}
    asked = own_outlook(Answers(levels={"trust": level}))
    assert asked.facts.readings == ({} if reading is None else {"trust": reading})


@pytest.mark.parametrize(
    ("dates", "state"),
    [
        ({"valid_to": DAY - dt.timedelta(days=1)}, "unmet"),
        ({"valid_from": DAY + dt.timedelta(days=1)}, "unmet"),
        ({"valid_from": DAY, "valid_to": DAY}, "met"),
    ],
)
def test_a_law_that_is_not_in_force_meets_nothing(
    dates: dict[str, dt.date], state: str, own: Version
) -> None:
    Alternative.objects.filter(clause__version=own).update(**dates)
    find("resolution", "met")
    for answers in (Answers(), Answers(states={"resolution": State.MET})):
        assert own_outlook(answers).facts.states["resolution"].word == state


def test_what_was_found_later_was_not_known_before(own: Version) -> None:
    find("resolution", found_on=DAY)
    assert own_outlook(day=DAY - dt.timedelta(days=1)).facts.states == {}
    assert own_outlook(day=DAY).facts.states == {"resolution": State.MET}


def test_a_finding_of_another_practice_or_place_says_nothing(own: Version) -> None:
    finding = find("resolution")
    Finding.objects.filter(pk=finding.pk).update(practice=Practice.objects.get(slug=SLUG))
    assert own_outlook().facts.states == {}
    Finding.objects.filter(pk=finding.pk).update(
        practice=own.practice, municipality=factories.municipality("300102")
    )
    assert own_outlook().facts.states == {}


# --- the order of practices in a municipality


@pytest.mark.parametrize("code", ["300101", "999901", "302101"])
def test_practices_stand_in_the_order_of_the_method(code: str) -> None:
    found = outlooks(knowledge_of(factories.municipality(code), DAY))
    assert len(found) == 6
    keys = [
        (
            one.analysis.standing,
            -one.analysis.class_interval[1],
            -one.analysis.class_interval[0],
            -one.analysis.shares[1][0],
            one.version.practice.slug,
        )
        for one in found
    ]
    assert keys == sorted(keys)


def test_a_blocked_practice_stands_after_one_that_is_open_or_to_verify() -> None:
    found = outlooks(knowledge_of(factories.municipality("999901"), DAY))
    gates = [one.analysis.gate.word for one in found]
    assert set(gates) >= {"open", "blocked"}
    assert gates.index("blocked") > max(place for place, gate in enumerate(gates) if gate == "open")


def test_the_page_shows_them_in_the_same_order(client: Client) -> None:
    lines = client.get("/en/municipalities/PL/999901/").context["lines"]
    found = outlooks(knowledge_of(factories.municipality("999901")))
    assert [line.outlook.version for line in lines] == [one.version for one in found]


# --- the record


def record(**changes: Any) -> dict[str, Any]:
    return analysis_record(looked_at(**changes))


def test_the_hash_of_the_same_input_is_the_same() -> None:
    assert record() == record()
    assert re.fullmatch(r"[0-9a-f]{64}", record()["hash"])


def test_the_hash_changes_with_the_day_the_place_the_practice_and_the_answers() -> None:
    key = Finding.objects.filter(practice__slug=SLUG).first().alternative_key
    hashes = [
        one["hash"]
        for one in (
            record(),
            record(day=DAY + dt.timedelta(days=1)),
            record(code="300101"),
            record(slug="nurseries-by-a-consortium"),
            record(answers=Answers(states={key: State.UNKNOWN})),
        )
    ]
    assert len(set(hashes)) == 5


def test_the_hash_changes_with_a_figure_a_finding_and_a_judgement() -> None:
    hashes = [record()["hash"]]
    Finding.objects.filter(practice__slug=SLUG, municipality__code="999901").first().delete()
    hashes.append(record()["hash"])
    Judgement.objects.filter(practice__slug=SLUG, municipality__code="999901").update(low=0, high=0)
    hashes.append(record()["hash"])
    named = record()["input"]["observations"][0]["indicator"]
    Observation.objects.create(
        release=Release.objects.create(key="newer", publisher="x", title="x", period="x", retrieved_on=DAY),
        indicator=Indicator.objects.get(key=named),
        municipality=factories.municipality("999901"),
        period=2026,
        value=1.5,
    )
    hashes.append(record()["hash"])
    assert len(set(hashes)) == 4


def test_the_hash_does_not_change_with_what_the_practice_does_not_use() -> None:
    before = record()["hash"]
    Finding.objects.exclude(practice__slug=SLUG).delete()
    Observation.objects.filter(indicator__key="altitude_m").delete()
    assert record()["hash"] == before


@pytest.mark.parametrize("code", ["300101", "999901"])
def test_page_api_and_command_line_give_the_same_analysis(code: str, client: Client) -> None:
    printed = io.StringIO()
    call_command("analyse", SLUG, "PL", code, "--json", stdout=printed)
    by_command = json.loads(printed.getvalue())
    by_api = client.get(f"/api/analysis/{SLUG}/PL/{code}").json()
    answer = client.get(f"/en/municipalities/PL/{code}/{SLUG}/")
    assert by_api == by_command
    assert answer.context["answer"].hash == by_api["hash"]
    assert by_api["hash"][:12] in answer.content.decode()
    assert list(answer.context["outlook"].analysis.score) == by_api["score"]


def test_a_record_says_what_it_rests_on() -> None:
    assert record()["rests_on"] == "answers and public figures"
    assert record(code="300101")["rests_on"] == "public figures only"
    assert record()["share_is"].endswith("not a probability of success")


# --- the command line


def test_the_command_says_in_words_what_it_found() -> None:
    printed = io.StringIO()
    call_command("analyse", SLUG, "PL", "999901", "--date", "2026-11-23", stdout=printed)
    lines = printed.getvalue().splitlines()
    found = looked_at().analysis
    assert lines[0].endswith(", 2026-11-23")
    assert lines[1] == f"Gate: {found.gate.word}"
    assert f"Completeness: {found.completeness:.2f}" in lines
    assert "probab" not in printed.getvalue().lower()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("unknown", "PL", "300101"), f"There is no practice 'unknown'. There are: {SLUG}, "),
        ((SLUG, "PL", "000000"), "There is no municipality PL 000000."),
        ((SLUG, "XX", "300101"), "There is no municipality XX 300101."),
    ],
)
def test_the_command_says_what_there_is_not(asked: tuple[str, str, str], said: str) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("analyse", *asked)
    assert str(refusal.value).startswith(said)


def test_the_command_knows_no_draft() -> None:
    factories.version(factories.practice("own"), "Own")
    with pytest.raises(CommandError, match="There is no practice 'own'"):
        call_command("analyse", "own", "PL", "300101")
