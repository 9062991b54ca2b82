"""An adoption that stages are added to and stories are told of."""

from __future__ import annotations

import pytest

from sadzonka.transfer.models import Adoption
from tests.chain import World
from tests.transfer.adoption.stories import decided


@pytest.fixture
def adoption(world: World) -> Adoption:
    """Have an adoption that was decided on 10 May 2022."""
    return decided(world.editor).plan.adoption
