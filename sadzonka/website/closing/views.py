"""From the goals of a visit to a draft of its closing news."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sadzonka.common.pages import NothingHere
from sadzonka.people.signed_in import person_of
from sadzonka.visits.models import Visit
from sadzonka.visits.rules import may_run_visit
from sadzonka.website.closing.actions import NoListOfNews, draft_closing_news

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_POST
@login_required
def closing_news(request: HttpRequest, slug: str) -> HttpResponse:
    visit = Visit.objects.filter(slug=slug).first()
    if visit is None or not may_run_visit(request.user):
        raise NothingHere(_("There is no visit at this address."))
    try:
        page = draft_closing_news(visit=visit, language=get_language(), by=person_of(request))
    except NoListOfNews as error:
        raise NothingHere(_("This site has no list of news in this language.")) from error
    return redirect("wagtailadmin_pages:edit", page.pk)
