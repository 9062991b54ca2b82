"""Invitation lists: drafted with reasons, changed by hand, never sent, nobody invented on them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from sadzonka.common.revisions import StaleForm
from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person
from sadzonka.places.models import County, Municipality, Period
from sadzonka.transfer.models import InvitationList, Screening
from sadzonka.transfer.screening.actions.invitations import IsInvented, add_by_hand, draft_list, keep_list
from sadzonka.transfer.screening.drafting import DraftWish, Entry
from tests import factories
from tests.admin.browser import values_of
from tests.transfer.screening import tiny

AssertQueries = Callable[[int], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]
ALFA = "First for 0 to 100 % of weightings. Every condition is met. Class: strong."
GAMMA = (
    "First for 0 to 100 % of weightings. Nothing blocks as far as is known; 1 condition is to be verified."
    " Class: distant to strong. Find out first: Tiny practice."
)


@pytest.fixture
def staff(ewa: Person, signed_in: SignIn) -> Client:
    return signed_in(ewa)


@pytest.fixture
def drafted(done: Screening, ewa: Person) -> InvitationList:
    """Return a list as it was drafted: Alfa and Gamma stand on it."""
    with override("en"):
        return draft_list(screening=done, revision=0, wish=DraftWish(most=10, band=1), by=ewa)


def at(screening: Screening, rest: str = "") -> str:
    return f"/en/screenings/{screening.pk}/invitations/{rest}"


def listed(screening: Screening) -> list[tuple[str, str]]:
    found = InvitationList.objects.get(screening=screening).invitations.all()
    return [(str(one.municipality), one.reason) for one in found]


def names(screening: Screening) -> list[str]:
    return [name for name, _reason in listed(screening)]


def form_in(answer: HttpResponse, ending: str) -> dict[str, str]:
    form = BeautifulSoup(answer.content, "html.parser").select_one(f"main form[action$='{ending}']")
    assert form is not None
    return values_of(form)


def errors(answer: HttpResponse) -> list[str]:
    shown = BeautifulSoup(answer.content, "html.parser").select("main .errors li")
    return [" ".join(one.text.split()) for one in shown]


def logged(screening: Screening) -> list[str]:
    entries = ModelLogEntry.objects.filter(content_type__model="invitationlist").order_by("pk")
    return list(entries.values_list("action", flat=True))


# --- drafting


def test_a_draft_names_those_who_may_be_first_with_reasons(
    staff: Client, done: Screening, ewa: Person
) -> None:
    answer = staff.post(at(done, "draft/"), {"revision": 0, "most": 10, "band": 1})
    assert (answer.status_code, answer["Location"]) == (302, at(done))
    assert listed(done) == [("Alfa", ALFA), ("Gamma", GAMMA)]
    made = InvitationList.objects.get()
    assert (made.revision, made.drafted_by, made.visit, Mail.objects.count()) == (1, ewa, None, 0)
    assert logged(done) == ["sadzonka.draft_invitations"]


def test_reasons_are_in_the_language_of_the_page(done: Screening, ewa: Person) -> None:
    with override("pl"):
        draft_list(screening=done, revision=0, wish=DraftWish(most=1, band=1), by=ewa)
    ((_name, polish),) = listed(done)
    assert (polish != ALFA, "mocna" in polish) == (True, True)


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        (DraftWish(most=1, band=1), ["Alfa"]),
        (DraftWish(most=10, band=1, most_per_county=1), ["Alfa", "Gamma"]),
        (DraftWish(most=10, band=1, most_per_region=1), ["Alfa"]),
    ],
)
def test_a_draft_leaves_room_for_others(
    wish: DraftWish, found: list[str], done: Screening, ewa: Person
) -> None:
    draft_list(screening=done, revision=0, wish=wish, by=ewa)
    assert names(done) == found


def test_a_full_county_makes_room_for_the_next_one(done: Screening, ewa: Person) -> None:
    Period.objects.filter(municipality__code="0003").update(
        county=County.objects.get(code="a", name="County a")
    )
    draft_list(screening=done, revision=0, wish=DraftWish(most=10, band=1, most_per_county=1), by=ewa)
    assert names(done) == ["Alfa"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"most": "0"}, "How many municipalities, at most: Ensure this value is greater than or equal to 1."),
        (
            {"most": "101"},
            "How many municipalities, at most: Ensure this value is less than or equal to 100.",
        ),
        ({"most": ""}, "How many municipalities, at most: This field is required."),
        (
            {"band": "7"},
            (
                "Those that for at least half of the weightings are possibly: "
                "Select a valid choice. 7 is not one of the available choices."
            ),
        ),
        ({"most_per_county": "x"}, "From one county, at most: Enter a whole number."),
        ({"revision": ""}, "This form is damaged. Open the page anew and fill it in again."),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused(
    sent: dict[str, str], said: str, staff: Client, done: Screening
) -> None:
    answer = staff.post(at(done, "draft/"), {"revision": 0, "most": 10, "band": 1, **sent})
    assert (answer.status_code, errors(answer), InvitationList.objects.count()) == (422, [said], 0)


def test_a_second_click_drafts_nothing_twice(staff: Client, drafted: InvitationList) -> None:
    address = at(drafted.screening, "draft/")
    answer = staff.post(address, {"revision": 0, "most": 1, "band": 1}, follow=True)
    assert "The list has been drafted already. It stands below." in answer.text
    assert names(drafted.screening) == ["Alfa", "Gamma"]


def test_drafting_again_asks_before_it_replaces(staff: Client, drafted: InvitationList) -> None:
    address = at(drafted.screening, "draft/")
    answer = staff.post(address, {"revision": 1, "most": 1, "band": 1})
    said = (
        "Replace the list that is there, with everything that was written by hand: "
        "There is a list already: confirm that it is replaced."
    )
    assert (answer.status_code, errors(answer), names(drafted.screening)) == (422, [said], ["Alfa", "Gamma"])
    staff.post(address, {"revision": 1, "most": 1, "band": 1, "is_replacing": "on"})
    assert names(drafted.screening) == ["Alfa"]
    drafted.refresh_from_db()
    assert drafted.revision == 2


def test_a_draft_over_a_list_that_has_changed_is_refused(
    staff: Client, drafted: InvitationList, ewa: Person
) -> None:
    keep_list(invitation_list=drafted, revision=1, visit=None, note="Ours", entries=[], by=ewa)
    sent = {"revision": 1, "most": 1, "band": 1, "is_replacing": "on"}
    answer = staff.post(at(drafted.screening, "draft/"), sent)
    assert (answer.status_code, names(drafted.screening)) == (409, [])
    assert form_in(answer, "/draft/")["revision"] == "2"


# --- changing by hand


def test_staff_change_reasons_and_order_and_take_off(staff: Client, drafted: InvitationList) -> None:
    screening = drafted.screening
    sent = form_in(staff.get(at(screening)), "/invitations/")
    first, second = drafted.invitations.all()
    sent |= {
        f"order-{first.municipality_id}": "2",
        f"order-{second.municipality_id}": "1",
        f"reason-{second.municipality_id}": "They asked us.",
    }
    answer = staff.post(at(screening), {**sent, "note": "By telephone first."})
    assert answer["Location"] == at(screening)
    assert listed(screening) == [("Gamma", "They asked us."), ("Alfa", ALFA)]
    sent = form_in(staff.get(at(screening)), "/invitations/")
    gamma = drafted.invitations.get(municipality__code="0003")
    staff.post(at(screening), {**sent, f"remove-{gamma.municipality_id}": "on"})
    assert names(screening) == ["Alfa"]
    drafted.refresh_from_db()
    assert (drafted.revision, drafted.note) == (3, "By telephone first.")


def test_a_list_is_for_a_visit_that_is_not_over(staff: Client, drafted: InvitationList) -> None:
    coming = factories.visit("coming", "Coming")
    over = factories.visit("over", "Over", state="archived")
    screening = drafted.screening
    sent = form_in(staff.get(at(screening)), "/invitations/")
    refused = staff.post(at(screening), {**sent, "visit": over.pk})
    assert refused.status_code == 422
    staff.post(at(screening), {**sent, "visit": coming.pk})
    drafted.refresh_from_db()
    assert drafted.visit == coming
    coming.state = "archived"
    coming.save()
    sent = form_in(staff.get(at(screening)), "/invitations/")
    assert staff.post(at(screening), {**sent, "note": "Thanks"}).status_code == 302  # its own visit stays


def test_the_same_again_changes_nothing(staff: Client, drafted: InvitationList) -> None:
    sent = form_in(staff.get(at(drafted.screening)), "/invitations/")
    staff.post(at(drafted.screening), sent)
    drafted.refresh_from_db()
    assert (drafted.revision, logged(drafted.screening)) == (1, ["sadzonka.draft_invitations"])


def test_an_empty_reason_and_a_wrong_place_are_refused_beside_their_fields(
    staff: Client, drafted: InvitationList
) -> None:
    sent = form_in(staff.get(at(drafted.screening)), "/invitations/")
    first, second = drafted.invitations.all()
    answer = staff.post(
        at(drafted.screening),
        {**sent, f"reason-{first.municipality_id}": " ", f"order-{second.municipality_id}": "0"},
    )
    assert (answer.status_code, errors(answer)) == (
        422,
        [
            "Why Alfa: Everybody on the list stands there for a reason.",
            "Place of Gamma: Ensure this value is greater than or equal to 1.",
        ],
    )


def test_a_stale_form_is_refused_and_what_was_typed_stays(
    staff: Client, drafted: InvitationList, ewa: Person
) -> None:
    sent = form_in(staff.get(at(drafted.screening)), "/invitations/")
    alfa = drafted.invitations.all()[0].municipality_id
    entries = [Entry(one.municipality_id, one.reason) for one in drafted.invitations.all()]
    keep_list(invitation_list=drafted, revision=1, visit=None, note="Ours", entries=entries, by=ewa)
    add_by_hand(
        invitation_list=drafted,
        revision=2,
        municipality=Municipality.objects.get(country=tiny.COUNTRY, code="0002"),
        reason="They wrote to us.",
        by=ewa,
    )
    answer = staff.post(at(drafted.screening), {**sent, "note": "Mine", f"reason-{alfa}": "They asked us."})
    assert (answer.status_code, len(errors(answer))) == (409, 1)
    kept = form_in(answer, "/invitations/")
    assert (kept["note"], kept[f"reason-{alfa}"], kept["revision"]) == ("Mine", "They asked us.", "3")
    assert names(drafted.screening) == ["Alfa", "Gamma", "Beta"]
    drafted.refresh_from_db()
    assert drafted.note == "Ours"


# --- adding by hand


@pytest.mark.parametrize("words", ["0002", "Beta", " beta "])
def test_a_municipality_is_added_by_code_or_name(words: str, staff: Client, drafted: InvitationList) -> None:
    answer = staff.post(
        at(drafted.screening, "add/"), {"revision": 1, "place": words, "reason": "They wrote to us."}
    )
    assert answer["Location"] == at(drafted.screening)
    assert listed(drafted.screening)[2] == ("Beta", "They wrote to us.")
    assert drafted.invitations.get(municipality__code="0002").is_by_hand


def test_the_same_form_sent_twice_adds_once(staff: Client, drafted: InvitationList) -> None:
    sent = {"revision": 1, "place": "Beta", "reason": "They wrote to us."}
    answers = [staff.post(at(drafted.screening, "add/"), sent).status_code for _ in range(2)]
    assert (answers, names(drafted.screening)) == ([302, 302], ["Alfa", "Gamma", "Beta"])


@pytest.mark.parametrize(
    ("place", "reason", "said"),
    [
        ("Alfa", "Why not", "Municipality: This municipality is on the list already."),
        ("Omega", "Why not", "Municipality: This municipality is invented: nobody there can be invited."),
        ("0005", "Why not", "Municipality: This municipality is invented: nobody there can be invited."),
        ("Nowhere", "Why not", "Municipality: No municipality of this country has this code or name."),
        ("300101", "Why not", "Municipality: No municipality of this country has this code or name."),
        ("Beta", "", "Reason: Say why it is invited."),
        ("", "Why not", "Municipality: This field is required."),
    ],
)
def test_who_cannot_be_added_is_refused_beside_the_field(
    place: str, reason: str, said: str, staff: Client, drafted: InvitationList
) -> None:
    sent = {"revision": 1, "place": place, "reason": reason}
    answer = staff.post(at(drafted.screening, "add/"), sent)
    assert (answer.status_code, errors(answer), names(drafted.screening)) == (422, [said], ["Alfa", "Gamma"])


def test_of_two_with_one_name_the_code_is_asked_for(staff: Client, drafted: InvitationList) -> None:
    Period.objects.filter(municipality__country=tiny.COUNTRY, name="Delta").update(name="Beta")
    sent = {"revision": 1, "place": "Beta", "reason": "They wrote to us."}
    answer = staff.post(at(drafted.screening, "add/"), sent)
    said = "Municipality: 2 municipalities have this name. Write the code of one: 0002, 0004."
    assert errors(answer) == [said]


def test_no_way_leads_an_invented_municipality_onto_a_list(
    drafted: InvitationList, places: dict[str, Municipality], ewa: Person
) -> None:
    with pytest.raises(IsInvented):
        add_by_hand(invitation_list=drafted, revision=1, municipality=places["Omega"], reason="x", by=ewa)


def test_adding_from_a_page_that_is_out_of_date_is_refused(
    staff: Client, drafted: InvitationList, ewa: Person
) -> None:
    keep_list(invitation_list=drafted, revision=1, visit=None, note="Ours", entries=[], by=ewa)
    sent = {"revision": 1, "place": "Beta", "reason": "They wrote to us."}
    answer = staff.post(at(drafted.screening, "add/"), sent)
    assert (answer.status_code, names(drafted.screening)) == (409, [])
    assert form_in(answer, "/add/") == {**form_in(answer, "/add/"), "place": "Beta", "revision": "2"}


# --- actions, tables, queries


def test_an_action_with_an_old_revision_changes_nothing(drafted: InvitationList, ewa: Person) -> None:
    keep_list(invitation_list=drafted, revision=1, visit=None, note="", entries=[Entry(1, "x")][:0], by=ewa)
    with pytest.raises(StaleForm):
        keep_list(invitation_list=drafted, revision=1, visit=None, note="Mine", entries=[], by=ewa)
    assert logged(drafted.screening) == ["sadzonka.draft_invitations", "sadzonka.change_invitations"]


def test_the_table_holds_no_formulas(staff: Client, drafted: InvitationList) -> None:
    drafted.invitations.filter(municipality__code="0001").update(reason="=1+1", is_by_hand=True)
    answer = staff.get(at(drafted.screening, "table.csv"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows == [
        ["place", "country", "code", "municipality", "county", "region", "reason", "added by hand"],
        ["1", "XT", "0001", "Alfa", "County a", "North", "'=1+1", "yes"],
        ["2", "XT", "0003", "Gamma", "County b", "North", GAMMA, "no"],
    ]


def test_names_and_reasons_are_text(staff: Client, drafted: InvitationList) -> None:
    hostile = "<script>alert(1)</script>"
    Period.objects.filter(municipality__code="0001").update(name=hostile)
    drafted.invitations.update(reason=hostile)
    for address in (at(drafted.screening), f"/en/screenings/{drafted.screening_id}/"):
        shown = BeautifulSoup(staff.get(address).content, "html.parser")
        assert [one for one in shown.select("script") if "alert" in one.text] == []
        assert hostile in shown.text


def test_without_a_list_there_is_no_table_and_nothing_to_add_to(staff: Client, done: Screening) -> None:
    assert staff.get(at(done, "table.csv")).status_code == 404
    assert staff.post(at(done, "add/"), {"revision": 1, "place": "Beta", "reason": "x"}).status_code == 404
    assert staff.post(at(done), {"revision": 1}).status_code == 404


def test_a_controller_reads_the_list_and_has_no_form(
    controller: Person, signed_in: SignIn, drafted: InvitationList
) -> None:
    reader = signed_in(controller)
    shown = BeautifulSoup(reader.get(at(drafted.screening)).content, "html.parser")
    assert (shown.select("main form"), [one.text for one in shown.select("h3 a")]) == ([], ["Alfa", "Gamma"])
    assert reader.post(at(drafted.screening, "draft/"), {}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_the_same_queries(
    count: int,
    staff: Client,
    drafted: InvitationList,
    ewa: Person,
    django_assert_num_queries: AssertQueries,
) -> None:
    known = Municipality.objects.filter(country=tiny.COUNTRY, is_invented=False).order_by("code")
    entries = [Entry(one.pk, "Because.") for one in known[:count]]
    keep_list(invitation_list=drafted, revision=1, visit=None, note="", entries=entries, by=ewa)
    staff.get(at(drafted.screening))
    with django_assert_num_queries(20):
        assert staff.get(at(drafted.screening)).text.count('textarea name="reason-') == count
