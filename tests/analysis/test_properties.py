"""Which tests hold the sixteen properties of the method (section 10), and that none of them is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

HELD_BY = {
    "1 a false clause blocks whatever the rest": [
        "analysis/test_result.py::test_false_clause_blocks_whatever_the_rest",
    ],
    "2 an answer never turns blocked into open or back": [
        "analysis/test_result.py::test_an_answer_never_turns_blocked_into_open_or_back",
    ],
    "3 raising a value never lowers anything": [
        "analysis/test_result.py::test_raising_values_never_lowers_anything",
        "analysis/test_shares.py::test_raising_a_value_never_lowers_a_share",
    ],
    "4 narrower input, narrower result": [
        "analysis/test_result.py::test_narrower_input_gives_a_narrower_result",
        "analysis/test_likeness.py::test_narrower_readings_give_narrower_distances",
        "analysis/screening/test_bands.py::test_narrower_values_are_surely_more_and_possibly_less_in_a_band",
    ],
    "5 all missing leaves everything open": [
        "analysis/test_result.py::test_all_missing_leaves_everything_open",
        "analysis/test_sweep.py::test_all_missing_leaves_everything_open_everywhere",
    ],
    "6 order is irrelevant": [
        "analysis/test_result.py::test_order_of_criteria_clauses_and_facts_is_irrelevant",
        "analysis/test_raters.py::test_the_order_of_raters_is_irrelevant",
        "analysis/test_agreement.py::test_the_order_of_raters_and_of_units_is_irrelevant",
        "analysis/test_likeness.py::test_the_order_of_variables_and_of_places_is_irrelevant",
        "analysis/screening/test_bands.py::test_places_in_another_order_keep_their_counts",
        "analysis/test_pairwise.py::test_order_of_practices_changes_no_bit",
    ],
    "7 a change of unit changes nothing": [
        "analysis/test_result.py::test_change_of_unit_with_its_reference_points_changes_nothing",
    ],
    "8 other practices or places change no bit": [
        "analysis/test_shares.py::test_other_rows_change_no_bit",
        "analysis/test_sweep.py::test_every_row_has_the_bits_of_its_place_alone",
        "analysis/test_pairwise.py::test_other_practices_change_no_bit",
    ],
    "9 shares of better and worse sum to one unless equal": [
        "analysis/test_shares.py::test_shares_of_better_and_worse_sum_to_one_unless_equal",
        "analysis/test_pairwise.py::test_the_two_shares_of_a_pair_sum_to_one_exactly_unless_equal",
    ],
    "10 dominance gives one": [
        "analysis/test_shares.py::test_dominance_gives_one",
        "analysis/test_pairwise.py::test_dominance_gives_one",
    ],
    "11 splitting a criterion changes nothing": [
        "analysis/test_result.py::test_splitting_a_criterion_by_whole_millionths_changes_nothing",
    ],
    "12 the exact share is exact": [
        "analysis/test_shares.py::test_share_equals_rational_arithmetic_on_the_same_rounded_values",
        "analysis/test_shares.py::test_share_equals_the_closed_form_for_different_values",
        "analysis/test_shares.py::test_share_of_two_dimensions_is_a_ratio_of_lengths",
        "analysis/test_shares.py::test_share_agrees_with_sampled_weightings_within_four_sigma",
        "analysis/test_pairwise.py::test_each_share_is_that_of_rational_arithmetic",
    ],
    "13 a change set works, is minimal, uses only what is offered, and is empty when already there": [
        "analysis/test_changes.py::test_change_works_is_the_best_of_all_sets_and_uses_only_what_is_offered",
        "analysis/test_changes.py::test_nothing_is_changed_where_all_is_reached",
        "analysis/test_conditions.py::test_repair_is_the_best_of_all_sets_that_open_the_gate",
    ],
    "14 unanimous raters give a point, a doubled panel says the same": [
        "analysis/test_raters.py::test_unanimous_raters_give_a_point",
        "analysis/test_raters.py::test_a_doubled_panel_says_the_same",
        "analysis/test_agreement.py::test_a_doubled_panel_disagrees_as_much",
    ],
    "15 the same input gives the same bytes": [
        "analysis/test_record.py::test_fingerprint_is_the_hash_of_canonical_json",
        "analysis/test_record.py::test_a_record_that_was_stored_gives_its_result_again",
        "analysis/screening/test_bands.py::test_any_number_of_threads_gives_the_same_bits",
        "analysis/test_sweep.py::test_more_places_than_a_part_holds_have_the_same_bits_in_every_way",
        "transfer/screening/test_runs.py::test_one_two_and_eight_threads_write_the_same_bytes",
    ],
    "16 likeness lies between its ends, is symmetric, and nothing is apart from itself": [
        "analysis/test_likeness.py::test_however_gaps_are_filled_the_distance_lies_between_the_ends",
        "analysis/test_likeness.py::test_distances_are_symmetric_and_nothing_is_apart_from_itself",
    ],
}


def test_all_sixteen_are_held() -> None:
    assert [int(name.split()[0]) for name in HELD_BY] == list(range(1, 17))


@pytest.mark.parametrize("place", [place for places in HELD_BY.values() for place in places])
def test_what_holds_a_property_is_there(place: str) -> None:
    path, name = place.split("::")
    assert re.findall(rf"^def ({name})\(", (TESTS / path).read_text(encoding="utf-8"), re.MULTILINE) == [name]
