"""What all form pages here have in common: the page around a form, and what becomes of a stale one."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.contrib.auth.views import redirect_to_login
from django.shortcuts import render
from django.utils.translation import gettext as _

from sadzonka.common.pages import NothingHere

if TYPE_CHECKING:
    from django.forms import Form
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page with one form: its heading, what is said before the form, its button, where one goes back."""

    title: str
    button: str
    back: str
    lede: str = ""
    more: dict[str, Any] = field(default_factory=dict)

    def answer(self, request: HttpRequest, form: Form, *, status: int = HTTPStatus.OK) -> HttpResponse:
        """Show the form; one with errors is answered as such whatever the caller says."""
        if form.errors and status == HTTPStatus.OK:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        context = {"page": self, "form": form, **self.more}
        return render(request, "transfer/adoption/form.html", context, status=status)

    def refuse(self, request: HttpRequest, form: Form, reason: str) -> HttpResponse:
        """Show the form with all that was typed, and say why it cannot hold as things stand."""
        form.add_error(None, reason)
        return self.answer(request, form, status=HTTPStatus.CONFLICT)


def changed_meanwhile() -> str:
    return _(
        "Somebody has changed this since you opened the form. What you typed is still here: "
        "look in another tab at what it says now, then save again if yours is to hold."
    )


def nothing_for(request: HttpRequest, message: str) -> HttpResponse:
    """Ask who has not signed in to do so; tell everybody else that there is nothing for them."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    raise NothingHere(message)
