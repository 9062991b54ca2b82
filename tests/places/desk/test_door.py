"""The door: who comes in, and what is turned away before it is read."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.desk import views
from sadzonka.places.models import FileImport

SignIn = Callable[[Person], Client]
LIST = "/en/statistics/desk/"

pytestmark = pytest.mark.django_db


class Unread(io.BytesIO):
    """A body that nobody may read."""

    def read(self, *_size: int | None) -> bytes:
        raise AssertionError("the body was read")


def sent(client: Client, size: int, body: io.BytesIO) -> dict[str, object]:
    return client._base_environ(
        PATH_INFO=LIST,
        QUERY_STRING="",
        REQUEST_METHOD="POST",
        CONTENT_TYPE="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(size),
        **{"wsgi.input": body},
    )


def test_too_much_is_answered_before_anything_is_read(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    answer = client.request(**sent(client, views.MOST_BYTES_AT_ONCE + 1, Unread()))
    html = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 413
    assert [error.text for error in html.select(".field .errorlist li")] == [
        (
            "The files are larger than 57.2\xa0MB together. Hand them in one by one, pack them with gzip,"
            " or split the table by years."
        )
    ]
    assert html.select_one("[name=file]")["aria-invalid"] == "true"


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("controller", 404), (None, 302)])
def test_who_may_not_import_is_turned_away_before_anything_is_read(
    who: str | None, status: int, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    assert client.request(**sent(client, 1000, Unread())).status_code == status


def test_a_forged_request_hands_nothing_in(ewa: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ewa, backend=settings.AUTHENTICATION_BACKENDS[0])
    answer = client.post(LIST, {"file": SimpleUploadedFile("a.csv", b"Kod;Nazwa")})
    assert (answer.status_code, FileImport.objects.count()) == (403, 0)


def test_the_page_has_what_an_honest_form_needs(ewa: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ewa, backend=settings.AUTHENTICATION_BACKENDS[0])
    form = BeautifulSoup(client.get(LIST).content, "html.parser").select_one("main form")
    answer = client.post(
        LIST,
        {
            "csrfmiddlewaretoken": form.select_one("[name=csrfmiddlewaretoken]")["value"],
            "file": SimpleUploadedFile("a.csv", b"Kod;Nazwa"),
        },
    )
    assert (answer.status_code, FileImport.objects.get().file_name) == (302, "a.csv")


def test_a_length_that_is_no_number_is_no_error_of_ours(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    environ = sent(client, 0, io.BytesIO())
    environ["CONTENT_LENGTH"] = "many"
    assert client.request(**environ).status_code == 422
