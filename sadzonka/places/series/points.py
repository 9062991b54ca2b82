"""One figure of a municipality in one year, how it came about, and why it is unknown where it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.functional import lazystr
from django.utils.translation import gettext as _

from sadzonka.common.templatetags.words import day as written_day
from sadzonka.places.models import Observation, Release, Status, Succession

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sadzonka.places.models import Indicator

OURS = "Sadzonka"
COMPUTED = "computed"
# A sum or a rate is as good as its weakest part: which remark of an office weighs most.
WEAKEST_FIRST = (
    Status.SECRET,
    Status.MISSING,
    Status.INCOMPLETE,
    Status.BREAK,
    Status.IMPRECISE,
    Status.ESTIMATE,
    Status.PROVISIONAL,
    Status.ROUNDED,
    Status.ORDINARY,
)


class How(StrEnum):
    """Where the figure of a year comes from."""

    PUBLISHED = "published"
    SUM = "sum of predecessors"
    PREDECESSOR = "predecessor"
    BEFORE_CHANGE = "before a change of territory"
    OTHER_TERRITORY = "other territory"
    COMPUTED = "computed"


class Lack(StrEnum):
    """Why a figure could not be computed from its parts."""

    NONE = ""
    PART = "a part is unknown"
    DIVISOR = "cannot be divided by it"
    TERRITORY = "parts of different territories"


@dataclass(frozen=True, slots=True)
class Makeup:
    """What the present territory of a municipality was made of in an earlier year.

    `wholes` are the municipalities of that year that went into it as they were, itself included if it was
    there; `joined` says how the others came to it; `lost` and `gained` are parts that left or came since,
    whose figures nobody publishes: with any of them the wholes are not exactly the present territory.
    """

    wholes: tuple[int, ...]
    joined: tuple[Succession, ...] = ()
    lost: tuple[Succession, ...] = ()
    gained: tuple[Succession, ...] = ()

    @property
    def is_exact(self) -> bool:
        return not (self.lost or self.gained)


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of one year for a municipality in its present territory, or why there is none.

    `rows` are the published figures it rests on, `sources` the points from which a computed one is made,
    `lacking` the names of those whose figure a sum would need.
    """

    indicator: Indicator
    year: int
    value: float | None
    status: str
    how: How
    rows: tuple[Observation, ...]
    makeup: Makeup | None = None
    lacking: tuple[str, ...] = ()
    sources: tuple[Point, ...] = ()
    lack: Lack = Lack.NONE

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def is_of_present_territory(self) -> bool:
        """Whether it may be set beside figures of other years: the territory was the same."""
        return self.how not in {How.BEFORE_CHANGE, How.OTHER_TERRITORY} and all(
            source.is_of_present_territory for source in self.sources
        )

    @property
    def release(self) -> Release:
        """The release it comes from; an unsaved one of ours when it was computed."""
        if self.how is How.COMPUTED:
            return computed_release(self.rows, self.year)
        return max((row.release for row in self.rows), key=lambda one: (one.retrieved_on, one.pk or 0))

    @property
    def observation(self) -> Observation:
        """The figure as an observation: the published one, else an unsaved one."""
        if self.how is How.PUBLISHED:
            return self.rows[0]
        return Observation(
            indicator=self.indicator,
            release=self.release,
            period=self.year,
            value=self.value,
            status=self.status,
        )

    @property
    def computed_from(self) -> tuple[Observation, ...]:
        """The published figures that it was made from; none when it is one itself."""
        return () if self.how is How.PUBLISHED else self.rows

    @property
    def status_in_words(self) -> str:
        return str(Status(self.status).label)

    @property
    def reason(self) -> str:
        """How it came about or why it is unknown, in the reader's language; nothing when as published."""
        if self.how is How.COMPUTED:
            return _computed(self)
        if self.makeup is None or self.how is How.PUBLISHED:
            return ""
        if self.how is How.PREDECESSOR:
            before = self.makeup.joined[0].predecessor
            return _("As %(name)s, code %(code)s.") % {"name": before, "code": before.code}
        if self.how is How.SUM:
            return _summed(self, self.makeup)
        if self.how is How.BEFORE_CHANGE:
            return _before_change(self.makeup)
        return _other_territory(self.makeup)


