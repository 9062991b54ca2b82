"""Who gets what: places and indicators are for everybody."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import ALL, MOVED, NOBODY, NOT_ALLOWED, Row

AT = "/en/municipalities/"
HERE = f"{AT}PL/300101/through-time/"

ROWS: list[Row] = [
    Row("country", f"{AT}PL/", "GET", ALL, f"{AT}PL/region/30/"),
    Row("country", f"{AT}pl/", "GET", MOVED, f"{AT}PL/"),
    Row("country", f"{AT}XX/", "GET", NOBODY),
    Row("country", f"{AT}PL/", "POST", NOT_ALLOWED),
    Row("country_map", f"{AT}PL/map.svg", "GET", ALL, 'id="region-30"'),
    Row("country_map", f"{AT}XX/map.svg", "GET", NOBODY),
    Row("country_map", f"{AT}PL/map.svg", "POST", NOT_ALLOWED),
    Row("region", f"{AT}PL/region/30/", "GET", ALL, f"{AT}PL/300101/"),
    Row("region", f"{AT}pl/region/30/", "GET", MOVED, f"{AT}PL/region/30/"),
    Row("region", f"{AT}PL/region/00/", "GET", NOBODY),
    Row("region", f"{AT}IT/region/30/", "GET", NOBODY),
    Row("region", f"{AT}PL/region/30/", "POST", NOT_ALLOWED),
    Row("county", f"{AT}PL/county/3001/", "GET", ALL, f"{AT}PL/300101/"),
    Row("county", f"{AT}pl/county/3001/", "GET", MOVED, f"{AT}PL/county/3001/"),
    Row("county", f"{AT}PL/county/0000/", "GET", NOBODY),
    Row("county", f"{AT}PL/county/3001/", "POST", NOT_ALLOWED),
    Row("through_time", HERE, "GET", ALL, "?indicator=registered_unemployed"),
    Row("through_time", f"{HERE}?indicator=population", "GET", ALL, "17,043"),
    Row("through_time", f"{HERE}?indicator=population&format=csv", "GET", ALL, "17043"),
    Row("through_time", f"{HERE}?indicator=altitude_m", "GET", NOBODY),
    Row("through_time", f"{AT}pl/300101/through-time/", "GET", MOVED, HERE),
    Row("through_time", f"{AT}PL/000000/through-time/", "GET", NOBODY),
    Row("through_time", HERE, "POST", NOT_ALLOWED),
    Row("indicators", "/en/indicators/", "GET", ALL, "/en/indicators/population/"),
    Row("indicators", "/en/indicators/", "POST", NOT_ALLOWED),
    Row("indicator", "/en/indicators/population/", "GET", ALL, "31 December"),
    Row("indicator", "/en/indicators/unknown/", "GET", NOBODY),
    Row("indicator", "/en/indicators/population/", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant nothing: nothing about places is hidden."""
