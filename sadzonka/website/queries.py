"""Reading the pages of the site."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from wagtail.models import Page, Site

from sadzonka.website.models import ContactPage, Installation, NewsIndexPage, StandingPage


def pages_in_menus(language: str) -> QuerySet[Page]:
    """Return the pages of one language that stand in the site's menus, in the order of the tree."""
    return (
        Page.objects.live()
        .filter(show_in_menus=True, locale__language_code=language)
        .select_related("content_type")
        .order_by("path")
    )


def footer_pages(pages: Iterable[Page]) -> list[Page]:
    """Return those that belong into the footer."""
    return [page for page in pages if page.cached_content_type.model == StandingPage._meta.model_name]


def news_pages(pages: Iterable[Page]) -> list[Page]:
    """Return the list of news among them."""
    return [page for page in pages if page.cached_content_type.model == NewsIndexPage._meta.model_name]


def contact_pages(pages: Iterable[Page]) -> list[Page]:
    """Return the contact page among them."""
    return [page for page in pages if page.cached_content_type.model == ContactPage._meta.model_name]


def contact_page(language: str) -> ContactPage | None:
    """Return the contact page of one language."""
    return ContactPage.objects.live().filter(locale__language_code=language).first()


def standing_page(language: str, key: str) -> StandingPage | None:
    """Return the standing page that has this key in one language."""
    return StandingPage.objects.live().public().filter(locale__language_code=language, key=key).first()


def is_demo(site: Site | None) -> bool:
    """Whether this installation shows the demonstration."""
    return site is not None and Installation.objects.filter(site=site, is_demo=True).exists()
