"""Drafting the news that closes a visit; publishing it stays with people."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override
from wagtail.log_actions import log

from sadzonka.people.models import Person
from sadzonka.visits.goals.queries import outcomes_with_pages
from sadzonka.visits.models import Visit
from sadzonka.visits.rules import may_run_visit
from sadzonka.website.closing.article import body_of, summary_of, title_of
from sadzonka.website.models import NewsIndexPage, NewsPage


class NoListOfNews(Exception):
    """The site has no list of news in this language."""


@transaction.atomic
def draft_closing_news(*, visit: Visit, language: str, by: Person) -> NewsPage:
    """Return the news that closes a visit in one language: the one there is, or a new draft.

    Raises NoListOfNews.
    """
    if not may_run_visit(by):
        raise PermissionDenied
    Visit.objects.select_for_update().get(pk=visit.pk)  # pressed twice, it is one draft
    index = NewsIndexPage.objects.filter(locale__language_code=language).first()
    if index is None:
        raise NoListOfNews
    slug = f"closing-{visit.slug}"
    # The address tells a published one from other news of the visit; a draft is taken up in any case.
    known = NewsPage.objects.child_of(index)
    found = known.filter(slug=slug).first() or known.filter(visit=visit, live=False).first()
    if found is not None:
        return found
    with override(language):
        outcomes = outcomes_with_pages(visit, visit.goals.prefetch_related("evidence"))
        page = NewsPage(
            title=title_of(visit),
            slug=slug,
            date=timezone.localdate(),
            summary=summary_of(visit, outcomes),
            body=body_of(visit, outcomes),
            visit=visit,
            project=visit.project,
            locale=index.locale,
            owner=by,
            live=False,
        )
    other = NewsPage.objects.filter(slug=slug, visit=visit).first()
    if other is not None:
        page.translation_key = other.translation_key
    index.add_child(instance=page)
    page.save_revision(user=by)
    log(instance=page, action="wagtail.create", user=by)
    return page
