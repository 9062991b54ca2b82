"""Pages behind signed links: an application for its applicant, a delegation for the superior."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sadzonka.common.revisions import StaleForm
from sadzonka.outbox.links import LinkIsOver
from sadzonka.outbox.models import Link
from sadzonka.outbox.pages import behind_link
from sadzonka.visits.models import Application
from sadzonka.visits.recruitment.actions import (
    ApplicationIsSent,
    PlaceIsNotOffered,
    TooLate,
    accept_place,
    decide_delegation,
    decline_place,
    keep_application,
    send_application,
    set_image_consent,
    withdraw,
)
from sadzonka.visits.recruitment.forms.answering import AnswerForm, DelegationForm
from sadzonka.visits.recruitment.forms.applying import ApplicationChangeForm
from sadzonka.visits.recruitment.forms.renewing import renew
from sadzonka.visits.recruitment.queries import (
    application_with_everything,
    place_in_reserve,
    practices_to_choose,
    returned_at,
)
from sadzonka.visits.recruitment.rules import (
    can_be_accepted,
    can_be_delegated,
    can_be_withdrawn,
    is_editable,
)

ENDING = {"decline": decline_place, "withdraw": withdraw}


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.APPLICATION)
def application(request: HttpRequest, link: Link) -> HttpResponse:
    """Show where an application stands and why; while it is not sent, its form."""
    found = _application(link)
    editable = is_editable(found, returned_at(found))
    if request.method != "POST":
        return _page(request, link, found, ApplicationChangeForm.of(found) if editable else None)
    form = ApplicationChangeForm(request.POST, call=found.call, instance=_application(link))
    if not editable:
        messages.warning(request, _("Your application can no longer be edited; nothing was changed."))
        return redirect(_address("application", link))
    if not form.is_valid():
        return _page(request, link, found, form, status=422)
    try:
        if form.is_sending:
            send_application(
                application=found, revision=form.cleaned_data["revision"], answers=form.answers()
            )
            messages.success(request, _("Your application has been sent."))
        else:
            keep_application(
                application=found, revision=form.cleaned_data["revision"], answers=form.answers()
            )
            messages.success(request, _("Kept. Go on when you like, and send it before the call closes."))
    except StaleForm as stale:
        return _stale(request, link, form, stale)
    except ApplicationIsSent:
        messages.warning(request, _("Your application can no longer be edited; nothing was changed."))
    return redirect(_address("application", link))


def _stale(request: HttpRequest, link: Link, form: ApplicationChangeForm, stale: StaleForm) -> HttpResponse:
    """Keep what was typed, on top of what is stored now: saving again means it."""
    form.add_error(
        None,
        _(
            "This application was changed in another window meanwhile. What you typed here is kept: look "
            "through it and save again."
        ),
    )
    renew(form, stale.record.revision)
    return _page(request, link, _application(link), form, status=409)


def _page(
    request: HttpRequest,
    link: Link,
    found: Application,
    form: ApplicationChangeForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    titles = dict(practices_to_choose(found.call.visit))
    return render(
        request,
        "visits/recruitment/application.html",
        {
            "link": link,
            "application": found,
            "visit": found.call.visit,
            "call": found.call,
            "form": form,
            "place": place_in_reserve(found),
            "can_accept": can_be_accepted(found),
            "can_withdraw": can_be_withdrawn(found),
            "practices": [titles.get(practice, practice.slug) for practice in found.practices.all()],
        },
        status=status,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.APPLICATION)
def application_answer(request: HttpRequest, link: Link) -> HttpResponse:
    """Accept the place, decline or withdraw (asked once more), say whether pictures may be shown."""
    found = _application(link)
    answer = (request.POST if request.method == "POST" else request.GET).get("answer", "")
    if request.method != "POST":
        if answer not in ENDING or not can_be_withdrawn(found):
            return redirect(_address("application", link))
        return _ask_again(request, link, found, answer, AnswerForm())
    if answer in ENDING:
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return _ask_again(request, link, found, answer, form, status=422)
        return _end(request, link, found, answer, form.cleaned_data["reason"])
    if answer == "accept":
        _accept(request, found)
    elif answer in {"pictures-yes", "pictures-no"}:
        set_image_consent(application=found, consents=answer == "pictures-yes")
        messages.success(request, _("Noted. You may change it whenever you like."))
    else:
        messages.warning(request, _("Nothing was answered."))
    return redirect(_address("application", link))


def _ask_again(
    request: HttpRequest, link: Link, found: Application, answer: str, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "link": link,
        "application": found,
        "visit": found.call.visit,
        "answer": answer,
        "form": form,
    }
    return render(request, "visits/recruitment/ending.html", context, status=status)


def _end(request: HttpRequest, link: Link, found: Application, answer: str, reason: str) -> HttpResponse:
    try:
        ENDING[answer](application=found, reason=reason)
    except (PlaceIsNotOffered, TooLate):
        messages.warning(request, _("This is no longer possible: see below where your application stands."))
    else:
        messages.success(request, _("Noted. Thank you for telling us: somebody else can go now."))
    return redirect(_address("application", link))


def _accept(request: HttpRequest, found: Application) -> None:
    try:
        accept_place(application=found)
    except PlaceIsNotOffered:
        messages.warning(request, _("This place cannot be accepted now: see below where you stand and why."))
    else:
        messages.success(request, _("Thank you: your place is confirmed. We have written to you."))


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.DELEGATION)
def delegation(request: HttpRequest, link: Link) -> HttpResponse:
    """Let a superior confirm, with one click, that the institution sends this person."""
    found = _application(link)
    if request.method != "POST":
        form = DelegationForm(
            initial={
                "name": found.delegated_by or found.superior_name,
                "remark": found.delegation_note,
            }
        )
        return _delegation_page(request, found, form)
    form = DelegationForm(request.POST)
    if not form.is_valid():
        return _delegation_page(request, found, form, status=422)
    try:
        decide_delegation(
            application=found,
            is_confirmed=form.cleaned_data["decision"] == "confirm",
            name=form.cleaned_data["name"],
            remark=form.cleaned_data["remark"],
        )
    except TooLate:
        messages.warning(request, _("The choice has been made: this can no longer be changed here."))
    else:
        messages.success(request, _("Thank you, your answer is noted."))
    return redirect(_address("delegation", link))


def _delegation_page(
    request: HttpRequest, found: Application, form: DelegationForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "application": found,
        "visit": found.call.visit,
        "form": form,
        "can_decide": can_be_delegated(found),
    }
    return render(request, "visits/recruitment/delegation.html", context, status=status)


def _application(link: Link) -> Application:
    found = application_with_everything(link.subject_id)
    if found is None:
        raise LinkIsOver
    return found


def _address(name: str, link: Link) -> str:
    return reverse(name, args=[link.token])
