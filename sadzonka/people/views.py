"""Signing in with a one-time link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sadzonka.people.actions import use_sign_in_token
from sadzonka.people.links import person_of_token
from sadzonka.people.rules import may_see_drafts

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_once(request: HttpRequest, uidb64: str, token: str) -> HttpResponse:
    """Ask first, so that a program that looks at links does not use them up; then sign in."""
    if request.method == "GET":
        person = person_of_token(uidb64, token)
        return render(request, "people/sign_in_once.html", {"person": person}, status=200 if person else 410)
    person = use_sign_in_token(uidb64=uidb64, token=token)
    if person is None:
        return render(request, "people/sign_in_once.html", {"person": None}, status=410)
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("wagtailadmin_home" if may_see_drafts(person) else "my")
