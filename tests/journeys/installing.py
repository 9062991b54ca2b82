"""An installation that has just been started, without the demonstration, and its first staff."""

from __future__ import annotations

import io

from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from wagtail.models import Collection, Locale, Page

KEPT = {"auth.Permission", "contenttypes.ContentType", Collection._meta.label, Locale._meta.label}


def starts_an_installation(email: str) -> str:
    """Take the session's demonstration away and start anew; return the link that signs somebody in."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label not in KEPT:
            rows = model._base_manager.all()
            if issubclass(model, Page):
                continue
            rows._raw_delete(rows.db)
    cache.clear()
    said = io.StringIO()
    call_command("start_installation", email, stdout=said)
    connection.check_constraints()
    return "/" + next(word for word in said.getvalue().split() if word.startswith("http")).split("/", 3)[3]
