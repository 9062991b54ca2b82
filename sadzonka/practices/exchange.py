"""What people say about a practice, and what they ask those who run it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sadzonka.common.pages import NothingHere
from sadzonka.conversations.hosts.pages import ask_page
from sadzonka.conversations.pages import Subject, exchange_page
from sadzonka.practices.models import Version
from sadzonka.practices.queries import similar_slugs
from sadzonka.practices.rules import may_see_version

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_http_methods(["GET", "HEAD", "POST"])
def practice_exchange(request: HttpRequest, slug: str) -> HttpResponse:
    return exchange_page(request, _subject_or_404(request, slug))


@require_http_methods(["GET", "HEAD", "POST"])
def practice_ask(request: HttpRequest, slug: str) -> HttpResponse:
    return ask_page(request, _subject_or_404(request, slug))


def _subject_or_404(request: HttpRequest, slug: str) -> Subject:
    versions = (
        Version.objects.filter(practice__slug=slug)
        .select_related("practice__run_by")
        .prefetch_related("texts", "practice__organisations")
        .order_by("-number")
    )
    seen = [version for version in versions if may_see_version(request.user, version)]
    if not seen:
        raise NothingHere(_("There is no practice at this address."), similar_slugs(slug))
    version = next((one for one in seen if one.is_shown), seen[0])
    practice, text = version.practice, version.text_in()
    hosts = dict.fromkeys([practice.run_by, *practice.organisations.all()])
    return Subject(
        practice,
        title=text.title if text else slug,
        language=text.language if text else "",
        hosts=tuple(host for host in hosts if host),
    )
