"""Finding municipalities by words: names, counties and codes of a country as one text kept in memory."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.utils import timezone
from numpy.typing import NDArray

from sadzonka.places.queries import KIND_WORDS, fold, periods_on
from sadzonka.places.versions import territory_version

APART = "\t"  # between name, county and code: no word holds it
KEPT = 8  # countries; a text of all 99,140 municipalities of Europe takes 6 MB


@dataclass(frozen=True, slots=True)
class Named:
    """A municipality that was found: the number of its period and of its county, and its folded words."""

    period: int
    county: int
    name: str
    above: str
    code: str


@dataclass(frozen=True, slots=True)
class Names:
    """A line per municipality, where each begins, and the periods and counties they stand for."""

    text: str
    starts: NDArray[np.int32]
    periods: NDArray[np.int32]
    counties: NDArray[np.int32]
    is_invented: NDArray[np.bool_]

    def by_county(self, *, invented: bool = False) -> Counter[int]:
        """Return how many municipalities each county has, or how many of them were invented."""
        wanted = self.counties[self.is_invented] if invented else self.counties
        counties, counts = np.unique(wanted, return_counts=True)
        return Counter(dict(zip(counties.tolist(), counts.tolist(), strict=True)))

    def with_words(self, words: Sequence[str]) -> Iterator[Named]:
        """Yield the municipalities whose line holds every one of some folded words, in the order of lines."""
        first, at = max(words, key=len, default=""), 0
        while 0 <= (at := self.text.find(first, at)) < len(self.text):
            number = bisect_right(self.starts, at) - 1
            begin, end = int(self.starts[number]), self.text.find("\n", at)
            line = self.text[begin:end]
            if all(word in line for word in words):
                period, county = int(self.periods[number]), int(self.counties[number])
                yield Named(period, county, *line.split(APART))
            at = end + 1


def wanted_in(words: str) -> list[str]:
    """Return the folded words that somebody looks for, without those for a kind of place."""
    return [word for word in fold(words).split() if word not in KIND_WORDS]


def names_of(country: str | None = None) -> Names:
    """Return what the municipalities of a country, or of all, are called today; in one query when kept."""
    return _names(country, timezone.localdate(), territory_version())


@lru_cache(maxsize=KEPT)
def _names(country: str | None, day: dt.date, state: tuple[object, ...]) -> Names:
    found = periods_on(day).order_by("municipality__country", "municipality__code")
    if country is not None:
        found = found.filter(county__region__country=country)
    fields = found.values_list(
        "pk", "county", "municipality__is_invented", "name", "county__name", "municipality__code"
    )
    above: dict[int, str] = {}
    lines, numbers = list[str](), list[tuple[int, int, bool]]()
    for period, county, is_invented, name, county_name, code in fields.iterator():
        if county not in above:
            above[county] = fold(county_name)
        lines.append(APART.join([fold(name), above[county], fold(code)]) + "\n")
        numbers.append((period, county, is_invented))
    ends = np.cumsum([len(line) for line in lines], dtype=np.int32)
    columns = np.array(numbers, dtype=np.int32).reshape(-1, 3).T.copy()
    starts = np.concatenate([np.zeros(1, dtype=np.int32), ends])[: len(lines)]
    return Names("".join(lines), starts, columns[0], columns[1], columns[2] > 0)


def forget_names() -> None:
    """Empty the memory: for when a database was replaced under a running process."""
    _names.cache_clear()
