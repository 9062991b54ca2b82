"""Texts in several languages: stored without empty ones, shown in another language only with its name."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.template import Context, Template
from django.utils.translation import override

from sadzonka.common.templatetags.words import article, say, say_long
from sadzonka.common.words import Saying, Words, WordsField, WordsFormField
from sadzonka.visits.models import Series


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ({"pl": " a ", "it": "", "en": " \n"}, {"pl": "a"}),
        ({"pl": "", "it": "", "en": ""}, {}),
        ({"it": None, "en": "b"}, {"en": "b"}),
        ({}, {}),
        (None, {}),
    ],
)
def test_a_language_without_a_text_is_absent(texts: Mapping[str, str] | None, kept: dict[str, str]) -> None:
    assert Words(texts) == kept


@pytest.mark.parametrize(
    ("texts", "language", "saying"),
    [
        ({"pl": "p", "it": "i", "en": "e"}, "it", Saying("i", "it", is_fallback=False)),
        ({"pl": "p", "en": "e"}, "it", Saying("p", "pl", is_fallback=True)),
        ({"en": "e"}, "pl", Saying("e", "en", is_fallback=True)),
        ({}, "pl", Saying("", "pl", is_fallback=False)),
    ],
)
def test_a_text_is_said_in_the_language_wanted_or_in_the_first_that_has_it(
    texts: dict[str, str], language: str, saying: Saying
) -> None:
    assert Words(texts).saying(language) == saying
    with override(language):
        assert str(Words(texts)) == saying.text


def test_a_text_in_another_language_carries_its_name() -> None:
    texts = Words({"pl": "Żłobek"})
    with override("en"):
        assert say(texts) == '<span lang="pl">Żłobek</span> <small class="fallback">(Polish)</small>'
        assert say_long(texts) == '<div lang="pl"><p>Żłobek</p></div><p class="fallback">Polish</p>'
    with override("pl"):
        assert say(texts) == "Żłobek"


def test_markup_in_a_text_is_shown_as_text() -> None:
    evil = Words(dict.fromkeys(("pl", "it", "en"), "<script>x</script> [1]"))
    with override("en"):
        assert say(evil) == "&lt;script&gt;x&lt;/script&gt;"
        assert "<script>" not in say_long(evil)
        assert '<a href="#source-1">1</a>' in say_long(evil)
    assert article("## <b>\n\n- <i>\n\n<script>") == (
        "<h2>&lt;b&gt;</h2>\n<ul><li>&lt;i&gt;</li></ul>\n<p>&lt;script&gt;</p>"
    )


def test_nothing_is_said_of_nothing() -> None:
    assert [say(None), say(Words()), say_long(None)] == [""] * 3


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ({"de": "Hallo"}, "Unknown language: de"),
        ({"pl": "a", "xx": "b", "de": "c"}, "Unknown language: de, xx"),
    ],
)
def test_only_languages_of_the_site_are_stored(value: dict[str, str], problem: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        WordsField().clean(value, None)
    with override("en"):
        assert refusal.value.messages == [problem]


@pytest.mark.parametrize("value", [{}, {"pl": ""}, {"pl": " ", "it": "\n"}])
def test_a_needed_text_is_there_in_one_language_at_least(value: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        WordsField().clean(value, None)
    assert WordsField(blank=True).clean(value, None) == {}


def test_a_form_asks_for_one_language_at_least() -> None:
    form_field = WordsFormField(required=True)
    assert form_field.clean(["", " Nido ", ""]) == {"it": "Nido"}
    with pytest.raises(ValidationError):
        form_field.clean(["", " ", ""])
    assert WordsFormField(required=False).clean(["", "", ""]) == {}


@pytest.mark.parametrize(
    ("initial", "data", "is_changed"),
    [
        ({"pl": "a"}, ["a", "", ""], False),
        ({"pl": "a"}, [" a ", None, " "], False),
        ({"pl": "a"}, ["b", "", ""], True),
        (None, ["", "", ""], False),
        ({"pl": "a"}, ["", "", ""], True),
    ],
)
def test_a_form_knows_whether_a_text_has_changed(
    initial: dict[str, str] | None, data: list[str], is_changed: object
) -> None:
    assert WordsFormField(required=False).has_changed(initial, data) is is_changed


@pytest.mark.django_db
def test_no_empty_text_reaches_a_reader_of_the_database() -> None:
    series = Series.objects.create(
        slug="x", name=Words({"pl": " a ", "it": " "}), description={"pl": "", "en": "b"}
    )
    series = Series.objects.get(pk=series.pk)
    assert (series.name, series.description) == ({"pl": "a"}, {"en": "b"})
    assert isinstance(series.name, Words)


@pytest.mark.django_db
def test_no_empty_text_is_stored() -> None:
    Series.objects.create(slug="x", name=Words({"pl": "a"}), description={"pl": "", "it": " ", "en": "b"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT description FROM visits_series WHERE slug = 'x'")
        (stored,) = cursor.fetchone()
    assert json.loads(stored) == {"en": "b"}


def test_a_moment_is_written_as_the_day_it_falls_on_here() -> None:
    late = dt.datetime(2026, 8, 31, 22, 30, tzinfo=dt.UTC)  # half past midnight in Warsaw
    shown = Template("{{ late|day }}, {{ late|month }}, {{ on|day }}, {{ nothing|day }}")
    with override("en"):
        context = Context({"late": late, "on": dt.date(2026, 8, 31), "nothing": None})
        assert shown.render(context) == "1 September 2026, September 2026, 31 August 2026, "
