"""Ideas: the list, one idea, writing and moderating."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.once import renewed
from sadzonka.common.pages import NothingHere
from sadzonka.common.revisions import StaleForm
from sadzonka.people.rules import may_see_drafts
from sadzonka.people.signed_in import person_of
from sadzonka.practices.ideas.actions import edit_idea, hide_idea, show_idea, turn_into_practice, write_idea
from sadzonka.practices.ideas.forms import EditIdeaForm, HideIdeaForm, NewIdeaForm, PracticeOfIdeaForm
from sadzonka.practices.ideas.queries import (
    idea_whole,
    ideas_listed,
    interested_in,
    interests_declared_by,
)
from sadzonka.practices.ideas.rules import may_edit_idea, may_moderate_ideas, may_see_idea
from sadzonka.practices.models import Idea

if TYPE_CHECKING:
    from django.http import HttpRequest

    from sadzonka.common.once import FormOfRevision

IDEAS_PER_PAGE = 20
CHANGED_MEANWHILE = gettext_lazy(
    "Somebody has changed this idea since you opened the form. Look at it again; then save once more."
)


@require_safe
def idea_list(request: HttpRequest) -> HttpResponse:
    became = request.GET.get("became", "")
    became = became if became in {"practice", "idea"} else ""
    page = Paginator(ideas_listed(became), IDEAS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "practices/ideas/list.html", {"found": page, "became": became})


@require_safe
def idea(request: HttpRequest, pk: int) -> HttpResponse:
    found = _idea_or_404(request, pk)
    return render(
        request,
        "practices/ideas/idea.html",
        {
            "idea": found,
            "interested": interested_in(found),
            "own_interests": interests_declared_by(request.user, found),
            "may_edit": may_edit_idea(request.user, found),
            "may_moderate": may_moderate_ideas(request.user),
        },
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def idea_new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        form = NewIdeaForm.fresh(person=person_of(request), initial={"language": get_language()})
        return render(request, "practices/ideas/new.html", {"form": form})
    form = NewIdeaForm(request.POST, person=person_of(request))
    if not form.is_valid():
        return render(request, "practices/ideas/new.html", {"form": form}, status=422)
    written = write_idea(nonce=form.cleaned_data["nonce"], author=person_of(request), **form.words())
    if any(getattr(written, name) != value for name, value in form.words().items()):
        return _sent_again(request, written)
    return redirect(written)


def _sent_again(request: HttpRequest, written: Idea) -> HttpResponse:
    """Show what somebody typed into a form that was sent before, so that it can change what was written."""
    form = EditIdeaForm(renewed(request.POST, written), person=person_of(request), idea=written)
    form.add_error(None, _("You have sent this form before. Save again to put this in place of it."))
    return render(request, "practices/ideas/edit.html", {"form": form, "idea": written}, status=409)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def idea_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _idea_or_404(request, pk)
    if not may_edit_idea(request.user, found):
        raise NothingHere(_("This idea cannot be changed."))
    if request.method != "POST":
        form = EditIdeaForm.opened(found, person=person_of(request))
        return render(request, "practices/ideas/edit.html", {"form": form, "idea": found})
    form = EditIdeaForm(request.POST, person=person_of(request), idea=found)
    if not form.is_valid():
        return render(request, "practices/ideas/edit.html", {"form": form, "idea": found}, status=422)
    try:
        edit_idea(idea=found, by=person_of(request), revision=form.cleaned_data["revision"], **form.words())
    except StaleForm as stale:
        form = EditIdeaForm(renewed(request.POST, stale.record), person=person_of(request), idea=found)
        form.add_error(None, CHANGED_MEANWHILE)
        context = {"form": form, "idea": found, "now": stale.record}
        return render(request, "practices/ideas/edit.html", context, status=409)
    return redirect(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def idea_hide(request: HttpRequest, pk: int) -> HttpResponse:
    found = _moderated_or_404(request, pk)
    if request.method == "POST" and "show" in request.POST:
        return redirect(show_idea(idea=found, by=person_of(request)))
    sent = request.POST if request.method == "POST" else None
    form = HideIdeaForm(sent, initial={"revision": found.revision, "reason": found.hidden_reason})
    if form.is_valid():
        try:
            hide_idea(idea=found, by=person_of(request), **form.cleaned_data)
        except StaleForm as stale:
            form = HideIdeaForm(renewed(request.POST, stale.record))
            return _decision(request, "hide", found, form, status=409)
        return redirect(found)
    return _decision(request, "hide", found, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def idea_practice(request: HttpRequest, pk: int) -> HttpResponse:
    found = _moderated_or_404(request, pk)
    if not may_moderate_ideas(request.user):  # a controller would find a form that is not for them
        raise NothingHere(_("There is no idea at this address."))
    sent = request.POST if request.method == "POST" else None
    form = PracticeOfIdeaForm(sent, initial={"revision": found.revision, "practice": found.practice_id})
    if form.is_valid():
        try:
            turn_into_practice(idea=found, by=person_of(request), **form.chosen())
        except StaleForm as stale:
            form = PracticeOfIdeaForm(renewed(request.POST, stale.record))
            return _decision(request, "practice", found, form, status=409)
        return redirect(found)
    return _decision(request, "practice", found, form)


def _decision(
    request: HttpRequest, name: str, found: Idea, form: FormOfRevision, status: int = 200
) -> HttpResponse:
    if status == HTTPStatus.CONFLICT:
        form.add_error(None, CHANGED_MEANWHILE)
    elif form.is_bound:
        status = 422
    context = {"idea": found, "form": form, "may_moderate": may_moderate_ideas(request.user)}
    return render(request, f"practices/ideas/{name}.html", context, status=status)


def _idea_or_404(request: HttpRequest, pk: int) -> Idea:
    found = idea_whole(pk)
    if found is None or not may_see_idea(request.user, found):
        raise NothingHere(_("There is no idea at this address."), list(ideas_listed()[:3]))
    return found


def _moderated_or_404(request: HttpRequest, pk: int) -> Idea:
    """Return an idea for staff; controllers read what staff can do, and do nothing."""
    found = _idea_or_404(request, pk)
    may_come = may_moderate_ideas(request.user) if request.method == "POST" else may_see_drafts(request.user)
    if not may_come:
        raise NothingHere(_("There is no idea at this address."))
    return found
