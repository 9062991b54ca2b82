"""The pages of the site and its news from the files of a folder, planted in every language at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page, Site

from sadzonka.common.files import Entry, read_date, toml_file, toml_folder
from sadzonka.common.templatetags.words import article
from sadzonka.common.words import language_codes
from sadzonka.funding.models import Project
from sadzonka.practices.models import Practice
from sadzonka.visits.models import Visit
from sadzonka.website.models import (
    ContactPage,
    HomeBlock,
    HomePage,
    Installation,
    NewsIndexPage,
    NewsPage,
    StandingPage,
)


@transaction.atomic
def plant_site(folder: Path, *, is_demo: bool) -> None:
    """Make the page tree of every language: home, news, contact and standing pages; the root must be bare."""
    entry, sections = toml_file(folder / "pages.toml"), toml_file(folder / "sections.toml")
    locales = {code: Locale.objects.get_or_create(language_code=code)[0] for code in language_codes()}
    root = Page.objects.get(depth=1)
    for page in root.get_children():
        page.delete()
    root.refresh_from_db()
    homes = _plant_homes(root, entry.table("home"), locales)
    Site.objects.all().delete()
    address = urlsplit(settings.BASE_ADDRESS)
    site = Site.objects.create(
        hostname=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 80),
        root_page=homes[settings.LANGUAGE_CODE],
        is_default_site=True,
        site_name="Sadzonka",
    )
    Installation.objects.create(site=site, is_demo=is_demo)
    _plant_under(homes, NewsIndexPage, sections.table("news"), locales, ("title",))
    for page in entry.entries("pages"):
        _plant_under(homes, StandingPage, page, locales, ("title",), key=page.text("key"))
    _plant_under(homes, ContactPage, sections.table("contact"), locales, ("title", "lead"))


def load_news(folder: Path) -> None:
    """Publish the news of `folder` in every language and redirect their old addresses."""
    projects = {project.slug: project for project in Project.objects.all()}
    visits = {visit.slug: visit for visit in Visit.objects.all()}
    practices = {practice.slug: practice for practice in Practice.objects.all()}
    indexes = {index.locale.language_code: index for index in NewsIndexPage.objects.select_related("locale")}
    locales = {code: index.locale for code, index in indexes.items()}
    for entry in toml_folder(folder):
        pages = _plant_under(
            indexes,
            NewsPage,
            entry,
            locales,
            ("title", "summary"),
            date=entry.needed("date", read_date, "a date"),
            project=entry.found_or_none("project", projects),
            visit=entry.found_or_none("visit", visits),
        )
        for page in pages.values():
            page.practices.set(
                [entry.found("practices", practices, key=slug) for slug in entry.get("practices", [])]
            )
            page.save()
        if entry.get("old_path"):
            Redirect.add_redirect(entry.text("old_path"), pages[settings.LANGUAGE_CODE], is_permanent=True)


def _plant_homes(root: Page, entry: Entry, locales: dict[str, Locale]) -> dict[str, Any]:
    entry.values.update(title=entry.words("hero_title"), slug={code: code for code in locales})
    homes = _plant_under(dict.fromkeys(locales, root), HomePage, entry, locales, ("title", "lead"))
    for code, home in homes.items():
        home.blocks.set(
            [
                HomeBlock(sort_order=order, title=block.words("title")[code], text=block.words("text")[code])
                for order, block in enumerate(entry.entries("blocks"))
            ]
        )
        home.save_revision().publish()
    return homes


def _plant_under(
    parents: dict[str, Any],
    kind: type[Page],
    entry: Entry,
    locales: dict[str, Locale],
    fields: tuple[str, ...],
    **more: Any,
) -> dict[str, Any]:
    """Make one page in every language, all translations of each other."""
    pages: dict[str, Any] = {}
    for code, locale in locales.items():
        texts = {name: entry.words(name)[code] for name in fields}
        if "body" in entry.values:
            texts["body"] = article(entry.words("body")[code])
        if "slug" in entry.values and isinstance(entry.values["slug"], dict):
            texts["slug"] = entry.words("slug")[code]
        page = kind(
            locale=locale, show_in_menus=kind in {NewsIndexPage, ContactPage, StandingPage}, **texts, **more
        )
        if pages:
            page.translation_key = next(iter(pages.values())).translation_key
        parents[code].add_child(instance=page)
        page.save_revision().publish()
        pages[code] = page
    return pages
