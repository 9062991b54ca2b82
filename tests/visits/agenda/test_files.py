"""An agenda from a file says as much of each item as is known."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from sadzonka.common.files import BrokenFile
from sadzonka.visits.models import AgendaItem, Visit
from sadzonka.visits.sources import load_visits

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[3] / "demo" / "visits"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the demonstration's visits as a folder to write in, and none in the database."""
    Visit.objects.all().delete()
    copied = Path(shutil.copytree(DEMO, tmp_path / "visits"))
    (copied / "series.toml").write_text("", encoding="utf-8")
    return copied


def say_of_care_home(folder: Path, lines: str) -> None:
    """Say more about the first item of the visit of 2013."""
    file = folder / "wwd-italy-2013.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('key = "care-home"', f'key = "care-home"\n{lines}'), encoding="utf-8")


def test_what_is_known_of_an_item_is_stored(folder: Path) -> None:
    say_of_care_home(
        folder,
        """kind = "debrief"
starts_at = 16:00:00
ends_at = "17:30"
venue = "Via Roma 1"
language = "it"
theme = { pl = "Opieka", it = "Cura", en = "Care" }""",
    )
    load_visits(folder)
    item = AgendaItem.objects.get(key="care-home")
    assert (item.kind, item.starts_at, item.ends_at) == ("debrief", dt.time(16), dt.time(17, 30))
    assert (item.venue, item.language, item.theme["en"]) == ("Via Roma 1", "it", "Care")


def test_what_is_not_known_stays_empty(folder: Path) -> None:
    load_visits(folder)
    item = AgendaItem.objects.get(key="care-home")
    assert (item.kind, item.starts_at, item.ends_at, item.venue, item.language, dict(item.theme)) == (
        "meeting",
        None,
        None,
        "",
        "",
        {},
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('starts_at = "25:00"', "column 'starts_at': '25:00' is not a time"),
        ('kind = "party"', "column 'kind': 'party' is not known"),
        ('language = "de"', "column 'language': 'de' is not known"),
    ],
    ids=["time", "kind", "language"],
)
def test_what_makes_no_sense_is_named(line: str, problem: str, folder: Path) -> None:
    say_of_care_home(folder, line)
    with pytest.raises(BrokenFile, match="agenda") as refusal:
        load_visits(folder)
    assert str(refusal.value).endswith(problem)
