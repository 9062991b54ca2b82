"""Pages on which people declare and withdraw their municipality's interest in a practice or an idea."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sadzonka.common.pages import NothingHere
from sadzonka.people.signed_in import person_of
from sadzonka.practices.ideas.actions import NoInterestStands, declare_interest, withdraw_interest
from sadzonka.practices.ideas.forms import InterestForm, WithdrawForm
from sadzonka.practices.ideas.queries import idea_whole, interests_declared_by, interests_with_reasons
from sadzonka.practices.ideas.rules import may_read_reasons, may_see_idea
from sadzonka.practices.queries import shown_versions, similar_slugs

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sadzonka.practices.models import Idea, Practice


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    version = shown_versions().filter(practice__slug=slug).first()
    if version is None:
        raise NothingHere(_("There is no practice at this address."), similar_slugs(slug))
    text = version.text_in()
    return _interest_page(request, version.practice, text.title if text else slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def idea_interest(request: HttpRequest, pk: int) -> HttpResponse:
    idea = idea_whole(pk)
    if idea is None or not may_see_idea(request.user, idea):
        raise NothingHere(_("There is no idea at this address."))
    return _interest_page(request, idea, idea.title)


def _interest_page(request: HttpRequest, subject: Practice | Idea, title: str) -> HttpResponse:
    if request.method == "POST" and "withdraw" in request.POST:
        return _withdrawn(request, subject)
    is_sent = request.method == "POST"
    form = InterestForm(request.POST if is_sent else None, person=person_of(request))
    if form.is_valid():
        declare_interest(subject=subject, person=person_of(request), **form.cleaned_data)
        messages.success(request, _("Thank you: the interest is declared."))
        return redirect(subject)
    return render(
        request,
        "practices/ideas/interest.html",
        {
            "subject": subject,
            "title": title,
            "form": form,
            "own": interests_declared_by(person_of(request), subject),
            "everybody": interests_with_reasons(subject) if may_read_reasons(request.user) else None,
        },
        status=422 if is_sent else 200,
    )


def _withdrawn(request: HttpRequest, subject: Practice | Idea) -> HttpResponse:
    form = WithdrawForm(request.POST, person=person_of(request))
    if form.is_valid():
        try:
            withdraw_interest(subject=subject, person=person_of(request), **form.cleaned_data)
        except NoInterestStands:
            messages.info(request, _("The interest had been withdrawn before."))
        else:
            messages.success(request, _("The interest is withdrawn."))
    return redirect(subject)
