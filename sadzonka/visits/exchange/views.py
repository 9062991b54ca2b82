"""The newest threads about everything, and the exchange page of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sadzonka.common.pages import NothingHere
from sadzonka.conversations.hosts.pages import ask_page
from sadzonka.conversations.models import Thread
from sadzonka.conversations.pages import Subject, exchange_page
from sadzonka.organisations.models import Organisation
from sadzonka.visits.exchange.queries import newest_threads, thread_entries
from sadzonka.visits.models import Visit
from sadzonka.visits.queries import announced_visits
from sadzonka.visits.rules import may_see_visit

if TYPE_CHECKING:
    from django.http import HttpRequest

THREADS_PER_PAGE = 20


@require_safe
def exchange(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("theme", "")
    theme = wanted if wanted in Thread.Theme.values else ""
    page = Paginator(newest_threads(theme), THREADS_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "conversations/newest.html",
        {
            "found": page,
            "entries": thread_entries(page.object_list),
            "theme": theme,
            "themes": Thread.Theme.choices,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def visit_exchange(request: HttpRequest, slug: str) -> HttpResponse:
    return exchange_page(request, _subject_or_404(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def visit_ask(request: HttpRequest, slug: str) -> HttpResponse:
    return ask_page(request, _subject_or_404(request, slug))


def _subject_or_404(request: HttpRequest, slug: str) -> Subject:
    visit = Visit.objects.select_related("project").filter(slug=slug).first()
    if visit is None or not may_see_visit(request.user, visit):
        raise NothingHere(_("There is no visit at this address."), list(announced_visits()[:3]))
    title = visit.title.saying()
    hosts = Organisation.objects.filter(agenda_items__visit=visit).distinct()
    return Subject(visit, title=title.text, language=title.language, hosts=tuple(hosts))
