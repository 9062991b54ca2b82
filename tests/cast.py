"""The people of the tests: Ewa who coordinates, the controller who reads, a stranger, an administrator."""

from __future__ import annotations

import pytest

from sadzonka.people.actions import create_account
from sadzonka.people.models import Person
from sadzonka.people.rules import CONTROLLER, STAFF


@pytest.fixture
def ewa(db: None) -> Person:
    """Ewa coordinates visits: staff."""
    return create_account(email="ewa@example.org", name="Ewa", roles=[STAFF])


@pytest.fixture
def colleague(db: None) -> Person:
    """Ewa's colleague: staff too, so that one can review what the other wrote."""
    return create_account(email="colleague@example.org", name="Olga", roles=[STAFF])


@pytest.fixture
def controller(db: None) -> Person:
    """The controller reads everything and changes nothing."""
    return create_account(email="controller@example.org", name="Kontroler", roles=[CONTROLLER])


@pytest.fixture
def administrator(db: None) -> Person:
    """The administrator may do everything."""
    return create_account(email="admin@example.org", name="Administrator", is_administrator=True)


@pytest.fixture
def stranger(db: None) -> Person:
    """Somebody with an account and no role."""
    return create_account(email="stranger@example.org", name="Nieznajoma")
