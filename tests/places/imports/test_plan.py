"""What a file would change is known before anything is written: matches, meanings, figures, sums."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from pytest_django import DjangoAssertNumQueries

from sadzonka.places.formats.notes import Note
from sadzonka.places.formats.reading import Column, Level, Mark
from sadzonka.places.imports.plan import Ask, Plan
from sadzonka.places.imports.preview import preview_of
from sadzonka.places.models import ColumnLabel, Indicator, Municipality, Observation
from tests.places.imports.readings import (
    CHODZIEZ,
    MARGONIN,
    NAN,
    imported,
    line,
    planned,
    population,
    reading,
)
from tests.places.imports.tables import gminas

pytestmark = pytest.mark.django_db


def noted(plan: Plan) -> list[tuple[str, str, int | None]]:
    return [(note.key, note.weight.value, note.row) for note in plan.notes]


def test_lines_are_matched_by_code_and_never_by_name() -> None:
    found = planned(
        reading(
            [line(CHODZIEZ, "Chodzież"), line("300102", "Chodzież", row=3), line("", "Chodzież", row=4)],
            [population()],
            [[1.0], [2.0], [3.0]],
        )
    )
    assert found.places.keys == [("PL", "300101"), ("PL", "300102")]
    assert [one.line.number for one in found.places.unmatched] == [4]


def test_a_line_about_nobody_is_explained_and_stops_nothing() -> None:
    found = planned(
        reading(
            [line(CHODZIEZ), line(MARGONIN, row=3), line("020101", "Bolesławiec", row=4)],
            [population()],
            [[1.0], [2.0], [3.0]],
        )
    )
    (unmatched,) = found.places.unmatched
    assert (unmatched.why.key, unmatched.why.weight.value, found.is_ready) == (
        "no-list-of-country",
        "warning",
        True,
    )


def test_a_file_mostly_about_a_country_without_a_list_asks_for_the_list_first() -> None:
    found = planned(
        reading([line("020101", "Bolesławiec"), line("020102", row=3)], [population()], [[1.0], [2.0]])
    )
    assert (noted(found), found.is_ready) == ([("list-first", "error", None)], False)


def test_a_code_with_a_wholly_different_name_is_a_warning() -> None:
    found = planned(reading([line(CHODZIEZ, "Piotrków Kujawski")], [population()], [[1.0]]))
    assert (noted(found), found.is_ready) == ([("other-name", "warning", 2)], True)


def test_names_that_slipped_by_a_line_are_an_error() -> None:
    periods = [
        (one.code, one.period_at())
        for one in Municipality.objects.filter(country="PL", is_invented=False).order_by("code")[:60]
    ]
    names = [period.name for _code, period in periods if period]
    lines = [
        line(code, name, row=number)
        for number, ((code, _period), name) in enumerate(
            zip(periods, [*names[30:], *names[:30]], strict=True), 2
        )
    ]
    found = planned(reading(lines, [population()], [[1.0]] * 60))
    assert noted(found)[0][:2] == ("names-slipped", "error")


def test_two_figures_for_one_place_and_year_are_an_error_that_names_both_lines() -> None:
    found = planned(reading([line(CHODZIEZ), line(CHODZIEZ, row=3)], [population()], [[1.0], [1.0]]))
    (note,) = found.notes
    assert (note.key, note.row, note.params["other"], found.is_ready) == ("figure-twice", 3, 2, False)


def test_two_lines_of_one_place_whose_years_do_not_overlap_are_one_series() -> None:
    absent = Mark.ABSENT
    found = planned(
        reading(
            [line(CHODZIEZ), line(CHODZIEZ, row=3)],
            [population(2031), population(2032)],
            [[1.0, NAN], [NAN, 2.0]],
            [[0, absent], [absent, 0]],
        )
    )
    cells = found.figures.cells
    assert (found.is_ready, cells.place.tolist(), cells.year.tolist(), cells.value.tolist()) == (
        True,
        [0, 0],
        [2031, 2032],
        [1.0, 2.0],
    )


def test_secret_and_missing_figures_are_counted_and_empty_cells_are_nothing() -> None:
    codes = [CHODZIEZ, "300102", MARGONIN]
    found = planned(
        reading(
            [line(code) for code in codes],
            [population()],
            [[NAN], [NAN], [NAN]],
            [[Mark.SECRET], [Mark.MISSING], [Mark.ABSENT]],
        )
    )
    figures = preview_of(found)["figures"]
    assert {name: figures[name] for name in ("new", "secret", "missing")} == {
        "new": 2,
        "secret": 1,
        "missing": 1,
    }


def test_figures_are_compared_with_the_newest_stored_ones() -> None:
    lines = [line(CHODZIEZ), line(MARGONIN)]
    imported(reading(lines, [population()], [[10.0], [20.0]]), retrieved_on="2031-02-01")
    imported(reading(lines, [population()], [[10.0], [21.0]]), retrieved_on="2031-03-01")
    found = preview_of(planned(reading(lines, [population(), population(2032)], [[11.0, 1.0], [21.0, 1.0]])))
    changes = [(one["code"], one["year"], one["stored"], one["file"]) for one in found["figures"]["changes"]]
    counts = [found["figures"][name] for name in ("new", "same", "changed")]
    assert (counts, changes) == ([2, 1, 1], [(CHODZIEZ, 2031, 10.0, 11.0)])


def test_sums_over_municipalities_stand_beside_the_country_row_of_the_same_file() -> None:
    lines = [line(CHODZIEZ), line(MARGONIN), line("", "POLSKA", level=Level.COUNTRY)]
    found = preview_of(
        planned(reading(lines, [population(), population(2032)], [[1.0, 1.0], [2.0, 2.0], [3.0, 4.0]]))
    )
    sums = [(one["year"], one["municipalities"], one["published"], one["equal"]) for one in found["sums"]]
    assert sums == [(2031, 3.0, 3.0, True), (2032, 3.0, 4.0, False)]
    assert [note["key"] for note in found["notes"]] == ["sum-differs"]


def test_what_cannot_be_summed_is_not_summed() -> None:
    lines = [line(CHODZIEZ), line("", "POLSKA", level=Level.COUNTRY)]
    found = planned(reading(lines, [Column("gęstość", 2031, "C", "density_per_km2")], [[50.0], [120.0]]))
    assert (found.figures.sums, len(found.larger)) == ([], 1)


# --- which indicator a column is


def meanings(plan: Plan) -> list[tuple[str, str, str]]:
    return [(one.label, one.indicator, one.how) for one in plan.meanings.labels.values()]


def test_a_column_without_a_meaning_is_left_out_and_explained() -> None:
    found = planned(reading([line(CHODZIEZ)], [Column("lasy [ha]", 2031, "D")], [[1.0]]))
    assert meanings(found) == [("lasy [ha]", "", "none")]
    assert [key for key, _weight, _row in noted(found)] == ["column-left-out", "nothing-to-import"]


def test_a_label_of_one_table_is_not_taken_for_the_same_words_of_another() -> None:
    indicator = Indicator.objects.get(key="registered_unemployed")
    ColumnLabel.objects.create(
        layout="bdl-table", label="X_1: razem [osoba]", indicator=indicator, factor=1000
    )
    column = Column("razem [osoba]", 2031, "C")
    mine = planned(reading([line(CHODZIEZ)], [column], [[2.5]], title="BDL X_1", layout="bdl-api"))
    other = planned(reading([line(CHODZIEZ)], [column], [[2.5]], title="BDL X_2"))
    assert (meanings(mine), mine.figures.cells.value.tolist()) == (
        [("razem [osoba]", "registered_unemployed", "catalogue")],
        [2500.0],
    )
    assert meanings(other) == [("razem [osoba]", "", "none")]


def test_what_staff_choose_goes_first_and_is_remembered_for_the_next_file() -> None:
    column = Column("razem [osoba]", 2031, "C", "population")
    chosen = {"razem [osoba]": "registered_unemployed"}
    imported(reading([line(CHODZIEZ)], [column], [[2.0]]), columns=chosen)
    stored = ColumnLabel.objects.get(label="X_1: razem [osoba]")
    assert (stored.layout, stored.indicator.key) == ("bdl-table", "registered_unemployed")
    next_year = planned(reading([line(CHODZIEZ)], [Column("razem [osoba]", 2032, "C")], [[3.0]]))
    assert meanings(next_year) == [("razem [osoba]", "registered_unemployed", "catalogue")]
    left_out = planned(reading([line(CHODZIEZ)], [column], [[2.0]]), columns={"razem [osoba]": "-"})
    assert (meanings(left_out), left_out.figures.cells.place.size) == ([("razem [osoba]", "", "chosen")], 0)


def test_a_new_indicator_is_made_by_the_import_and_not_by_the_plan() -> None:
    new = {"new": {"key": "forest_ha", "name": "Lasy", "unit": "ha", "language": "pl"}}
    found = reading([line(CHODZIEZ)], [Column("lasy [ha]", 2031, "D")], [[7.0]])
    planned(found, columns={"lasy [ha]": new})
    assert not Indicator.objects.filter(key="forest_ha").exists()
    imported(found, columns={"lasy [ha]": new})
    stored = Observation.objects.get(indicator__key="forest_ha")
    assert (stored.value, dict(stored.indicator.name), stored.indicator.is_additive) == (
        7.0,
        {"pl": "Lasy"},
        False,
    )


def test_an_indicator_that_does_not_exist_is_an_error() -> None:
    found = planned(
        reading([line(CHODZIEZ)], [Column("lasy [ha]", 2031, "D")], [[7.0]]), columns={"lasy [ha]": "forests"}
    )
    assert ("no-such-indicator", "error", None) in noted(found)


def test_a_column_with_nearly_the_stored_figures_is_taken_for_that_indicator() -> None:
    codes = list(
        Municipality.objects.filter(country="PL", is_invented=False).values_list("code", flat=True)[:120]
    )
    lines = [line(code, row=number) for number, code in enumerate(codes, 2)]
    imported(reading(lines, [population()], [[float(100 + n)] for n in range(120)]))
    nearly = [[float(100 + n + (n == 7)), 5.0] for n in range(120)]
    columns = [Column("Einwohner", 2031, "B"), Column("constant", 2031, "C")]
    found = planned(reading(lines, columns, nearly, layout="other"))
    assert meanings(found) == [("Einwohner", "population", "same figures"), ("constant", "", "none")]
    unlike = [[float(100 + n + (n % 50 == 0)), 5.0] for n in range(120)]
    assert meanings(planned(reading(lines, columns, unlike, layout="other"))) == [
        ("Einwohner", "", "none"),
        ("constant", "", "none"),
    ]


def test_a_year_that_the_file_does_not_say_is_asked_for() -> None:
    found = planned(reading([line(CHODZIEZ)], [Column("ludność", None, "C", "population")], [[1.0]]))
    assert (found.asks, found.is_ready) == ([Ask("year", Note("say-year"))], False)


@pytest.mark.parametrize("lines", [1, 3])
def test_a_plan_asks_as_often_for_three_lines_as_for_one(
    lines: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    codes = (CHODZIEZ, "300102", MARGONIN)[:lines]
    found = reading([line(code) for code in codes], [population()], [[1.0]] * lines)
    with django_assert_num_queries(10):
        planned(found)


def test_figures_of_counties_are_explained_and_those_of_regions_kept() -> None:
    lines = [
        line(CHODZIEZ),
        line("3001", "Powiat chodzieski", level=Level.COUNTY),
        line("30", "WIELKOPOLSKIE", level=Level.REGION),
        line("88", "REGION ZACHODNI", level=Level.REGION),
    ]
    found = planned(reading(lines, [population()], [[1.0], [2.0], [3.0], [4.0]]))
    assert [(one.country, one.region, one.value) for one in found.larger] == [("PL", "30", 3.0)]
    assert [key for key, _weight, _row in noted(found)] == ["counties-not-kept", "larger-unknown"]


def test_the_day_of_a_list_belongs_to_the_preview() -> None:
    found = preview_of(planned(reading(as_of=dt.date(2031, 1, 1))))
    assert (found["as_of"], found["separator"], found["encoding"]) == ("2031-01-01", ";", "utf-8")


def slipped(count: int) -> list[tuple[str, str]]:
    """Codes of the demonstration's gminas, each with the name of the next one, whatever that is like."""
    known = [(code[:6], name) for code, name in gminas()]
    return [(code, following) for (code, _name), (_code, following) in pairwise(known)][:count]


def test_names_that_stand_a_line_too_high_stop_even_a_short_file() -> None:
    lines = [line(code, name, row=row) for row, (code, name) in enumerate(slipped(12), 2)]
    plan = planned(reading(lines, [population()], [[1.0]] * len(lines)))
    assert ("names-slipped" in {note.key for note in plan.notes}, plan.is_ready) == (True, False)


def test_a_slip_within_one_country_of_a_long_list_is_seen() -> None:
    lines = [line(code, "Xx", row=row) for row, (code, _name) in enumerate(slipped(40), 2)]
    others = [line("999", "Yy", country="SI", row=row) for row in range(100, 600)]
    plan = planned(reading([*lines, *others], [population()], [[1.0]] * 540))
    assert "names-slipped" in {note.key for note in plan.notes}
