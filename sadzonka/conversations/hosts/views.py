"""The desk for questions to hosts, and the page on which a host answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.common.words import language_codes
from sadzonka.conversations.hosts.actions import (
    OPEN,
    AnswerHasChanged,
    QuestionHasMoved,
    answer_question,
    decline_question,
    send_question,
)
from sadzonka.conversations.hosts.forms import AnswerForm, DeclineForm, SendForm, seen_at
from sadzonka.conversations.hosts.mails import ending, proposal
from sadzonka.conversations.models import Question
from sadzonka.conversations.queries import question_counts, question_whole, questions_in
from sadzonka.conversations.rules import may_moderate, may_read_questions
from sadzonka.outbox.links import LinkIsOver
from sadzonka.outbox.models import Link
from sadzonka.outbox.pages import behind_link
from sadzonka.people.signed_in import person_of

if TYPE_CHECKING:
    from django.http import HttpRequest

QUESTIONS_PER_PAGE = 50
DECLINE_ID = "decline-%s"  # beside another form on the page
HAS_MOVED = gettext_lazy("Somebody has dealt with this question meanwhile. What you wrote is kept below.")


@never_cache
@require_safe
@login_required
def question_list(request: HttpRequest) -> HttpResponse:
    if not may_read_questions(request.user):
        raise NothingHere(_("There is nothing here for you."))
    wanted = request.GET.get("state", "")
    state = wanted if wanted in Question.State.values else Question.State.ASKED.value
    counts = question_counts()
    return render(
        request,
        "conversations/desk/questions.html",
        {
            "found": Paginator(questions_in(state), QUESTIONS_PER_PAGE).get_page(request.GET.get("page")),
            "states": [(one.value, one.label, counts[one.value]) for one in Question.State],
            "state": state,
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def question_desk(request: HttpRequest, pk: int) -> HttpResponse:
    may_come = may_moderate if request.method == "POST" else may_read_questions
    question = question_whole(pk) if may_come(request.user) else None
    if question is None:
        raise NothingHere(_("There is no question at this address."))
    if request.method != "POST":
        return _desk(request, question)
    if "decline" in request.POST:
        return _declined(request, question)
    return _sent(request, question)


def _sent(request: HttpRequest, question: Question) -> HttpResponse:
    form = SendForm(request.POST)
    if not form.is_valid():
        return _desk(request, question, send=form, status=422)
    language = _language(request, question)
    try:
        send_question(question=question, by=person_of(request), language=language, **form.cleaned_data)
    except QuestionHasMoved as moved:
        form = SendForm({**request.POST.dict(), "seen_state": moved.question.state})
        form.add_error(None, HAS_MOVED)
        return _desk(request, moved.question, send=form, status=409)
    messages.success(request, _("The question is on its way to the host."))
    return redirect("questions")


def _declined(request: HttpRequest, question: Question) -> HttpResponse:
    form = DeclineForm(request.POST, auto_id=DECLINE_ID)
    if not form.is_valid():
        return _desk(request, question, decline=form, status=422)
    try:
        decline_question(question=question, by=person_of(request), **form.cleaned_data)
    except QuestionHasMoved as moved:
        form = DeclineForm({**request.POST.dict(), "seen_state": moved.question.state}, auto_id=DECLINE_ID)
        form.add_error(None, HAS_MOVED)
        return _desk(request, moved.question, decline=form, status=409)
    messages.success(request, _("The question is closed; whoever asked reads why."))
    return redirect("questions")


def _desk(
    request: HttpRequest,
    question: Question,
    send: SendForm | None = None,
    decline: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    language = _language(request, question)
    proposed = proposal(question, language)
    initial = {"seen_state": question.state, "subject": proposed.subject, "body": proposed.body}
    is_open = question.state in OPEN
    return render(
        request,
        "conversations/desk/question.html",
        {
            "question": question,
            "send": send or (SendForm.fresh(initial=initial) if is_open else None),
            "decline": decline or (DeclineForm(initial=initial, auto_id=DECLINE_ID) if is_open else None),
            "sent": send or decline,
            "ending": ending(question, language),
            "language": language,
            "languages": settings.LANGUAGES,
            "may_moderate": may_moderate(request.user),
        },
        status=status,
    )


def _language(request: HttpRequest, question: Question) -> str:
    """Return the language chosen for the mail, else the one that the host's country speaks."""
    chosen = request.GET.get("language") or question.host.country_id.lower()
    return chosen if chosen in language_codes() else "en"


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.QUESTION)
def question(request: HttpRequest, link: Link) -> HttpResponse:
    found = question_whole(link.subject_id)
    if found is None:
        raise LinkIsOver
    if request.method != "POST":
        return _answer_page(request, link, found, AnswerForm.opened(found, get_language() or link.language))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, link, found, form, status=422)
    try:
        answered = answer_question(question=found, **form.cleaned_data)
    except QuestionHasMoved as moved:
        raise LinkIsOver from moved
    except AnswerHasChanged as changed:
        form = AnswerForm({**request.POST.dict(), "seen_at": seen_at(changed.question)})
        form.add_error(None, _("The answer was changed since you opened the page. Yours is kept below."))
        return _answer_page(request, link, changed.question, form, status=409)
    if answered.may_be_published:
        messages.success(request, _("Thank you. Your answer is published."))
    else:
        messages.success(
            request, _("Thank you. Only the person who asked and the coordinators read your answer.")
        )
    return redirect("question", token=link.token)


def _answer_page(
    request: HttpRequest, link: Link, found: Question, form: AnswerForm, status: int = 200
) -> HttpResponse:
    context = {"question": found, "form": form, "link": link}
    return render(request, "conversations/question.html", context, status=status)
