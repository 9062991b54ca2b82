"""S7: whether a practice can be moved to a municipality: blocked or not, how strong, how sure, what to do."""

import pytest

from tests.journeys.visitor import Visitor, said

NURSERIES = "Żłobki budowane i prowadzone przez konsorcjum spółdzielni"
BICYCLES = "Rowery odnawiane w więzieniu"
INVENTED = "Przykładowo (gmina wymyślona)"


@pytest.mark.parametrize("words", ["Łobżenica", "lobzenica", "LOBŻ", "301904"])
def test_a_municipality_is_found_with_and_without_diacritics(visitor: Visitor, words: str) -> None:
    visitor.sends("main form[role=search]", {"q": words})
    assert visitor.texts("#found .names a") == ["Łobżenica"]
    visitor.follows("Łobżenica", within="#found")
    assert "Łobżenica" in visitor.heading


def test_a_municipality_is_found_by_its_county(visitor: Visitor) -> None:
    visitor.sends("main form[role=search]", {"q": "powiat śremski"})
    found = visitor.texts("#found .names a")
    assert found == ["Brodnica", "Dolsk", "Książ Wielkopolski", "Śrem"]
    visitor.follows("Dolsk", within="#found")
    visitor.follows("śremski", within="nav.crumbs")
    assert (visitor.heading, visitor.texts("main table.figures tbody th a")) == ("powiat śremski", found)


def test_every_municipality_of_wielkopolska_is_in_the_list(visitor: Visitor) -> None:
    visitor.follows("Municipalities", within="nav.contents")
    names = visitor.texts("#found .names a")
    assert len([name for name in names if name != INVENTED]) == 226
    assert names.index("Kaczory") < names.index("Łobżenica") < names.index("Wyrzysk")


def test_a_real_municipality_shows_figures_with_years_and_the_practices_in_order(visitor: Visitor) -> None:
    opens_municipality(visitor, "Śrem")
    rows = visitor.page.select("table.figures tbody tr")
    assert len(rows) >= 8
    assert all(
        1990 < int(row.select("td")[-1].get_text()) < 2100 and row.select_one(".source") for row in rows
    )
    assert len(visitor.texts("main ol.entries h3")) == 6
    assert visitor.page.select("main ol.entries .state.blocked") == []


def test_blocked_practices_stand_last_and_robustly_good_ones_first(visitor: Visitor) -> None:
    opens_municipality(visitor, INVENTED)
    titles = visitor.texts("main ol.entries h3")
    assert (titles[0], titles[-1]) == (NURSERIES, BICYCLES)
    lines = visitor.texts("main ol.entries > li")
    assert visitor.word("open and robustly good on what is known") in lines[0]
    assert visitor.word("Blocked.") in lines[-1]
    assert not [line for line in lines[:-1] if visitor.word("Blocked.") in line]


def test_a_reader_answers_and_the_result_changes_at_once(visitor: Visitor) -> None:
    opens_municipality(visitor, "Śrem")
    visitor.follows(NURSERIES, within="main ol.entries")
    untouched = visitor.address
    assert visitor.page.select_one(".answer > section .state.big.verify")
    strength = class_shown(visitor)

    no_site = {"if-municipal-plot": "unmet", "if-building-to-convert": "unmet"}
    visitor.sends("#own form", no_site)
    assert visitor.sees("with your answers", within="header.title")
    assert visitor.page.select_one(".answer > section .state.big.blocked")
    assert {field["name"] for field in visitor.page.select("#own input[value=unmet][checked]")} == set(
        no_site
    )
    shared = visitor.address

    visitor.sends("#own form", {"if-building-to-convert": "met"})
    assert not visitor.page.select(".answer > section .state.big.blocked")

    visitor.sends("#own form", dict.fromkeys(questions(visitor), "5"))
    assert class_shown(visitor) != strength

    someone_else = Visitor("pl")
    someone_else.opens(shared)
    assert someone_else.page.select_one(".answer > section .state.big.blocked")
    someone_else.opens(untouched)
    assert class_shown(someone_else) == strength


def test_a_blocked_practice_names_who_can_change_it(visitor: Visitor) -> None:
    opens_municipality(visitor, INVENTED)
    visitor.follows(BICYCLES, within="main ol.entries")
    gate = visitor.section("Is anything blocking?")
    assert "Zakład karny w zasięgu" in gate
    assert visitor.word("To open the gate, at least these would have to be met or confirmed:") in gate
    unmet = [one for one in visitor.page.select(".clauses > li") if one.select_one(".head .state.unmet")]
    assert len(unmet) == 1
    who = f"{visitor.word('Can be changed by:')} {visitor.word('parliament or government')}"
    assert [who in said(way) for way in unmet[0].select(".anyof > li")] == [True, True]


def test_the_invented_municipality_is_robustly_good_for_nurseries(visitor: Visitor) -> None:
    opens_municipality(visitor, INVENTED)
    visitor.follows(NURSERIES, within="main ol.entries")
    assert visitor.page.select_one(".answer > section .state.big.open")
    assert class_shown(visitor) == visitor.word("strong").capitalize()
    assert visitor.sees("It is at least good however the five dimensions are weighed, or nearly so.")
    assert "100" in visitor.section("How strong, and how sure?")
    assert len(visitor.page.select("table.bars tbody tr")) == 5


def test_nonsense_answers_are_named_and_the_others_count(visitor: Visitor) -> None:
    opens_municipality(visitor, "Śrem")
    visitor.follows(NURSERIES, within="main ol.entries")
    visitor.opens(f"{visitor.address}?if-municipal-plot=perhaps&if-building-to-convert=unmet&q-unheard-of=3")
    errors = visitor.texts("#own [role=alert] li")
    assert len(errors) == 2
    assert [error for error in errors if "perhaps" in error]
    assert [error for error in errors if "unheard-of" in error]
    assert visitor.sees("with your answers", within="header.title")


def opens_municipality(visitor: Visitor, name: str) -> None:
    visitor.follows("Municipalities", within="nav.contents")
    visitor.sends("main form[role=search]", {"q": name.split(" (", maxsplit=1)[0]})
    visitor.follows(name, within="#found")


def class_shown(visitor: Visitor) -> str:
    """Return the words for the class: one, or from one to another."""
    return visitor.texts(".answer > section:nth-of-type(2) .state.big")[0]


def questions(visitor: Visitor) -> list[str]:
    return sorted({str(field["name"]) for field in visitor.page.select('#own input[name^="q-"]')})
