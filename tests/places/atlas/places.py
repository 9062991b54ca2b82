"""What tests of the public pages plant and read."""

from __future__ import annotations

import datetime as dt

from bs4 import BeautifulSoup
from django.http import HttpResponse

from sadzonka.places.atlas import extents, maps
from sadzonka.places.atlas.browsing import MANY
from sadzonka.places.models import (
    Boundary,
    Country,
    County,
    Indicator,
    Municipality,
    Observation,
    Period,
    Region,
    RegionalObservation,
    Release,
)
from tests import factories

AT = "/en/municipalities/"
HERE = f"{AT}PL/300101/through-time/"


def forget() -> None:
    for remembered in (maps._drawing, extents._extents, extents._year_counts):
        remembered.cache_clear()


def page(answer: HttpResponse) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser").find("main")


def text(answer: HttpResponse) -> str:
    return " ".join(page(answer).text.split())


def links(answer: HttpResponse) -> list[str]:
    return [link["href"] for link in page(answer).find_all("a", href=True)]


def release(key: str = "r", **fields: object) -> Release:
    known = {"publisher": "Office", "title": "Table", "period": "2024", "retrieved_on": dt.date(2026, 1, 2)}
    return Release.objects.create(key=key, **{**known, **fields})


def figures(key: str, values: dict[int, float | None], code: str = "300101", status: str = "secret") -> None:
    for year, value in values.items():
        Observation.objects.create(
            release=Release.objects.filter(key="r").first() or release(),
            indicator=Indicator.objects.get(key=key),
            municipality=factories.municipality(code),
            period=year,
            value=value,
            status="" if value is not None else status,
        )


def regional(values: dict[int, float | None], region: str | None = None) -> None:
    for year, value in values.items():
        RegionalObservation.objects.create(
            release=Release.objects.filter(key="r").first() or release(),
            indicator=Indicator.objects.get(key="registered_unemployed"),
            country_id="PL",
            region=region and Region.objects.get(country="PL", code=region),
            period=year,
            value=value,
            status="" if value is not None else "secret",
        )


def new_place(code: str, name: str, county: County, **fields: object) -> Municipality:
    made = Municipality.objects.create(country=county.region.country, code=code)
    Period.objects.create(municipality=made, name=name, kind="rural", county=county, **fields)
    return made


def many_places(count: int = MANY + 1) -> Country:
    """Plant a country with more municipalities than stand on one page."""
    country = Country.objects.create(code="FR", name=factories.words("France"))
    region = Region.objects.create(country=country, code="FR01", name="Nord")
    counties = [
        County.objects.create(region=region, code=f"F{number}", name=f"Dép {number}") for number in range(2)
    ]
    made = Municipality.objects.bulk_create(
        Municipality(country=country, code=f"{number:05}") for number in range(count)
    )
    Period.objects.bulk_create(
        Period(municipality=one, name=f"Ville-{one.code}", kind="local-unit", county=counties[number % 2])
        for number, one in enumerate(made)
    )
    return country


def bound(*codes: str) -> None:
    """Draw a square around each of these municipalities, beside each other."""
    drawn = release("boundaries", publisher="Geodesy", title="Boundaries", period="2021")
    for number, code in enumerate(codes):
        x, y = 16 + number, 52
        ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
        Boundary.objects.create(municipality=factories.municipality(code), release=drawn, polygons=[[ring]])
