"""The list of adoptions as a reader asked for it: filters, what they offer, and what they count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sadzonka.transfer.adoption.queries import Story
from sadzonka.transfer.models import Stage


@dataclass(frozen=True, slots=True)
class Listing:
    """All stories and what a reader asked for: a practice, a country, an outcome, a municipality."""

    every: Sequence[Story]
    asked: Mapping[str, str]

    @property
    def practice(self) -> str:
        return self._known("practice", dict(self.practices))

    @property
    def country(self) -> str:
        return self._known("country", dict(self.countries))

    @property
    def outcome(self) -> str:
        return self._known("outcome", dict(self.outcomes))

    @property
    def municipality(self) -> str:
        """The municipality asked for, as country and code (PL-300101); no field offers it, links do."""
        return self.asked.get("municipality", "")[:9]

    @property
    def practices(self) -> list[tuple[str, str]]:
        """The practices that have a story, by the title of their card."""
        titles = {one.adoption.practice.slug: str(one.text or one.adoption.practice) for one in self.every}
        return sorted(titles.items(), key=lambda pair: pair[1])

    @property
    def countries(self) -> list[tuple[str, str]]:
        """The countries that have a story."""
        found = {one.adoption.municipality.country for one in self.every}
        return sorted((country.code, str(country)) for country in found)

    @property
    def outcomes(self) -> list[tuple[str, str]]:
        """The outcomes at which a story stands now, in the ladder's order."""
        stand = {one.newest.outcome for one in self.every}
        return [(one.value, str(one.label)) for one in Stage.Outcome if one.value in stand]

    @property
    def compared(self) -> list[Story]:
        """The stories that are counted: of the practice and the place asked for, whatever their outcome."""
        return [
            one
            for one in self.every
            if self.practice in {"", one.adoption.practice.slug}
            and self.country in {"", one.adoption.municipality.country_id}
            and self.municipality in {"", _address(one)}
        ]

    @property
    def found(self) -> list[Story]:
        """The stories that are shown."""
        return [one for one in self.compared if self.outcome in {"", one.newest.outcome}]

    @property
    def delivered_count(self) -> int:
        return sum(one.is_delivered for one in self.compared)

    @property
    def declined_count(self) -> int:
        return sum(one.newest.outcome == Stage.Outcome.DECLINED for one in self.compared)

    @property
    def abandoned_count(self) -> int:
        return sum(one.newest.outcome == Stage.Outcome.ABANDONED for one in self.compared)

    def _known(self, name: str, offered: Mapping[str, str]) -> str:
        """Return what was asked for, as nothing when it is none of what is offered."""
        asked = self.asked.get(name, "")
        return asked if asked in offered else ""


def _address(story: Story) -> str:
    municipality = story.adoption.municipality
    return f"{municipality.country_id}-{municipality.code}"
