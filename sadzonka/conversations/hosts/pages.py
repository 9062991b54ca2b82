"""The page on which a host of a subject is asked, beside what hosts have answered before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sadzonka.conversations.hosts.actions import TooManyQuestions, ask
from sadzonka.conversations.hosts.forms import AskForm
from sadzonka.conversations.queries import published_answers
from sadzonka.conversations.rules import may_converse
from sadzonka.people.signed_in import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sadzonka.conversations.pages import Subject


def ask_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Show what the hosts of a subject have answered; take a question of a signed-in person."""
    hosts = list(subject.hosts)
    if request.method != "POST":
        initial = {"language": get_language(), "host": hosts[0] if hosts else None}
        return _shown(request, subject, AskForm.fresh(hosts=hosts, initial=initial))
    if not may_converse(request.user):
        return redirect_to_login(request.get_full_path())
    form = AskForm(request.POST, hosts=hosts)
    if not form.is_valid():
        return _shown(request, subject, form, status=422)
    try:
        ask(subject=subject.record, asked_by=person_of(request), **form.cleaned_data)
    except TooManyQuestions:
        form.add_error(None, _("You have asked several questions today. Please ask again tomorrow."))
        return _shown(request, subject, form, status=429)
    messages.success(request, _("Thank you. The coordinators read your question and pass it on to the host."))
    return redirect(f"{subject.exchange_address}#questions")


def _shown(request: HttpRequest, subject: Subject, form: object, status: int = 200) -> HttpResponse:
    return render(
        request,
        "conversations/ask.html",
        {
            "subject": subject,
            "form": form if subject.hosts and may_converse(request.user) else None,
            "answers": published_answers(list(subject.hosts)),
        },
        status=status,
    )
