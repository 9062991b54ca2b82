"""S2: a series of visits, side by side, in which nothing about an old one is lost."""

from tests.journeys.visitor import Visitor

VISIT = "WWD we Włoszech: Emilia-Romagna i Toskania, 2013"


def test_a_visitor_goes_from_the_series_to_the_visit_of_2013(visitor: Visitor) -> None:
    visitor.follows("Visits", within="nav.contents")
    visitor.follows("About the series", within="main")
    assert visitor.heading == "Warsztaty Wymiany Doświadczeń (WWD)"
    rows = visitor.page.select("main table tbody tr")
    assert [(row.td.get_text(), row.th.get_text()) for row in rows] == [("2013", VISIT)]
    visitor.follows(VISIT, within="main table")
    assert visitor.heading == VISIT
    assert [time["datetime"] for time in visitor.page.select("header time")] == ["2013-11-27", "2013-12-01"]
    assert visitor.sees("Stowarzyszenie Sadzonka (organizator wymyślony)", within="header.title")


def test_the_agenda_says_what_sources_say_and_where_they_say_nothing(visitor: Visitor) -> None:
    opens_the_visit(visitor)
    assert visitor.texts(".agenda h3") == [visitor.word("Day not known")]
    assert len(visitor.texts(".agenda h4")) == 12
    assert visitor.texts("#care-home .source .unknown") == [visitor.word("not known")] * 2  # host and place
    assert visitor.texts("#comune-di-siena .unknown") == []
    assert "Ponad dwadzieścia osób" in visitor.section("Who and where")


def test_the_visit_leads_to_hosts_cards_places_and_sources(visitor: Visitor) -> None:
    opens_the_visit(visitor)
    visit = visitor.address
    for words, within, heading in (
        ("Comune di Siena", "#comune-di-siena", "Comune di Siena"),
        ("Il Santo", "#biomass", "Il Santo"),
        ("Żłobki budowane", "#nursery", "Żłobki budowane i prowadzone przez konsorcjum spółdzielni"),
        ("Siena", ".facts", "Siena"),
    ):
        visitor.opens(visit)
        visitor.follows(words, within=within)
        assert heading in visitor.heading
    visitor.opens(visit)
    sources = [link["href"] for link in visitor.page.select("ol.sources a")]
    assert sources[0] == "http://spoldzielnie.org/new,254"
    cited = {link["href"] for link in visitor.page.select(".agenda sup a")}
    assert cited == {"#source-1", "#source-2"}
    assert all(visitor.found(anchor) for anchor in cited)


def test_an_old_visit_keeps_the_marks_of_its_period(visitor: Visitor) -> None:
    opens_the_visit(visitor)
    marks = visitor.texts(".marks li")
    assert "Człowiek – najlepsza inwestycja" in marks
    assert not [mark for mark in marks if "Dofinansowane przez" in mark]
    visitor.follows("PWP WOES II", within="main")
    assert visitor.sees("2007–2013", within="header.title")
    assert visitor.texts(".marks li") == marks


def opens_the_visit(visitor: Visitor) -> None:
    visitor.follows("Visits", within="nav.contents")
    visitor.follows(VISIT, within="main")
