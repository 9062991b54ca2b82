"""The invented part of the demonstration: every page of the chain shows it and says that it is invented."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django.plugin import DjangoDbBlocker

from sadzonka.organisations.models import Organisation
from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Idea
from sadzonka.transfer.calibration.cases import sorted_adoptions
from sadzonka.transfer.models import Adoption
from sadzonka.visits.goals.queries import outcomes_of
from sadzonka.visits.models import AgendaItem, Application, Call, Change, Visit
from sadzonka.visits.recruitment.rules import is_open
from sadzonka.website.invented import load_invented_chain

FOLDER = settings.ROOT_DIR / "demo" / "invented" / "chain"
OVER, OPEN = "wymyslona-wizyta-2026", "wymyslony-nabor"
SAYS_SO = {"pl": "wymyśl", "it": "inventat", "en": "invented"}

PAGES: list[tuple[str, tuple[str, ...]]] = [
    ("visits", ()),
    ("series", ("wwd",)),
    ("visit", (OVER,)),
    ("visit", (OPEN,)),
    ("apply", (OPEN,)),
    ("goals", (OVER,)),
    ("visit_river", (OVER,)),
    ("visit_exchange", (OVER,)),
    ("organisations", ()),
    ("organisation", ("consorzio-germoglio",)),
    ("organisation", ("cooperativa-la-talea",)),
    ("organisation", ("comune-di-esempiano",)),
    ("adoptions", ()),
    ("calibration", ()),
]


@pytest.fixture(scope="module", autouse=True)
def _told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Load the chain once; it goes when this module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_invented_chain(FOLDER)
        yield
        transaction.set_rollback(True)


def body(page: str) -> str:
    """Return what the main part of a page says."""
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])


@pytest.mark.django_db
@pytest.mark.parametrize("language", SAYS_SO)
@pytest.mark.parametrize(("name", "args"), PAGES)
def test_a_page_of_the_chain_says_that_it_is_invented(
    client: Client, name: str, args: tuple[str, ...], language: str
) -> None:
    with override(language):
        page = client.get(reverse(name, args=args))
    assert (page.status_code, SAYS_SO[language] in body(page.text).lower()) == (200, True)


@pytest.mark.django_db
def test_what_is_told_in_one_language_says_so_in_that_language(client: Client) -> None:
    stories = [one.get_absolute_url() for one in Adoption.objects.all()]
    plans = [one.plan.get_absolute_url() for one in Adoption.objects.exclude(plan=None) if one.plan]
    assessments = [
        one.plan.assessment.get_absolute_url() for one in Adoption.objects.exclude(plan=None) if one.plan
    ]
    ideas = [one.get_absolute_url() for one in Idea.objects.all()]
    agreed = [reverse("agreed_text", args=[OVER, "bicycle-workshop"])]
    places = [one.get_absolute_url() for one in Municipality.objects.filter(is_invented=True)]
    for address in [*stories, *plans, *assessments, *ideas, *agreed, *places]:
        page = client.get(address)
        said = body(page.text)
        assert (page.status_code, "wymyśl" in said or "inventat" in said) == (200, True), address


@pytest.mark.django_db
def test_nothing_real_acts_in_it() -> None:
    invented = Visit.objects.filter(slug__in=[OVER, OPEN])
    hosts = Organisation.objects.filter(agenda_items__visit__in=invented)
    places = Municipality.objects.filter(agenda_items__visit__in=invented)
    applied = Municipality.objects.filter(applications__isnull=False)
    adopted = Municipality.objects.filter(adoptions__isnull=False)
    assert {one.is_invented for one in (*hosts, *places, *applied, *adopted)} == {True}
    assert {address.partition("@")[2] for address in Person.objects.values_list("email", flat=True)} == {
        "example.org"
    }
    assert [one.has_usable_password() for one in Person.objects.all()] == [False] * Person.objects.count()


@pytest.mark.django_db
def test_applications_came_to_every_end_on_their_days() -> None:
    of_each = Counter(Application.objects.filter(call__visit__slug=OVER).values_list("state", flat=True))
    assert of_each == {"confirmed": 5, "reserve": 1, "refused": 1, "ineligible": 1, "withdrawn": 1}
    moved_up = Change.objects.get(cause=Change.Cause.RESERVE_MOVED_UP)
    assert (moved_up.application.first_name, timezone.localdate(moved_up.changed_at)) == (
        "Irena",
        dt.date(2026, 3, 22),
    )


@pytest.mark.django_db
def test_hosts_have_confirmed_and_the_goals_are_counted() -> None:
    visit = Visit.objects.get(slug=OVER)
    replies = visit.agenda.get_live_queryset().exclude(host=None).values_list("host_reply", flat=True)
    assert (visit.state, set(replies)) == (Visit.State.COMPLETED, {AgendaItem.Reply.CONFIRMED})
    assert [str(one.verdict) for one in outcomes_of(visit, visit.goals.all())] == [
        *["reached"] * 3,
        "not-reached",
        *["reached"] * 3,
    ]


@pytest.mark.django_db
def test_what_became_of_it_goes_from_started_to_abandoned() -> None:
    stood = {
        (one.municipality.code, one.practice.slug): [str(stage.outcome) for stage in one.stages.all()]
        for one in Adoption.objects.all()
    }
    assert stood == {
        ("999901", "municipal-forests-cooperative"): ["considered", "decided", "started"],
        ("999902", "bicycles-from-prison"): ["considered", "declined"],
        ("999903", "municipal-forests-cooperative"): [
            "considered",
            "decided",
            "started",
            "delivered",
            "sustained-12",
        ],
        ("999903", "kostrzynianka-home-care"): [
            "considered",
            "decided",
            "started",
            "delivered",
            "sustained-12",
        ],
        ("999904", "bicycles-from-prison"): ["decided", "started", "delivered", "abandoned"],
        ("999904", "kostrzynianka-home-care"): ["considered", "decided", "started", "abandoned"],
    }


@pytest.mark.django_db
def test_what_was_anticipated_of_it_is_held_against_what_became_of_it() -> None:
    real, invented = sorted_adoptions()
    assert (real.count, invented.count, invented.declined, invented.without_assessment) == (0, 6, 1, 2)
    learnt = {
        (one.story.adoption.municipality.code, one.class_interval, one.is_delivered, one.is_sustained)
        for one in invented.cases
    }
    assert learnt == {
        ("999901", (2, 2), None, None),  # good; under way
        ("999903", (3, 3), True, True),  # strong
        ("999904", (1, 1), False, False),  # possible
    }


@pytest.mark.django_db
def test_the_invented_municipality_reads_of_its_nearest_invented_adopters(client: Client) -> None:
    told = client.get("/en/municipalities/PL/999901/kostrzynianka-home-care/").context["precedents"]
    assert [(one.precedent.municipality.code, one.variables) for one in told.nearest] == [
        ("999904", 6),
        ("999903", 6),
    ]
    real = client.get("/en/municipalities/PL/302108/kostrzynianka-home-care/").context["precedents"]
    assert real.elsewhere == 0


@pytest.mark.django_db
def test_the_other_call_is_open_today_and_leaves_work_on_the_desk() -> None:
    call = Call.objects.select_related("visit").get(visit__slug=OPEN)
    assert (is_open(call), (timezone.localdate(call.closes_at) - timezone.localdate()).days) == (True, 30)
    states = call.applications.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["eligible", "submitted", "returned"]


@pytest.mark.django_db
def test_no_mail_of_the_invented_past_is_sent_but_drafts_wait_for_review() -> None:
    assert Mail.objects.filter(state=Mail.State.WAITING).count() == 0
    drafts = Mail.objects.filter(state=Mail.State.DRAFT).order_by("recipient")
    assert [mail.recipient for mail in drafts] == ["chiara@example.org", "jakub@example.org"]
    assert {mail.recipient.partition("@")[2] for mail in Mail.objects.all()} == {"example.org"}
