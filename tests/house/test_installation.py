"""An installation of one's own begins empty and is never taken for the demonstration."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from sadzonka.people.models import Person
from sadzonka.website.models import Installation


@pytest.fixture
def empty(db: None) -> None:
    """Take away the pages and the people that the session's demonstration brought."""
    Person.objects.all().delete()
    for page in Page.objects.filter(depth=2):
        page.delete()


def started() -> str:
    said = io.StringIO()
    call_command("start_installation", "ewa@example.org", stdout=said)
    return said.getvalue()


def test_the_first_administrator_signs_in_with_the_printed_link(empty: None, client: Client) -> None:
    link = next(word for word in started().split() if word.startswith("http"))
    path = "/" + link.split("/", 3)[3]
    assert client.post(path).status_code == 302
    assert Person.objects.get().is_superuser
    assert client.get("/admin/").status_code == 200


def test_it_has_pages_in_three_languages_and_no_banner(empty: None, client: Client) -> None:
    started()
    assert not Installation.objects.get().is_demo
    for language, greeting in (("pl", "Strona główna"), ("it", "Home"), ("en", "Home")):
        page = client.get(f"/{language}/")
        assert (page.status_code, greeting in page.text) == (200, True)
        assert 'class="banner"' not in page.text


def test_it_is_started_once(empty: None) -> None:
    started()
    with pytest.raises(CommandError, match="started before"):
        started()


def test_the_demonstration_is_not_loaded_into_it(empty: None) -> None:
    started()
    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("load_demo")
