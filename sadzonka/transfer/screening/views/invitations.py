"""The invitation list of a screening: drafting it, changing it by hand, taking it along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sadzonka.common.once import renewed
from sadzonka.common.pages import NothingHere
from sadzonka.common.revisions import StaleForm
from sadzonka.common.tables import csv_answer
from sadzonka.people.signed_in import person_of
from sadzonka.transfer.screening.actions.invitations import IsOnTheList, add_by_hand, draft_list, keep_list
from sadzonka.transfer.screening.door import screening_or_404
from sadzonka.transfer.screening.exports import invitation_rows
from sadzonka.transfer.screening.forms import AddForm, DraftForm, ListForm
from sadzonka.transfer.screening.queries import invitation_list_of, invitations_of, outcome_found
from sadzonka.transfer.screening.rules import may_invite

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sadzonka.transfer.models import InvitationList, Screening


def _changed_meanwhile() -> str:
    return _(
        "Somebody has changed the list since you opened the form. What you typed is still here: "
        "look in another tab at what the list says now, then send again if yours is to hold."
    )


def _finished_or_404(request: HttpRequest, number: int) -> Screening:
    found = screening_or_404(request, number)
    if found.state != found.State.DONE:
        raise NothingHere(_("Nobody can be invited yet: the screening has found nothing so far."))
    return found


def _list_or_404(request: HttpRequest, number: int) -> tuple[Screening, InvitationList]:
    found = _finished_or_404(request, number)
    present = invitation_list_of(found)
    if present is None:
        raise NothingHere(_("No invitation list has been drafted from this screening yet."))
    return found, present


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def invitation_list(request: HttpRequest, number: int) -> HttpResponse:
    """Show the list, or how it can be drafted; keep what was changed by hand."""
    found = _finished_or_404(request, number)
    present = invitation_list_of(found)
    if request.method != "POST":
        return _page(request, found, present)
    if present is None:
        raise NothingHere(_("No invitation list has been drafted from this screening yet."))
    form = ListForm(request.POST, present=present, invitations=invitations_of(present))
    if not form.is_valid():
        is_stale = form.data.get("revision") not in {None, str(present.revision)}
        return _changed(request, found, present) if is_stale else _page(request, found, present, form=form)
    try:
        keep_list(
            invitation_list=present,
            revision=form.cleaned_data["revision"],
            visit=form.cleaned_data["visit"],
            note=form.cleaned_data["note"],
            entries=form.entries(),
            by=person_of(request),
        )
    except StaleForm:
        return _changed(request, found, present)
    messages.success(request, _("The list is kept. Nothing was sent."))
    return redirect(present)


def _changed(request: HttpRequest, found: Screening, present: InvitationList) -> HttpResponse:
    """Show what the list says now; what was typed for municipalities that still stand on it is kept."""
    present.refresh_from_db()
    again = ListForm.reopened(request.POST, present=present, invitations=invitations_of(present))
    again.add_error(None, _changed_meanwhile())
    return _page(request, found, present, form=again, status=409)


@require_POST
@login_required
def invitation_draft(request: HttpRequest, number: int) -> HttpResponse:
    """Draft the list; one that is there is replaced only when that is confirmed."""
    found = _finished_or_404(request, number)
    present, outcome = invitation_list_of(found), outcome_found(found)
    if outcome is None:
        raise NothingHere(_("Nobody can be invited yet: the screening has found nothing so far."))
    form = DraftForm(request.POST, bands=outcome.bands, present=present)
    if present is not None and form.data.get("revision") == "0":
        messages.info(request, _("The list has been drafted already. It stands below."))
        return redirect(present)
    if not form.is_valid():
        return _page(request, found, present, drafting=form)
    try:
        drafted = draft_list(
            screening=found, revision=form.cleaned_data["revision"], wish=form.wish(), by=person_of(request)
        )
    except StaleForm as stale:
        again = DraftForm(renewed(request.POST, stale.record), bands=outcome.bands, present=present)
        again.add_error(None, _changed_meanwhile())
        return _page(request, found, present, drafting=again, status=409)
    messages.success(request, _("The list is drafted. Read the reasons and change them; nothing was sent."))
    return redirect(drafted)


@require_POST
@login_required
def invitation_add(request: HttpRequest, number: int) -> HttpResponse:
    """Put a municipality on the list by hand."""
    found, present = _list_or_404(request, number)
    form = AddForm(request.POST, screening=found)
    if not form.is_valid():
        return _page(request, found, present, adding=form)
    try:
        add_by_hand(
            invitation_list=present,
            revision=form.cleaned_data["revision"],
            municipality=form.cleaned_data["place"],
            reason=form.cleaned_data["reason"],
            by=person_of(request),
        )
    except IsOnTheList:
        form.add_error("place", _("This municipality is on the list already."))
        return _page(request, found, present, adding=form)
    except StaleForm as stale:
        again = AddForm(renewed(request.POST, stale.record), screening=found)
        again.add_error(None, _changed_meanwhile())
        return _page(request, found, present, adding=again, status=409)
    messages.success(request, _("The municipality is on the list. Nothing was sent."))
    return redirect(present)


@require_safe
@never_cache
@login_required
def invitation_table(request: HttpRequest, number: int) -> HttpResponse:
    """Send the list as a table."""
    found, present = _list_or_404(request, number)
    rows = invitation_rows(found, invitations_of(present))
    return csv_answer(rows, name=f"invitations-{number}.csv")


def _page(
    request: HttpRequest, found: Screening, present: InvitationList | None, status: int = 200, **sent: Any
) -> HttpResponse:
    """Show the list with its forms; `sent` is the one that was sent and stays as it was typed."""
    forms: dict[str, Any] = {"form": None, "drafting": None, "adding": None}
    invitations = invitations_of(present) if present else []
    if may_invite(request.user):
        outcome = outcome_found(found)
        forms["drafting"] = DraftForm(bands=outcome.bands, present=present) if outcome else None
        if present:
            forms["form"] = ListForm(present=present, invitations=invitations)
            forms["adding"] = AddForm(initial={"revision": present.revision}, screening=found)
    forms |= {name: form for name, form in sent.items() if form is not None}
    if status == 200 and any(form is not None and form.errors for form in sent.values()):  # noqa: PLR2004
        status = 422
    return render(
        request,
        "transfer/screening/invitations.html",
        {
            "screening": found,
            "text": found.version.text_in(),
            "list": present,
            "invitations": invitations,
            "failed": next((form for form in sent.values() if form is not None and form.errors), None),
            **forms,
        },
        status=status,
    )
