"""S7: what would have to change, where it is weaker than at its origin, which of two, and by what method."""

from __future__ import annotations

from tests.journeys.test_s7_analysis import opens_municipality
from tests.journeys.visitor import Visitor

INVENTED = "Przykładowo (gmina wymyślona)"
BICYCLES = "Bicycles renovated in prison"
FAILURE = "A municipal cooperative with no manager, orders or accounts"
CHANGE = "What to change, and what to find out first?"
TAKEN = "What if these steps were taken?"


def test_the_link_of_the_smallest_change_leads_to_the_class_it_promises(english: Visitor) -> None:
    """A trial order, level 1 to 4 of 5 at worst, weighs .4 of a fifth: .568 + .048 = .616; good from .55."""
    opens_practice(english, FAILURE)
    untouched = english.address
    advice = english.section(CHANGE)
    assert "This change would make it at least “good”, whatever is not known turns out to be" in advice
    assert "Arrange a joint trial order" in advice
    assert "adds 0.048 to the lower end of the score" in advice
    assert "the class is “good”, and the score lies between 0.62 and 0.62." in advice
    english.opens(way_link(english))
    told = english.section(TAKEN)
    assert "with these steps taken" in told
    assert "The class goes from “possible” to “good”. The gate stays “open”." in told
    assert "not a probability of success" in told
    assert ticked(english) == ["do-step-founding-group"]
    someone_else = Visitor("en")
    someone_else.opens(english.address)
    assert someone_else.section(TAKEN) == told
    someone_else.opens(untouched)
    assert someone_else.page.select("#taken") == [], "nothing was stored"


def test_a_step_is_ticked_beside_own_answers_and_both_count(english: Visitor) -> None:
    opens_practice(english, FAILURE)
    english.sends("#own form", {"q-founding-group": "0"})
    assert english.sees("with your answers", within="header.title")
    english.sends("#own form", {"do-step-founding-group": "1"})
    assert ticked(english) == ["do-step-founding-group"]
    assert "The class goes from “possible” to “good”." in english.section(TAKEN)
    english.sends("#own form", {"q-founding-group": "5"})
    assert "Neither the gate nor the score changes." in english.section(TAKEN), "it is better already"


def test_of_a_blocked_practice_it_is_said_that_no_change_surely_suffices(english: Visitor) -> None:
    opens_practice(english, BICYCLES)
    advice = english.section(CHANGE)
    assert "does not surely make it “good” with every condition met" in advice
    assert "It would lead to: gate open, class “possible”, score between 0.53 and 0.53." in advice


def test_the_three_criteria_that_lose_most_against_florence_are_named(english: Visitor) -> None:
    """Prison .5 × .2 × (1 - 0); market .4 × .2 × (1 - 5,900/17,000 × .4); sales .6 × .2 × (.8 - .4)."""
    opens_practice(english, BICYCLES)
    lines = english.texts("#origin > .criteria > li")
    assert [line.split(" : ")[0] for line in lines] == [
        "Readiness of the prison",
        "Size of the market",
        "Ways to sell",
    ]
    assert [line.split("costs ")[1] for line in lines] == [
        "0.100 of the score",
        "0.069 of the score",
        "0.048 of the score",
    ]
    assert "there: 360,930 people. Here: 8,900 people, 2024" in lines[1]


def test_two_practices_are_compared_from_the_page_of_a_municipality(english: Visitor) -> None:
    opens_municipality(english, INVENTED)
    english.follows("Compare two of them", within="main")
    english.presses("Compare", {"a": "bicycles-from-prison", "b": "nurseries-by-a-consortium"})
    told = english.section("Which of them scores more?")
    assert "B, whatever the weights and whatever is still unknown: no weighting puts A ahead" in told
    assert "A is blocked: its score says what would hold if its conditions were met." in told
    assert "not probabilities of success" in told
    assert "The dimension “readiness of the people involved” differs most" in english.section(
        "What decides between them?"
    )
    assert "This is no league table" in english.section("Among all practices")
    english.presses("Compare", {"b": "bicycles-from-prison"})
    assert english.sees("These two cannot be compared.")


def test_the_example_of_the_method_is_changed_and_shared(english: Visitor) -> None:
    """Feasibility not known: .46 to .66, the usual mean .575; at .3 the score is .52 (worked examples, 3)."""
    english.follows("The method", within="footer")
    before = english.found("#outcome")
    assert english.texts("#outcome .state.big") == ["To verify; possible to good"]
    assert "The usual mean of only what is known would say 0.575, “good”" in " ".join(before.text.split())
    english.sends("#example form", {"value-feasibility": "0.3", "if-own-rooms": "met"})
    assert english.texts("#outcome .state.big") == ["Open; possible"]
    assert english.sees("between 0.52 and 0.52", within="#outcome")
    someone_else = Visitor("pl")
    someone_else.opens(str(english.found('nav.languages a[hreflang="pl"]')["href"]))
    assert someone_else.found("[name=value-feasibility]")["value"] == "0.3"
    english.sends("#example form", {"value-feasibility": "lots"})
    assert english.sees("Some entries could not be used.", within="#outcome")
    assert english.texts("#outcome .state.big") == ["Open; possible to good"], "as if it were not known"


def opens_practice(visitor: Visitor, practice: str) -> None:
    opens_municipality(visitor, INVENTED)
    visitor.follows(practice, within="main ol.entries")


def way_link(visitor: Visitor) -> str:
    """Return where the smallest change leads: the first link that takes steps."""
    return str(visitor.page.select("#answer a.more[href*='do-']")[0]["href"])


def ticked(visitor: Visitor) -> list[str]:
    return [str(box["name"]) for box in visitor.page.select("#own input[type=checkbox][checked]")]
