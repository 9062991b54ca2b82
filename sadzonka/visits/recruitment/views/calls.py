"""Writing the call of a visit."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sadzonka.common.revisions import StaleForm
from sadzonka.people.signed_in import person_of
from sadzonka.visits.models import Call, Visit
from sadzonka.visits.recruitment.actions import CallIsInUse, save_call
from sadzonka.visits.recruitment.forms.desk import CallForm, CriterionForm, criterion_forms
from sadzonka.visits.recruitment.forms.renewing import renew
from sadzonka.visits.recruitment.queries import call_of
from sadzonka.visits.recruitment.views.desk import visit_at_desk
from sadzonka.visits.rules import may_run_visit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def call_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Make or change the call of a visit."""
    visit = visit_at_desk(request, slug)
    call = call_of(visit)
    criteria = list(call.criteria.all()) if call else []
    data = request.POST if request.method == "POST" else None
    form = CallForm(data, instance=call)
    rows = criterion_forms(data, criteria)
    if data is None:
        return _page(request, visit, form, rows)
    if not all([form.is_valid(), rows.is_valid()]):
        return _page(request, visit, form, rows, status=422)
    try:
        save_call(
            visit=visit,
            revision=form.cleaned_data["revision"],
            terms=form.terms(),
            reviewers=form.cleaned_data["reviewers"],
            criteria=[row.row() for row in rows],
            by=person_of(request),
        )
    except StaleForm as stale:
        return _stale(request, visit, form, rows, stale)
    except CallIsInUse as use:
        _say_what_is_in_use(form, rows, use)
        return _page(request, visit, form, rows, status=422)
    messages.success(request, _("The call is saved."))
    return redirect("call_edit", slug)


def _stale(
    request: HttpRequest, visit: Visit, form: CallForm, rows: BaseFormSet[CriterionForm], stale: StaleForm
) -> HttpResponse:
    form.add_error(
        None,
        _(
            "Somebody else has changed this call meanwhile. What you typed is kept here: compare it with "
            "what is stored now (open this page in another tab) and save again."
        ),
    )
    renew(form, stale.record.revision)
    return _page(request, visit, form, rows, status=409)


def _say_what_is_in_use(form: CallForm, rows: BaseFormSet[CriterionForm], use: CallIsInUse) -> None:
    if use.places:
        said = ngettext("%(count)d place is held already.", "%(count)d places are held already.", use.places)
        form.add_error("places", said % {"count": use.places})
    if use.limit:
        said = ngettext(
            "%(count)d person from one municipality holds a place already.",
            "%(count)d people from one municipality hold a place already.",
            use.limit,
        )
        form.add_error("municipality_limit", said % {"count": use.limit})
    if use.criteria:
        for row in rows:
            if row.cleaned_data.get("number") in use.criteria:
                row.add_error(
                    "name", _("Points were given on this criterion: it keeps its place and its most points.")
                )
        form.add_error(None, _("A criterion on which points were given can be reworded, not removed."))


def _page(
    request: HttpRequest,
    visit: Visit,
    form: CallForm,
    rows: BaseFormSet[CriterionForm],
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "visit": visit,
        "form": form,
        "rows": rows,
        "call": _stored(form.instance),
        "may_write": may_run_visit(request.user),
    }
    return render(request, "visits/recruitment/call_edit.html", context, status=status)


def _stored(call: Call) -> Call | None:
    return call if call.pk else None
