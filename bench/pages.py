"""What an uncached page costs: CPU time and queries, through the whole stack but the socket."""

from __future__ import annotations

import os
import platform
import statistics
import time
from typing import Any

PAGES = {
    "home": ("/pl/", 25, 15),
    "news item": ("newest", 25, 15),
    "practice card": ("/pl/praktyki/nurseries-by-a-consortium/", 25, 15),
    "municipality: all practices": ("/pl/gminy/PL/302108/", 60, 12),
    "one analysis": ("/pl/gminy/PL/302108/nurseries-by-a-consortium/", 60, 15),
}
RUNS = 30


def measure() -> dict[str, Any]:
    """Ask every page of the demonstration several times; CPU milliseconds are warm medians."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sadzonka.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from sadzonka.website.models import NewsPage

    settings.ALLOWED_HOSTS = ["testserver"]
    newest = NewsPage.objects.live().filter(locale__language_code="pl").order_by("-date").first()
    if newest is None:
        return {"skipped": "the database holds no demonstration: start ./run once; NOT MEASURED"}
    client = Client()
    rows = []
    for name, (path, budget_ms, budget_queries) in PAGES.items():
        address = newest.get_url() if path == "newest" else path
        for _warm in range(3):
            client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        query_count = len(queries)  # the log is emptied by the next request
        if answer.status_code != 200:  # noqa: PLR2004 - a wrong address must not look fast
            raise RuntimeError(f"{address} answered {answer.status_code}")
        costs = [_cpu_milliseconds(client, address) for _run in range(RUNS)]
        rows.append(
            {
                "page": name,
                "cpu_ms": statistics.median(costs),
                "budget_ms": budget_ms,
                "queries": query_count,
                "budget_queries": budget_queries,
                "kilobytes": len(answer.content) / 1000,
            }
        )
    return {"machine": f"{platform.machine()}, Python {platform.python_version()}", "rows": rows}


def _cpu_milliseconds(client: Any, address: str) -> float:
    start = time.process_time()
    client.get(address)
    return (time.process_time() - start) * 1000
