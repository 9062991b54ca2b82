"""The whole way from the home page to an answer, in each language and in no other."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from sadzonka.people.models import Person
from tests.chain import World
from tests.journeys.catalogues import foreign_words
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Visitor
from tests.permissions.rows import screening
from tests.permissions.rows.screening import DONE, FAILED, WAITING
from tests.permissions.rows.statistics import DISCARDED, FILE, OPEN, plant
from tests.transfer.calibration import frozen

WAY = {
    "pl": (
        "WWD we Włoszech: Emilia-Romagna i Toskania, 2013",
        "Żłobki budowane i prowadzone przez konsorcjum",
    ),
    "it": ("WWD in Italia: Emilia-Romagna e Toscana, 2013", "Nidi costruiti e gestiti da un consorzio"),
    "en": ("WWD in Italy: Emilia-Romagna and Tuscany, 2013", "Nurseries built and run by a consortium"),
}


@pytest.mark.parametrize("language", WAY)
def test_from_the_home_page_to_an_answer_in_one_language(db: None, language: str) -> None:
    visit, practice = WAY[language]
    visitor = Visitor(language)
    spoken: dict[str, list[str]] = {}

    def reads() -> None:
        spoken[visitor.address] = foreign_words(visitor.page, language)

    visitor.opens("/")
    reads()
    visitor.follows("Visits", within="nav.contents")
    reads()
    visitor.follows(visit, within="main")
    assert visitor.heading == visit
    reads()
    visitor.follows(practice, within="#nursery")
    assert visitor.heading.startswith(practice)
    card = visitor.heading
    reads()
    visitor.sends("main form.search", {"q": "kornik"})
    reads()
    visitor.follows("Kórnik", within="#found")
    reads()
    visitor.follows(practice, within="main ol.entries")
    assert card in visitor.heading
    reads()
    visitor.sends("#own form", {"if-municipal-plot": "unmet", "if-building-to-convert": "unmet"})
    assert visitor.page.select_one(".answer > section .state.big.blocked")
    reads()
    for name in ("Practices", "Organisations", "Municipalities"):
        visitor.follows(name, within="nav.contents")
        reads()
    visitor.opens(f"/{language}/there-is-no-such-page/", status=404)
    reads()
    assert {address: words for address, words in spoken.items() if words} == {}


@pytest.mark.parametrize(("language", "other"), [("pl", "it"), ("it", "en"), ("en", "pl")])
def test_the_language_switch_keeps_the_page_and_the_answers(db: None, language: str, other: str) -> None:
    visitor = Visitor(language)
    visitor.opens("/")
    visitor.follows("Municipalities", within="nav.contents")
    visitor.follows("Kórnik", within="#found")
    visitor.follows(WAY[language][1], within="main ol.entries")
    visitor.sends("#own form", {"if-municipal-plot": "unmet", "if-building-to-convert": "unmet"})
    changed = Visitor(other, visitor.client)
    changed.opens(str(visitor.found(f'nav.languages a[hreflang="{other}"]')["href"]))
    assert "Kórnik" in changed.heading
    assert WAY[other][1] in changed.heading
    assert changed.page.select_one(".answer > section .state.big.blocked")


KORNIK, INVENTED, GONE = ["PL", "302109"], ["PL", "999901"], ["IT", "035007"]
PLACES: list[tuple[str, list[Any], str]] = [
    ("country", ["PL"], ""),
    ("country", ["IT"], ""),
    ("region", ["PL", "30"], ""),
    ("county", ["PL", "3021"], ""),
    ("municipality", KORNIK, ""),
    ("through_time", KORNIK, ""),
    ("through_time", KORNIK, "?indicator=registered_unemployed"),
    ("through_time", KORNIK, "?indicator=registered_unemployed_per_1000"),
    ("through_time", GONE, ""),
    ("through_time", INVENTED, ""),
    ("likenesses", KORNIK, ""),
    ("likenesses", KORNIK, "?among=ALL"),
    ("likenesses", GONE, ""),
    ("likenesses", INVENTED, ""),
    ("indicators", [], ""),
    ("indicator", ["population"], ""),
    ("indicator", ["registered_unemployed_per_1000"], ""),
]
DESK: list[tuple[str, list[Any], str]] = [
    ("imports", [], ""),
    ("import", [FILE], ""),
    ("import", [OPEN], ""),
    ("import", [DISCARDED], ""),
    ("releases", [], ""),
    ("release", ["planted"], ""),
    ("coverage", [], "?country=pl"),
    ("coverage", [], "?country=it"),
    ("stale", [], "?country=pl"),
]
# Steps taken, two practices beside each other, what became of adoptions, the method with wrong entries.
STEPS = "?do-step-stock-size=1&do-alternative-several-years=1&do-step-nothing=1&q-sales=2"
TRANSFER: list[tuple[str, list[Any], str]] = [
    ("analysis", [*KORNIK, "bicycles-from-prison"], ""),
    ("analysis", [*KORNIK, "bicycles-from-prison"], STEPS),
    ("analysis", [*INVENTED, "bicycles-from-prison"], ""),
    ("analysis", [*INVENTED, "municipal-cooperative-without-manager"], "?do-step-founding-group=1"),
    ("analysis", [*KORNIK, "own"], ""),
    ("municipality_comparison", KORNIK, ""),
    ("municipality_comparison", KORNIK, "?a=bicycles-from-prison&b=nurseries-by-a-consortium"),
    ("municipality_comparison", KORNIK, "?a=bicycles-from-prison&b=bicycles-from-prison"),
    ("municipality_comparison", INVENTED, "?a=bicycles-from-prison&b=nurseries-by-a-consortium"),
    ("calibration", [], ""),
    ("method", [], ""),
    ("method", [], "?value-need=lots&weights=ranked&order-1=fit&floor-of=fit&floor=2"),
    ("method", [], "?value-need=.9&weights=bounded&least-need=.5&floor-of=need&floor=.95"),
]
SCREENINGS: list[tuple[str, list[Any], str]] = [
    ("screenings", [], ""),
    ("screening", [DONE], ""),
    ("screening", [DONE], "?gate=blocked"),
    ("screening", [WAITING], ""),
    ("screening", [FAILED], ""),
    ("screening_place", [DONE, "300101"], ""),
    ("screening_place", [DONE, "300101"], "?if-resolution=unmet&q-trust=4&q-nothing=1"),
    ("invitation_list", [DONE], ""),
    ("region_screenings", [], ""),
    ("region_screening", ["PL", "30"], ""),
]


@pytest.mark.parametrize("language", WAY)
def test_places_and_statistics_speak_one_language(db: None, language: str) -> None:
    assert foreign_words_at(PLACES, Visitor(language)) == {}


@pytest.mark.parametrize("language", WAY)
def test_the_desk_of_statistics_speaks_one_language(world: World, ewa: Person, language: str) -> None:
    plant(world)
    assert foreign_words_at(DESK, signed_in(ewa, language=language)) == {}


@pytest.mark.parametrize("language", WAY)
def test_what_would_change_and_what_became_of_it_speak_one_language(db: None, language: str) -> None:
    """Two that were delivered and two that were given up: enough to test what the card calls necessary."""
    frozen.card(title="Kanarek")
    for number, ending in enumerate((frozen.DELIVERED, frozen.ABANDONED) * 2, start=1):
        frozen.adopted(ending, number, 3, 3, None, 3, code=f"30010{number}")
    assert foreign_words_at(TRANSFER, Visitor(language)) == {}


@pytest.mark.parametrize("language", WAY)
def test_screenings_and_invitations_speak_one_language(world: World, ewa: Person, language: str) -> None:
    screening.plant(world)
    desk = signed_in(ewa, language=language)
    assert foreign_words_at(SCREENINGS, desk) == {}
    with override(language):
        desk.opens(reverse("screenings"))
    desk.sends("main form.form", {"weights": "order"}, status=422)
    assert foreign_words(desk.page, language) == []
    desk.presses("Start", {"weights": "least", "least-need": "101"}, status=422)
    assert foreign_words(desk.page, language) == []


def foreign_words_at(pages: list[tuple[str, list[Any], str]], visitor: Visitor) -> dict[str, list[str]]:
    """Return what each of these pages says in another language than the visitor's."""
    spoken = {}
    for name, words, query in pages:
        with override(visitor.language):
            visitor.opens(reverse(name, args=words) + query)
        spoken[visitor.address] = foreign_words(visitor.page, visitor.language)
    assert len(spoken) == len(pages)
    return {address: words for address, words in spoken.items() if words}
