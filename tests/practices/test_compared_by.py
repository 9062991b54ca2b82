"""By which figures the adopters of a practice are compared: named on its card, each with a fixed range."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from sadzonka.common.files import BrokenFile
from sadzonka.people.models import Person
from sadzonka.places.likeness.comparing import compared_indicators
from sadzonka.places.models import Indicator
from sadzonka.practices.models import Version
from sadzonka.practices.sources import load_practices
from tests import factories

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
DEMO = Path(__file__).resolve().parents[2] / "demo"


def loaded(folder: Path, compared_by: str) -> list[str]:
    """Load a copy of a card that names these indicators, and return what it is compared by."""
    file = Path(shutil.copy(DEMO / "practices/bicycles-from-prison.toml", folder / "copy.toml"))
    lines = [line for line in file.read_text().splitlines() if not line.startswith("compared_by")]
    text = "\n".join(lines).replace('slug = "bicycles-from-prison"', f'slug = "copy"\n{compared_by}', 1)
    file.write_text(text)
    load_practices(folder)
    return [one.key for one in Version.objects.get(practice__slug="copy").compared_by.all()]


def test_a_card_names_the_figures_by_which_adopters_are_compared(tmp_path: Path) -> None:
    named = 'compared_by = ["density_per_km2", "population"]'
    assert loaded(tmp_path, named) == ["population", "density_per_km2"]  # in the order of the catalogue


def test_staff_choose_among_the_figures_that_have_a_fixed_range(ewa: Person, signed_in: SignIn) -> None:
    version = factories.version(factories.practice("own"), "Own")
    shown = signed_in(ewa).get(reverse("version:edit", args=[version.pk]))
    boxes = BeautifulSoup(shown.content, "html.parser").select("input[name=compared_by]")
    assert [int(box["value"]) for box in boxes] == [one.pk for one in compared_indicators()]
    assert Indicator.objects.filter(likeness_from=None).exists()


def test_a_card_that_names_none_is_loaded_too(tmp_path: Path) -> None:
    assert loaded(tmp_path, "") == []


@pytest.mark.parametrize(
    ("key", "problem"), [("luck", "'luck' is not known"), ("social_cooperatives", "has no fixed range")]
)
def test_a_figure_without_a_scale_compares_nothing(key: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenFile, match=problem):
        loaded(tmp_path, f'compared_by = ["{key}"]')
