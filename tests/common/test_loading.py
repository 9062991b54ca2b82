"""A broken file of the demonstration is named by file, row and column, and nothing of it is loaded."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from sadzonka.common.files import toml_file
from sadzonka.funding.models import Programme, Project
from sadzonka.organisations.models import LegalForm, Organisation
from sadzonka.organisations.sources import load_organisations
from sadzonka.places import catalogue
from sadzonka.places.models import (
    Country,
    County,
    Indicator,
    Municipality,
    Observation,
    Period,
    Region,
    Release,
    Succession,
)
from sadzonka.practices.models import Practice, Version
from sadzonka.practices.sources import load_practices
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.transfer.sources import load_answers
from sadzonka.visits.models import Series, Visit
from sadzonka.visits.sources import load_visits
from tests import factories
from tests.refusals import refusal_of

pytestmark = pytest.mark.django_db
DEMO = settings.ROOT_DIR / "demo"
CARD = "bicycles-from-prison.toml"
Write = Callable[[str, str], Path]


def replaced(file: Path, old: str, new: str) -> None:
    """Write another text in place of the first one like it."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- the command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(
        shutil.copytree(DEMO, tmp_path / "demo", ignore=shutil.ignore_patterns("extract", "__pycache__"))
    )


@pytest.fixture
def _empty(db: None) -> None:
    """Take away what the demonstration brought, bottom up."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    for model in (Visit, Series, Finding, Judgement, Version, Practice, Observation, Release):
        model.objects.all().delete()
    Indicator.objects.filter(formula__gt="").delete()  # computed ones protect those they are computed from
    Indicator.objects.all().delete()
    for model in (Project, Programme, Organisation, LegalForm, Succession, Period, Municipality):
        model.objects.all().delete()
    for model in (County, Region, Country):
        model.objects.all().delete()


@pytest.fixture
def _no_organisations(db: None) -> None:
    """Take away the organisations and all that needs them."""
    for model in (Visit, Project, Organisation, LegalForm):
        model.objects.all().delete()


def counts() -> dict[str, int]:
    models = (Country, Municipality, Indicator, Observation, Organisation, Practice, Visit, Finding)
    return {model.__name__: model.objects.count() for model in models}


def said_by_command(folder: Path) -> str:
    with pytest.raises(CommandError) as refusal:
        call_command("load_demo", folder, stdout=io.StringIO())
    assert set(counts().values()) == {0}
    return str(refusal.value)


@pytest.mark.usefixtures("_empty")
def test_a_broken_row_at_the_end_leaves_nothing_of_the_beginning(folder: Path) -> None:
    file = folder / "invented/answers" / CARD
    replaced(file, "found_on = ", "found_on = 'soon' # ")
    said = said_by_command(folder)
    assert said == (f"Nothing was loaded. {file}: findings[1], column 'found_on': 'soon' is not a date")


@pytest.mark.usefixtures("_empty")
def test_a_file_that_is_missing_is_named(folder: Path) -> None:
    (folder / "places/periods.csv").unlink()
    assert said_by_command(folder) == f"Nothing was loaded. {folder}/places/periods.csv: is missing"


@pytest.mark.usefixtures("_empty")
def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = said_by_command(tmp_path / "nowhere")
    assert said.startswith(f"Nothing was loaded. {tmp_path}/nowhere/places/")
    assert said.endswith(": is missing")


def test_an_installation_that_holds_places_is_left_alone() -> None:
    before = counts()
    with pytest.raises(CommandError, match="already holds places or pages"):
        call_command("load_demo")
    assert counts() == before


# --- TOML


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text('a = 1\nb = "two\n', encoding="utf-8")
    refusal = refusal_of(toml_file, tmp_path / "x.toml")
    assert refusal.problem.startswith("cannot be read as TOML (")
    assert "line 2" in refusal.problem


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """Copy one card under another slug into a folder of its own."""
    file = Path(shutil.copy(DEMO / "practices" / CARD, tmp_path / CARD))
    replaced(file, 'slug = "bicycles-from-prison"', 'slug = "copy"')
    return file


def test_a_whole_card_is_loaded(card: Path) -> None:
    load_practices(card.parent)
    version = Version.objects.get(practice__slug="copy")
    assert (version.state, version.texts.count()) == ("published", 3)


@pytest.mark.parametrize(
    ("old", "new", "place", "problem"),
    [
        ('dimension = "need"', 'dimension = "luck"', "criteria[", "'luck' is not known"),
        ('dimension = "need"', 'dimension = ""', "criteria[", "is empty; a value is needed"),
        ("evidence_level = ", "evidence_level = 9 # ", "column 'evidence_level'", "'9' is not known"),
        ("published_on = ", 'published_on = "soon" # ', "column 'published_on'", "'soon' is not a date"),
        ('changed_by = "municipality"', 'changed_by = "me"', "", "'me' is not known"),
        ("\nweight = ", "\nweight = 'heavy' # ", "criteria[1], column 'weight'", "'heavy' is not a number"),
        ("thresholds = ", "thresholds = [0.5, 0.4, 0.9] # ", "column 'criteria'", ""),
    ],
)
def test_a_broken_card_is_named_and_not_loaded(
    old: str, new: str, place: str, problem: str, card: Path
) -> None:
    replaced(card, old, new)
    refusal = refusal_of(load_practices, card.parent)
    assert (refusal.file, refusal.place[: len(place)]) == (card, place)
    assert problem in refusal.problem


def test_weights_that_do_not_sum_to_one_are_named(card: Path) -> None:
    replaced(card, "\nweight = 0.", "\nweight = 0.0001 # ")
    refusal = refusal_of(load_practices, card.parent)
    assert (refusal.file, refusal.place) == (card, "column 'criteria'")
    assert "weight" in refusal.problem


def test_a_text_that_lacks_a_language_is_named(card: Path) -> None:
    replaced(card, "name.it = ", "name.fr = ")
    refusal = refusal_of(load_practices, card.parent)
    assert refusal.place.endswith("column 'name.it'")
    assert refusal.problem == "is empty; a text is needed"


def test_a_question_needs_six_anchors(card: Path) -> None:
    replaced(card, "anchors.it = [", "anchors.it = [ 'one too many',")
    refusal = refusal_of(load_practices, card.parent)
    assert refusal.place.startswith("criteria[")
    assert refusal.place.endswith("column 'anchors'")


def test_an_indicator_needs_its_three_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("countries.toml", "indicators.toml", "labels.toml"):
        shutil.copy(catalogue.FOLDER / name, tmp_path)
    replaced(tmp_path / "indicators.toml", 'key = "population"', 'key = "people"')
    replaced(tmp_path / "indicators.toml", "name.pl = ", "name.de = ")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    refusal = refusal_of(catalogue.plant_catalogue)
    assert (refusal.place, refusal.problem) == (
        "indicators[1], column 'name.pl'",
        "is empty; a text is needed",
    )


def answers(tmp_path: Path, text: str, name: str = CARD) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (
            '[[findings]]\nalternative = "no-such"',
            "findings[1], column 'alternative'",
            "'no-such' is not known",
        ),
        (
            "[[judgements]]\ncriterion = 'x'\nlevel = 6",
            "judgements[1], column 'level'",
            "must be a level from 0 to 5",
        ),
        ("[[judgements]]\nlow = 3\nhigh = 2", "judgements[1], column 'level'", "must be a level from 0 to 5"),
        ("[[judgements]]\nlow = 3", "judgements[1], column 'level'", "must be a level from 0 to 5"),
        (
            "[[judgements]]\nlevel = 2\ncriterion = 'x'",
            "judgements[1], column 'criterion'",
            "'x' is not known",
        ),
    ],
)
def test_a_broken_answer_is_named(text: str, place: str, problem: str, tmp_path: Path) -> None:
    before = Finding.objects.count(), Judgement.objects.count()
    refusal = refusal_of(load_answers, answers(tmp_path, text), factories.municipality())
    assert (refusal.place, refusal.problem[: len(problem)]) == (place, problem)
    assert (Finding.objects.count(), Judgement.objects.count()) == before


def test_answers_to_an_unknown_practice_are_named(tmp_path: Path) -> None:
    refusal = refusal_of(load_answers, answers(tmp_path, "", "no-such.toml"), factories.municipality())
    assert (refusal.file.name, refusal.problem) == ("no-such.toml", "'no-such' is not known")


@pytest.mark.parametrize(
    ("name", "change", "place", "problem"),
    [
        (
            "organisations.toml",
            ('legal_form = "', 'legal_form = "x-'),
            "organisations[1], column 'legal_form'",
            "x-",
        ),
        ("organisations.toml", ("name = ", "nom = "), "organisations[1], column 'name'", "is empty"),
        ("memberships.csv", ("cadiai,", "nobody,"), "row 2, column 'member'", "'nobody' is not known"),
        ("memberships.csv", (",member,", ",friend,"), "row 2, column 'kind'", "'friend' is not known"),
        (
            "memberships.csv",
            (",2005,", ",lately,"),
            "row 2, column 'valid_from'",
            "'lately' is not a date or a year",
        ),
    ],
)
@pytest.mark.usefixtures("_no_organisations")
def test_a_broken_organisation_is_named(
    name: str, change: tuple[str, str], place: str, problem: str, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(DEMO / "organisations", tmp_path / "organisations"))
    replaced(folder / name, *change)
    refusal = refusal_of(load_organisations, folder)
    assert (refusal.file, refusal.place) == (folder / name, place)
    assert problem in refusal.problem


def test_a_broken_visit_is_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(DEMO / "visits", tmp_path / "visits"))
    Visit.objects.all().delete()
    (folder / "series.toml").write_text("", encoding="utf-8")
    replaced(folder / "wwd-italy-2013.toml", 'series = "wwd"', 'series = "tours"')
    refusal = refusal_of(load_visits, folder)
    assert (refusal.place, refusal.problem) == ("column 'series'", "'tours' is not known")
