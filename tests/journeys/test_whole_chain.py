"""The whole way: from the first announcement to a service that a municipality has run for a year."""

from __future__ import annotations

import pytest

from tests.journeys.chapters.afterwards import (
    counted_in_the_series,
    it_takes_root,
    the_visit_is_accounted_for,
)
from tests.journeys.chapters.group import (
    checks_them_all,
    chooses,
    everybody_reads_where_they_stand,
    places_are_accepted_and_one_moves_up,
    scores_them_all,
    the_call_is_answered,
)
from tests.journeys.chapters.visit import (
    the_visit_ends_with_papers,
    the_visit_takes_place,
    what_was_seen_becomes_a_card,
)
from tests.journeys.recruiting import Story


@pytest.mark.slow
def test_from_the_call_to_a_service_that_lasts(story: Story) -> None:
    before = counted_in_the_series()
    the_call_is_answered(story)
    checks_them_all(story)
    story.clock.moves_to("2027-03-01")
    story.next_state("Begin to select")
    scores_them_all(story)
    chooses(story)
    places_are_accepted_and_one_moves_up(story)
    everybody_reads_where_they_stand(story)
    story.next_state("Confirm the visit")
    the_visit_takes_place(story)
    card = what_was_seen_becomes_a_card(story)
    the_visit_ends_with_papers(story)
    it_takes_root(story, card)
    the_visit_is_accounted_for(story, before)
