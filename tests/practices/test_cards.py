"""Finding cards, and what each version may say."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from sadzonka.people.models import Person
from sadzonka.practices.models import CardText, Criterion, Practice, Version
from sadzonka.practices.queries import listed_versions, shown_versions, versions_matching
from tests import factories

pytestmark = pytest.mark.django_db


def own(text: str = "Own", state: str = "published") -> Version:
    return factories.version(factories.practice("own"), text, state=state)


@pytest.mark.parametrize("level", [-1, 2.5, 5.5, 6])
@pytest.mark.parametrize("field", ["step_reading", "origin_reading"])
def test_the_level_of_a_question_is_a_whole_number_from_0_to_5(field: str, level: float) -> None:
    criterion = own().criteria.get()
    setattr(criterion, field, level)
    with override("en"), pytest.raises(ValidationError) as refusal:
        criterion.full_clean()
    assert refusal.value.message_dict == {field: ["A level is a whole number from 0 to 5."]}


def test_a_question_has_levels_and_an_indicator_any_reading() -> None:
    criterion = own().criteria.get()
    criterion.step_reading, criterion.origin_reading = 5, 0
    criterion.full_clean()
    figure = Criterion.objects.exclude(indicator=None).first()
    figure.step_reading, figure.origin_reading = 12345.6, -0.3
    figure.full_clean()


@pytest.mark.parametrize(
    ("state", "is_listed"),
    [
        ("draft", False),
        ("submitted", False),
        ("reviewed", False),
        ("published", True),
        ("to-reverify", True),
        ("outdated", False),
    ],
)
def test_the_catalogue_lists_what_is_shown(state: str, is_listed: object, client: Client) -> None:
    version = own(state=state)
    assert (version in shown_versions()) is is_listed
    assert (version in client.get("/en/practices/").context["found"]) is is_listed


def test_one_version_is_shown_at_a_time() -> None:
    version = own()
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.version(version.practice, "Second", number=2, state="to-reverify")


@pytest.mark.parametrize("words", ["zazolc", "ZAŻÓŁĆ", "gęślą zażółć", "jaz", ""])
def test_a_card_is_found_without_diacritics_and_case(words: str) -> None:
    version = own("Zażółć gęślą jaźń")
    assert version in versions_matching(words)


def test_every_word_must_be_on_the_card() -> None:
    version = own("Zażółć gęślą jaźń")
    assert version not in versions_matching("zażółć banan")
    assert versions_matching("banan") == []


def test_a_card_is_found_by_its_kind_of_service() -> None:
    found = versions_matching("", "nursery")
    assert [version.practice.service for version in found] == ["nursery"] * len(found) != []
    assert versions_matching("", "no-such-service") == []


def test_the_list_counts_conditions_and_criteria_each_once() -> None:
    for version in listed_versions():
        assert (version.clause_count, version.criterion_count) == (
            version.clauses.count(),
            version.criteria.count(),
        )


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_card_without_a_language_is_shown_in_another_and_says_so(language: str, client: Client) -> None:
    version = own("Only in one language")
    CardText.objects.filter(version=version).exclude(language="it").delete()
    with override(language):
        answer = client.get(version.get_absolute_url())
    assert (answer.status_code, answer.context["text"].language) == (200, "it")
    main = BeautifulSoup(answer.content, "html.parser").find("main")
    labelled = [one for one in main.find_all(lang="it") if "Only in one language" in one.text]
    assert labelled != []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("thresholds", [0.5, 0.4, 0.9]),
        ("thresholds", [0.3, 0.3, 0.9]),
        ("thresholds", [0.3, 0.5]),
        ("thresholds", [0, 0.5, 0.9]),
        ("thresholds", [0.3, 0.5, 1.1]),
        ("thresholds", ["a", "b", "c"]),
        ("thresholds", None),
        ("floors", {"luck": 0.3}),
        ("floors", {"need": 2}),
        ("floors", {"need": "0.3"}),
        ("floors", []),
    ],
)
def test_thresholds_and_floors_make_sense(field: str, value: object) -> None:
    version = Version(**{field: value})
    with pytest.raises(ValidationError) as refusal:
        version.clean()
    assert list(refusal.value.message_dict) == [field]


def test_nobody_reviews_what_they_wrote(ewa: Person) -> None:
    with pytest.raises(ValidationError) as refusal:
        Version(author=ewa, reviewer=ewa).clean()
    assert list(refusal.value.message_dict) == ["reviewer"]


@pytest.mark.parametrize(
    ("anchors", "wrong"),
    [
        ({"pl": list("abcdef")}, []),
        ({"pl": list("abcdef"), "it": list("abcde")}, ["anchors"]),
        ({"pl": []}, ["anchors"]),
        ({}, ["anchors"]),
    ],
)
def test_a_question_has_six_anchors_in_each_language_it_has(
    anchors: dict[str, list[str]], wrong: list[str]
) -> None:
    criterion = Criterion(question=factories.words("?"), anchors=anchors)
    assert factories.wrong_fields(criterion) == wrong


def test_a_practice_without_a_shown_version_has_none() -> None:
    version = own(state="draft")
    assert version.practice.shown_version is None
    assert Practice.objects.get(slug="bicycles-from-prison").shown_version.number == 1
