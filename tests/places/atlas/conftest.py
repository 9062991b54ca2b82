"""Nothing that a page remembers of places goes from one test to the next."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.places.atlas.places import forget


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Numbers come again when a test is rolled back: what is remembered by them would be another test's."""
    forget()
    yield
    forget()
