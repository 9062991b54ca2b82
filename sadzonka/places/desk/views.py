"""Handing official files in, looking at what they hold, choosing, importing, and the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from sadzonka.common.pages import NothingHere
from sadzonka.common.tables import csv_answer
from sadzonka.places.desk import words
from sadzonka.places.desk.door import brings_at_most, let_in, whoever_asks
from sadzonka.places.desk.forms import ChoicesForm, UploadForm, fingerprint
from sadzonka.places.desk.preview import contents_of, has_contents
from sadzonka.places.desk.queries import (
    countries,
    import_numbered,
    imports_without_content,
    indicators_by_key,
)
from sadzonka.places.desk.rules import may_import
from sadzonka.places.imports import actions
from sadzonka.places.imports.report import REPORT_COLUMNS, report_rows
from sadzonka.places.models import FileImport, Indicator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

    from sadzonka.common.pages import PageRequest

    Step = Callable[..., object]

MOST_BYTES_AT_ONCE = actions.LARGEST  # all files of a request together: they are in memory at once
IMPORTS_ON_A_PAGE = 25
UNDER_WAY = (FileImport.State.WAITING, FileImport.State.QUEUED)
MAY_BE_DISCARDED = (*UNDER_WAY, FileImport.State.READ, FileImport.State.FAILED)
ON_THEIR_WAY = (FileImport.State.QUEUED, FileImport.State.IMPORTED, FileImport.State.UNCHANGED)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that the files are larger than may be handed in at once; nothing of them was read."""
    form = UploadForm({}, most_bytes=MOST_BYTES_AT_ONCE)
    form.errors.clear()
    form.refuse_size()
    return _imports(request, form, status=413)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@brings_at_most(MOST_BYTES_AT_ONCE, too_large)
def imports(request: HttpRequest) -> HttpResponse:
    """List the files that were handed in; take new ones."""
    if request.method != "POST":
        return _imports(request, UploadForm(most_bytes=MOST_BYTES_AT_ONCE))
    form = UploadForm(request.POST, request.FILES, most_bytes=MOST_BYTES_AT_ONCE)
    if not form.is_valid():
        return _imports(request, form, status=422)
    received = []
    for sent in form.sent:
        try:
            received.append(
                actions.receive_file(file_name=sent.name or "", content=sent.read(), by=whoever_asks(request))
            )
        except actions.FileIsTooLarge:
            return too_large(request)
    if len(received) == 1:
        return redirect("import", received[0].pk)
    messages.success(
        request, ngettext("%d file was received.", "%d files were received.", len(received)) % len(received)
    )
    return redirect("imports")