def published(row: Observation) -> Point:
    """Return a published figure as the point of its year."""
    return Point(row.indicator, row.period, row.value, row.status, How.PUBLISHED, (row,))


def weakest(statuses: Iterable[str]) -> str:
    """Return the remark of an office that weighs most.

    >>> weakest(["", "estimate", "provisional"])
    'estimate'
    """
    found = set(statuses)
    return next(status.value for status in WEAKEST_FIRST if status in found)


def computed_release(rows: Iterable[Observation], year: int) -> Release:
    """Return an unsaved release of ours for a figure computed from `rows`, which its title names."""
    parts = tuple(rows)
    title: Any = lazystr(_Sources(parts))  # in the language of whoever reads it
    return Release(
        key=COMPUTED,
        publisher=OURS,
        title=title,
        period=str(year),
        retrieved_on=max(row.release.retrieved_on for row in parts),
    )


@dataclass(frozen=True, slots=True)
class _Sources:
    rows: tuple[Observation, ...]

    def __str__(self) -> str:
        return _("computed from: %(parts)s") % {"parts": _listed(map(_source, self.rows), "; ")}


def _source(row: Observation) -> str:
    return _("%(indicator)s %(year)s (%(publisher)s, %(title)s)") % {
        "indicator": row.indicator,
        "year": row.period,
        "publisher": row.release.published_by,
        "title": row.release.title,
    }


def _listed(things: Iterable[object], comma: str = ", ") -> str:
    return comma.join(dict.fromkeys(map(str, things)))


def _summed(point: Point, makeup: Makeup) -> str:
    words = {
        "day": written_day(max(one.happened_on for one in makeup.joined)),
        "names": _listed(one.predecessor for one in makeup.joined),
        "lacking": _listed(point.lacking),
    }
    if point.is_known:
        return _("Sum over the territory of today; merged until %(day)s: %(names)s.") % words
    return (
        _(
            "Unknown: a sum over the territory of today (merged until %(day)s: %(names)s) "
            "lacks the figure of %(lacking)s."
        )
        % words
    )


def _before_change(makeup: Makeup) -> str:
    said = [
        _("Before the split of %(day)s: with %(name)s.")
        % {"day": written_day(one.happened_on), "name": one.successor}
        for one in makeup.lost
    ] + [
        _("Before %(day)s: without the part of %(name)s that was added then.")
        % {"day": written_day(one.happened_on), "name": one.predecessor}
        for one in makeup.gained
    ]
    return " ".join(said)


def _other_territory(makeup: Makeup) -> str:
    if makeup.is_exact:
        return _(
            "Unknown: the territory was another one (merged until %(day)s: %(names)s), "
            "and this indicator cannot be summed."
        ) % {
            "day": written_day(max(one.happened_on for one in makeup.joined)),
            "names": _listed(one.predecessor for one in makeup.joined),
        }
    if not makeup.wholes:
        return _("Unknown: part of %(names)s until %(day)s.") % {
            "day": written_day(max(one.happened_on for one in makeup.gained)),
            "names": _listed(one.predecessor for one in makeup.gained),
        }
    return _("Unknown: the territory was another one, and its parts were not counted apart. %(changes)s") % {
        "changes": _before_change(makeup)
    }


def _computed(point: Point) -> str:
    if point.lack is Lack.PART:
        unknown = [source for source in point.sources if not source.is_known]
        return _("Unknown: cannot be computed without %(parts)s.") % {
            "parts": _listed(
                f"{one.indicator} {one.year} ({one.reason or one.status_in_words})" for one in unknown
            )
        }
    if point.lack is Lack.DIVISOR:
        return _("Unknown: %(part)s is not above zero, and nothing is computed from that.") % {
            "part": f"{point.sources[-1].indicator} {point.sources[-1].year}"
        }
    if point.lack is Lack.TERRITORY:
        said = _listed((one.reason for one in point.sources if one.reason), " ")
        return _("Unknown: the territory changed between its parts. %(changes)s") % {"changes": said}
    said = _listed((one.reason for one in point.sources if one.reason), " ")
    made_of = str(point.release.title)
    return f"{made_of[:1].upper()}{made_of[1:]}. {said}".strip()
