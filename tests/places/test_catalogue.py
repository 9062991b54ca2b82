"""What every installation starts with: indicators in three languages, formulas, changes of territory."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest

from sadzonka.places.catalogue import FOLDER, plant_catalogue, plant_successions
from sadzonka.places.models import ColumnLabel, Country, Indicator, Municipality, Observation, Succession
from sadzonka.practices.models import Criterion

pytestmark = pytest.mark.django_db


def test_every_indicator_makes_sense_and_speaks_three_languages() -> None:
    for one in Indicator.objects.all():
        one.full_clean()
        for words in (one.name, one.unit, one.definition):
            assert set(words) == {"pl", "it", "en"}, one.key
        assert one.source


def test_definitions_do_not_grow_old() -> None:
    """A figure carries its year; a definition that names the newest one would be wrong next year."""
    for one in Indicator.objects.exclude(
        key="registered_unemployed"
    ):  # names the years of its measured change
        assert "2024" not in "".join(one.definition.values()), one.key


def test_planting_again_changes_nothing_and_keeps_what_staff_changed() -> None:
    Indicator.objects.filter(key="population").update(decimals=2)
    before = [list(model.objects.order_by("pk").values()) for model in (Indicator, Country, ColumnLabel)]
    plant_catalogue()
    assert [
        list(model.objects.order_by("pk").values()) for model in (Indicator, Country, ColumnLabel)
    ] == before


def test_a_catalogue_is_planted_into_an_empty_installation() -> None:
    keys = list(Indicator.objects.values_list("key", flat=True))
    for model in (Criterion, Observation, ColumnLabel):
        model.objects.all().delete()
    Indicator.objects.filter(formula__gt="").delete()
    Indicator.objects.all().delete()
    plant_catalogue()
    assert list(Indicator.objects.values_list("key", flat=True)) == keys
    density = Indicator.objects.get(key="density_per_km2")
    assert (density.numerator.key, density.denominator.key, density.years_apart) == (
        "population",
        "area_km2",
        1,
    )


def test_changes_of_territory_are_planted_once_when_both_places_are_known() -> None:
    before = Succession.objects.count()
    assert plant_successions() == []
    for code in ("080910", "086201", "320304"):
        Municipality.objects.create(country_id="PL", code=code)
    assert [str(one.kind) for one in plant_successions()] == ["merger"]
    Municipality.objects.create(country_id="PL", code="320306")
    (made,) = plant_successions()
    assert (made.predecessor.code, made.successor.code, made.kind) == ("320304", "320306", "split")
    assert (made.happened_on, made.source_url[:24]) == (dt.date(2019, 1, 1), "https://sip.lex.pl/akty-")
    assert plant_successions() == []
    assert Succession.objects.count() == before + 2


def test_every_change_of_territory_names_its_source_and_what_it_was_read_for() -> None:
    entries = tomllib.loads((FOLDER / "successions.toml").read_text(encoding="utf-8"))["successions"]
    assert len(entries) == 6
    for one in entries:
        assert one["source_url"].startswith("https://")
        assert "Read on 2026-" in one["read"]
        assert one["predecessor"] != one["successor"]
