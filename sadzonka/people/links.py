"""Links that sign somebody in once."""

from __future__ import annotations

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from sadzonka.people.models import Person


class SignInTokens(PasswordResetTokenGenerator):
    """Tokens that end with the first sign-in (they depend on its time) or after a while."""

    key_salt = "sadzonka.people.sign-in"


SIGN_IN_TOKENS = SignInTokens()


def sign_in_path(person: Person, language: str) -> str:
    """Return the path of a link that signs `person` in once."""
    with translation.override(language):
        return reverse(
            "sign_in_once",
            args=[urlsafe_base64_encode(force_bytes(person.pk)), SIGN_IN_TOKENS.make_token(person)],
        )


def person_of_token(uidb64: str, token: str, *, is_locked: bool = False) -> Person | None:
    """Return whom a token belongs to, None when it is wrong, used or too old."""
    people = Person.objects.filter(is_active=True)
    if is_locked:
        people = people.select_for_update()
    try:
        person = people.get(pk=int(urlsafe_base64_decode(uidb64)))
    except (Person.DoesNotExist, ValueError, OverflowError):
        return None
    return person if SIGN_IN_TOKENS.check_token(person, token) else None
