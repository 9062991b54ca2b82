"""The exchange page of an organisation, and the desk on which staff moderate threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sadzonka.common.pages import NothingHere
from sadzonka.conversations.actions import close_thread, hide_message, reopen_thread, show_message
from sadzonka.conversations.forms import HideMessageForm
from sadzonka.conversations.hosts.pages import ask_page
from sadzonka.conversations.pages import Subject, exchange_page
from sadzonka.conversations.queries import exchange_address, message_whole, thread_whole
from sadzonka.conversations.rules import may_moderate, may_see_desk
from sadzonka.organisations.models import Organisation
from sadzonka.organisations.queries import similar_organisations
from sadzonka.people.signed_in import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_exchange(request: HttpRequest, slug: str) -> HttpResponse:
    return exchange_page(request, _subject_or_404(slug))


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_ask(request: HttpRequest, slug: str) -> HttpResponse:
    return ask_page(request, _subject_or_404(slug))


def _subject_or_404(slug: str) -> Subject:
    organisation = Organisation.objects.filter(slug=slug).first()
    if organisation is None:
        raise NothingHere(_("There is no organisation at this address."), similar_organisations(slug))
    return Subject(organisation, title=organisation.name, language="", hosts=(organisation,))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def message_desk(request: HttpRequest, pk: int) -> HttpResponse:
    message = message_whole(pk) if _may_come(request) else None
    if message is None or message.thread.subject is None:
        raise NothingHere(_("There is no message at this address."))
    back = f"{exchange_address(message.thread.subject)}#message-{message.pk}"
    if request.method == "POST" and "show" in request.POST:
        show_message(message=message, by=person_of(request))
        return redirect(back)
    is_sent = request.method == "POST"
    form = HideMessageForm(request.POST if is_sent else None, initial={"reason": message.hidden_reason})
    if is_sent and form.is_valid():
        hide_message(message=message, by=person_of(request), **form.cleaned_data)
        return redirect(back)
    context = {"message": message, "form": form, "back": back, "may_moderate": may_moderate(request.user)}
    return render(request, "conversations/desk/message.html", context, status=422 if is_sent else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def thread_desk(request: HttpRequest, pk: int) -> HttpResponse:
    thread = thread_whole(pk) if _may_come(request) else None
    if thread is None or thread.subject is None:
        raise NothingHere(_("There is no thread at this address."))
    back = f"{exchange_address(thread.subject)}#thread-{thread.pk}"
    if request.method == "POST":
        decide = reopen_thread if "reopen" in request.POST else close_thread
        decide(thread=thread, by=person_of(request))
        return redirect(back)
    context = {"thread": thread, "back": back, "may_moderate": may_moderate(request.user)}
    return render(request, "conversations/desk/thread.html", context)


def _may_come(request: HttpRequest) -> bool:
    """Let controllers read what staff can do, and do nothing."""
    return may_moderate(request.user) if request.method == "POST" else may_see_desk(request.user)
