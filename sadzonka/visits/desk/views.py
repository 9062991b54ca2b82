"""The desk: running visits, one and all, and reviewing the mails about one."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.outbox.links import without_tokens
from sadzonka.people.signed_in import person_of
from sadzonka.visits.actions import NotTheNextState, VisitIsNotReady, change_visit_state
from sadzonka.visits.desk.actions import review_mails
from sadzonka.visits.desk.board import lines_of, waiting_in
from sadzonka.visits.desk.forms import MailForm, StateForm
from sadzonka.visits.desk.queries import (
    counts_of,
    drafts_about,
    history_of,
    mails_about,
    reviewed_about,
    visits_at_desk,
)
from sadzonka.visits.desk.steps import path_of, steps_of
from sadzonka.visits.models import Visit
from sadzonka.visits.pages import at_desk
from sadzonka.visits.rules import may_read_desk, may_run_visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sadzonka.outbox.models import Mail
    from sadzonka.visits.desk.reviewing import Outcome

DRAFTS_AT_ONCE = 25
REVIEWED_ON_A_PAGE = 25


def visit_at_desk(request: HttpRequest, slug: str) -> Visit:
    """Return the visit for those who may read its desk, and for sending only to those who run it."""
    return at_desk(request, visits_at_desk().filter(slug=slug).first())


@require_safe
@never_cache
@login_required
def desks(request: HttpRequest) -> HttpResponse:
    """Show every visit by its state, with what waits for somebody."""
    if not may_read_desk(request.user):
        raise NothingHere(_("There is no page at this address."))
    visits = list(visits_at_desk())
    counts = counts_of(visits)
    order = list(Visit.State)
    rows = [(visit, waiting_in(visit, counts[visit.pk])) for visit in visits]
    rows.sort(key=lambda row: order.index(Visit.State(row[0].state)))
    return render(request, "visits/desk/list.html", {"rows": rows, "may_run": may_run_visit(request.user)})


@require_safe
@never_cache
@login_required
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where a visit stands, what may come next and what waits."""
    return _desk(request, visit_at_desk(request, slug))


def _desk(
    request: HttpRequest, visit: Visit, sent: StateForm | None = None, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "visits/desk/desk.html",
        {
            "visit": visit,
            "path": path_of(visit),
            "steps": steps_of(visit, sent),
            "sent": sent,
            "lines": lines_of(visit, counts_of([visit])[visit.pk]),
            "history": history_of(visit),
            "may_run": may_run_visit(request.user),
        },
        status=status,
    )


@require_POST
@login_required
def desk_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring the visit into its next state, or show the desk again and say why it does not go."""
    visit = visit_at_desk(request, slug)
    form = StateForm.sent(request.POST)
    if not form.is_valid():
        return _desk(request, visit, form, status=422)
    to = form.cleaned_data["to"]
    seen = copy(visit)
    seen.state = form.cleaned_data["opened_in"]
    try:
        change_visit_state(visit=seen, to=to, by=person_of(request), reason=form.cleaned_data["reason"])
    except NotTheNextState as error:
        if error.visit.state == to:  # pressed twice, or by two people
            messages.info(request, _("The visit is in this state already."))
            return redirect("desk", slug)
        form.add_error(
            None, _("The visit has changed since you opened this page. It now stands as shown here.")
        )
        return _desk(request, visits_at_desk().get(pk=visit.pk), form, status=409)
    except VisitIsNotReady as error:
        for obstacle in error.obstacles:
            form.add_error(None, obstacle)
        return _desk(request, visit, form, status=422)
    messages.success(request, _("The visit is now: %(state)s.") % {"state": Visit.State(to).label})
    return redirect("desk", slug)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def desk_mails(request: HttpRequest, slug: str) -> HttpResponse:
    """Let staff read drafted mails, change them, release or discard them; a job sends what was released."""
    visit = visit_at_desk(request, slug)
    if request.method != "POST":
        return _mails(request, visit, [MailForm(mail) for mail in drafts_about(visit)[:DRAFTS_AT_ONCE]])
    shown = mails_about(visit, request.POST.getlist("mail"))
    forms = [MailForm(mail, sent=request.POST) for mail in shown]
    if any(form.errors for form in forms):
        return _mails(request, visit, forms, status=422)
    verb, named = _wanted(request, forms)
    outcome = review_mails(
        visit=visit,
        reviewed=[form.reviewed for form in forms],
        by=person_of(request),
        release_these=named if verb == "release" else (),
        discard_these=named if verb == "discard" else (),
    )
    _tell(request, outcome)
    if outcome.stale:
        kept = {form.mail.pk: form for form in forms}
        forms = [
            MailForm.beside(mail, kept[mail.pk]) if mail in outcome.stale else MailForm(mail)
            for mail in drafts_about(visit)[:DRAFTS_AT_ONCE]
        ]
        return _mails(request, visit, forms, status=409)
    return redirect("desk_mails", slug)


def _wanted(request: HttpRequest, forms: list[MailForm]) -> tuple[str, set[int]]:
    """Return what the pressed button does, and with which mails: the ticked ones or one of them."""
    verb, _dash, number = request.POST.get("do", "").partition("-")
    if number == "ticked":
        return verb, {form.mail.pk for form in forms if form.cleaned_data["is_ticked"]}
    return verb, {form.mail.pk for form in forms if str(form.mail.pk) == number}


def _mails(request: HttpRequest, visit: Visit, forms: list[MailForm], status: int = 200) -> HttpResponse:
    page = Paginator(reviewed_about(visit), REVIEWED_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "visits/desk/mails.html",
        {
            "visit": visit,
            "forms": forms,
            "has_errors": any(form.errors for form in forms),
            "more": max(drafts_about(visit).count() - len(forms), 0),
            "texts": [(form.mail, without_tokens(form.mail.body)) for form in forms],
            "page_obj": page,
            "reviewed": [(mail, without_tokens(mail.body)) for mail in page],
            "may_run": may_run_visit(request.user),
        },
        status=status,
    )


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    """Say what became of the mails that were sent back."""
    told: list[tuple[list[Mail], int, object]] = [
        (
            outcome.released,
            messages.SUCCESS,
            ngettext_lazy("%d mail is on its way.", "%d mails are on their way."),
        ),
        (
            outcome.discarded,
            messages.SUCCESS,
            ngettext_lazy("%d mail will not be sent.", "%d mails will not be sent."),
        ),
        (
            outcome.rewritten,
            messages.SUCCESS,
            ngettext_lazy("%d changed mail was kept.", "%d changed mails were kept."),
        ),
        (
            outcome.too_late,
            messages.WARNING,
            ngettext_lazy(
                "%d mail had been decided already, perhaps by somebody else. Nothing was sent twice.",
                "%d mails had been decided already, perhaps by somebody else. Nothing was sent twice.",
            ),
        ),
        (
            outcome.stale,
            messages.ERROR,
            ngettext_lazy(
                "%d mail was changed by somebody else while you had it open. Compare both texts below.",
                "%d mails were changed by somebody else while you had them open. Compare the texts below.",
            ),
        ),
    ]
    for mails, level, words in told:
        if mails:
            messages.add_message(request, level, str(words % len(mails)))  # type: ignore[operator]
    if not any(mails for mails, _level, _words in told):
        messages.info(request, _("Nothing was ticked and nothing was changed."))
