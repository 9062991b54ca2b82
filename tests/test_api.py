"""The open data: what it offers, and that it says so itself."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from sadzonka.practices.models import Practice
from tests import factories

pytestmark = pytest.mark.django_db


def got(client: Client, path: str) -> Any:
    answer = client.get(f"/api/{path}")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "application/json")
    return answer.json()


def references_in(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(references_in, node.values()))
    return set().union(*map(references_in, node)) if isinstance(node, list) else set()


def test_the_api_describes_itself(client: Client) -> None:
    described = got(client, "openapi.json")
    assert (described["openapi"].split(".")[0], described["info"]["title"]) == ("3", "Sadzonka")
    assert sorted(described["paths"]) == [
        "/api/adoptions",
        "/api/analysis/{slug}/{country}/{code}",
        "/api/municipalities",
        "/api/municipalities/{country}/{code}",
        "/api/practices",
        "/api/practices/{slug}",
        "/api/visits",
        "/api/visits/{slug}",
    ]
    operations = [one for path in described["paths"].values() for one in path.values()]
    assert [sorted(path) for path in described["paths"].values()] == [["get"]] * 8
    assert len({one["operationId"] for one in operations}) == 8
    schemas = {f"#/components/schemas/{name}" for name in described["components"]["schemas"]}
    assert references_in(described) - schemas == set()


def test_practices_are_listed_with_their_texts_in_every_language(client: Client) -> None:
    listed = got(client, "practices")
    assert [one["slug"] for one in listed] == sorted(Practice.objects.values_list("slug", flat=True))
    assert {tuple(one["title"]) for one in listed} == {("pl", "it", "en")}
    assert [one["slug"] for one in listed if one["is_failure"]] != []


def test_a_practice_comes_with_all_that_an_analysis_needs(client: Client) -> None:
    one = got(client, "practices/bicycles-from-prison")
    listed = next(row for row in got(client, "practices") if row["slug"] == "bicycles-from-prison")
    assert {name: one[name] for name in listed} == listed
    assert len(one["thresholds"]) == 3
    by_dimension: dict[str, float] = {}
    for criterion in one["criteria"]:
        by_dimension[criterion["dimension"]] = (
            by_dimension.get(criterion["dimension"], 0) + criterion["weight"]
        )
        assert bool(criterion["indicator"]) == bool(criterion["points"]) != bool(criterion["question"])
    assert {name: pytest.approx(1) for name in by_dimension} == by_dimension
    assert all(clause["alternatives"] for clause in one["clauses"])


def test_a_version_in_preparation_changes_nothing_in_the_api(client: Client) -> None:
    before = got(client, "practices"), got(client, "practices/bicycles-from-prison")
    factories.version(Practice.objects.get(slug="bicycles-from-prison"), "Draft", number=2)
    assert (got(client, "practices"), got(client, "practices/bicycles-from-prison")) == before


def test_municipalities_of_one_country_in_the_order_of_their_codes(client: Client) -> None:
    everything, italian = got(client, "municipalities"), got(client, "municipalities?country=it")
    assert italian == [one for one in everything if one["country"] == "IT"] != []
    keys = [(one["country"], one["code"]) for one in everything]
    assert keys == sorted(set(keys), key=lambda key: (key[0] != "PL", key))  # Poland first
    assert "035007" not in {one["code"] for one in italian}  # Busana is gone
    assert [one["code"] for one in everything if one["is_invented"]] == ["999901"]


def test_municipalities_come_in_portions_that_lead_to_each_other(client: Client) -> None:
    everything, address, portions = got(client, "municipalities?country=PL"), "/api/municipalities", []
    query: str | None = "country=PL&limit=100"
    while query:
        answer = client.get(f"{address}?{query}")
        portions.append(answer.json())
        link = answer.headers.get("Link", "")
        query = link.partition("?")[2].removesuffix('>; rel="next"') or None
    assert [len(portion) for portion in portions] == [100, 100, 27]
    assert [one for portion in portions for one in portion] == everything


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "limit=x", "offset=-1"])
def test_a_portion_of_municipalities_has_a_limit(query: str, client: Client) -> None:
    assert client.get(f"/api/municipalities?{query}").status_code == 422


def test_a_municipality_has_each_figure_once_with_its_source(client: Client) -> None:
    one = got(client, "municipalities/pl/300101")
    assert (one["country"], one["code"], one["name"]) == ("PL", "300101", "Chodzież")
    named = [figure["indicator"] for figure in one["figures"]]
    assert len(named) == len(set(named)) > 8
    for figure in one["figures"]:
        assert (figure["value"] is None) == (figure["status"] in {"secret", "missing"})
        assert figure["release"]
        assert figure["publisher"]


def test_a_municipality_that_is_gone_is_still_there(client: Client) -> None:
    assert got(client, "municipalities/IT/035007")["name"] == "Busana"


def test_a_visit_has_its_agenda_in_order_and_what_is_not_known_is_null(client: Client) -> None:
    one = got(client, "visits/wwd-italy-2013")
    days = [item["held_on"] for item in one["agenda"]]
    known = [day for day in days if day]
    assert days == sorted(known) + [None] * (len(days) - len(known))
    assert all(one["starts_on"] <= day <= one["ends_on"] for day in known)
    assert [visit["slug"] for visit in got(client, "visits")] == ["wwd-italy-2013"]


def is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and value[0] <= value[1]


@pytest.mark.parametrize("code", ["300101", "999901"])
def test_an_analysis_gives_every_value_as_a_pair(code: str, client: Client) -> None:
    one = got(client, f"analysis/bicycles-from-prison/PL/{code}")
    assert list(one["dimensions"]) == ["need", "fit", "readiness", "feasibility", "support"]
    values = [*one["dimensions"].values(), one["score"], one["weighting_bounds"]]
    values += [row["value"] for row in one["criteria"]] + [row["share"] for row in one["shares"]]
    assert [value for value in values if not is_pair(value) or not 0 <= value[0] <= value[1] <= 1] == []
    assert [row["value"] for row in one["criteria"] if not row["is_known"] and row["value"] != [0, 1]] == []
    assert len(one["class"]) == len(one["under_floor"]) == 2
    assert (one["practice"], one["municipality"]) == ("bicycles-from-prison", f"PL {code}")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("practices/unknown", "There is no practice at this address."),
        ("visits/unknown", "There is no visit at this address."),
        ("municipalities/PL/000000", "There is no municipality with the code 000000 in PL."),
        ("municipalities/xx/300101", "There is no municipality with the code 300101 in XX."),
        ("municipalities/PL/" + "9" * 50, f"There is no municipality with the code {'9' * 20} in PL."),
        ("analysis/unknown/PL/300101", "There is no practice at this address."),
        ("analysis/bicycles-from-prison/PL/000000", "There is no municipality with the code 000000 in PL."),
    ],
)
def test_what_is_not_there_is_said_in_json(path: str, said: str, client: Client) -> None:
    answer = client.get(f"/api/{path}", headers={"accept-language": "en"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/json; charset=utf-8")
    assert answer.json() == {"detail": said}


def test_reading_the_api_leaves_no_cookie(client: Client) -> None:
    answer = client.get("/api/practices")
    assert dict(answer.cookies) == {}
