"""Every kind of record in the admin: staff work with it, a controller reads it, nobody else sees it."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.viewsets import viewsets

import sadzonka.urls  # noqa: F401 - fills the list of viewsets
from sadzonka.common.viewsets import FrozenRecords, Records
from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.places.models import (
    Boundary,
    FileImport,
    Indicator,
    Municipality,
    RegionalObservation,
    Release,
    Succession,
)
from sadzonka.practices.actions import start_version
from sadzonka.practices.models import Practice
from sadzonka.visits.models import Interpreter
from sadzonka.website.models import ContactMessage

SignIn = Callable[[Person], Client]
RECORDS = [viewset for viewset in viewsets.viewsets if isinstance(viewset, Records)]
EDITED = [viewset for viewset in RECORDS if not isinstance(viewset, FrozenRecords)]
FROZEN = [viewset for viewset in RECORDS if isinstance(viewset, FrozenRecords)]


def named(viewset: Records) -> str:
    return str(viewset.name)


@pytest.fixture(autouse=True)
def _one_of_each(ewa: Person) -> None:
    """Make what the demonstration lacks."""
    first, second = Municipality.objects.all()[:2]
    Succession.objects.create(
        predecessor=first, successor=second, happened_on=dt.date(2020, 1, 1), kind=Succession.Kind.MERGER
    )
    Mail.objects.create(
        key="one", recipient="marek@example.org", subject="One", body="secret link", language="pl"
    )
    ContactMessage.objects.create(
        nonce=uuid.uuid4(),
        name="Marek",
        email="marek@example.org",
        subject="Two",
        text="Three",
        language="pl",
    )
    start_version(practice=Practice.objects.first(), by=ewa)
    Interpreter.objects.create(name="Anna Tłumacz", languages="pl, it")
    release, indicator = Release.objects.all()[0], Indicator.objects.all()[0]
    Boundary.objects.create(municipality=first, release=release, polygons=[])
    RegionalObservation.objects.create(
        release=release, indicator=indicator, country_id="PL", period=2024, value=1
    )
    FileImport.objects.create(file_name="file.csv", size=1, sha256="0" * 64, release=release)


def record_of(viewset: Records) -> object:
    records = viewset.model.objects.order_by("-pk")
    return (records.filter(state="draft") if viewset.name == "version" else records).first().pk


def address(viewset: Records, view: str) -> str:
    return reverse(viewset.get_url_name(view), args=[] if view in {"index", "add"} else [record_of(viewset)])


def test_everything_that_the_site_shows_has_its_records_in_the_admin() -> None:
    assert sorted(map(named, RECORDS)) == [
        "boundary",
        "columnlabel",
        "contactmessage",
        "country",
        "county",
        "fileimport",
        "finding",
        "indicator",
        "interpreter",
        "judgement",
        "legalform",
        "mail",
        "municipality",
        "observation",
        "organisation",
        "period",
        "practice",
        "programme",
        "project",
        "region",
        "regionalobservation",
        "release",
        "series",
        "succession",
        "version",
        "visit",
    ]


@pytest.mark.parametrize("view", ["index", "add", "edit", "inspect", "history", "delete"])
@pytest.mark.parametrize("viewset", EDITED, ids=named)
def test_staff_get_every_page_of_what_they_edit(
    viewset: Records, view: str, ewa: Person, signed_in: SignIn
) -> None:
    response = signed_in(ewa).get(address(viewset, view))
    assert response.status_code == 200
    assert "</html>" in response.content.decode()


@pytest.mark.parametrize("view", ["index", "inspect"])
@pytest.mark.parametrize("viewset", RECORDS, ids=named)
def test_a_controller_reads_everything(
    viewset: Records, view: str, controller: Person, signed_in: SignIn
) -> None:
    response = signed_in(controller).get(address(viewset, view))
    assert response.status_code == 200
    assert address(viewset, "add") not in response.content.decode()
    assert address(viewset, "edit") not in response.content.decode()
    assert address(viewset, "delete") not in response.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("view", ["add", "edit", "delete"])
@pytest.mark.parametrize("viewset", RECORDS, ids=named)
def test_a_controller_changes_nothing(
    viewset: Records, view: str, method: str, controller: Person, signed_in: SignIn
) -> None:
    before = list(viewset.model.objects.order_by("pk").values())
    response = getattr(signed_in(controller), method)(address(viewset, view))
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert list(viewset.model.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("person", ["ewa", "administrator"])
@pytest.mark.parametrize("view", ["add", "edit", "delete"])
@pytest.mark.parametrize("viewset", FROZEN, ids=named)
def test_nobody_changes_what_comes_from_elsewhere(
    viewset: Records, view: str, person: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    count = viewset.model.objects.count()
    response = signed_in(request.getfixturevalue(person)).post(address(viewset, view))
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))
    assert viewset.model.objects.count() == count


@pytest.mark.parametrize("view", ["index", "inspect"])
@pytest.mark.parametrize("viewset", FROZEN, ids=named)
def test_staff_read_what_comes_from_elsewhere(
    viewset: Records, view: str, ewa: Person, signed_in: SignIn
) -> None:
    response = signed_in(ewa).get(address(viewset, view))
    assert response.status_code == 200
    assert address(viewset, "edit") not in response.content.decode()


@pytest.mark.parametrize("view", ["index", "add", "edit", "inspect", "delete"])
@pytest.mark.parametrize("viewset", RECORDS, ids=named)
def test_who_is_not_signed_in_is_asked_to(viewset: Records, view: str, client: Client) -> None:
    response = client.get(address(viewset, view))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_a_stranger_does_not_enter_the_admin(stranger: Person, signed_in: SignIn) -> None:
    response = signed_in(stranger).get(reverse("organisation:index"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_the_links_in_account_mails_are_shown_to_nobody_else(
    administrator: Person, signed_in: SignIn
) -> None:
    mail = Mail.objects.get(key="one")
    page = signed_in(administrator).get(reverse("mail:inspect", args=[mail.pk])).content.decode()
    assert "marek@example.org" in page
    assert "secret link" not in page


def test_the_menu_has_one_entry_for_each_subject(ewa: Person, signed_in: SignIn) -> None:
    page = signed_in(ewa).get(reverse("wagtailadmin_home")).content.decode()
    shown = [viewset.menu_url in page for viewset in RECORDS]
    assert all(shown)


@pytest.mark.parametrize("viewset", [one for one in RECORDS if one.search_fields], ids=named)
def test_every_search_answers(viewset: Records, ewa: Person, signed_in: SignIn) -> None:
    results = reverse(viewset.get_url_name("index_results"))
    page = signed_in(ewa).get(results, {"q": "zzz-nowhere"})
    assert page.status_code == 200
    assert page.context["page_obj"].paginator.count == 0


@pytest.mark.parametrize(
    "kind", ["municipality", "county", "indicator", "organisation", "project", "practice", "visit"]
)
def test_every_chooser_finds_by_words(kind: str, ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    assert client.get(reverse(f"choose_{kind}:choose")).json()["step"] == "choose"
    found = client.get(reverse(f"choose_{kind}:choose_results"), {"q": "zzz-nowhere"})
    assert found.status_code == 200
    assert list(found.context["results"]) == []


def test_a_municipality_is_found_by_its_name_once(ewa: Person, signed_in: SignIn) -> None:
    results = signed_in(ewa).get(reverse("municipality:index_results"), {"q": "Września"})
    assert [str(one) for one in results.context["page_obj"]] == ["Września"]


def test_what_others_need_is_not_deleted(ewa: Person, signed_in: SignIn) -> None:
    needed = Practice.objects.filter(versions__isnull=False).first()
    response = signed_in(ewa).post(reverse("practice:delete", args=[needed.pk]), follow=True)
    assert Practice.objects.filter(pk=needed.pk).exists()
    assert str(needed) in " ".join(map(str, response.context["messages"]))
