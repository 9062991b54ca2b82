"""What an answer page says first: what to ask, what would open the gate, what else can be changed."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from sadzonka.practices.choices import ChangedBy
from sadzonka.practices.models import Alternative, Clause, Criterion, Version
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.transfer.words import percent
from tests import factories

pytestmark = pytest.mark.django_db
OWN = "/en/municipalities/PL/300101/own/"
WOODS = "municipal-forests-cooperative"
FORESTS = f"/en/municipalities/PL/300101/{WOODS}/"
PAST, FUTURE = dt.date(2020, 1, 1), dt.date(2100, 1, 1)
SENTENCE = "To open the gate, at least these would have to be met or confirmed:"


@pytest.fixture
def own() -> Version:
    """Publish a practice whose one condition can be met by a resolution, or by a law."""
    version = factories.version(factories.practice("own"), "Own", state="published")
    Alternative.objects.create(
        clause=version.clauses.get(), key="law", statement=factories.words("A law"), changed_by="state"
    )
    return version


def unmet(*keys: str) -> None:
    for key in keys:
        Finding.objects.create(
            municipality=factories.municipality(),
            practice=Version.objects.get(practice__slug="own").practice,
            alternative_key=key,
            state="unmet",
            source=factories.words("Resolution 1"),
            found_on=PAST,
        )


def repair(answer: HttpResponse) -> list[str]:
    return [one.key for one in answer.context["answer"].repair]


def text(answer: HttpResponse) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").find("main").text.split())


# --- what would open the gate


def test_a_law_that_is_not_in_force_is_nothing_to_do(own: Version, client: Client) -> None:
    unmet("resolution", "law")
    assert repair(client.get(OWN)) == ["resolution"]
    Alternative.objects.filter(key="resolution", clause__version=own).update(valid_to=PAST)
    assert repair(client.get(OWN)) == ["law"]
    Alternative.objects.filter(key="law", clause__version=own).update(valid_from=FUTURE)
    answer = client.get(OWN)
    assert (repair(answer), SENTENCE in text(answer)) == ([], False)
    assert "Blocked: 1 condition is not met" in text(answer)


def test_what_nobody_can_change_is_named_only_while_it_may_be_so(own: Version, client: Client) -> None:
    Alternative.objects.filter(key="resolution", clause__version=own).update(changed_by=ChangedBy.NOBODY)
    unmet("law")
    assert repair(client.get(OWN)) == ["resolution"]
    unmet("resolution")
    assert repair(client.get(OWN)) == ["law"]


def test_one_condition_that_cannot_be_met_leaves_nothing_to_name(own: Version, client: Client) -> None:
    hopeless = Clause.objects.create(version=own, key="hopeless", name=factories.words("Hopeless"))
    Alternative.objects.create(
        clause=hopeless,
        key="sea",
        statement=factories.words("By the sea"),
        changed_by=ChangedBy.NOBODY,
    )
    unmet("resolution", "law", "sea")
    assert repair(client.get(OWN)) == []


# --- what to find out first


def test_ways_to_meet_one_condition_are_asked_about_together(client: Client) -> None:
    shown = BeautifulSoup(client.get(FORESTS).content, "html.parser")
    asked = [one.text for one in shown.select(".steps > li > h3")]
    names = [str(one.name) for one in Clause.objects.filter(version__practice__slug=WOODS)]
    assert len(asked) == len(names) == 5
    first = shown.select_one(".steps > li")
    ways = Alternative.objects.filter(clause__version__practice__slug=WOODS, clause__key="land")
    assert len(first.select(".anyof > li")) == ways.count() == 4
    assert "The municipality's property office" in first.text


def test_without_conditions_the_criteria_are_asked_one_by_one(own: Version, client: Client) -> None:
    own.clauses.all().delete()
    shown = BeautifulSoup(client.get(OWN).content, "html.parser")
    assert [one.text for one in shown.select(".steps > li > h3")] == ["Own"]
    assert "can change the class together with others" in shown.select_one(".steps > li").text


# --- in words


def test_what_is_surely_good_with_equal_weights_is_not_said_to_be_only_perhaps_good(
    own: Version, client: Client
) -> None:
    """Readiness 0, the rest 4 of 5: 0.64 at equal weights, and less where readiness weighs more."""
    for dimension in ("need", "fit", "feasibility", "support"):
        one = Criterion.objects.get(version=own, key="trust")
        one.pk, one.key, one.dimension = None, dimension, dimension
        one.save()
    for key in ("trust", "need", "fit", "feasibility", "support"):
        level = 0 if key == "trust" else 4
        Judgement.objects.create(
            municipality=factories.municipality(),
            practice=own.practice,
            criterion_key=key,
            low=level,
            high=level,
            reason=factories.words("x"),
            judged_on=PAST,
        )
    said = text(client.get(OWN))
    assert "With all five dimensions weighing alike it is at least good" in said
    assert "It could be good, and it could fall short" not in said


# --- what else can be changed


def test_a_step_stands_once_in_the_smallest_change_or_among_the_others(client: Client) -> None:
    answer = client.get("/en/municipalities/PL/999901/municipal-cooperative-without-manager/")
    page = answer.context["answer"]
    suggested = {line.option.criterion.key for line in page.ways.nearest.lines}
    others = [one.criterion.key for one in page.alterable]
    assert suggested == {"founding-group"}
    assert (others != [], suggested & set(others)) == (True, set())
    assert "What else can be changed" in text(answer)


def test_the_head_says_gate_and_class_in_words(client: Client) -> None:
    shown = BeautifulSoup(client.get(FORESTS).content, "html.parser")
    facts = [one.get_text(" ", strip=True) for one in shown.select("header dl.label > div")]
    assert facts[:2] == ["Gate to verify", "Class distant to strong"]


def test_an_answer_leads_to_what_explains_it_and_to_a_comparison(client: Client) -> None:
    shown = BeautifulSoup(client.get(FORESTS).content, "html.parser").find("main")
    links = [one["href"] for one in shown.select("a[href]")]
    compared = "/en/municipalities/PL/300101/compare/?a=municipal-forests-cooperative"
    for wanted in ("/en/method/", "/en/method/#shares", "/en/method/#class", "/en/method/#change", compared):
        assert wanted in links, wanted


@pytest.mark.parametrize("whole", range(101))
def test_a_share_of_whole_percents_is_told_as_these_percents(whole: int) -> None:
    assert percent((whole / 100, whole / 100)) == (whole, whole)


def test_the_ends_of_a_share_are_rounded_outwards() -> None:
    assert percent((0.2851, 0.5701)) == (28, 58)
