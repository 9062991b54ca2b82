"""S1: a public site that visitors read, move through, subscribe to, write to; and staff publish on it."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text

from sadzonka.funding.models import Project
from sadzonka.people.models import Person
from sadzonka.website.models import ContactMessage, NewsIndexPage
from tests.journeys.visitor import Visitor

TITLE_OF_2013 = "WWD we Włoszech za nami"
MARK_OF_2007 = "Człowiek – najlepsza inwestycja"
MARK_OF_2021 = "Dofinansowane przez Unię Europejską"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_menu_has_the_labels_that_the_site_of_2013_had(visitor: Visitor) -> None:
    labels = visitor.texts("nav.contents a")
    assert [labels[0], labels[1], labels[-1]] == ["Strona główna", "Aktualności", "Kontakt"]


def test_a_visitor_reads_the_news_of_2013_and_what_it_leads_to(visitor: Visitor) -> None:
    visitor.follows("Aktualności", within="nav.contents")
    visitor.follows(TITLE_OF_2013, within="main")
    assert visitor.heading == TITLE_OF_2013
    assert visitor.found("main time")["datetime"] == "2013-12-05"
    assert visitor.sees("ponad dwudziestu osób z samorządów całej Wielkopolski")
    assert visitor.sees(MARK_OF_2007, within=".marks")
    news = visitor.address
    for words in (
        "WWD we Włoszech: Emilia-Romagna i Toskania, 2013",
        "PWP WOES II",
        "Rowery odnawiane w więzieniu",
    ):
        visitor.opens(news)
        visitor.follows(words, within="main")
        assert visitor.heading == words


def test_a_visitor_moves_through_the_news_in_the_order_of_time(visitor: Visitor) -> None:
    visitor.follows("Aktualności", within="nav.contents")
    newest_first = visitor.texts("main .entries h2")
    visitor.follows(newest_first[0], within="main")
    assert visitor.texts("nav.turn b") == ["Poprzedni"]
    read = [visitor.heading]
    while "Poprzedni" in visitor.texts("nav.turn b"):
        visitor.follows("Poprzedni", within="nav.turn")
        read.append(visitor.heading)
    assert read == newest_first
    assert read[-1] == TITLE_OF_2013
    assert visitor.texts("nav.turn b") == ["Następny"]
    while "Następny" in visitor.texts("nav.turn b"):
        visitor.follows("Następny", within="nav.turn")
        read.pop()
        assert visitor.heading == read[-1]
    assert len(read) == 1


def test_a_visitor_subscribes_to_the_news(visitor: Visitor) -> None:
    visitor.follows("Aktualności", within="nav.contents")
    newest_first = visitor.texts("main .entries h2")
    feed = str(visitor.found('link[rel="alternate"][type="application/atom+xml"]')["href"])
    assert feed == visitor.link("Subscribe (Atom feed)", within="main")
    answer = visitor.client.get(feed)
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own feed
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == newest_first


def test_the_old_address_leads_to_the_news_of_2013_for_good(visitor: Visitor) -> None:
    moved = visitor.client.get("/new,254")
    visitor.opens("/new,254")
    assert moved.status_code == 301
    assert visitor.heading == TITLE_OF_2013


def test_a_visitor_writes_and_corrects_what_was_wrong(visitor: Visitor) -> None:
    visitor.follows("Kontakt", within="nav.contents")
    written = {"name": "Marek", "email": "marek@", "subject": "Żłobek", "text": "Czy odpowiadacie w piątki?"}
    visitor.sends("main form", written, status=422)
    assert [field["id"] for field in visitor.page.select("main form [aria-invalid]")] == ["id_email"]
    assert not ContactMessage.objects.exists()
    visitor.sends("main form", {"email": "marek@example.org"})
    assert visitor.sees("Thank you, your message has arrived.")
    message = ContactMessage.objects.get()
    assert (message.name, message.email, message.subject, message.text, message.language) == (
        "Marek",
        "marek@example.org",
        "Żłobek",
        "Czy odpowiadacie w piątki?",
        "pl",
    )


def test_staff_publish_a_news_item_and_it_carries_the_marks_of_its_own_period(
    visitor: Visitor, ewa: Person, signed_in: Callable[[Person], Client]
) -> None:
    index = NewsIndexPage.objects.get(locale__language_code="pl")
    published = signed_in(ewa).post(
        reverse("wagtailadmin_pages:add", args=["website", "newspage", index.pk]),
        nested_form_data(
            {
                "title": "Nabór na wizytę otwarty",
                "slug": "nabor-na-wizyte-otwarty",
                "date": "2026-12-01",
                "summary": "Zgłoszenia przyjmujemy do końca stycznia.",
                "body": rich_text("<p>Zapraszamy samorządy.</p>"),
                "project": Project.objects.get(slug="sadzonka-invented-project").pk,
                "visit": "",
                "practices": [],
                "action-publish": "action-publish",
            }
        ),
    )
    assert published.status_code == 302
    visitor.follows("Strona główna", within="nav.contents")
    visitor.follows("Nabór na wizytę otwarty", within="main")
    assert visitor.sees(MARK_OF_2021, within=".marks")
    assert not visitor.sees(MARK_OF_2007, within=".marks")
    visitor.opens("/new,254")
    assert visitor.sees(MARK_OF_2007, within=".marks")
    assert not visitor.sees(MARK_OF_2021, within=".marks")
