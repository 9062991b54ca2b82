"""The exchange page of a subject: its threads, and what hosts have answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sadzonka.conversations.actions import (
    ThreadIsClosed,
    TooManyMessages,
    say,
    say_under_theme,
    start_thread,
)
from sadzonka.conversations.forms import NEW, MessageForm, NewThreadForm
from sadzonka.conversations.queries import Discussion, discussions_about, exchange_address, questions_shown
from sadzonka.conversations.rules import may_converse, may_moderate, may_see_desk
from sadzonka.people.signed_in import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sadzonka.conversations.models import Message
    from sadzonka.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Subject:
    """What a conversation is about: a practice, a visit or an organisation that the reader may see."""

    record: models.Model
    title: str
    language: str
    hosts: tuple[Organisation, ...]

    @property
    def kind(self) -> str:
        return str(self.record._meta.model_name)

    @property
    def exchange_address(self) -> str:
        return exchange_address(self.record)

    @property
    def ask_address(self) -> str:
        return reverse(f"{self.kind}_ask", args=[self.record.slug])  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Section:
    """A discussion with the form to write in it, None where one cannot."""

    discussion: Discussion
    form: MessageForm | None


def exchange_page(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Show the threads of a subject; store what a signed-in person says in one, or show why not."""
    discussions = {
        one.key: one
        for one in discussions_about(subject.record)
        if not one.is_silenced or may_see_desk(request.user)
    }
    if request.method != "POST":
        return _shown(request, subject, discussions)
    if not may_converse(request.user):
        return redirect_to_login(request.get_full_path())
    where = request.POST.get("where", "")
    form = _form(where)(request.POST, auto_id=_auto_id(where, discussions))
    if form.is_valid() and where not in (NEW, *discussions):
        form.add_error(None, _("This thread is not here any more. What you wrote is kept: copy it."))
    if not form.is_valid():
        return _shown(request, subject, discussions, form, status=422)
    try:
        message = _said(request, subject, discussions.get(where), form)
    except TooManyMessages:
        form.add_error(None, _("You have written very often within an hour. Please try again later."))
        return _shown(request, subject, discussions, form, status=429)
    except ThreadIsClosed:
        form.add_error(None, _("This thread was closed meanwhile. What you wrote is kept: copy it."))
        return _shown(request, subject, discussions, form, status=409)
    return redirect(f"{subject.exchange_address}#message-{message.pk}")


def _said(
    request: HttpRequest, subject: Subject, discussion: Discussion | None, form: MessageForm
) -> Message:
    words = {name: form.cleaned_data[name] for name in ("nonce", "language", "text")}
    if discussion is None:
        title = form.cleaned_data["title"]
        return start_thread(subject=subject.record, title=title, author=person_of(request), **words)
    if discussion.thread is None:
        return say_under_theme(
            subject=subject.record, theme=discussion.key, author=person_of(request), **words
        )
    return say(thread=discussion.thread, author=person_of(request), **words)


def _form(where: str) -> type[MessageForm]:
    return NewThreadForm if where == NEW else MessageForm


def _auto_id(where: str, discussions: dict[str, Discussion]) -> str:
    """Return the pattern of a form's element ids: a page has a form for every thread."""
    return f"to-{where}-%s" if where in (NEW, *discussions) else "to-none-%s"


def _shown(
    request: HttpRequest,
    subject: Subject,
    discussions: dict[str, Discussion],
    sent: MessageForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sent_to = sent["where"].value() if sent else None

    def form_for(key: str) -> MessageForm | None:
        if sent is not None and sent_to == key:
            return sent
        if not may_converse(request.user) or (key in discussions and discussions[key].is_closed):
            return None
        initial = {"where": key, "language": get_language()}
        return cast("MessageForm", _form(key).fresh(initial=initial, auto_id=_auto_id(key, discussions)))

    return render(
        request,
        "conversations/exchange.html",
        {
            "subject": subject,
            "sections": [Section(one, form_for(key)) for key, one in discussions.items()],
            "new": form_for(NEW),
            "astray": sent if sent and sent_to not in (NEW, *discussions) else None,
            "sent": sent,
            "questions": questions_shown(subject.record, request.user),
            "may_moderate": may_moderate(request.user),
            "sign_in_address": f"{reverse('account_login')}?next={subject.exchange_address}",
        },
        status=status,
    )
