"""The agenda for those who travel, the requests to its hosts, and the page on which a host answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.outbox.links import LinkIsOver
from sadzonka.outbox.models import Link
from sadzonka.outbox.pages import behind_link
from sadzonka.people.signed_in import person_of
from sadzonka.visits.agenda.actions import (
    HostCannotBeAsked,
    HostIsNotAsked,
    ItemHasChanged,
    ask_hosts,
    reply_as_host,
)
from sadzonka.visits.agenda.exports import calendar_of
from sadzonka.visits.agenda.forms import AskForm, ReplyForm
from sadzonka.visits.agenda.queries import (
    agenda_of,
    contradictions_of,
    days_of,
    item_for_its_host,
    people_expected,
    visit_of,
)
from sadzonka.visits.agenda.replies import (
    confirmations,
    fingerprint,
    is_for_a_host,
    is_still_asked,
    reply_now,
)
from sadzonka.visits.agenda.rules import may_read_agenda, may_take_calendar
from sadzonka.visits.agenda.words import sentence
from sadzonka.visits.models import AgendaItem, Visit
from sadzonka.visits.queries import announced_visits
from sadzonka.visits.rules import may_read_desk, may_run_visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest

    from sadzonka.people.models import Person


def _visit_for(
    request: HttpRequest, slug: str, may: Callable[[Person | AnonymousUser, Visit], bool]
) -> Visit:
    visit = visit_of(slug)
    if visit is None or not may(request.user, visit):
        raise NothingHere(_("There is no visit at this address."), list(announced_visits()[:3]))
    return visit


@never_cache
@require_safe
@login_required
def visit_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    visit = _visit_for(request, slug, may_read_agenda)
    items, is_desk = agenda_of(visit), may_read_desk(request.user)
    found = contradictions_of(visit, items) if is_desk else []
    return render(
        request,
        "visits/agenda/agenda.html",
        {
            "visit": visit,
            "days": days_of(items, found),
            "problems": [sentence(one) for one in found],
            "confirmations": confirmations(items),
            "is_desk": is_desk,
            "may_run": may_run_visit(request.user),
            "has_sheets": not is_desk or may_run_visit(request.user),
        },
    )


@require_safe
def visit_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    visit = _visit_for(request, slug, may_take_calendar)
    answer = HttpResponse(calendar_of(visit, agenda_of(visit)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{visit.slug}.ics"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def host_requests(request: HttpRequest, slug: str) -> HttpResponse:
    is_asking = request.method == "POST"
    visit = _visit_for(
        request, slug, lambda person, _visit: (may_run_visit if is_asking else may_read_desk)(person)
    )
    items = [item for item in agenda_of(visit) if is_for_a_host(item)]
    form = AskForm(request.POST if is_asking else None, items=items)
    if form.is_valid():
        try:
            mails = ask_hosts(visit=visit, items=form.cleaned_data["items"], by=person_of(request))
        except HostCannotBeAsked as refusal:
            form.add_error("items", f"{refusal.item}: {refusal.obstacle}")
        else:
            messages.success(request, _drafted(len(mails)))
            return redirect("host_requests", visit.slug)
    days = days_of(items)
    return render(
        request,
        "visits/agenda/hosts.html",
        {
            "visit": visit,
            "days": days,
            "can_be_asked": any(not slot.obstacle for day in days for slot in day.slots),
            "confirmations": confirmations(items),
            "form": form,
            "may_run": may_run_visit(request.user),
        },
        status=422 if form.errors else 200,
    )


def _drafted(count: int) -> str:
    return ngettext(
        "%(count)d mail is written. It is sent when somebody has reviewed it.",
        "%(count)d mails are written. They are sent when somebody has reviewed them.",
        count,
    ) % {"count": count}


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.HOSTING)
def hosting(request: HttpRequest, link: Link) -> HttpResponse:
    item = item_for_its_host(link.subject_id)
    if item is None or not is_still_asked(item):
        raise LinkIsOver
    if request.method != "POST":
        return _hosting_page(request, link, item, ReplyForm(initial=_last_reply(item)))
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _hosting_page(request, link, item, form, status=422)
    try:
        reply_as_host(item=item, **form.cleaned_data)
    except HostIsNotAsked:
        raise LinkIsOver from None
    except ItemHasChanged:
        form = ReplyForm({**request.POST.dict(), "seen": fingerprint(item)})
        form.add_error(
            None, _("The plan has changed while this page was open. Look at it again, then answer once more.")
        )
        return _hosting_page(request, link, item, form, status=409)
    return redirect("hosting", link.token)


def _last_reply(item: AgendaItem) -> dict[str, str]:
    """Return what the form of an item says when it is opened: the last answer, to be changed."""
    last = {"reply": reply_now(item), "name": item.host_replied_by, "note": item.host_note}
    return {"seen": fingerprint(item), **last}


def _hosting_page(
    request: HttpRequest, link: Link, item: AgendaItem, form: ReplyForm, *, status: int = 200
) -> HttpResponse:
    project = item.visit.project
    return render(
        request,
        "visits/agenda/hosting.html",
        {
            "token": link.token,
            "item": item,
            "visit": item.visit,
            "expected": people_expected(item.visit),
            "reply": reply_now(item),
            "form": form,
            "marks": project.programme.marks.all() if project else [],
        },
        status=status,
    )
