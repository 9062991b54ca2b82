"""What if these steps were taken: boxes on the page of an analysis, before and after, nothing stored."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from wagtail.models import ModelLogEntry

from sadzonka.practices.models import Criterion, Practice
from sadzonka.transfer.models import Finding, Judgement
from tests import factories

pytestmark = pytest.mark.django_db
SLUG, ANSWERED = "bicycles-from-prison", "municipal-cooperative-without-manager"
REAL, INVENTED = f"/en/municipalities/PL/300101/{SLUG}/", f"/en/municipalities/PL/999901/{SLUG}/"
OPEN = f"/en/municipalities/PL/999901/{ANSWERED}/"


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def taken(answer: HttpResponse) -> str:
    return " ".join(page(answer).find(id="taken").text.split())


def boxes(answer: HttpResponse) -> dict[str, bool]:
    """Return the boxes of the form by name, and whether each is ticked."""
    found = page(answer).select("#own input[type=checkbox]")
    assert {one["value"] for one in found} == {"1"}
    return {one["name"]: one.has_attr("checked") for one in found}


def test_steps_taken_are_told_before_and_after_in_words_then_in_numbers(client: Client) -> None:
    """From level 1, at worst, to 4 of 5 with weight .4 of a fifth: .568 becomes .616, over the floor."""
    answer = client.get(OPEN, {"do-step-founding-group": "1"})
    said = taken(answer)
    assert "with these steps taken" in said
    assert "The class goes from “possible” to “good”. The gate stays “open”." in said
    rows = [" ".join(row.text.split()) for row in page(answer).select("#taken tbody tr")]
    cells = [
        [cell.text.strip() for cell in row.select("td")] for row in page(answer).select("#taken tbody tr")
    ]
    assert cells == [
        ["open", "open"],
        ["possible", "good"],
        ["0.57–0.58", "0.62"],
        ["0.62–0.70", "0.89"],
    ]
    assert rows[3].startswith("Share of weightings that reach “good”not a probability of success")
    assert said.endswith("Everything below is without these steps.")
    found = answer.context["taken"]
    assert (found.before.score, found.after.score) == ((0.568, 0.584), (0.616, 0.616))


def test_all_the_rest_of_the_page_is_without_the_steps(client: Client) -> None:
    plain, answer = client.get(OPEN), client.get(OPEN, {"do-step-founding-group": "1"})
    assert answer.context["outlook"].analysis == plain.context["outlook"].analysis
    assert answer.context["answer"].hash == plain.context["answer"].hash
    assert "with your answers" not in page(answer).find(id="answer").text


@pytest.mark.parametrize("code", ["300101", "999901"])
@pytest.mark.parametrize("slug", [SLUG, ANSWERED, "kostrzynianka-home-care", "nurseries-by-a-consortium"])
def test_the_link_of_a_smallest_change_leads_to_the_class_it_promises(
    slug: str, code: str, client: Client
) -> None:
    answer = client.get(f"/en/municipalities/PL/{code}/{slug}/")
    ways = answer.context["answer"].ways
    promised = [way for way in (ways.nearest, *ways.further) if way and way.lines]
    links = [link["href"] for link in page(answer).select("#answer a.more[href*='do-']")]
    assert len(links) == len(promised)
    for link, way in zip(links, promised, strict=True):
        led_to = client.get(link).context
        assert led_to["form"].errors == {}
        assert led_to["taken"].after == way.after
        assert led_to["taken"].after.class_interval[0] >= way.target
        assert led_to["taken"].after.gate.word == "open"


def test_answers_come_first_and_then_the_steps(client: Client) -> None:
    """A level of 2 of 5 from the reader becomes 3 by the step, with weight .6 of a fifth."""
    answer = client.get(REAL, {"q-stock-size": "2", "do-step-stock-size": "1"})
    found = answer.context["taken"]
    assert answer.context["outlook"].facts.readings["stock-size"] == (2, 2)
    assert round(found.after.score[0] - found.before.score[0], 9) == 0.024
    assert found.after.score[1] == round(found.before.score[1] + 0.024, 9)


def test_a_step_below_what_is_reached_changes_nothing_and_says_so(client: Client) -> None:
    answer = client.get(REAL, {"q-stock-size": "5", "do-step-stock-size": "1"})
    assert "Neither the gate nor the score changes." in taken(answer)


def test_conditions_met_by_imagination_open_the_gate_and_what_is_left_is_named(client: Client) -> None:
    answer = client.get(INVENTED, {"do-alternative-day-work-outside": "1"})
    assert "The gate goes from “blocked” to “open”." in taken(answer)
    assert "Even then not met" not in taken(answer)
    said = taken(client.get(INVENTED, {"do-alternative-municipal-stock": "1"}))
    assert "The class stays “possible”. The gate stays “blocked”" not in said  # nothing at all has changed
    assert (
        "Neither the gate nor the score changes. Even then not met, or not known: A prison within reach."
        in (said)
    )


def test_the_link_of_a_change_keeps_the_readers_answers(client: Client) -> None:
    answer = client.get(REAL, {"q-stock-size": "4", "q-sales": "unknown", "if-several-years": "met"})
    link = page(answer).select("#answer a.more[href*='do-']")[0]["href"]
    assert link.startswith(f"{REAL}?if-several-years=met&q-stock-size=4&")
    assert "do-alternative-several-years" not in link
    assert "do-step-stock-size" not in link
    assert client.get(link).context["outlook"].answers.levels == {"stock-size": 4}


# --- the form


def test_the_form_offers_what_leads_further_and_keeps_what_is_ticked(client: Client) -> None:
    steps = ("manager-experience", "founding-group", "management-cost", "honest-purpose")
    assert boxes(client.get(OPEN)) == {f"do-step-{key}": False for key in steps}
    asked = {"q-founding-group": "5", "do-step-founding-group": "1"}
    assert boxes(client.get(OPEN, asked))["do-step-founding-group"] is True
    del asked["do-step-founding-group"]
    assert "do-step-founding-group" not in boxes(client.get(OPEN, asked))


def test_every_box_works_without_scripts(client: Client) -> None:
    answer = client.get(REAL)
    form = page(answer).select_one("#own form")
    assert (form["method"], form["action"], form["hx-get"]) == ("get", REAL, REAL)
    every = client.get(REAL, dict.fromkeys(boxes(answer), "1"))
    assert set(boxes(every).values()) == {True}
    assert len(every.context["taken"].options) == len(boxes(answer)) == 17


def test_a_fragment_tells_the_same_as_the_page(client: Client) -> None:
    asked = {"do-step-stock-size": "1"}
    whole = page(client.get(REAL, asked)).find(id="answer")
    part = client.get(REAL, asked, headers={"hx-request": "true", "hx-target": "answer"})
    fragment = page(part)
    fragment.find(id="languages").decompose()
    assert " ".join(fragment.text.split()) == " ".join(whole.text.split())
    assert fragment.find(id="taken") is not None
    assert {"HX-Request", "HX-Target"} <= set(re.split(r",\s*", part["Vary"]))


def test_steps_that_make_no_sense_are_named_and_the_rest_counts(client: Client) -> None:
    asked = {
        "do-step-nothing": "1",
        "do-alternative-nothing": "1",
        "do-anything": "1",
        "do-step-sales": "perhaps",
        "do-step-scarce-work": "1",  # unemployment has no step
        "do-step-stock-size": "1",
    }
    answer = client.get(REAL, asked)
    assert answer.status_code == 200
    assert answer.context["form"].errors.as_data().keys() == {"do-step-sales", "__all__"}
    said = " ".join(page(answer).find(id="own").text.split())
    for name in ("do-step-nothing", "do-alternative-nothing", "do-anything", "do-step-scarce-work"):
        assert f"This card has no step called “{name}”." in said
    assert "“perhaps” is not one of the answers." in said
    assert [one.change.key for one in answer.context["taken"].options] == ["stock-size"]


def test_a_law_that_is_not_in_force_is_met_by_no_step(client: Client) -> None:
    version = factories.version(factories.practice("own"), "Own", state="published")
    version.clauses.get().alternatives.update(valid_to="2020-01-01")
    answer = client.get("/en/municipalities/PL/300101/own/", {"do-alternative-resolution": "1"})
    assert answer.context["taken"] is None
    assert "no step called “do-alternative-resolution”" in page(answer).find(id="own").text


@pytest.mark.parametrize("value", ["0", "²", " ", "on", "🌱", "x" * 5000, "<script>x</script>"])
def test_an_odd_tick_is_refused_without_an_error(value: str, client: Client) -> None:
    answer = client.get(REAL, {"do-step-stock-size": value, "do-<script>x</script>": value})
    assert (answer.status_code, answer.context["taken"]) == (200, None)
    assert b"<script>x" not in answer.content
    assert "&lt;script&gt;x" in answer.content.decode()


def test_what_a_card_calls_its_steps_is_text(client: Client) -> None:
    script = "<script>alert(1)</script>"
    version = factories.version(factories.practice("own"), script, state="published")
    version.criteria.update(
        is_alterable=True,
        changed_by="municipality",
        step=factories.words(script),
        step_reading=5,
        origin_reading=5,
    )
    answer = client.get("/en/municipalities/PL/300101/own/", {"do-step-trust": "1"})
    assert taken(answer).count(script) >= 2
    assert "<script>alert(1)" not in answer.content.decode()


def test_nothing_of_the_steps_is_stored(client: Client) -> None:
    kept = [model.objects.count() for model in (Finding, Judgement, ModelLogEntry, Criterion, Practice)]
    client.get(INVENTED, {"do-step-stock-size": "1", "do-alternative-day-work-outside": "1"})
    now = [model.objects.count() for model in (Finding, Judgement, ModelLogEntry, Criterion, Practice)]
    assert (now, client.session.keys()) == (kept, set())
