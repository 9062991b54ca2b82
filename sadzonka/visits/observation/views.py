"""Sheets on the way, the evening's debrief, and the agreed text that everybody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.common.revisions import StaleForm
from sadzonka.people.rules import is_staff_member, may_see_drafts
from sadzonka.people.signed_in import person_of
from sadzonka.practices.actions import VersionInPreparation
from sadzonka.practices.ideas.rules import may_see_idea
from sadzonka.practices.rules import may_start_version
from sadzonka.visits.models import AgendaItem, Debrief, Sheet
from sadzonka.visits.observation import actions
from sadzonka.visits.observation.forms import DebriefForm, IdeaOfDebriefForm, SheetForm
from sadzonka.visits.observation.queries import (
    Merged,
    debrief_of,
    item_to_observe,
    merged,
    observed_items,
    observer_count,
    other_items_of_host,
    own_sheet,
    shared_notes,
    sheet_counts,
    visit_to_observe,
    with_questions_no_longer_asked,
)
from sadzonka.visits.observation.questions import Chapter, chapters_of
from sadzonka.visits.observation.rules import is_closed, may_make_use, may_read_agreed, may_reopen
from sadzonka.visits.rules import may_agree, may_observe

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

CONFLICT, INVALID = 409, 422


def _item_or_404(request: HttpRequest, slug: str, key: str) -> AgendaItem:
    item = item_to_observe(slug, key)
    if item is None or not may_observe(request.user, item.visit):
        raise NothingHere(_("There is nothing at this address that you could observe."))
    return item


def _debrief_begun(item: AgendaItem) -> Debrief | None:
    return getattr(item, "debrief", None)


# --- sheets


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sheet(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show somebody their own sheet, never anybody else's, and store what they wrote."""
    item = _item_or_404(request, slug, key)
    own = own_sheet(item, person_of(request))
    chapters = with_questions_no_longer_asked(chapters_of(item), own.notes.all() if own else ())
    if request.method != "POST":
        is_fixed = is_closed(_debrief_begun(item)) and own is not None and own.is_shared
        return _sheet_page(request, item, own, SheetForm.opened(own, chapters, is_closed=is_fixed))
    form = SheetForm(request.POST, chapters=chapters)
    if not form.is_valid():
        return _sheet_page(request, item, own, form, status=INVALID)
    return _store_sheet(request, item, own, form)


def _store_sheet(request: HttpRequest, item: AgendaItem, own: Sheet | None, form: SheetForm) -> HttpResponse:
    was_shared = own is not None and own.is_shared
    wish = request.POST.get("then")
    try:
        stored = actions.save_sheet(
            item=item,
            author=person_of(request),
            revision=form.cleaned_data["revision"],
            language=form.cleaned_data["language"],
            notes=form.notes(),
            is_shared=wish == "share" or (was_shared and wish != "unshare"),
        )
    except StaleForm as stale:
        form.go_on_from(stale.record.revision, cast("Sheet", stale.record).notes.all())
        form.add_error(
            None,
            _(
                "This sheet was saved in another window meanwhile. Nothing that you typed here"
                " is lost: compare it with what is saved now, then save again."
            ),
        )
    except actions.DebriefIsAgreed:
        form.add_error(
            None,
            _(
                "The text about this item has been agreed: what is shared stays as it is. Ask"
                " whoever leads the debrief to reopen it, or keep your notes to yourself."
            ),
        )
    else:
        messages.success(
            request,
            _("Saved, and shared with everybody on this visit.")
            if stored.is_shared
            else _("Saved. Nobody but you can read it."),
        )
        return redirect("sheet", item.visit.slug, item.key)
    return _sheet_page(request, item, own, form, status=CONFLICT)


def _sheet_page(
    request: HttpRequest, item: AgendaItem, own: Sheet | None, form: SheetForm, status: int = 200
) -> HttpResponse:
    context = {
        "visit": item.visit,
        "item": item,
        "sheet": own,
        "form": form,
        "chapters": list(form.rows()),
        "is_closed": is_closed(_debrief_begun(item)),
    }
    return render(request, "visits/observation/sheet.html", context, status=status)


