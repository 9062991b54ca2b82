"""The worked example: it begins with the specification's numbers, and a change changes what it should."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import override

from sadzonka.analysis import analysis_of, share_at_least
from sadzonka.transfer.method.example import Example
from sadzonka.transfer.method.forms import ExampleForm
from sadzonka.transfer.method.working import Working

BEGINNING = {  # method, section 5: D = (.70, .45, .60, missing, .55); section 2 for the gate
    "gate": "to_verify",
    "score": (0.46, 0.66),
    "share": (0.179, 0.952),
    "class": ("possible", "good"),
    "completeness": 0.8,
    "bounds": (0.0, 1.0),
    "changes": ["own-rooms", "feasibility"],
}
pytestmark = pytest.mark.django_db


def worked(**changes: str) -> Working:
    return Working(Example(ExampleForm({name.replace("_", "-"): to for name, to in changes.items()}).given()))


def found(**changes: str) -> dict[str, Any]:
    example = worked(**changes)
    result = example.analysis
    return {
        "gate": result.gate.word,
        "score": result.score,
        "share": tuple(round(end, 3) for end in result.shares[1]),
        "class": result.class_words,
        "completeness": result.completeness,
        "bounds": result.weighting_bounds,
        "changes": [row.change.key for row in example.changes],
    }


def test_it_begins_with_the_numbers_of_the_specification() -> None:
    assert found() == BEGINNING


def test_the_usual_mean_of_what_is_known_would_claim_more() -> None:
    example = worked()
    with override("en"):
        assert (example.mean_of_known, str(example.class_of_mean)) == (0.575, "good")  # method, section 5


# --- one change at a time: what it should, and nothing else


def test_a_known_value_narrows_the_score_and_lets_no_mean_pretend() -> None:
    # S = .2 (.70 + .45 + .60 + .30 + .55) = .52; share 223/720 = .310 (worked examples, section 2)
    assert found(value_feasibility="0.3") == BEGINNING | {
        "score": (0.52, 0.52),
        "share": (0.31, 0.31),
        "class": ("possible", "possible"),
        "completeness": 1.0,
        "bounds": (0.3, 0.7),
        "changes": ["own-rooms", "readiness"],  # + .2 (.80 - .60) = .04: .56 reaches good, and is cheapest
    }
    assert worked(value_feasibility="0.3").mean_of_known is None


def test_a_forgotten_value_widens_it() -> None:
    # need missing as well: S from .46 - .14 to .66 + .06; u below: (-.55, -.10, .05, -.55, 0)
    changed = found(value_need="")
    assert (changed["score"], changed["class"], changed["completeness"]) == (
        (0.32, 0.72),
        ("distant", "good"),
        0.6,
    )
    assert (changed["gate"], changed["bounds"]) == ("to_verify", (0.0, 1.0))


@pytest.mark.parametrize(
    ("way", "state", "gate", "changes"),
    [
        ("own-rooms", "met", "open", ["feasibility"]),
        ("own-rooms", "unmet", "blocked", ["own-rooms", "feasibility"]),
        ("building", "met", "open", ["feasibility"]),
        ("cooperative", "unknown", "to_verify", ["cooperative", "own-rooms", "feasibility"]),
        ("agreement", "met", "to_verify", ["own-rooms", "feasibility"]),
    ],
)
def test_a_condition_moves_the_gate_and_no_number(
    way: str, state: str, gate: str, changes: list[str]
) -> None:
    assert found(**{f"if-{way}": state}) == BEGINNING | {"gate": gate, "changes": changes}


def test_a_floor_caps_the_class_and_moves_no_number() -> None:
    # fit is .45 for certain: both ends are capped; its floor cannot be reached by any of the steps
    assert found(floor_of="fit", floor="0.5") == BEGINNING | {
        "class": ("possible", "possible"),
        "changes": [],
    }
    assert not worked(floor_of="fit", floor="0.5").is_reachable


def test_a_floor_under_what_is_missing_caps_the_lower_end_only() -> None:
    example = worked(floor_of="feasibility", floor="0.5")
    assert example.analysis.under_floor == (("feasibility",), ())
    assert example.analysis.class_words == ("possible", "good")


def test_an_order_of_the_dimensions_takes_the_means_of_the_first() -> None:
    example = worked(weights="ranked")
    # prefix means of (.70, .45, .60, 0 or 1, .55), by hand
    assert [corner.score[0] for corner in example.corners] == [0.7, 0.575, 0.583333333, 0.4375, 0.46]
    assert [corner.score[1] for corner in example.corners] == [0.7, 0.575, 0.583333333, 0.6875, 0.66]
    # rank-order centroid .4567 .2567 .1567 .09 .04 (worked examples, section 8): .5512 and .6412
    assert example.analysis.score == (0.551166667, 0.641166667)
    assert example.analysis.shares[1][1] == 1.0


def test_a_table_shows_the_weight_of_each_dimension_at_each_corner(client: Client) -> None:
    page = BeautifulSoup(client.get("/en/method/?weights=bounded").content, "html.parser")
    (table,) = [one for one in page.select("#outcome table") if "least weights" in one.caption.text]
    rows = [[cell.text for cell in row.select("td")] for row in table.select("tbody tr")]
    assert rows[0] == ["0.60", "0.10", "0.10", "0.10", "0.10"]  # b = .1 each, the rest is .5
    assert rows[5:] == [
        ["0.58", "0.455", "0.53", "0.23", "0.505"],
        ["0.68", "0.555", "0.63", "0.83", "0.605"],
    ]


def test_least_weights_mix_the_values_with_their_sum() -> None:
    example = worked(weights="bounded")
    # b = .1 each: y_k = .1 (2.30 or 3.30) + .5 D_k
    assert [corner.score[0] for corner in example.corners] == [0.58, 0.455, 0.53, 0.23, 0.505]
    assert [corner.score[1] for corner in example.corners] == [0.68, 0.555, 0.63, 0.83, 0.605]
    assert example.analysis.score == (0.46, 0.66)


@pytest.mark.parametrize("kind", ["simplex", "ranked", "bounded"])
def test_the_recursion_ends_where_the_library_does(kind: str) -> None:
    example = worked(weights=kind)
    for recursion, share in zip(example.recursions, example.good.share, strict=True):
        assert recursion.share.decimal == pytest.approx(share, abs=1e-9)
        y = [*recursion.steps.above, *recursion.steps.below]
        assert recursion.share.decimal == pytest.approx(float(share_at_least([float(u) for u in y], [0])[0]))


def test_everything_at_its_best_needs_no_change() -> None:
    names = ("need", "fit", "readiness", "feasibility", "support")
    best = worked(**{f"value-{name}": "1" for name in names}, **{"if-own-rooms": "met"})
    assert (best.is_reachable, best.changes, best.questions) == (True, [], [])
    assert best.analysis.is_robustly_good


# --- entries that cannot be used


@pytest.mark.parametrize("entry", ["lots", "-0.1", "1.01", "nan", "inf", "1e999999", "0.12345", "٣", "½"])
@pytest.mark.parametrize("name", ["value-need", "least-fit", "floor"])
def test_a_wrong_number_is_refused_beside_its_field(name: str, entry: str) -> None:
    form = ExampleForm({name: entry})
    assert list(form.errors) == [name]


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"if-building": "perhaps"}, "if-building"),
        ({"if-building": ""}, "if-building"),
        ({"floor-of": "money"}, "floor-of"),
        ({"floor-of": "need", "floor": ""}, "floor"),
        ({"weights": "mine"}, "weights"),
        ({"weights": "ranked", "order-2": "need"}, "order-2"),
        ({"weights": "ranked", "order-5": ""}, "order-5"),
        ({"order-1": "money"}, "order-1"),
        ({"weights": "bounded", "least-need": "0.7"}, "weights"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(entries: dict[str, str], field: str) -> None:
    assert list(ExampleForm(entries).errors) == [field]


def test_a_wrong_value_counts_as_not_known_and_the_rest_is_computed() -> None:
    changed = found(value_support="lots", value_feasibility="0.3", weights="mine")
    assert (changed["score"], changed["completeness"]) == ((0.41, 0.61), 0.8)  # .2 (2.05) and + .2


def test_a_comma_is_a_point_and_spaces_do_not_matter() -> None:
    assert found(value_feasibility=" 0,30 ") == found(value_feasibility="0.3")


def test_nothing_of_what_was_typed_is_lost(client: Client) -> None:
    asked = {
        "value-need": "lots",
        "weights": "bounded",
        "least-need": "0.9",
        "floor": "0,4",
        "order-1": "fit",
    }
    page = BeautifulSoup(client.get("/en/method/", asked).content, "html.parser")
    typed = {name: page.select_one(f"input[type=text][name={name}]") for name in ("value-need", "least-need")}
    assert {name: field["value"] for name, field in typed.items()} == {
        "value-need": "lots",
        "least-need": "0.9",
    }
    assert page.select_one("[name=floor]")["value"] == "0,4"
    assert page.select_one("[name=order-1] option[selected]")["value"] == "fit"
    assert page.select_one("[name=weights][checked]")["value"] == "bounded"
    beside = page.select_one("[name=value-need]").find_parent(class_="field").select_one(".errorlist")
    assert beside.text.strip().startswith("Write a number from 0 to 1")
    linked = [link["href"] for link in page.select("#outcome .errors a")]
    assert linked == ["#id_value-need", "#id_weights"]
    assert all(page.select(link) for link in linked)


# --- the page


def test_only_the_example_comes_back_to_htmx(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "example"}
    answer = client.get("/en/method/?value-feasibility=0.3", headers=headers)
    fragment = BeautifulSoup(answer.content, "html.parser")
    assert [one.name for one in fragment.find_all(recursive=False)] == ["nav", "div", "div", "div"]
    assert "The score lies between 0.52 and 0.52." in " ".join(fragment.text.split())
    assert answer["Vary"].startswith("HX-Request, HX-Target")


def test_without_scripts_the_form_leads_to_the_outcome(client: Client) -> None:
    page = BeautifulSoup(client.get("/en/method/").content, "html.parser")
    form = page.select_one("#example form")
    assert (form["action"], form.get("method", "get")) == ("/en/method/#outcome", "get")
    assert {field["name"] for field in form.select("input, select")} == set(ExampleForm({}).fields)


def test_the_page_says_the_specifications_numbers(client: Client) -> None:
    outcome = BeautifulSoup(client.get("/en/method/").content, "html.parser").select_one("#outcome")
    text = " ".join(outcome.text.split())
    assert "To verify; possible to good" in text
    assert "The score lies between 0.46 and 0.66. Completeness, the weight of what is known: 0.80." in text
    assert "The usual mean of only what is known would say 0.575, “good”, as if the rest were known" in text
    assert "The rest reaches the threshold: 0.1790 = 451/2520." in text
    assert "The rest reaches the threshold: 0.9515 = 157/165." in text
    assert "2 changes open the gate and bring the lower end to “good”:" in text


def test_the_record_has_the_hash_that_the_page_shows_and_gives_the_same_result(client: Client) -> None:
    query = "?value-feasibility=0%2C3&weights=ranked&floor-of=need&if-building=met"
    page = BeautifulSoup(client.get(f"/en/method/{query}").content, "html.parser")
    (link,) = page.select("#outcome a.more")
    data = client.get(link["href"])
    assert data["Content-Type"] == "application/json"
    assert hashlib.sha256(data.content).hexdigest() == page.select_one("#outcome .hash").text
    again = analysis_of(json.loads(data.content))
    mine = ExampleForm(
        {"value-feasibility": "0.3", "weights": "ranked", "floor-of": "need", "if-building": "met"}
    )
    assert again == Example(mine.given()).analysis


def test_the_record_of_the_beginning_never_changes(client: Client) -> None:
    data = client.get("/en/method/example.json").content
    assert hashlib.sha256(data).hexdigest() == (
        "50f4ab5404f252fb386312cdd151cf0565d9ad0e29b15ee4aabf7718e680c69d"
    )
