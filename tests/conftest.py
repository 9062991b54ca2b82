"""What every test finds: Wagtail's bare roots, the demonstration, and the cast."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import setup_databases, teardown_databases
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Collection, Locale, Page

from sadzonka.people.models import Person
from sadzonka.places.finding import forget_names
from sadzonka.places.series.working_set import forget_working_sets

REAL_DATABASE = connection.settings_dict["NAME"]

pytest_plugins = ["tests.loud_skips", "tests.cast", "tests.at_once", "tests.chain"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Plant what Wagtail's migrations would and load the demonstration once; tests roll back changes."""
    with django_db_blocker.unblock():
        # pytest-django makes no database where no test asks for "db": never plant into a real one.
        is_real = connection.settings_dict["NAME"] == REAL_DATABASE
        made = setup_databases(verbosity=0, interactive=False) if is_real else []
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
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture(autouse=True, scope="session")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what tests write out of the installation's own folder."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Forget what was read of the places of another test: rolled back, numbers are given again."""
    forget_working_sets()
    forget_names()


@pytest.fixture
def signed_in() -> Callable[[Person], Client]:
    """Return a way to get a client on which somebody is signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in
