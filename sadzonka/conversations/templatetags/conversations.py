"""How templates name authors, and show what a host has answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.conf import settings

from sadzonka.conversations.authors import author_line
from sadzonka.conversations.queries import published_answers

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from sadzonka.conversations.models import Question
    from sadzonka.organisations.models import Organisation
    from sadzonka.people.models import Person

register = template.Library()


@register.filter
def named_for(author: Person | None, reader: Person | AnonymousUser) -> str:
    """Name an author: first name and municipality, the whole name for staff."""
    return author_line(author, reader)


@register.filter
def language_called(code: str) -> str:
    """Name a language in the reader's language."""
    return str(dict(settings.LANGUAGES).get(code, code))


@register.simple_tag
def answers_of(host: Organisation, most: int) -> list[Question]:
    """Return the newest answers that a host has agreed to publish."""
    return list(published_answers([host])[:most])
