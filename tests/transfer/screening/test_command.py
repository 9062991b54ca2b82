"""`manage.py screen` writes a folder that can be taken up again, and says clearly what is wrong."""

from __future__ import annotations

import datetime as dt
import io
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from sadzonka.places.models import Municipality, Region
from sadzonka.places.queries import periods_on
from sadzonka.practices.models import Version
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.queries import knowledge_of, outlook
from sadzonka.transfer.screening.parquet import shown
from tests.loud_skips import WHAT_IS_MISSING
from tests.transfer.screening.made_up import files_in

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 23)
SLUG = "bicycles-from-prison"
FEW = ("--points", "4", "--day", str(DAY))


def said(*words: object, stderr: io.StringIO | None = None) -> tuple[str, str]:
    out, progress = io.StringIO(), stderr or io.StringIO()
    call_command("screen", *map(str, words), stdout=out, stderr=progress)
    return out.getvalue().strip(), progress.getvalue()


def refused(*words: object) -> str:
    with pytest.raises(CommandError) as error:
        said(*words)
    return str(error.value)


def slugs() -> list[str]:
    return sorted(analysable_versions().values_list("practice__slug", flat=True))


def test_every_published_practice_is_screened_over_the_real_municipalities(tmp_path: Path) -> None:
    folder, progress = said("--country", "pl", "--to", tmp_path / "pl", *FEW)
    assert folder == str(tmp_path / "pl")
    names = [f"blocks/{slug}.{ending}" for slug in slugs() for ending in ("parquet", "sha256")]
    files = files_in(tmp_path / "pl")
    assert list(files) == [*names, "done.json", "provenance.json", "weightings.npy"]
    there = periods_on(DAY).filter(municipality__country="PL", municipality__is_invented=False)
    codes = sorted(there.values_list("municipality__code", flat=True))
    for slug in slugs():
        table = shown(files[f"blocks/{slug}.parquet"])
        assert (table["code"].tolist(), set(table["country"].tolist())) == (codes, {"PL"})
    last = progress.splitlines()[-1].strip()
    assert last == f"{len(slugs())} of {len(slugs())} practices x {len(codes)} municipalities"


def test_a_row_is_what_the_page_of_the_municipality_says(tmp_path: Path) -> None:
    said("--country", "PL", "--practice", SLUG, "--to", tmp_path, *FEW)
    table = shown((tmp_path / "blocks" / f"{SLUG}.parquet").read_bytes())
    version = analysable_versions().get(practice__slug=SLUG)
    for row in (0, 7, len(table["code"]) - 1):
        place = Municipality.objects.get(country="PL", code=table["code"][row])
        found = outlook(version, knowledge_of(place, DAY)).analysis
        told = [table[name][row] for name in ("score_lower", "score_upper", "class_lower", "class_upper")]
        assert told == [*map(np.float32, found.score), *found.class_interval]
        assert (table["standing"][row], table["gate"][row]) == (found.standing, int(2 * found.gate.value))


def test_one_region_holds_its_own_municipalities(tmp_path: Path) -> None:
    said("--country", "PL", "--region", "30", "--practice", SLUG, "--to", tmp_path, *FEW)
    table = shown((tmp_path / "blocks" / f"{SLUG}.parquet").read_bytes())
    assert {code[:2] for code in table["code"].tolist()} == {"30"}


def test_all_countries_compete_in_one_field(tmp_path: Path) -> None:
    said("--country", "all", "--practice", SLUG, "--to", tmp_path, *FEW)
    table = shown((tmp_path / "blocks" / f"{SLUG}.parquet").read_bytes())
    assert set(table["country"].tolist()) == {"IT", "PL"}


def test_the_provenance_says_what_it_rests_on(tmp_path: Path) -> None:
    said("--country", "PL", "--region", "30", "--to", tmp_path, "--weights", "need=0.5,fit=0.25", *FEW)
    told = json.loads((tmp_path / "provenance.json").read_bytes())
    assert {name: told[name] for name in ("country", "region", "day", "bands", "central_band")} == {
        "country": "PL",
        "region": "30",
        "day": "2026-11-23",
        "bands": [1, 3, 5, 10, 20, 50],
        "central_band": 10,
    }
    assert told["method"]["version"] == "1.0"
    assert sorted(told["practices"]) == slugs()
    assert told["weightings"]["set"] == {"kind": "bounded", "order": [], "bounds": [0.5, 0.25, 0, 0, 0]}
    assert sorted(told["software"]) == ["analysis", "numpy", "pyarrow", "scipy"]
    assert told["releases"]


def test_asked_again_it_finds_everything_done_and_another_day_is_refused(tmp_path: Path) -> None:
    words = ("--country", "IT", "--to", tmp_path, "--points", "4")
    said(*words, "--day", DAY)
    before = files_in(tmp_path)
    places = len(shown(before[f"blocks/{SLUG}.parquet"])["code"])
    _folder, progress = said(*words, "--day", DAY)
    everything = f"{len(slugs())} of {len(slugs())} practices x {places} municipalities, found in the folder"
    assert progress.strip() == everything
    complaint = refused(*words, "--day", "2026-11-24").splitlines()
    assert complaint == [
        f"{tmp_path} holds another screening; name another folder, or ask for the same:",
        "  day: 2026-11-23 there, 2026-11-24 asked for",
    ]
    assert files_in(tmp_path) == before


