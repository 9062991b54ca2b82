"""What screenings say in words: shares, bands, classes, and which dimensions weigh more than usual."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from sadzonka.transfer.screening import words
from sadzonka.transfer.screening.outcome import bands_among


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("share", "said"),
    [
        ((0.123, 0.456), "12 to 46 % of weightings"),  # never more certain than it is
        ((0.4, 0.85), "40 to 85 % of weightings"),
        ((0.5, 0.5), "50 % of weightings"),
        ((0.0, 0.0), "0 % of weightings"),
        ((0.29, 0.57), "29 to 57 % of weightings"),  # 0.29 * 100 is 28.999999999999996, 0.57 * 100 too much
    ],
)
def test_shares_are_rounded_outwards(share: tuple[float, float], said: str) -> None:
    assert words.share_words(share) == said


def test_a_class_interval_is_said_once_or_from_to() -> None:
    assert (words.class_words((1, 1)), words.class_words((1, 3))) == ("possible", "possible to strong")


def test_bands_have_names() -> None:
    assert (words.band_words(1), words.band_words(10)) == ("first", "among the first 10")


@pytest.mark.parametrize(
    ("count", "bands"),
    [(0, (1,)), (1, (1,)), (3, (1,)), (12, (1, 3, 5, 10)), (51, (1, 3, 5, 10, 20, 50))],
)
def test_only_bands_that_say_something_are_counted(count: int, bands: tuple[int, ...]) -> None:
    assert bands_among(count) == bands


def test_dimensions_that_weigh_more_are_named_the_heaviest_first() -> None:
    heavier = words.heavier_dimensions((0.3, 0.2, 0.15, 0.25, 0.1))
    assert [one.value for one in heavier] == ["need", "feasibility"]
    assert words.heavier_dimensions((0.2, 0.21, 0.19, 0.2, 0.2)) == []


def test_names_are_enumerated() -> None:
    assert (words.joined(["need"]), words.joined(["need", "support", "fit"])) == (
        "need",
        "need, support and fit",
    )


def test_sampling_is_told_in_the_right_number() -> None:
    assert [words.sampling_words(points) for points in (1, 2)] == [
        "± 1 percentage point by sampling",
        "± 2 percentage points by sampling",
    ]
