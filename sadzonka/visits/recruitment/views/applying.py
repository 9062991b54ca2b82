"""Applying for a visit without an account."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sadzonka.common.once import FormSentOnce
from sadzonka.common.pages import NothingHere
from sadzonka.visits.models import Call
from sadzonka.visits.queries import announced_visits
from sadzonka.visits.recruitment.actions import CallIsClosed, TooManyApplications, start_application
from sadzonka.visits.recruitment.forms.applying import NewApplicationForm
from sadzonka.visits.recruitment.queries import call_of, visit_with_call
from sadzonka.visits.recruitment.rules import is_open
from sadzonka.visits.rules import may_see_visit


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form while the call is open, else say when it opens or that it has closed."""
    visit = visit_with_call(slug)
    call = call_of(visit) if visit else None
    if visit is None or call is None or not may_see_visit(request.user, visit):
        raise NothingHere(_("Nobody is looked for at this address."), list(announced_visits()[:3]))
    if not is_open(call) or request.GET.get("written"):
        return _page(request, call, None)
    if request.method != "POST":
        return _page(request, call, NewApplicationForm.fresh(call=call))
    form = NewApplicationForm(request.POST, call=call)
    if not form.is_valid():
        return _page(request, call, form, status=422)
    if not form.is_trap_sprung:
        try:
            start_application(
                call=call,
                nonce=form.cleaned_data["nonce"],
                email=form.cleaned_data["email"],
                answers=form.answers(),
                is_sent=form.is_sending,
                language=get_language() or settings.LANGUAGE_CODE,
                address=request.META["REMOTE_ADDR"],
            )
        except TooManyApplications:
            form.add_error(None, _("Many applications came from here within an hour. Please try later."))
            return _page(request, call, form, status=429)
        except CallIsClosed:
            return _page(request, call, None)
    return redirect(f"{request.path}?written=1")


def _page(request: HttpRequest, call: Call, form: FormSentOnce | None, *, status: int = 200) -> HttpResponse:
    return render(
        request,
        "visits/recruitment/apply.html",
        {
            "visit": call.visit,
            "call": call,
            "form": form,
            "is_written": bool(request.GET.get("written")),
            "is_yet_to_open": timezone.now() < call.opens_at,
            "marks": call.visit.project.programme.marks.all() if call.visit.project else [],
        },
        status=status,
    )