class PressesCtrlC(io.StringIO):
    """A terminal at which somebody presses Ctrl-C when two practices are done."""

    def write(self, text: str) -> int:
        if text.strip().startswith("2 of"):
            raise KeyboardInterrupt
        return super().write(text)


def test_ctrl_c_leaves_a_folder_that_the_same_command_completes(tmp_path: Path) -> None:
    words = ("--country", "PL", "--region", "30", *FEW)
    said(*words, "--to", tmp_path / "whole")
    folder = tmp_path / "stopped"
    with pytest.raises(CommandError) as stopped:
        said(*words, "--to", folder, stderr=PressesCtrlC())
    assert (stopped.value.returncode, str(stopped.value)) == (
        130,
        f"Stopped. What is done stays in {folder}; the same command with --day 2026-11-23 goes on.",
    )
    assert "done.json" not in files_in(folder)
    _folder, progress = said(*words, "--to", folder)
    assert progress.strip().startswith(f"2 of {len(slugs())} practices")
    assert files_in(folder) == files_in(tmp_path / "whole")


def test_threads_and_numba_change_no_byte(tmp_path: Path) -> None:
    pytest.importorskip("numba")
    words = ("--country", "PL", "--region", "30", *FEW)
    ways: tuple[tuple[str, ...], ...] = (("--workers", "1"), ("--workers", "3"), ("--compiled",))
    for number, way in enumerate(ways):
        said(*words, *way, "--to", tmp_path / str(number))
    assert files_in(tmp_path / "1") == files_in(tmp_path / "0")
    assert files_in(tmp_path / "2") == files_in(tmp_path / "0")


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--country", "XX"), "There is no country 'XX'. There are: IT, PL"),
        (("--country", "PL", "--region", "77"), "PL has no region '77'. It has: "),
        (("--country", "all", "--region", "30"), "A region belongs to one country: name it with --country."),
        (("--country", "PL", "--practice", "x"), "There is no practice 'x'. There are: "),
        (("--country", "PL", "--weights", "need"), "--weights: order: ('need',) must name each of need, fit"),
        (("--country", "PL", "--weights", "need=1,fit=1"), "--weights: bounds: they sum to 2.0, over 1"),
        (("--country", "PL", "--weights", "need=x"), "--weights: 'need=x' is not a dimension=number."),
        (("--country", "PL", "--points", "3"), "points: 3 is not a power of two"),
        (("--country", "PL", "--workers", "0"), "--workers: at least one thread is needed."),
        (
            ("--country", "PL", "--workers", "2", "--cluster", "tcp://x"),
            "Choose: --workers are threads here, --cluster has its own.",
        ),
    ],
)
def test_what_is_wrong_is_named(words: tuple[str, ...], complaint: str, tmp_path: Path) -> None:
    assert refused(*words, "--to", tmp_path / "new").startswith(complaint)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_is_no_run_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ewa")
    complaint = f"{tmp_path} holds what is no screening: name another folder."
    assert refused("--country", "PL", "--to", tmp_path, *FEW) == complaint


def test_without_practices_or_places_there_is_nothing_to_screen(tmp_path: Path) -> None:
    Region.objects.create(country_id="PL", code="97", name="Nowhere")
    words = ("--country", "PL", "--region", "97", "--to", tmp_path, *FEW)
    assert refused(*words) == "There is no municipality on 2026-11-23."
    Version.objects.update(state="outdated")
    assert refused(*words) == "There is no published practice to screen."


@pytest.mark.parametrize(
    ("package", "words", "named"),
    [("numba", ("--compiled",), "Numba"), ("distributed", ("--cluster", "tcp://127.0.0.1:1"), "Dask")],
)
def test_a_missing_extra_is_named_with_the_file_that_brings_it(
    package: str, words: tuple[str, ...], named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, package, None)  # type: ignore[arg-type]
    complaint = refused("--country", "PL", "--region", "30", "--to", tmp_path, *words, *FEW)
    install = ".venv/bin/python -m pip install --require-hashes -r requirements-cluster.txt"
    assert complaint == f"{named} is not installed: {install}"


def test_a_cluster_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sadzonka.transfer.screening.cluster.SECONDS_TO_CONNECT", 1)
    pytest.importorskip("distributed", reason=WHAT_IS_MISSING["cluster"])
    words: tuple[Any, ...] = ("--country", "PL", "--region", "30", "--to", tmp_path, *FEW)
    complaint = refused(*words, "--cluster", "tcp://127.0.0.1:1")
    assert complaint == "No scheduler answers at tcp://127.0.0.1:1."
