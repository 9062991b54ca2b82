"""Mistakes in the files of the invented visits are named with file and place."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from sadzonka.common.files import BrokenFile
from sadzonka.visits.models import Visit
from sadzonka.website.invented import load_invented_chain

MISTAKES = {
    "an unknown decision": (
        "visits/wymyslona-wizyta-2026.toml",
        'decision = "eligible"',
        'decision = "maybe"',
        "applications[1].check, column 'decision': 'maybe' is not known",
    ),
    "somebody without an account": (
        "visits/wymyslona-wizyta-2026.toml",
        'staff = "ewa@example.org"',
        'staff = "nobody@example.org"',
        "column 'staff': 'nobody@example.org' is not known",
    ),
    "a question that no sheet asks": (
        "visits/wymyslona-wizyta-2026.toml",
        'question = "seen"',
        'question = "heard"',
        "sheets[1].notes[1], column 'question': 'heard' is not known",
    ),
    "no day": (
        "adoptions.toml",
        "stored_on = 2026-11-10",
        'stored_on = "later"',
        "assessments[1], column 'stored_on': 'later' is not a date",
    ),
}


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "right", "wrong", "problem"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_named(tmp_path: Path, file: str, right: str, wrong: str, problem: str) -> None:
    folder = shutil.copytree(settings.ROOT_DIR / "demo" / "invented" / "chain", tmp_path / "chain")
    text = (folder / file).read_text()
    assert right in text
    (folder / file).write_text(text.replace(right, wrong, 1))
    with pytest.raises(BrokenFile) as refusal:
        load_invented_chain(folder)
    assert str(refusal.value) == f"{folder / file}: {problem}"


def test_the_tests_own_demonstration_is_without_them(db: None) -> None:
    assert list(Visit.objects.values_list("slug", flat=True)) == ["wwd-italy-2013"]
