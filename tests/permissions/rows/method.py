"""Who gets what: the method and its example, for everybody."""

from __future__ import annotations

from tests.chain import World
from tests.permissions.roles import ALL, NOT_ALLOWED, Row

ROWS: list[Row] = [
    Row("method", "/en/method/", "GET", ALL, "The smallest change"),
    Row("method", "/en/method/?value-need=lots&weights=none", "GET", ALL, "could not be used"),
    Row("method", "/en/method/", "POST", NOT_ALLOWED),
    Row("method", "/en/method/", "DELETE", NOT_ALLOWED),
    Row("method_example", "/en/method/example.json", "GET", ALL, '"municipality":"example"'),
    Row("method_example", "/en/method/example.json?value-need=lots", "GET", ALL, '"kind":"simplex"'),
    Row("method_example", "/en/method/example.json", "POST", NOT_ALLOWED),
]


def plant(world: World) -> None:
    """Plant nothing: the example is invented and stores nothing."""
