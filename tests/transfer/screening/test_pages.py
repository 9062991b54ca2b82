"""The pages of screenings: starting one, watching it, reading what it found, and what-if."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from sadzonka.people.models import Person
from sadzonka.places.models import County, Municipality, Period
from sadzonka.practices.models import Practice
from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.models import Judgement, Screening
from sadzonka.transfer.screening.actions.screenings import carry_out, start_screening
from tests.transfer.screening import tiny

AssertQueries = Callable[[int], AbstractContextManager[None]]
SignIn = Callable[[Person], Client]
AT = "/en/screenings/"
ASKED = {"version": tiny.SLUG, "country": tiny.COUNTRY, "region": "", "weights": "nothing"}


@pytest.fixture
def staff(ewa: Person, signed_in: SignIn) -> Client:
    return signed_in(ewa)


@pytest.fixture
def reader(controller: Person, signed_in: SignIn) -> Client:
    return signed_in(controller)


def at(screening: Screening) -> str:
    return f"{AT}{screening.pk}/"


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).find("main").text.split())


def errors(answer: HttpResponse) -> list[str]:
    return [" ".join(one.text.split()) for one in page(answer).select("main .errors li")]


# --- starting


def test_staff_start_a_screening_and_see_it_wait(staff: Client, places: dict[str, Municipality]) -> None:
    answer = staff.post(AT, ASKED)
    started = Screening.objects.get()
    assert answer["Location"] == f"{AT}{started.pk}/"
    assert (started.version.practice.slug, started.country_id, started.region, started.weights) == (
        "tiny",
        "XT",
        None,
        {"kind": "simplex"},
    )
    shown = staff.get(answer["Location"])
    assert "Waiting. 0% done." in text(shown)
    link = page(shown).select_one("#standing a")
    assert (link["href"], link["hx-get"], link["hx-trigger"]) == (
        f"{AT}{started.pk}/",
        f"{AT}{started.pk}/",
        "every 2s, click",
    )


def test_a_second_click_starts_nothing_twice(staff: Client, places: dict[str, Municipality]) -> None:
    first, second = staff.post(AT, ASKED), staff.post(AT, ASKED)
    assert (first["Location"], Screening.objects.count()) == (second["Location"], 1)


def test_an_order_and_least_weights_are_kept(staff: Client, places: dict[str, Municipality]) -> None:
    places_of = {"fit": 5, "need": 1, "readiness": 2, "feasibility": 3, "support": 4}
    ordered = {f"place-{name}": place for name, place in places_of.items()}
    staff.post(AT, {**ASKED, "weights": "order", **ordered})
    staff.post(AT, {**ASKED, "weights": "least", "least-need": "30", "least-fit": "12.5"})
    least, order = Screening.objects.values_list("weights", flat=True)
    assert order == {"kind": "ranked", "order": ["need", "readiness", "feasibility", "support", "fit"]}
    assert least == {
        "kind": "bounded",
        "bounds": {"need": 0.3, "fit": 0.125, "readiness": 0, "feasibility": 0, "support": 0},
    }
    listed = text(staff.get(AT))
    assert "Weights: in this order, the weightiest first: need, readiness of the people involved" in listed
    assert "Weights: at least need 30 %, fit of context 12.5 %" in listed


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"version": ""}, ["Practice: Choose a practice."]),
        (
            {"version": "nothing"},
            ["Practice: Select a valid choice. nothing is not one of the available choices."],
        ),
        (
            {"country": "ZZ"},
            ["Country: Select a valid choice. ZZ is not one of the available choices."],
        ),
        (
            {"region": "PL-30"},
            ["Region: This region does not lie in the country that is chosen."],
        ),
        (
            {"region": "XT-x"},
            ["Region: Select a valid choice. XT-x is not one of the available choices."],
        ),
        (
            {"weights": "order", "place-need": "1", "place-fit": "1", "place-readiness": "6"},
            [
                "Fit of context: place: Place 1 is taken already.",
                "Readiness of the people involved: place: Ensure this value is less than or equal to 5.",
                "Feasibility: money, staff, law in practice: place: Say its place, from 1 to 5.",
                "Support for the transfer: place: Say its place, from 1 to 5.",
            ],
        ),
        (
            {"weights": "least", "least-need": "60", "least-support": "50"},
            [
                (
                    "Support for the transfer: at least, in percent: "
                    "Together the least weights are 110 %, more than the whole."
                )
            ],
        ),
        ({"weights": "least"}, ["Need: at least, in percent: Say at least one least weight."]),
        (
            {"weights": "least", "least-need": "-1"},
            ["Need: at least, in percent: Ensure this value is greater than or equal to 0."],
        ),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    sent: dict[str, str], said: list[str], staff: Client, places: dict[str, Municipality]
) -> None:
    answer = staff.post(AT, {**ASKED, **sent})
    assert (answer.status_code, sorted(errors(answer)), Screening.objects.count()) == (422, sorted(said), 0)


# --- watching


def test_progress_is_told_without_scripts_and_as_a_fragment(staff: Client, queued: Screening) -> None:
    Screening.objects.filter(pk=queued.pk).update(state="running", progress=40, told_at=timezone.now())
    assert "Under way. 40% done." in text(staff.get(at(queued)))
    fragment = staff.get(at(queued), headers={"hx-request": "true", "hx-target": "standing"})
    assert (fragment.text.count("<h1"), "40% done." in fragment.text) == (0, True)


def test_when_it_is_done_the_whole_page_is_shown_anew(staff: Client, done: Screening) -> None:
    answer = staff.get(at(done), headers={"hx-request": "true", "hx-target": "standing"})
    assert answer["HX-Refresh"] == "true"


def test_one_that_stands_still_can_be_started_again_from_its_page(staff: Client, queued: Screening) -> None:
    told = timezone.now() - dt.timedelta(minutes=6)
    Screening.objects.filter(pk=queued.pk).update(state="running", progress=40, told_at=told)
    shown = page(staff.get(at(queued)))
    assert shown.select_one("#standing a").get("hx-get") is None
    again = shown.select_one("form[action$='/again/']")["action"]
    assert staff.post(again)["Location"] == at(queued)
    queued.refresh_from_db()
    assert (queued.state, queued.progress) == ("queued", 0)
    assert "This screening is under way, or has ended." in staff.post(again, follow=True).text


def test_a_failure_is_told_with_its_reason(staff: Client, queued: Screening) -> None:
    Municipality.objects.filter(country=tiny.COUNTRY).update(is_invented=True)
    carry_out(screening=queued)
    assert (
        "The screening failed; nothing was written. "
        "There is no real municipality in this country or region on this day."
    ) in text(staff.get(at(queued)))
    assert staff.get(f"{at(queued)}table.csv").status_code == 404
    assert staff.get(f"{at(queued)}invitations/").status_code == 404


# --- reading


def test_municipalities_stand_under_what_they_reach(staff: Client, done: Screening) -> None:
    shown = page(staff.get(at(done)))
    found = {
        heading.text: [name.text for name in heading.find_next_sibling("ul").select("h4")]
        for heading in shown.select("#municipalities > h3")
    }
    assert found == {
        "Possibly first for at least half of the weightings": ["Alfa", "Gamma"],
        "Seldom first": ["Beta"],
        "Blocked: compared with nobody": ["Delta"],
    }


def test_each_says_how_often_how_strong_and_what_to_find_out(staff: Client, done: Screening) -> None:
    shown = page(staff.get(at(done)))
    said = {
        one.h4.text: " ".join(one.get_text(" ").split())
        for one in shown.select("#municipalities .entries li")
    }
    assert said == {
        "Alfa": "open Alfa First: 0 to 100 % of weightings. "
        "County a, North strong known: 100 % public analysis : Alfa",
        "Gamma": "to verify Gamma First: 0 to 100 % of weightings. Find out first: Tiny practice "
        "County b, North distant to strong known: 0 % public analysis : Gamma",
        "Beta": "open Beta First: 0 to 1 % of weightings. "
        "County a, North possible known: 100 % public analysis : Beta",
        "Delta": "blocked Delta County c, South strong known: 100 % public analysis : Delta",
    }


def test_its_head_counts_and_says_what_it_is_not(staff: Client, done: Screening) -> None:
    said = text(staff.get(at(done)))
    for sentence in (
        "It is no public ranking and never becomes one.",
        "4 municipalities were looked at; invented ones are not among them.",
        "open 2 to verify 1 blocked 1",
        "Known is from 0 to 100 % of what counts; in half of the municipalities 100 % or more.",
        "The shares are those of 4,096 weightings of the five dimensions, not probabilities of success.",
        "at most ± 1 percentage point by sampling (standard error).",
    ):
        assert sentence in said, sentence


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?gate=open", ["Alfa", "Beta"]),
        ("?gate=blocked", ["Delta"]),
        ("?region=n", ["Alfa", "Gamma", "Beta"]),
        ("?region=s", ["Delta"]),
        ("?county=a", ["Alfa", "Beta"]),
        ("?region=s&county=a", []),
        ("?gate=nonsense&county=zz", ["Alfa", "Gamma", "Beta", "Delta"]),
        ("?page=99", ["Alfa", "Gamma", "Beta", "Delta"]),
    ],
)
def test_filters_show_a_part(query: str, names: list[str], staff: Client, done: Screening) -> None:
    shown = page(staff.get(at(done) + query))
    assert [one.text for one in shown.select("#municipalities h4")] == names


def test_a_county_without_a_real_municipality_is_no_choice(staff: Client, done: Screening) -> None:
    Period.objects.filter(municipality__code=tiny.CODES["Alfa"]).update(county=_county_of_omega_alone())
    Period.objects.filter(municipality__code=tiny.CODES["Omega"]).update(county=_county_of_omega_alone())
    counties = {option["value"] for option in page(staff.get(at(done))).select("select[name=county] option")}
    assert "o" in counties
    Period.objects.filter(municipality__code=tiny.CODES["Alfa"]).update(county=County.objects.get(code="a"))
    counties = {option["value"] for option in page(staff.get(at(done))).select("select[name=county] option")}
    assert "o" not in counties


def _county_of_omega_alone() -> County:
    region = County.objects.get(code="a").region
    return County.objects.get_or_create(region=region, code="o", defaults={"name": "Omega's"})[0]


def test_the_table_says_the_same_without_formulas(staff: Client, done: Screening) -> None:
    Period.objects.filter(municipality__code=tiny.CODES["Alfa"]).update(name="=HYPERLINK(1)")
    answer = staff.get(f"{at(done)}table.csv?region=n")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:3] + head[9:] == [
        *("country", "code", "municipality"),
        "surely first, share of weightings",
        "possibly first, share of weightings",
        "greater standard error of the two",
    ]
    assert [row[:9] for row in rows] == [
        ["XT", "0001", "'=HYPERLINK(1)", "County a", "North", "open", "strong", "strong", "1.0"],
        ["XT", "0003", "Gamma", "County b", "North", "to verify", "distant", "strong", "0.0"],
        ["XT", "0002", "Beta", "County a", "North", "open", "possible", "possible", "1.0"],
    ]
    assert [row[9] for row in rows] == ["0.0", "0.0", "0.0"]


def test_a_blocked_municipality_has_no_share_in_the_table(staff: Client, done: Screening) -> None:
    answer = staff.get(f"{at(done)}table.csv?gate=blocked")
    _head, row = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row[1:6] + row[9:] == ["0004", "Delta", "County c", "South", "blocked", "", "", ""]


# --- who reads, and how much it takes


def test_a_controller_reads_and_starts_nothing(reader: Client, done: Screening) -> None:
    assert page(reader.get(AT)).select("form[method=post]") == []
    assert reader.get(at(done)).status_code == 200
    assert reader.post(AT, ASKED).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries(
    count: int, done: Screening, ewa: Person, staff: Client, django_assert_num_queries: AssertQueries
) -> None:
    version = analysable_versions().get(practice__slug=tiny.SLUG)
    for number in range(1, count):
        bounds = {"need": number / 10}
        weights = {"kind": "bounded", "bounds": bounds}
        start_screening(version=version, country=tiny.COUNTRY, region=None, weights=weights, by=ewa)
    staff.get(AT)
    with django_assert_num_queries(17):
        assert text(staff.get(AT)).count("Tiny practice: Tinyland") == count


@pytest.mark.parametrize("county", ["a", "b"])  # of two municipalities, of one
def test_a_screening_takes_the_same_queries_for_one_and_more(
    county: str, done: Screening, staff: Client, django_assert_num_queries: AssertQueries
) -> None:
    address = f"{at(done)}?county={county}"
    staff.get(address)
    with django_assert_num_queries(18):
        assert staff.get(address).status_code == 200


def test_a_withdrawn_card_keeps_its_screenings(staff: Client, done: Screening) -> None:
    Practice.objects.get(slug=tiny.SLUG).versions.update(state="outdated")
    assert "Tiny practice" in text(staff.get(at(done)))
    assert staff.post(AT, ASKED).status_code == 422


@pytest.mark.parametrize("address", ["/en/desk/", "/en/my/"])
def test_staff_find_screenings_where_they_work(address: str, staff: Client) -> None:
    assert f'href="{AT}"' in staff.get(address).text


def test_where_little_is_known_the_score_at_worst_puts_in_order(
    staff: Client, places: dict[str, Municipality], ewa: Person
) -> None:
    tiny.know(places["Gamma"], Practice.objects.get(slug=tiny.SLUG), gate="met")
    Judgement.objects.filter(practice__slug=tiny.SLUG).exclude(criterion_key="fit").delete()
    version = analysable_versions().get(practice__slug=tiny.SLUG)
    started = start_screening(version=version, country=tiny.COUNTRY, region=None, weights={}, by=ewa)
    shown = page(staff.get(at(carry_out(screening=started))))
    # In fit alone Beta is at 0.6 and Alfa at 0.4; of Gamma nothing is known: at worst 0.12, 0.08 and 0.
    assert [one.text for one in shown.select("#municipalities h4")] == ["Beta", "Alfa", "Gamma", "Delta"]
