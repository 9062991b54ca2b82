"""Visitors of the demonstration."""

import pytest

from tests.journeys.clock import Clock
from tests.journeys.visitor import Visitor


@pytest.fixture
def visitor(db: None) -> Visitor:
    """Return somebody who reads Polish and has opened the site."""
    return arrived("pl")


@pytest.fixture
def italian(db: None) -> Visitor:
    """Return somebody who reads Italian and has opened the site."""
    return arrived("it")


@pytest.fixture
def english(db: None) -> Visitor:
    """Return somebody who reads English and has opened the site."""
    return arrived("en")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Return the clock of a story."""
    return Clock(monkeypatch)


def arrived(language: str) -> Visitor:
    visitor = Visitor(language)
    visitor.opens("/")
    assert visitor.address == f"/{language}/"
    return visitor
