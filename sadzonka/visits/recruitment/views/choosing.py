"""The page on which participants are chosen."""

from __future__ import annotations

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sadzonka.common.revisions import StaleForm
from sadzonka.people.signed_in import person_of
from sadzonka.visits.models import Application, Call
from sadzonka.visits.recruitment.actions import ChoiceIsNotPossible, choose, let_offers_lapse
from sadzonka.visits.recruitment.forms.desk import ChoiceForm
from sadzonka.visits.recruitment.queries import applications_of, scorings_of
from sadzonka.visits.recruitment.rules import DECIDABLE, is_choosing, is_filling
from sadzonka.visits.recruitment.views.desk import call_at_desk
from sadzonka.visits.rules import may_run_visit

SHOWN = (*DECIDABLE, Application.State.CONFIRMED)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def choice(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose, put on the reserve list or refuse, each with a reason; all of it is saved or nothing."""
    call = call_at_desk(request, slug)
    if request.method == "POST" and request.POST.get("part") == "lapse":
        return _let_lapse(request, call)
    found = applications_of(call, SHOWN)
    form = _form(call, found, request)
    if request.method != "POST":
        return _page(request, call, found, form)
    if not form.is_valid():
        return _page(request, call, found, form, status=422)
    try:
        changed = choose(
            call=call,
            revision=form.of_call.cleaned_data["revision"],
            choices=form.choices(),
            by=person_of(request),
        )
    except ChoiceIsNotPossible as refusal:
        form.show(refusal.problems)
        return _page(request, call, found, form, status=422)
    except StaleForm:
        return _stale(request, slug)
    if changed:
        said = ngettext(
            "%(count)d decision is saved. Its mail waits for review.",
            "%(count)d decisions are saved. Their mails wait for review.",
            len(changed),
        )
        messages.success(request, said % {"count": len(changed)})
    else:
        messages.info(request, _("Nothing was decided otherwise than before."))
    return redirect("choice", slug)


def _form(call: Call, found: list[Application], request: HttpRequest) -> ChoiceForm:
    rows = [one for one in found if one.state in DECIDABLE]
    return ChoiceForm(call, rows, request.POST if request.method == "POST" else None)


def _stale(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what is stored now with what was typed on top of it: saving again means it."""
    call = call_at_desk(request, slug)
    found = applications_of(call, SHOWN)
    form = _form(call, found, request)
    form.renew(call)
    form.general = [
        _(
            "Somebody else has decided, or an applicant has answered, since you opened this page. Nothing "
            "was saved. What you typed is kept on top of what is stored now: look through it and save again."
        )
    ]
    return _page(request, call, found, form, status=409)


def _let_lapse(request: HttpRequest, call: Call) -> HttpResponse:
    lapsed = let_offers_lapse(call=call)
    if lapsed:
        said = ngettext(
            "%(count)d offer has lapsed; the reserve list has moved up where it could.",
            "%(count)d offers have lapsed; the reserve list has moved up where it could.",
            len(lapsed),
        )
        messages.success(request, said % {"count": len(lapsed)})
    else:
        messages.info(request, _("No offer has lapsed. The reserve list stands as it should."))
    return redirect("choice", call.visit.slug)


def _page(
    request: HttpRequest, call: Call, found: list[Application], form: ChoiceForm, *, status: int = 200
) -> HttpResponse:
    points, reviewers = scorings_of(call, found), list(call.reviewers.all())
    held = [one for one in found if one.state in Application.HOLD_A_PLACE]
    per_municipality = Counter(one.municipality_id for one in held)

    def line(application: Application) -> tuple[Application, object, int]:
        shown = points[application.pk].shown_to(request.user, reviewers)  # type: ignore[arg-type]
        return application, shown, per_municipality[application.municipality_id]

    return render(
        request,
        "visits/recruitment/choice.html",
        {
            "visit": call.visit,
            "call": call,
            "form": form,
            "rows": [(row, *line(row.application)) for row in form.rows],
            "confirmed": [line(one) for one in found if one.state == Application.State.CONFIRMED],
            "held": len(held),
            "is_choosing": is_choosing(call),
            "is_filling": is_filling(call),
            "may_write": may_run_visit(request.user),
        },
        status=status,
    )