# --- debriefs


@never_cache
@require_safe
@login_required
def debriefs(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the evening's page: every item, how many sheets there are, what was agreed."""
    visit = visit_to_observe(slug)
    if visit is None or not may_observe(request.user, visit):
        raise NothingHere(_("There is nothing at this address that you could observe."))
    context = {
        "visit": visit,
        "items": observed_items(visit, person_of(request)),
        "may_agree": may_agree(request.user, visit),
    }
    return render(request, "visits/observation/debriefs.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def debrief(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show what everybody saw side by side; whoever leads the debrief writes the agreed text below it."""
    item = _item_or_404(request, slug, key)
    leads = may_agree(request.user, item.visit)
    if request.method == "POST" and not leads:
        raise NothingHere(_("There is nothing at this address that you could change."))
    found, notes = debrief_of(item), list(shared_notes(item))
    written = [*notes, *(found.statements.all() if found else ())]
    answers = merged(with_questions_no_longer_asked(chapters_of(item), written), notes, found)
    if request.method != "POST":
        is_written = leads and not is_closed(found)
        return _debrief_page(
            request, item, found, answers, DebriefForm.opened(found, answers) if is_written else None
        )
    form = DebriefForm(request.POST, merged=answers)
    if not form.is_valid():
        return _debrief_page(request, item, found, answers, form, status=INVALID)
    return _store_debrief(request, item, found, answers, form)


def _store_debrief(
    request: HttpRequest,
    item: AgendaItem,
    found: Debrief | None,
    answers: list[Merged],
    form: DebriefForm,
) -> HttpResponse:
    status = CONFLICT
    try:
        stored = actions.save_debrief(
            item=item,
            by=person_of(request),
            revision=form.cleaned_data["revision"],
            language=form.cleaned_data["language"],
            statements=form.statements(),
            is_agreed=request.POST.get("then") == "agree",
        )
    except StaleForm as stale:
        form.go_on_from(stale.record.revision, cast("Debrief", stale.record).statements.all())
        form.add_error(
            None,
            _(
                "This debrief has changed since you opened it: somebody saved it, or stopped"
                " sharing a sheet. Nothing that you typed here is lost: compare it with what"
                " is saved now, then save again."
            ),
        )
    except actions.DebriefIsAgreed:
        form.add_error(
            None,
            _(
                "Meanwhile the text was agreed, so this was not saved. Keep what you typed, and reopen the"
                " debrief in another window."
            ),
        )
    except actions.NothingIsWrittenYet:
        status = INVALID
        form.add_error(None, _("Write at least one statement before it can be agreed."))
    else:
        messages.success(
            request,
            _("Agreed. Everybody can read the text now, without names.")
            if stored.is_agreed
            else _("Saved. It is not agreed yet."),
        )
        return redirect("debrief", item.visit.slug, item.key)
    return _debrief_page(request, item, found, answers, form, status=status)


def _debrief_page(
    request: HttpRequest,
    item: AgendaItem,
    found: Debrief | None,
    answers: list[Merged],
    form: DebriefForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    begun_count, shared_count = sheet_counts(item)
    context = {
        "visit": item.visit,
        "item": item,
        "debrief": found,
        "form": form,
        "chapters": list(form.rows()) if form else [],
        "merged": answers,
        "contradiction_count": sum(one.contradiction_count for one in answers),
        "leads": may_agree(request.user, item.visit),
        "begun_count": begun_count,
        "shared_count": shared_count,
        "others": other_items_of_host(item),
        **(_use_of(request, item, found) if found and found.is_agreed else {}),
    }
    return render(request, "visits/observation/debrief.html", context, status=status)


def _use_of(request: HttpRequest, item: AgendaItem, found: Debrief) -> dict[str, Any]:
    """Return what became of an agreed text, and what this reader may still make of it."""
    practice = found.practice
    newest = next(iter(practice.versions.all()), None) if practice else None
    shown = [one for practice in item.practices.all() for one in practice.shown_versions]
    return {
        "may_reopen": may_reopen(request.user, found),
        "may_make_use": may_make_use(request.user, found),
        "newest": newest,
        "may_see_drafts": may_see_drafts(request.user),
        "is_staff": is_staff_member(request.user),
        "renewable": shown if may_start_version(request.user) else [],
        "idea": found.idea if found.idea and may_see_idea(request.user, found.idea) else None,
    }


def _debrief_to_lead(request: HttpRequest, slug: str, key: str) -> tuple[AgendaItem, Debrief]:
    item = item_to_observe(slug, key)
    found = debrief_of(item) if item and may_agree(request.user, item.visit) else None
    if item is None or found is None:
        raise NothingHere(_("There is no debrief at this address that you could lead."))
    return item, found


@require_POST
@login_required
def reopen(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    _item, found = _debrief_to_lead(request, slug, key)
    try:
        actions.reopen_debrief(debrief=found, by=person_of(request))
    except actions.DebriefIsUsed:
        messages.error(request, _("A card or an idea was made of this text: it is not opened again."))
    else:
        messages.success(request, _("The debrief is open again. The public no longer sees the text."))
    return redirect("debrief", slug, key)


# --- what becomes of an agreed text


@require_POST
@login_required
def make_card(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Make a draft card of an agreed text, or start a new version of the card of a practice seen there."""
    item, found = _debrief_to_lead(request, slug, key)
    person, wanted = person_of(request), request.POST.get("practice")
    practice = next((one for one in item.practices.all() if one.slug == wanted and one.shown_versions), None)
    if wanted and (practice is None or not may_start_version(person)):
        raise NothingHere(_("There is no practice at this address."))
    try:
        if practice is None:
            actions.make_card(debrief=found, by=person)
        else:
            actions.renew_card(debrief=found, practice=practice, by=person)
    except actions.DebriefIsNotAgreed:
        messages.error(request, _("First agree on the text; then it can become a card."))
    except VersionInPreparation:
        messages.warning(request, _("A new version of this card is being written already: it comes first."))
    else:
        messages.success(
            request, _("The draft of the card is there. The coordinators complete and publish it.")
        )
    return redirect("debrief", slug, key)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def make_idea(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Write an agreed text down as an idea of three lines."""
    item, found = _debrief_to_lead(request, slug, key)
    if found.idea is not None:
        return redirect(found.idea)
    form, status = IdeaOfDebriefForm.begun(found), 200
    if request.method == "POST":
        form, status = IdeaOfDebriefForm(request.POST), INVALID
        if form.is_valid():
            try:
                idea = actions.make_idea(debrief=found, by=person_of(request), **form.cleaned_data)
            except actions.DebriefIsNotAgreed:
                messages.error(request, _("First agree on the text; then it can become an idea."))
                return redirect("debrief", slug, key)
            messages.success(request, _("The idea is written down."))
            return redirect(idea)
    if not found.is_agreed and request.method != "POST":
        messages.error(request, _("First agree on the text; then it can become an idea."))
        return redirect("debrief", slug, key)
    context = {"visit": item.visit, "item": item, "debrief": found, "form": form}
    return render(request, "visits/observation/idea.html", context, status=status)


@require_safe
def agreed_text(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Show everybody what was agreed: statements and what some saw differently, numbers but no names."""
    item = item_to_observe(slug, key)
    found = debrief_of(item) if item else None
    if item is None or found is None or not may_read_agreed(request.user, found):
        raise NothingHere(_("There is no agreed text at this address."))
    chapters: list[Chapter] = with_questions_no_longer_asked(chapters_of(item), found.statements.all())
    context = {
        "visit": item.visit,
        "item": item,
        "debrief": found,
        "merged": [one for one in merged(chapters, (), found) if not one.is_empty],
        "observer_count": observer_count(found),
        "idea": found.idea if found.idea and may_see_idea(request.user, found.idea) else None,
    }
    return render(request, "visits/observation/agreed.html", context)
