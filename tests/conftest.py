"""What every test finds: Wagtail's bare roots, the demonstration, and the cast."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Collection, Locale, Page

from sadzonka.people.models import Person

pytest_plugins = ["tests.loud_skips", "tests.cast", "tests.chain"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Plant what Wagtail's migrations would and load the demonstration once; tests roll back changes."""
    with django_db_blocker.unblock():
        for code in ("pl", "it", "en"):
            Locale.objects.create(language_code=code)
        Page.add_root(
            title="Root",
            slug="root",
            locale=Locale.objects.get(language_code="pl"),
            content_type=ContentType.objects.get_for_model(Page),
        )
        Collection.add_root(name="Root")
        call_command("load_demo", "--without-invented-visits", stdout=io.StringIO())


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests write out of the installation's own folder."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """Return a way to get a client on which somebody is signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in
