"""A form opened before somebody else saved is refused."""

from __future__ import annotations

import pytest

from sadzonka.common.revisions import StaleForm, claim
from tests.chain import World


def test_the_first_of_two_forms_is_obeyed_and_the_second_refused(world: World) -> None:
    application = world.applications["marek"]
    seen_by_both = application.revision
    first = claim(application, seen_by_both)
    first.phone = "600 100 200"
    first.save()
    with pytest.raises(StaleForm) as stale:
        claim(application, seen_by_both)
    assert (first.revision, stale.value.record.revision) == (seen_by_both + 1, seen_by_both + 1)
    application.refresh_from_db()
    assert (application.phone, application.revision) == ("600 100 200", seen_by_both + 1)
