"""S4: a card is found in any language, and is trusted because it says what it needs, and what failed."""

import pytest

from tests.journeys.visitor import Visitor

BICYCLES = "Rowery odnawiane w więzieniu"
HOME_CARE = "Opieka domowa przez spółdzielnię gminy i powiatu"
FAILURE = "Gminna spółdzielnia bez szefa, zleceń i rachunku"


@pytest.mark.parametrize("words", ["rowery", "ROWERY wiezniow", "biciclette", "detenuti bici", "bicycles"])
def test_a_card_is_found_by_words_of_any_language(visitor: Visitor, words: str) -> None:
    visitor.follows("Practices", within="nav.contents")
    visitor.sends("main form[role=search]", {"q": words})
    assert len(visitor.texts("#found h2")) < 6
    visitor.follows(BICYCLES, within="#found")
    assert visitor.heading == BICYCLES


def test_a_word_that_no_card_has_leads_back_to_all_of_them(visitor: Visitor) -> None:
    visitor.follows("Practices", within="nav.contents")
    every = visitor.texts("#found h2")
    visitor.sends("main form[role=search]", {"q": "elektrownia"})
    assert visitor.texts("#found h2") == []
    visitor.opens(str(visitor.found("#found .empty a")["href"]))
    assert visitor.texts("#found h2") == every
    assert len(every) == 6


def test_a_card_says_what_it_needs_costs_and_rests_on(visitor: Visitor) -> None:
    visitor.follows("Practices", within="nav.contents")
    visitor.follows(HOME_CARE, within="#found")
    assert len(visitor.texts(".clauses > li > h3")) == 5
    assert visitor.word("Who can change it:") in visitor.section("Necessary conditions")
    rows = visitor.page.select("table.costs tbody tr")
    costs = [[cell.get_text(strip=True) for cell in row.select("td")] for row in rows]
    assert [(amount.replace("\xa0", " "), year) for amount, year, _source in costs] == [
        ("120 000 PLN", "2016"),
        ("40 400,94 PLN", "2023"),
    ]
    for _amount, _year, source in costs:
        assert visitor.found(f"#source-{source} a")["href"].startswith("http")
    assert "Policzono zatrudnienie" in visitor.section("What is known of results")
    assert "W tym samym powiecie" in visitor.section("What can break it")
    assert visitor.sees("public sources, not confirmed by the host", within="header.title")
    for gain in ("The municipality", "The cooperative", "People"):
        assert visitor.sees(gain, within=".gains")


def test_failures_are_told_like_the_rest_and_named_as_such(visitor: Visitor) -> None:
    visitor.follows("Practices", within="nav.contents")
    visitor.follows(FAILURE, within="#found")
    assert visitor.sees("Card of a failure", within="header.title")
    assert visitor.sees("This did not work. The card says what was missing and how to see it earlier.")
    assert len(visitor.texts(".clauses > li > h3")) >= 3


def test_a_card_leads_to_where_it_comes_from_and_on_to_a_municipality(visitor: Visitor) -> None:
    visitor.follows("Practices", within="nav.contents")
    visitor.follows(HOME_CARE, within="#found")
    card = visitor.address
    visitor.follows("Kostrzyn", within="header.title dl")
    assert visitor.heading.startswith("Kostrzyn")
    visitor.opens(card)
    visitor.sends("main form.search", {"q": "dolsk"})
    assert visitor.texts("#found .names a") == ["Dolsk"]
