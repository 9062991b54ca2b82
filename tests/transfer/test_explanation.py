"""What an analysis says would surely help, and by what a municipality falls short of the origin."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.practices.choices import ChangedBy, CostClass
from sadzonka.practices.models import Alternative, Clause, Criterion, Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.explanation.options import open_options, options_of
from sadzonka.transfer.explanation.ways import Ways, ways_of
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.transfer.queries import knowledge_of, outlook
from tests import factories
from tests.chain import World
from tests.transfer.adoption.stories import SLUG, planned, stored

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 26)
ALL_ANSWERED = "municipal-cooperative-without-manager"


def address(slug: str, code: str = "999901") -> str:
    return f"/en/municipalities/PL/{code}/{slug}/"


def section(answer: HttpResponse, heading: str) -> str:
    """Return what a page says under a heading."""
    page = BeautifulSoup(answer.content, "html.parser")
    found = next(one for one in page.find_all("section") if one.find("h2") and one.h2.text == heading)
    return " ".join(found.text.split())


def change(answer: HttpResponse) -> str:
    return section(answer, "What to change, and what to find out first?")


def origin(answer: HttpResponse) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").find(id="origin").text.split())


def ways(slug: str = "own", code: str = "300101") -> Ways:
    version = analysable_versions().get(practice__slug=slug)
    return ways_of(outlook(version, knowledge_of(factories.municipality(code), DAY)))


@pytest.fixture
def own() -> Version:
    """Publish a practice with one condition and one question, whose step leads to level 5."""
    version = factories.version(factories.practice("own"), "Own", state="published")
    version.criteria.update(
        is_alterable=True,
        changed_by=ChangedBy.MUNICIPALITY,
        cost_class=CostClass.BUDGET,
        step=factories.words("Hold a meeting."),
        step_reading=5,
    )
    return version


def judge(level: float) -> None:
    Judgement.objects.create(
        municipality=factories.municipality(),
        practice=Version.objects.get(practice__slug="own").practice,
        criterion_key="trust",
        low=level,
        high=level,
        reason=factories.words("x"),
        judged_on=DAY,
    )


# --- what would surely help


def test_the_smallest_change_is_told_with_who_what_it_takes_and_what_it_adds(client: Client) -> None:
    """One step: the founding group from level 1, at worst, to 4 of 5, with weight .4 of a fifth."""
    said = change(client.get(address(ALL_ANSWERED)))
    assert "This change would make it at least “good”, whatever is not known turns out to be" in said
    criterion = Criterion.objects.get(version__practice__slug=ALL_ANSWERED, key="founding-group")
    assert f"{criterion.name}: {criterion.step}" in said
    assert f"{criterion.get_changed_by_display()}, {criterion.get_cost_class_display()}" in said
    assert "adds 0.048 to the lower end of the score" in said
    assert (
        "Then every condition is met, the class is “good”, and the score lies between 0.62 and 0.62." in said
    )
    assert "What a step leads to is what the card’s author expects, not a promise." in said


def test_what_leads_to_a_higher_class_is_told_apart_and_where_nothing_does(client: Client) -> None:
    found = ways(ALL_ANSWERED, "999901")
    assert [(way.target, way.lines is None) for way in found.further] == [(3, True)]
    said = change(client.get(address(ALL_ANSWERED)))
    assert "What would reach a higher class" in said
    assert (
        "taken together, does not surely make it “strong” with every condition met. It would lead to:" in said
    )
    assert "gate open, class “good”, score between 0.70 and 0.70." in said


def test_what_is_strong_and_open_needs_nothing(client: Client) -> None:
    assert "None is needed: every condition is met and the class is “strong”" in change(
        client.get(address("nurseries-by-a-consortium"))
    )


def test_where_nothing_is_known_conditions_and_steps_are_named_together(client: Client) -> None:
    found = ways(SLUG).nearest
    assert found is not None
    assert found.lines is not None
    assert [(line.option.change.key, line.adds, line.is_unknown_now) for line in found.lines] == [
        ("municipal-stock", 0.0, True),
        ("workshop-inside", 0.0, True),
        ("employed-by-operator", 0.0, True),
        ("existing-cooperative", 0.0, True),
        ("several-years", 0.0, True),
        ("stock-size", 0.072, True),  # level 3 of 5 with weight .6 in a fifth of the whole
        ("prison-partner", 0.06, True),
        ("sales", 0.048, True),
        ("council", 0.048, True),
    ]
    said = change(client.get(address(SLUG, "300101")))
    assert "These 9 changes together would make it at least “possible”" in said
    assert said.count("not known today: perhaps it is so already") >= 9


def test_only_what_somebody_can_change_is_an_option(own: Version) -> None:
    def keys() -> list[str]:
        return [one.change.key for one in options_of(Version.objects.get(pk=own.pk), DAY)]

    assert keys() == ["resolution", "trust"]
    alternatives, criteria = Alternative.objects.filter(clause__version=own), own.criteria
    alternatives.update(valid_from=DAY + dt.timedelta(days=1))
    assert keys() == ["trust"]
    alternatives.update(valid_from=DAY, changed_by=ChangedBy.NOBODY)
    assert keys() == ["trust"]
    for nothing in ({"step_reading": None}, {"is_alterable": False}, {"changed_by": ChangedBy.NOBODY}):
        before = criteria.values(*nothing).get()
        criteria.update(**nothing)
        assert keys() == []
        criteria.update(**before)
    assert keys() == ["trust"]


def test_an_alternative_of_two_conditions_is_one_option(own: Version) -> None:
    other = Clause.objects.create(version=own, key="other", name=factories.words("Other"))
    Alternative.objects.create(
        clause=other, key="resolution", statement=factories.words("Own"), changed_by="municipality"
    )
    found = options_of(Version.objects.get(pk=own.pk), DAY)
    assert [(one.change.key, len(one.clauses)) for one in found] == [("resolution", 2), ("trust", 0)]


@pytest.mark.parametrize("level", [-1, 5.5, 7])
def test_a_level_that_does_not_exist_is_neither_a_step_nor_an_origin(
    level: float, own: Version, client: Client
) -> None:
    own.criteria.update(step_reading=level, origin_reading=level)
    answer = client.get(address("own", "300101"))
    assert [one.change.key for one in answer.context["answer"].ways.options] == ["resolution"]
    assert origin(answer).endswith("so nothing can be compared.")


def test_a_card_on_which_nothing_can_be_changed_says_so(own: Version, client: Client) -> None:
    own.criteria.update(is_alterable=False)
    Alternative.objects.filter(clause__version=own).update(changed_by=ChangedBy.NOBODY)
    answer = client.get(address("own", "300101"))
    assert "The card names nothing that people could still change." in change(answer)
    assert "If these steps were taken" not in BeautifulSoup(answer.content, "html.parser").text


def test_what_is_reached_is_no_option_any_more(own: Version) -> None:
    def still_open() -> list[str]:
        knowledge = knowledge_of(factories.municipality(), DAY)
        version = analysable_versions().get(practice__slug="own")
        facts = outlook(version, knowledge).facts
        return [one.change.key for one in open_options(options_of(version, DAY), facts)]

    assert still_open() == ["resolution", "trust"]
    judge(5)
    Finding.objects.create(
        municipality=factories.municipality(),
        practice=own.practice,
        alternative_key="resolution",
        state="met",
        source=factories.words("x"),
        found_on=DAY,
    )
    assert still_open() == []


def test_too_many_steps_are_not_searched(own: Version, client: Client) -> None:
    """Sixteen steps in one dimension, each of a sixteenth of it."""
    own.criteria.update(weight=1 / 16)
    one = own.criteria.get()
    for number in range(15):
        one.pk, one.key = None, f"trust-{number}"
        one.save(force_insert=True)
    found = ways()
    assert (found.nearest, found.is_there, len(found.options)) == (None, False, 17)
    assert "More than 15 steps might help: too many to search" in change(client.get(address("own", "300101")))


# --- against the origin


def test_what_surely_loses_most_against_the_origin_is_told_with_figures_years_and_sources(
    client: Client,
) -> None:
    """Readiness of the prison: level 5 there, 0 here, half of a fifth. Ways to sell: 4 - 2 of 5, x .6 / 5.

    Buyers nearby: 360,930 people are worth 1, 8,900 worth .4 x 5,900 / 17,000 = .1388; .4 x .2 x .8612.
    """
    answer = client.get(address(SLUG))
    found = answer.context["answer"].origin
    assert [(one.criterion.key, one.contrast.loss) for one in found.sure] == [
        ("prison-partner", (0.1, 0.1)),
        ("buyers-nearby", (0.068894118, 0.068894118)),
        ("sales", (0.048, 0.048)),
    ]
    assert found.possible == ()
    said = origin(answer)
    for words in (
        "there: level 5 of 5 (The prison already runs similar work with an outside partner). Here: Level 0",
        "there: 360,930 people. Here: 8,900 people, 2024",
        "costs 0.069 of the score",
        "version 1 of the card",
    ):
        assert words in said


def test_what_is_not_known_here_may_lose_and_is_labelled_so(client: Client) -> None:
    answer = client.get(address(SLUG, "300101"))
    found = answer.context["answer"].origin
    assert [one.criterion.key for one in found.sure] == ["buyers-nearby", "short-distances"]
    assert [(one.criterion.key, one.contrast.loss) for one in found.possible] == [
        ("stock-size", (0.0, 0.12)),
        ("prison-partner", (0.0, 0.1)),
        ("mechanic-and-tutor", (0.0, 0.1)),
    ]
    said = origin(answer)
    assert "Perhaps less than there, because it is not known, or not closely enough" in said
    assert said.count("nothing is known here; costs up to") == 3


def test_a_card_that_does_not_tell_of_its_origin_says_so(client: Client) -> None:
    assert origin(client.get(address(ALL_ANSWERED))).endswith("so nothing can be compared.")


def test_a_criterion_better_than_at_the_origin_is_no_shortfall(own: Version, client: Client) -> None:
    own.criteria.update(origin_reading=2)
    judge(4)
    assert "By nothing that is known here is it surely weaker than there." in origin(
        client.get(address("own", "300101"))
    )


# --- elsewhere


def test_a_stored_assessment_tells_the_same_from_its_record(world: World, client: Client) -> None:
    answer = client.get(f"/en/assessments/{stored(world.editor).pk}/")  # of a day when no figure was known
    assert "These 11 changes together would make it at least “possible”" in change(answer)
    assert "See it with these steps taken" not in change(answer)
    assert "costs up to 0.120 of the score" in origin(answer)


def test_a_plan_begins_with_the_smallest_change(world: World, client: Client, ewa: Person) -> None:
    plan = planned(world.editor)
    client.force_login(ewa)
    said = section(client.get(plan.get_absolute_url()), "The smallest change that would surely help")
    assert (
        "By what the assessment stored, these 11 changes together would make it at least “possible”" in said
    )
    alterable = section(client.get(plan.get_absolute_url()), "What else can be changed")
    assert alterable.count("in the smallest set of changes") == 6


def test_the_command_and_the_open_data_tell_the_same_change(client: Client) -> None:
    printed = io.StringIO()
    call_command("analyse", ALL_ANSWERED, "PL", "999901", stdout=printed)
    assert "Would surely make it at least good:" in printed.getvalue().splitlines()
    assert "(a partner; adds 0.048)" in printed.getvalue()
    assert client.get(f"/api/analysis/{ALL_ANSWERED}/PL/999901").json()["smallest_change"] == {
        "target": "good",
        "is_reachable": True,
        "changes": [
            {
                "kind": "step",
                "key": "founding-group",
                "changed_by": "partner",
                "cost_class": 1,
                "adds": 0.048,
            }
        ],
        "gate": "open",
        "class": ["good", "good"],
        "score": [0.616, 0.616],
    }
    strong = client.get("/api/analysis/nurseries-by-a-consortium/PL/999901").json()
    assert strong["smallest_change"] is None
