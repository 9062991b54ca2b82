"""Who was there: an overview, a list for each agenda item, and the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.documents import paper
from sadzonka.common.pages import NothingHere
from sadzonka.people.signed_in import person_of
from sadzonka.visits.attendance import papers
from sadzonka.visits.attendance.actions import note_attendance
from sadzonka.visits.attendance.forms import AttendanceForm
from sadzonka.visits.attendance.queries import (
    application_called,
    attended_by,
    attendees,
    items_called,
    items_of,
    noted_on,
    participants_of,
    sittings,
    visit_of_papers,
)
from sadzonka.visits.attendance.rules import (
    has_certificates,
    may_note_attendance,
    may_read_attendance,
    may_read_certificate,
)
from sadzonka.visits.rules import may_read_desk, may_see_visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sadzonka.visits.models import AgendaItem, Visit


def _readable_visit(request: HttpRequest, slug: str) -> Visit:
    visit = visit_of_papers(slug)
    if visit is None or not may_read_attendance(request.user, visit):
        raise NothingHere(_("There is no visit at this address."))
    return visit


@login_required
@never_cache
@require_safe
def attendance(request: HttpRequest, slug: str) -> HttpResponse:
    visit = _readable_visit(request, slug)
    items, participants, noted = list(items_of(visit)), participants_of(visit), noted_on(visit)
    return render(
        request,
        "visits/attendance/overview.html",
        {
            "visit": visit,
            "sittings": sittings(items, participants, noted),
            "attendees": attendees(items, participants, noted),
            "has_certificates": has_certificates(visit) and True in noted.values(),
        },
    )


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_item(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    visit = _readable_visit(request, slug)
    items = list(items_of(visit))
    item = next((one for one in items if one.key == key), None)
    may_note = may_note_attendance(request.user, visit)
    if item is None or (request.method == "POST" and not may_note):
        raise NothingHere(_("There is no such agenda item on this visit."))
    participants = participants_of(visit)
    form = AttendanceForm(
        request.POST if request.method == "POST" else None,
        participants=participants,
        noted={who: was for (of, who), was in noted_on(visit).items() if of == item.pk},
    )
    if form.is_valid():
        changed = note_attendance(
            item=item,
            by=person_of(request),
            noted=form.noted(),
            others_present="others_present" in request.POST,
        )
        messages.success(request, _what_was_noted(changed))
        return redirect("attendance_item", visit.slug, item.key)
    return render(
        request,
        "visits/attendance/item.html",
        {"visit": visit, "item": item, "form": form, "may_note": may_note, **_neighbours(items, item)},
        status=422 if form.is_bound else 200,
    )


def _what_was_noted(changed: int) -> str:
    if not changed:
        return _("Nothing was changed.")
    return ngettext(
        "Saved: %(count)s participant noted.", "Saved: %(count)s participants noted.", changed
    ) % {"count": changed}


def _neighbours(items: list[AgendaItem], item: AgendaItem) -> dict[str, AgendaItem | None]:
    place = items.index(item)
    return {
        "previous": items[place - 1] if place else None,
        "next": items[place + 1] if place + 1 < len(items) else None,
    }


@login_required
@never_cache
@require_safe
def attendance_list(request: HttpRequest, slug: str, which: str) -> HttpResponse:
    visit = _readable_visit(request, slug)
    items, participants = items_called(visit, which), participants_of(visit)
    if not items or not participants:
        raise NothingHere(_("There is nothing to sign: no agenda item of this day, or no participant yet."))
    content = papers.attendance_list(visit, items, participants)
    return paper(content, name=f"attendance-{slug}-{which}.pdf")


@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of_papers(slug)
    if visit is None or not may_see_visit(request.user, visit):
        raise NothingHere(_("There is no visit at this address."))
    items = items_of(visit).prefetch_related("speakers")
    return paper(papers.programme(visit, items), name=f"programme-{slug}.pdf")


@login_required
@never_cache
@require_safe
def certificate(request: HttpRequest, slug: str, reference: str) -> HttpResponse:
    visit = visit_of_papers(slug)
    application = application_called(visit, reference) if visit else None
    if visit is None or application is None or not may_read_certificate(request.user, application):
        raise NothingHere(_("There is no certificate at this address."))
    attended = attended_by([application], visit) if has_certificates(visit) else []
    if not attended:
        raise NothingHere(
            _("There is no certificate yet: it is made when the visit is over, of what was attended.")
        )
    content = papers.certificates(visit, attended, _wanted_language(request))
    return paper(content, name=f"certificate-{reference}.pdf")


@login_required
@never_cache
@require_safe
def certificates(request: HttpRequest, slug: str) -> HttpResponse:
    visit = visit_of_papers(slug)
    if visit is None or not may_read_desk(request.user):
        raise NothingHere(_("There is no visit at this address."))
    attended = attended_by(participants_of(visit), visit) if has_certificates(visit) else []
    if not attended:
        raise NothingHere(
            _("There are no certificates yet: they are made when the visit is over, of what was attended.")
        )
    content = papers.certificates(visit, attended, _wanted_language(request))
    return paper(content, name=f"certificates-{slug}.pdf")


def _wanted_language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""
