"""The papers of a visit: a list to be signed, the programme, certificates of what was really attended."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from sadzonka.funding.models import Project
from sadzonka.people.models import Person
from sadzonka.visits.attendance.actions import note_attendance
from sadzonka.visits.attendance.papers import duration, hours
from sadzonka.visits.models import AgendaItem, Application, Speaker, Visit
from tests import factories
from tests.chain import START, World, participant

SignIn = Callable[[Person], Client]
AssertQueries = Callable[[int], AbstractContextManager[None]]
PAPERS = "/en/visits/under-way/papers/"
MARK = {
    "pl": "Miejsce na flagę Unii Europejskiej z odniesieniem",
    "it": "Spazio per la bandiera dell’Unione europea",
    "en": "Space for the flag of the European Union",
}


def read(client: Client, address: str) -> PdfReader:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return PdfReader(io.BytesIO(answer.content))


def words_of(paper: PdfReader) -> str:
    """Return the text of a paper on one line."""
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


@pytest.fixture
def over(world: World, ewa: Person) -> World:
    """Marek was at the first two items, the neighbour at none, and the funded visit is over."""
    world.visit.project = Project.objects.get(slug="pwp-woes-ii")
    world.visit.state = Visit.State.COMPLETED
    world.visit.save()
    for number, item in enumerate(world.items):
        noted = {world.applications["marek"].pk: number < 2, world.applications["neighbour"].pk: False}
        note_attendance(item=item, by=ewa, noted=noted)
    return world


@pytest.fixture
def desk(ewa: Person, signed_in: SignIn) -> Client:
    """Ewa is signed in."""
    return signed_in(ewa)


def certificate_of(world: World, name: str = "marek") -> str:
    return f"{PAPERS}certificate-{world.applications[name].reference}.pdf"


# --- the list


def test_a_list_to_be_signed_has_names_institutions_and_marks(
    over: World, ewa: Person, signed_in: SignIn
) -> None:
    words = words_of(read(signed_in(ewa), f"{PAPERS}attendance-2026-09-01.pdf"))
    assert "Attendance list" in words
    assert "Tuesday, 1 September 2026" in words
    assert "09:00 – 11:00 Item 0" in words
    assert "13:00 – 15:00 Item 1" in words
    assert "Item 2" not in words
    assert "1 Marek Nowak Urząd Gminy 2 Zofia Nowak Urząd Gminy" in words
    assert MARK["en"] in words
    assert "PWP WOES II" in words


def test_a_list_can_be_made_for_one_item(world: World, ewa: Person, signed_in: SignIn) -> None:
    words = words_of(read(signed_in(ewa), f"{PAPERS}attendance-item-1.pdf"))
    assert "Item 1" in words
    assert "Item 0" not in words


def test_every_sheet_of_a_long_list_carries_the_marks_and_its_number(
    over: World, ewa: Person, signed_in: SignIn
) -> None:
    for number in range(28):
        participant(over.call, f"Osoba{number}")
    paper = read(signed_in(ewa), f"{PAPERS}attendance-2026-09-01.pdf")
    assert len(paper.pages) == 2
    for number, page in enumerate(paper.pages, start=1):
        words = " ".join(page.extract_text().split())
        assert MARK["en"] in words
        assert f"{number} / 2" in words
        assert "Signature" in words


@pytest.mark.parametrize("which", ["2026-09-20", "no-such-item", "2026-99-99"])
def test_there_is_no_list_for_a_day_or_item_that_is_not_there(
    which: str, world: World, ewa: Person, signed_in: SignIn
) -> None:
    assert signed_in(ewa).get(f"{PAPERS}attendance-{which}.pdf").status_code == 404


def test_there_is_no_list_without_participants(world: World, ewa: Person, signed_in: SignIn) -> None:
    Application.objects.all().delete()
    assert signed_in(ewa).get(f"{PAPERS}attendance-2026-09-01.pdf").status_code == 404


# --- the programme


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("pl", "Wtorek, 1 września 2026"),
        ("it", "Martedì, 1 settembre 2026"),
        ("en", "Tuesday, 1 September 2026"),
    ],
)
def test_the_programme_is_in_the_readers_language(
    language: str, day: str, over: World, client: Client
) -> None:
    with override(language):
        address = reverse("programme", args=["under-way"])
    paper = read(client, address)
    assert paper.trailer["/Root"]["/Lang"] == language
    assert day in words_of(paper)
    assert MARK[language] in words_of(paper)


def test_the_programme_says_when_where_with_whom_and_nothing_of_participants(
    world: World, client: Client
) -> None:
    Speaker.objects.create(item=world.items[0], name="Chiara Bianchi", role=factories.words("chair"))
    words = words_of(read(client, f"{PAPERS}programme.pdf"))
    assert "09:00 – 11:00 Item 0 Item 0 Place: Bologna Host: CADIAI" in words
    assert "Speakers: Chiara Bianchi (chair)" in words
    assert "Nowak" not in words


@pytest.mark.django_db
def test_the_programme_of_a_visit_of_which_little_is_known(client: Client) -> None:
    words = words_of(read(client, "/en/visits/wwd-italy-2013/papers/programme.pdf"))
    assert "Day not known" in words
    assert "[1]" not in words
    factories.visit("empty", "Empty")
    assert "The agenda is not known." in words_of(read(client, "/en/visits/empty/papers/programme.pdf"))


def test_a_text_of_the_programme_that_exists_in_another_language_only_is_named(
    world: World, client: Client
) -> None:
    AgendaItem.objects.filter(pk=world.items[0].pk).update(title={"pl": "Spotkanie"})
    assert "Spotkanie (Polish)" in words_of(read(client, f"{PAPERS}programme.pdf"))


def test_the_programme_of_a_draft_is_for_insiders(
    client: Client, ewa: Person, stranger: Person, signed_in: SignIn
) -> None:
    factories.visit("secret", "Secret", state="draft")
    address = "/en/visits/secret/papers/programme.pdf"
    assert client.get(address).status_code == 404
    assert signed_in(stranger).get(address).status_code == 404
    assert "Secret" in words_of(read(signed_in(ewa), address))


# --- certificates


def test_a_certificate_names_what_was_attended_and_nothing_else(
    over: World, ewa: Person, signed_in: SignIn
) -> None:
    words = words_of(read(signed_in(ewa), certificate_of(over)))
    assert "Certificate of attendance" in words
    assert "Marek Nowak" in words
    assert "A visit under way 1 September 2026 – 3 September 2026" in words
    assert "1 September 2026 Item 0 2 h 1 September 2026 Item 1 2 h Together 4 h" in words
    assert "Item 2" not in words
    assert MARK["en"] in words


def test_an_item_without_hours_counts_but_adds_none(over: World, ewa: Person, signed_in: SignIn) -> None:
    AgendaItem.objects.filter(pk=over.items[0].pk).update(starts_at=None, ends_at=None, held_on=None)
    words = words_of(read(signed_in(ewa), certificate_of(over)))
    assert "1 September 2026 Item 1 2 h Item 0 Together 2 h" in words


def test_a_certificate_without_any_hours_has_no_sum(over: World, ewa: Person, signed_in: SignIn) -> None:
    AgendaItem.objects.filter(visit=over.visit).update(ends_at=None)
    words = words_of(read(signed_in(ewa), certificate_of(over)))
    assert "Item 0" in words
    assert "Together" not in words


@pytest.mark.parametrize(
    ("language", "dates"),
    [("pl", "1 września 2026"), ("it", "1 settembre 2026"), ("en", "1 September 2026")],
)
def test_a_certificate_is_in_the_participants_language_or_the_one_asked_for(
    language: str, dates: str, over: World, ewa: Person, signed_in: SignIn
) -> None:
    client = signed_in(ewa)
    asked = read(client, f"{certificate_of(over)}?language={language}")
    Application.objects.filter(pk=over.applications["marek"].pk).update(language=language)
    own = read(client, certificate_of(over))
    for paper in (asked, own):
        assert paper.trailer["/Root"]["/Lang"] == language
        assert dates in words_of(paper)
        assert MARK[language] in words_of(paper)


def test_a_language_that_we_do_not_have_is_ignored(over: World, ewa: Person, signed_in: SignIn) -> None:
    assert read(signed_in(ewa), f"{certificate_of(over)}?language=xx").trailer["/Root"]["/Lang"] == "en"


def test_participants_take_their_own_certificate_and_nobody_elses(
    over: World, client: Client, signed_in: SignIn
) -> None:
    assert "Marek Nowak" in words_of(read(signed_in(over.marek), certificate_of(over)))
    for somebody in (over.neighbour, over.facilitator, over.editor):
        assert signed_in(somebody).get(certificate_of(over)).status_code == 404
    assert client.get(certificate_of(over)).status_code == 302


@pytest.mark.parametrize("state", ["confirmed", "running", "cancelled"])
def test_there_is_no_certificate_before_the_visit_is_over(
    state: str, over: World, ewa: Person, signed_in: SignIn
) -> None:
    Visit.objects.filter(pk=over.visit.pk).update(state=state)
    client = signed_in(ewa)
    assert client.get(certificate_of(over)).status_code == 404
    assert client.get(f"{PAPERS}certificates.pdf").status_code == 404
    assert (
        "Certificates are made from attendance once the visit is over."
        in client.get("/en/visits/under-way/desk/attendance/").content.decode()
    )


def test_who_attended_nothing_gets_no_certificate(over: World, ewa: Person, signed_in: SignIn) -> None:
    assert signed_in(ewa).get(certificate_of(over, "neighbour")).status_code == 404


def test_a_certificate_of_another_visit_is_not_found_here(
    over: World, ewa: Person, signed_in: SignIn
) -> None:
    factories.visit("other", "Other", state="completed")
    reference = over.applications["marek"].reference
    answer = signed_in(ewa).get(f"/en/visits/other/papers/certificate-{reference}.pdf")
    assert answer.status_code == 404


def test_all_certificates_come_as_one_paper_each_in_its_language(
    over: World, ewa: Person, signed_in: SignIn
) -> None:
    polish = participant(over.call, "Ewelina")
    Application.objects.filter(pk=polish.pk).update(language="pl")
    note_attendance(item=over.items[2], by=ewa, noted={polish.pk: True})
    paper = read(signed_in(ewa), f"{PAPERS}certificates.pdf")
    first, second = (" ".join(page.extract_text().split()) for page in paper.pages)
    assert "Ewelina Nowak" in first
    assert "2 września 2026 Item 2" in first
    assert MARK["pl"] in first
    assert "Marek Nowak" in second
    assert MARK["en"] in second


def test_the_overview_leads_to_the_certificates_of_those_who_were_there(
    over: World, ewa: Person, signed_in: SignIn
) -> None:
    body = signed_in(ewa).get("/en/visits/under-way/desk/attendance/").content.decode()
    assert f'href="{PAPERS}certificates.pdf"' in body
    assert f'href="{certificate_of(over)}"' in body
    assert certificate_of(over, "neighbour") not in body


@pytest.mark.parametrize(
    ("starts", "ends", "written"),
    [
        ("09:00", "11:00", "2 h"),
        ("09:00", "10:05", "1 h 05 min"),
        ("09:00", "09:45", "45 min"),
        ("11:00", "09:00", ""),
        ("09:00", "09:00", ""),
        (None, "11:00", ""),
        ("09:00", None, ""),
    ],
)
def test_hours_are_those_between_start_and_end(starts: str | None, ends: str | None, written: str) -> None:
    times = [dt.time.fromisoformat(one) if one else None for one in (starts, ends)]
    with override("en"):
        assert hours(duration(AgendaItem(starts_at=times[0], ends_at=times[1]))) == written


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("name", ["attendance-2026-09-01", "programme", "certificates"])
def test_more_people_and_items_take_no_more_queries(
    name: str, count: int, over: World, desk: Client, django_assert_num_queries: AssertQueries
) -> None:
    AgendaItem.objects.filter(visit=over.visit).update(held_on=START)
    AgendaItem.objects.filter(pk__in=[item.pk for item in over.items[count:]]).delete()
    for number in range(count - 1):
        one = participant(over.call, f"Osoba{number}")
        note_attendance(item=over.items[0], by=over.facilitator, noted={one.pk: True})
    address = f"{PAPERS}{name}.pdf"
    desk.get(address)
    with django_assert_num_queries({"programme": 5, "certificates": 9}.get(name, 8)):
        assert desk.get(address).status_code == 200
