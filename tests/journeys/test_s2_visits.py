"""S2: a series of visits, side by side, in which nothing about an old one is lost."""

from tests.chain import World
from tests.journeys.recruiting import Story, signed_in, writes_the_call
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


def test_a_draft_is_seen_by_nobody_and_an_announced_visit_by_everybody(story: Story) -> None:
    reader = Visitor("en")
    reader.opens(story.page, status=404)
    reader.opens("/en/visits/series/wwd/")
    assert not reader.sees("Spring in Emilia")
    story.next_state("Announce the visit")
    reader.opens("/en/visits/series/wwd/")
    reader.follows("Spring in Emilia", within="main table")
    assert reader.address == story.page


def test_a_visit_goes_on_only_when_nothing_stands_in_its_way_and_says_what_does(story: Story) -> None:
    desk = story.next_state("Announce the visit")
    no_call = "There is no call yet: write who is looked for, until when and under which rules."
    assert desk.texts(".obstacles li") == [no_call]
    writes_the_call(story, opens="2027-02-02T08:00", closes="2027-02-28T20:00", places=12, limit=2)
    desk = story.next_state("Open recruitment")
    assert desk.texts(".obstacles li") == ["The call is open until 28 February 2027, 20:00."]
    story.clock.moves_to("2027-03-01")
    desk = story.next_state("Begin to select")
    assert desk.texts(".next h3") == ["Confirm the visit", "Open recruitment", "Cancel the visit"]
    assert desk.texts(".obstacles li") == [
        "Nobody has a place yet.",
        "The call’s closing time is in the past.",
    ]


def test_a_visit_lives_from_its_confirmation_to_the_archive(world: World, story: Story) -> None:
    lived = Story(story.clock, world.visit, story.ewa, story.olga)
    desk = lived.next_state("Start the visit")
    assert desk.texts("ol.stages [aria-current]") == ["running"]
    desk = lived.next_state("Complete the visit")
    assert "3 items where nobody noted who was there" in desk.section("What waits, and where").casefold()
    desk = lived.next_state("Archive the visit")
    assert desk.texts(".next h3") == []
    history = desk.texts("main section:last-of-type .entries .what p")
    assert len(history) == len(["started", "completed", "archived"])


def test_cancelling_needs_a_reason_and_everybody_reads_that_it_does_not_take_place(story: Story) -> None:
    story.next_state("Announce the visit")
    desk = story.desk()
    desk.presses("Cancel the visit", {}, status=422)
    assert desk.sees("Say why the visit is cancelled.")
    desk.presses("Cancel the visit", {"reason": "Too few hosts have time."})
    assert desk.texts("ol.stages [aria-current]") == ["cancelled"]
    reader = Visitor("en")
    reader.opens(story.page)
    assert reader.sees("cancelled", within="header.title")


def test_what_followed_a_series_is_read_from_its_page(world: World) -> None:
    reader = signed_in(world.marek, at="/en/visits/series/wwd/")
    reader.follows("What followed", within="main")
    assert reader.address == "/en/visits/series/wwd/river/"
    assert reader.page.select_one("figure.river svg")


def opens_the_visit(visitor: Visitor) -> None:
    visitor.follows("Visits", within="nav.contents")
    visitor.follows(VISIT, within="main")
