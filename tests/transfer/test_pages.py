"""The answer pages of a municipality: addresses that are wrong, and a reader's own answers."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client

from sadzonka.practices.models import Criterion
from sadzonka.transfer.models import Finding

pytestmark = pytest.mark.django_db
SLUG = "bicycles-from-prison"
REAL, INVENTED = f"/en/municipalities/PL/300101/{SLUG}/", f"/en/municipalities/PL/999901/{SLUG}/"


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).find("main").text.split())


def links(answer: HttpResponse) -> list[str]:
    return [link["href"] for link in page(answer).find("main").find_all("a", href=True)]


# --- addresses that are wrong


@pytest.mark.parametrize(
    ("path", "said", "near"),
    [
        ("/pl/gminy/PL/3001011/", "3001011", "/pl/gminy/PL/300101/"),
        ("/it/comuni/IT/035064/", "035064", "/it/comuni/IT/035046/"),
        ("/en/municipalities/IT/35046/", "35046", "/en/municipalities/IT/035046/"),
        ("/pl/praktyki/bicycles-from-prisons/", "", f"/pl/praktyki/{SLUG}/"),
        ("/it/pratiche/bicycle-from-prison/", "", f"/it/pratiche/{SLUG}/"),
        ("/en/practices/bicycles/", "", f"/en/practices/{SLUG}/"),
        ("/en/municipalities/PL/300101/bicycles/", "", f"/en/practices/{SLUG}/"),
        ("/pl/organizacje/cadia/", "", "/pl/organizacje/cadiai/"),
        ("/it/organizzazioni/karabak/", "", "/it/organizzazioni/consorzio-karabak/"),
        ("/pl/wizyty/wwd-italy-2014/", "", "/pl/wizyty/wwd-italy-2013/"),
        ("/en/projects/pwp-woes/", "", "/en/projects/pwp-woes-ii/"),
    ],
)
def test_a_wrong_address_says_so_in_its_language_and_names_what_is_near(
    path: str, said: str, near: str, client: Client
) -> None:
    answer = client.get(path, headers={"accept-language": "de"})
    language = path.split("/")[1]
    assert (answer.status_code, page(answer).html["lang"], answer["Content-Language"]) == (
        404,
        language,
        language,
    )
    assert said in text(answer)
    assert near in links(answer)


def test_each_language_has_its_own_words_for_nothing_here(client: Client) -> None:
    paths = ("/pl/praktyki/x/", "/it/pratiche/x/", "/en/practices/x/")
    said = [page(client.get(path)).find(class_="lede").text for path in paths]
    assert said[2] == "There is no practice at this address."
    assert len(set(said)) == 3


@pytest.mark.parametrize("path", ["/en/municipalities/pl/999901/", f"/en/municipalities/pl/999901/{SLUG}/"])
def test_a_country_in_small_letters_leads_to_the_right_address(path: str, client: Client) -> None:
    assert client.get(path)["Location"] == path.replace("/pl/9", "/PL/9")


def test_a_readers_answers_survive_the_way_to_the_right_address(client: Client) -> None:
    answer = client.get(f"/en/municipalities/pl/999901/{SLUG}/?q-need=3")
    assert answer["Location"] == f"/en/municipalities/PL/999901/{SLUG}/?q-need=3"


# --- a reader's own answers


def a_condition() -> str:
    return Finding.objects.filter(practice__slug=SLUG, municipality__code="999901").first().alternative_key


def a_question() -> str:
    return Criterion.objects.filter(version__practice__slug=SLUG, indicator=None).first().key


def test_an_answer_counts_and_is_marked_as_the_readers(client: Client) -> None:
    before = client.get(REAL)
    answer = client.get(REAL, {f"q-{a_question()}": "5"})
    assert "with your answers" in text(answer)
    assert "with your answers" not in text(before)
    changed, unchanged = answer.context["outlook"], before.context["outlook"]
    assert changed.analysis.completeness > unchanged.analysis.completeness
    assert (changed.answers.levels, changed.facts.readings[a_question()]) == ({a_question(): 5}, (5, 5))


def test_answers_that_make_no_sense_are_named_and_the_rest_counts(client: Client) -> None:
    condition, question = a_condition(), a_question()
    others = Criterion.objects.filter(version__practice__slug=SLUG, indicator=None).exclude(key=question)
    wrong = others.first().key
    asked = {f"if-{condition}": "banana", f"q-{wrong}": "9", "q-unknown": "3", f"q-{question}": "4"}
    answer = client.get(REAL, asked)
    form = answer.context["form"]
    assert answer.status_code == 200
    assert form.errors.as_data().keys() == {f"if-{condition}", f"q-{wrong}", "__all__"}
    said = text(answer)
    for name in ("“banana” is not one of the answers", "“9” is not one of the answers", "“q-unknown”"):
        assert name in said
    assert answer.context["outlook"].answers.levels == {question: 4}
    assert answer.context["outlook"].answers.states == {}


@pytest.mark.parametrize("value", ["²", "١", "-1", "5.0", "1e3", " ", "🌱", "x" * 5000, "<script>x</script>"])
def test_an_odd_answer_is_refused_without_an_error(value: str, client: Client) -> None:
    answer = client.get(REAL, {f"q-{a_question()}": value, f"if-{a_condition()}": value})
    assert answer.status_code == 200
    assert (
        dict(answer.context["outlook"].answers.levels),
        dict(answer.context["outlook"].answers.states),
    ) == (
        {},
        {},
    )
    assert b"<script>x" not in answer.content


def test_an_unknown_question_with_markup_in_its_name_is_shown_as_text(client: Client) -> None:
    answer = client.get(REAL, {"q-<script>x</script>": "1"})
    assert b"<script>x" not in answer.content
    assert "&lt;script&gt;x" in answer.content.decode()


def test_nothing_of_a_readers_answers_is_stored(client: Client) -> None:
    findings = Finding.objects.count()
    client.get(INVENTED, {f"if-{a_condition()}": "unmet"})
    assert Finding.objects.count() == findings
    assert client.session.keys() == set()


def test_a_fragment_is_the_same_answer_as_the_page(client: Client) -> None:
    asked = {f"q-{a_question()}": "5"}
    whole = page(client.get(REAL, asked)).find(id="answer")
    part = client.get(REAL, asked, headers={"hx-request": "true", "hx-target": "answer"})
    fragment = page(part)
    fragment.find(id="languages").decompose()  # goes to its own place: the languages keep the answers
    assert "<html" not in part.content.decode()
    assert " ".join(fragment.text.split()) == " ".join(whole.text.split())
    assert {"HX-Request", "HX-Target"} <= set(re.split(r",\s*", part["Vary"]))


# --- what is said of shares


NAMES = {"pl": "gminy", "it": "comuni", "en": "municipalities"}
SAID = {"pl": "prawdopodobie", "it": "probabilit", "en": "probabilit"}
DENIED = {
    "pl": r"(nie|a nie)\s+(jest\s+)?(to\s+)?prawdopodobie",
    "it": r"non\s+(è\s+|di\s+|della\s+)?(una\s+|la\s+)?probabilit",
    "en": r"not a probabilit",
}


@pytest.mark.parametrize("language", ["pl", "it", "en"])
@pytest.mark.parametrize("path", ["PL/300101/", f"PL/300101/{SLUG}/", f"PL/999901/{SLUG}/"])
def test_a_share_is_called_a_probability_only_to_say_that_it_is_none(
    language: str, path: str, client: Client
) -> None:
    said = text(client.get(f"/{language}/{NAMES[language]}/{path}")).lower()
    assert len(re.findall(SAID[language], said)) == len(re.findall(DENIED[language], said))


@pytest.mark.parametrize("language", ["pl", "it", "en"])
def test_an_analysis_says_that_its_share_is_no_probability(language: str, client: Client) -> None:
    said = text(client.get(f"/{language}/{NAMES[language]}/PL/300101/{SLUG}/")).lower()
    assert re.search(DENIED[language], said)
