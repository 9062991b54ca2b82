"""What stands around every page: menus, languages, the demonstration's banner."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse, translate_url
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from wagtail.models import Page, Site

from sadzonka.people.rules import may_see_drafts
from sadzonka.website.forms import ContactForm
from sadzonka.website.queries import (
    contact_pages,
    footer_pages,
    is_demo,
    news_pages,
    pages_in_menus,
    standing_page,
)

register = template.Library()


def _entry(label: str, url: str, request: HttpRequest) -> dict[str, Any]:
    is_front_page = url.count("/") <= len("//")
    is_current = request.path == url if is_front_page else request.path.startswith(url)
    return {"label": label, "url": url, "is_current": is_current}


@register.simple_tag(takes_context=True)
def site_frame(context: Context) -> dict[str, Any]:
    """Return the menus, the languages and whether this is the demonstration."""
    request: HttpRequest = context["request"]
    language = get_language() or settings.LANGUAGE_CODE
    pages = list(pages_in_menus(language))
    sections = [
        (_("Visits"), "visits"),
        (_("Practices"), "practices"),
        (_("Ideas"), "ideas"),
        (_("Organisations"), "organisations"),
        (_("Municipalities"), "municipalities"),
        (_("Adoptions"), "adoptions"),
    ]
    home = _entry(_("Home"), f"/{language}/", request)
    as_entries = lambda found: [  # noqa: E731
        _entry(page.title, url, request) for page in found if (url := page.get_url(request))
    ]
    contact = as_entries(contact_pages(pages))
    return {
        "languages": language_links(request, context.get("page")),
        "navigation": [
            home,
            *as_entries(news_pages(pages)),
            *(_entry(label, reverse(name), request) for label, name in sections),
            *contact,
        ],
        "footer_links": [
            _entry(_("The method"), reverse("method"), request),
            *as_entries(footer_pages(pages)),
        ],
        "account": account_links(request),
        "contact_url": contact[0]["url"] if contact else "",
        "is_demo": is_demo(Site.find_for_request(request)),
    }


def account_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Return where to sign in, or one's own page and, for those who may read it, the desk of the visits.

    Who has no session costs no query. A page that says that something went wrong may have no user at all.
    """
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return [_entry(_("Sign in"), reverse("account_login"), request)]
    own = [_entry(_("My page"), reverse("my"), request)]
    return [*own, _entry(_("Desk"), reverse("desks"), request)] if may_see_drafts(person) else own


def language_links(request: HttpRequest, page: Any) -> list[dict[str, Any]]:
    """Return this page's address in every language; where it has none, that language's front page."""
    current = get_language() or settings.LANGUAGE_CODE
    addresses = _translations(request, page) if isinstance(page, Page) else _translated_paths(request)
    return [
        {
            "code": code,
            "name": get_language_info(code)["name_local"].capitalize(),
            "url": addresses.get(code, f"/{code}/"),
            "is_current": code == current,
        }
        for code, _name in settings.LANGUAGES
    ]


def _translations(request: HttpRequest, page: Page) -> dict[str, str]:
    pages = page.get_translations(inclusive=True).live().select_related("locale")
    return {one.locale.language_code: url for one in pages if (url := one.get_url(request))}


def _translated_paths(request: HttpRequest) -> dict[str, str]:
    if getattr(request, "resolver_match", None) is None:
        return {}
    path = request.get_full_path()
    return {code: translate_url(path, code) for code, _name in settings.LANGUAGES}


@register.simple_tag
def contact_form() -> ContactForm:
    """Return an empty contact form."""
    return ContactForm.fresh()


@register.simple_tag(takes_context=True)
def standing_url(context: Context, key: str) -> str:
    """Return the address of a standing page in the reader's language, empty where there is none."""
    page = standing_page(get_language() or settings.LANGUAGE_CODE, key)
    return page.get_url(context["request"]) or "" if page else ""
