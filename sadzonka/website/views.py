"""Messages from visitors, pages that are not found, and what machines ask for."""

from __future__ import annotations

import posixpath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django.views.static import serve

from sadzonka.common.pages import NothingHere
from sadzonka.website.actions import TooManyMessages, receive_message
from sadzonka.website.forms import ContactForm
from sadzonka.website.queries import contact_page

SHOWN_FIELDS = ("name", "email", "subject", "text")


def sign_in(request: HttpRequest) -> HttpResponse:
    """Lead from Wagtail's sign-in to ours."""
    return redirect(reverse("account_login") + _query(request))


def reset_password(request: HttpRequest) -> HttpResponse:
    """Lead from Wagtail's password reset to ours."""
    return redirect(reverse("account_reset_password") + _query(request))


def _query(request: HttpRequest) -> str:
    return f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Lead to the reader's language."""
    return redirect(f"/{get_language()}/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_message(request: HttpRequest) -> HttpResponse:
    """Store a message, or show the form again with what is wrong beside each field and nothing lost."""
    page = contact_page(get_language())
    if page is None:
        raise NothingHere(_("This site has no contact page."))
    if request.method != "POST":
        return redirect(page.get_url(request))
    form = ContactForm(request.POST)
    if not form.is_valid():
        return render(request, page.template, {"page": page, "form": form}, status=422)
    if not form.is_trap_sprung:
        try:
            receive_message(
                nonce=form.cleaned_data["nonce"],
                **{name: form.cleaned_data[name] for name in SHOWN_FIELDS},
                language=get_language() or settings.LANGUAGE_CODE,
                address=request.META["REMOTE_ADDR"],
            )
        except TooManyMessages:
            form.add_error(None, _("You have written several times within an hour. Please try again later."))
            return render(request, page.template, {"page": page, "form": form}, status=429)
    return redirect(f"{page.get_url(request)}?sent=1")


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponse | FileResponse:
    """Serve resized images; originals are for staff only, through the admin."""
    if not posixpath.normpath(path).startswith("images/"):  # the file of images/../x is not one of images/
        raise Http404
    try:
        return serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # a name longer than a file system takes
        raise Http404 from error


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say in the page's language what was not found and where to look instead."""
    context: dict[str, object] = {"message": "", "suggestions": ()}
    if isinstance(exception, NothingHere):
        context = {"message": exception.message, "suggestions": exception.suggestions}
    return render(request, "404.html", context, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer without the database: it may be what failed."""
    return render(None, "500.html", status=500)
