"""By what the municipalities of a country are compared with others, made ready for many searches."""

from __future__ import annotations

import datetime as dt
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sadzonka.analysis import Kind, Likeness, Scale, Space, nearest
from sadzonka.places.models import Indicator
from sadzonka.places.queries import periods_on
from sadzonka.places.series.working_set import WorkingSet, working_set

# An indicator counts where it is known of at least this share of the municipalities on both sides: in one's
# own country, and where one looks (in all countries: in the others together). What no office of a country
# publishes would otherwise make everything there incomparable.
WIDELY_KNOWN = 0.5
KEPT = 2  # comparisons of all of Europe are 15 MB each
TYPE = Kind("type")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Municipalities to compare with (`others`), in a space of the variables that are used.

    `own` holds those of the country from which one looks. `columns` are the indicators in use, as columns of
    both working sets; the type of municipality is one more variable, `kinds`, within one country that has
    several. `space` is None when no indicator is widely known on both sides.
    """

    own: WorkingSet
    others: WorkingSet
    columns: tuple[int, ...]
    kinds: NDArray[np.int16] | None
    space: Space | None

    def most_like(self, municipality: int, count: int) -> tuple[Likeness, ...]:
        """Return the nearest as rows of `others`; an invented municipality stands beside no real one."""
        row, among = self.own.row_of(municipality), np.ones(len(self.others.ids), dtype=np.bool_)
        if self.space is None or row is None:
            return ()
        if not self.own.is_invented[row]:
            among &= ~self.others.is_invented
        among &= self.others.ids != municipality
        columns = list(self.columns)
        kinds = None if self.kinds is None else self.kinds[row]
        box = self.space.box(self.own.lower[row, columns], self.own.upper[row, columns], kinds)
        return nearest(self.space, box, count, among)


def comparison(country: str, among: str | None, indicators: Sequence[Indicator], day: dt.date) -> Comparison:
    """Return how a country's municipalities are compared with those of another, or of all (None).

    From memory while the figures are the same.
    """
    own = working_set(country, indicators, day)
    others = own if among == country else working_set(among, indicators, day)
    ranges = ((one.likeness_from, one.likeness_to, one.likeness_is_logarithmic) for one in indicators)
    return _KEPT.get((country, among, *ranges), own, others, indicators, day)


class _Memory:
    """The last few comparisons of this process, each as long as its working sets are the present ones."""

    def __init__(self) -> None:
        self._found: OrderedDict[object, Comparison] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self,
        key: object,
        own: WorkingSet,
        others: WorkingSet,
        indicators: Sequence[Indicator],
        day: dt.date,
    ) -> Comparison:
        with self._lock:
            found = self._found.get(key)
            if found is None or found.own is not own or found.others is not others:
                found = self._found[key] = _compared(own, others, indicators, day)
            self._found.move_to_end(key)
            while len(self._found) > KEPT:
                self._found.popitem(last=False)
            return found


_KEPT = _Memory()


def _compared(
    own: WorkingSet, others: WorkingSet, indicators: Sequence[Indicator], day: dt.date
) -> Comparison:
    columns = columns_in_use(own, others)
    if not columns:
        return Comparison(own, others, (), None, None)
    kinds = _kinds(own, day) if own is others else None
    scales = [scale_of(indicators[column]) for column in columns]
    lower, upper = others.lower[:, columns], others.upper[:, columns]
    space = Space.of(scales, lower, upper, () if kinds is None else (TYPE,), kinds)
    return Comparison(own, others, columns, kinds, space)


def columns_in_use(own: WorkingSet, others: WorkingSet) -> tuple[int, ...]:
    """Return the columns of the indicators that are widely known in one's own country and in the others."""
    return tuple(np.flatnonzero(_widely_known(own) & _widely_known(others, own)).tolist())


def scale_of(indicator: Indicator) -> Scale:
    """Return the fixed scale on which an indicator is compared."""
    lower, upper = indicator.likeness_from or 0.0, indicator.likeness_to or 0.0
    return Scale(indicator.key, lower, upper, is_logarithmic=indicator.likeness_is_logarithmic)


def _widely_known(known: WorkingSet, apart_from: WorkingSet | None = None) -> NDArray[np.bool_]:
    """Whether each indicator is known of enough real municipalities, of other countries if there are any."""
    real = ~known.is_invented
    abroad = real if apart_from is None else real & ~np.isin(known.countries, apart_from.countries)
    is_known = ~np.isnan(known.lower[abroad if abroad.any() else real])
    return np.count_nonzero(is_known, axis=0) >= max(1, WIDELY_KNOWN * len(is_known))


def _kinds(known: WorkingSet, day: dt.date) -> NDArray[np.int16] | None:
    """Return numbers for the types of a country's municipalities, None when there are no two types."""
    countries = {str(country) for country in np.unique(known.countries)}
    types = dict(
        periods_on(day)
        .filter(municipality__country__in=countries)
        .values_list("municipality_id", "kind")
        .order_by()
    )
    numbers = {kind: number for number, kind in enumerate(sorted(set(types.values())))}
    if len(countries) != 1 or len(numbers) == 1:
        return None
    return np.array([[numbers[types[one]]] for one in known.ids.tolist()], dtype=np.int16)


def compared_indicators() -> list[Indicator]:
    """Return the indicators of the catalogue that have a fixed range, in its order; in one query."""
    found: Iterable[Indicator] = Indicator.objects.filter(
        likeness_from__isnull=False, likeness_to__isnull=False
    ).select_related("numerator", "denominator")
    return list(found)