def _imports(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    page = Paginator(imports_without_content(), IMPORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "places/desk/imports.html",
        {
            "form": form,
            "page_obj": page,
            "rows": [(one, words.name_of(one.layout), contents_of(one, {})) for one in page],
            "may_import": may_import(request.user),
        },
        status=status,
    )


def _found(request: HttpRequest, number: int) -> FileImport:
    let_in(request)
    found = import_numbered(number)
    if found is None:
        raise NothingHere(_("There is no file at this address."))
    return found


@require_safe
@never_cache
@login_required
def file_import(request: PageRequest, number: int) -> HttpResponse:
    """Show a file: how far it is, what it holds, what is asked, and after the import the report."""
    found = _found(request, number)
    if request.htmx.target == "standing":
        if found.state in UNDER_WAY and not actions.is_stuck(found):
            return render(request, "places/desk/_standing.html", {"file_import": found})
        return HttpResponseClientRefresh()
    return _page(request, found)


def _form(found: FileImport, indicators: Mapping[str, Indicator], sent: Any = None) -> ChoicesForm:
    return ChoicesForm(
        found,
        contents=contents_of(found, indicators),
        indicators=indicators,
        countries=countries(),
        sent=sent,
    )


def _page(
    request: HttpRequest, found: FileImport, form: ChoicesForm | None = None, status: int = 200
) -> HttpResponse:
    indicators = indicators_by_key() if has_contents(found) else {}
    may = may_import(request.user)
    if form is None and may and found.state == FileImport.State.READ:
        form = _form(found, indicators)
    return render(
        request,
        "places/desk/import.html",
        {
            "file_import": found,
            "seen": fingerprint(found),
            "contents": contents_of(found, indicators),
            "form": form,
            "may_import": may,
            "is_under_way": found.state in UNDER_WAY,
            "is_stuck": actions.is_stuck(found),
            "has_report": has_contents(found),
            "may_discard": found.state in MAY_BE_DISCARDED,
        },
        status=status,
    )


def _changed_meanwhile(request: HttpRequest, found: FileImport) -> HttpResponse:
    messages.error(
        request, _("This file has changed since you opened the page. It now stands as shown here.")
    )
    return _page(request, imports_without_content().get(pk=found.pk), status=409)


@require_POST
@login_required
def import_choices(request: HttpRequest, number: int) -> HttpResponse:
    """Keep what staff chose and read the file again; what was typed wrongly is shown with what is wrong."""
    found = _found(request, number)
    if found.state != FileImport.State.READ or request.POST.get("seen") != fingerprint(found):
        return _changed_meanwhile(request, found)
    form = _form(found, indicators_by_key(), request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        actions.choose(file_import=found, choices=form.choices, by=whoever_asks(request))
    except actions.ImportIsUnderWay:
        return _changed_meanwhile(request, found)
    messages.success(request, _("Your choices are kept. The file is read again with them."))
    return redirect("import", number)


@require_POST
@login_required
def import_start(request: HttpRequest, number: int) -> HttpResponse:
    """Queue the import; pressed twice it is queued once."""
    found = _found(request, number)
    if found.state in ON_THEIR_WAY:
        messages.info(request, _("This file is being imported already, or was."))
        return redirect("import", number)
    if found.state != FileImport.State.READ or request.POST.get("seen") != fingerprint(found):
        return _changed_meanwhile(request, found)
    if contents_of(found, {}).obstacles:
        messages.error(request, _("Not imported: something is missing yet."))
        return _page(request, found, status=422)
    return _step(request, found, actions.queue_import, _("The file waits to be imported."))


@require_POST
@login_required
def import_again(request: HttpRequest, number: int) -> HttpResponse:
    """Start again what stopped, such as when the machine was switched off."""
    found = _found(request, number)
    if not actions.is_stuck(found):
        return _changed_meanwhile(request, found)
    return _step(request, found, actions.start_again, _("It was started again."))


@require_POST
@login_required
def import_discard(request: HttpRequest, number: int) -> HttpResponse:
    """Throw a file away that was not imported."""
    found = _found(request, number)
    if found.state == FileImport.State.DISCARDED:
        return redirect("imports")
    if request.POST.get("seen") != fingerprint(found):
        return _changed_meanwhile(request, found)
    return _step(request, found, actions.discard, _("The file was discarded. Nothing of it was imported."))


def _step(request: HttpRequest, found: FileImport, act: Step, told: str) -> HttpResponse:
    """Do what was pressed, unless somebody was quicker; say what was done."""
    try:
        act(file_import=found, by=whoever_asks(request))
    except actions.ImportIsUnderWay:
        return _changed_meanwhile(request, found)
    messages.success(request, told)
    return redirect("import", found.pk)


@require_safe
@never_cache
@login_required
def import_report(request: HttpRequest, number: int) -> HttpResponse:
    """Send everything that the preview or the report says, line by line, as a table."""
    found = _found(request, number)
    if not has_contents(found):
        raise NothingHere(_("There is no report yet: the file has not been read."))
    rows = ([row[column] for column in REPORT_COLUMNS] for row in report_rows(found))
    return csv_answer([REPORT_COLUMNS, *rows], name=f"import-{number}.csv")
