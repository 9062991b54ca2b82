"""Who asks, on pages for people who have signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sadzonka.people.models import Person


def person_of(request: HttpRequest) -> Person:
    """Return who has signed in; call it where nobody else comes, such as under `login_required`."""
    return cast("Person", request.user)
