"""What an uncached page and a paper cost: CPU time and queries, through the whole stack but the socket."""

from __future__ import annotations

import datetime as dt
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
    "municipality through time": ("/en/municipalities/PL/302108/through-time/", 25, 15),
    "one indicator through time": (
        "/en/municipalities/PL/302108/through-time/?indicator=registered_unemployed",
        25,
        15,
    ),
    "country by region, with its map": ("/en/municipalities/PL/", 25, 15),
    "region of 226 municipalities, with its map": ("/en/municipalities/PL/region/30/", 25, 15),
    "indicator": ("/en/indicators/registered_unemployed/", 25, 15),
    "one analysis": ("/pl/gminy/PL/302108/nurseries-by-a-consortium/", 60, 15),
}
RUNS = 30
WEB_PEERS = (
    "Peers on the web, quoted and not measured here (two shared cores, autumn 2026), CPU ms per request: "
    "pretalx event page 20, Wagtail mini site 9, pretix 50, Indico 45-160."
)


def report() -> str:
    measured = measure()
    if "skipped" in measured:
        return f"## Uncached pages\n\n{measured['skipped']}"
    lines = [
        "## Uncached pages",
        "",
        f"CPU milliseconds per request (warm median) and queries, SQLite; {measured['machine']}.",
        "",
        "| page | CPU ms | budget | queries | budget | kB |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row['page']} | {row['cpu_ms']:.1f} | {row['budget_ms']} "
        f"| {row['queries']} | {row['budget_queries']} | {row['kilobytes']:.0f} |"
        for row in measured["rows"]
    ]
    paper = measured["paper"]
    on_paper = (
        f"Attendance list of 30 as PDF/UA: {paper['seconds']:.3f} s (budget 0.1), the first one "
        f"{paper['first_seconds']:.2f} s; {paper['kilobytes']:.0f} kB. "
        "Quoted, not measured here: WeasyPrint 0.13 s, and 1.7 s to import."
    )
    return "\n".join([*lines, "", on_paper, "", WEB_PEERS])


def measure() -> dict[str, Any]:
    """Ask every page of the demonstration several times; CPU milliseconds are warm medians."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sadzonka.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction
    from django.test import Client
    from django.urls import reverse
    from django.utils.translation import override

    from sadzonka.website.models import NewsPage

    settings.ALLOWED_HOSTS = ["testserver"]
    newest = NewsPage.objects.live().filter(locale__language_code="pl").order_by("-date").first()
    if newest is None:
        return {"skipped": "the database holds no demonstration: start ./run once; NOT MEASURED"}
    client = Client()
    rows = [
        _row(client, name, newest.get_url() if path == "newest" else path, milliseconds, queries)
        for name, (path, milliseconds, queries) in PAGES.items()
    ]
    with transaction.atomic():  # a visit of its own, which is taken back
        visit, participants = visit_of_five_days()
        client.force_login(participants[0].person, backend=settings.AUTHENTICATION_BACKENDS[0])
        with override("pl"):
            agenda = reverse("visit_agenda", args=[visit.slug])
        rows.append(_row(client, "signed-in agenda, 5 days x 6 items", agenda, 30, 12))
        paper = _paper(visit, participants)
        transaction.set_rollback(True)
    return {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "rows": rows,
        "paper": paper,
    }


def _row(client: Any, name: str, address: str, budget_ms: int, budget_queries: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _warm in range(3):
        client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    query_count = len(queries)  # the log is emptied by the next request
    if answer.status_code != 200:  # noqa: PLR2004 - a wrong address must not look fast
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return {
        "page": name,
        "cpu_ms": statistics.median(_cpu_milliseconds(client, address) for _run in range(RUNS)),
        "budget_ms": budget_ms,
        "queries": query_count,
        "budget_queries": budget_queries,
        "kilobytes": len(answer.content) / 1000,
    }


def visit_of_five_days() -> tuple[Any, list[Any]]:
    """Store a confirmed visit with six items a day and thirty participants; the first has an account."""
    from django.utils import timezone

    from sadzonka.organisations.models import Organisation
    from sadzonka.people.models import Person
    from sadzonka.places.models import Municipality
    from sadzonka.visits.models import AgendaItem, Application, Call, Series, Visit

    words = {"pl": "Spotkanie", "it": "Incontro", "en": "Meeting"}
    first, now = dt.date(2026, 9, 7), timezone.now()
    hosts = list(Organisation.objects.order_by("pk")[:6])
    places = list(Municipality.objects.filter(country="IT").order_by("pk")[:6])
    visit = Visit.objects.create(
        slug="bench-visit",
        series=Series.objects.all()[0],
        organiser=hosts[0],
        state=Visit.State.CONFIRMED,
        title=words,
        summary=words,
        starts_on=first,
        ends_on=first + dt.timedelta(days=4),
    )
    for number in range(30):
        AgendaItem.objects.create(
            visit=visit,
            key=f"item-{number}",
            title=words,
            description=words,
            held_on=first + dt.timedelta(days=number // 6),
            starts_at=dt.time(8 + 2 * (number % 6)),
            ends_at=dt.time(9 + 2 * (number % 6)),
            host=hosts[number % 6],
            municipality=places[number % 6],
        )
    call = Call.objects.create(
        visit=visit, opens_at=now, closes_at=now + dt.timedelta(days=1), places=30, rules=words, notice=words
    )
    participants = [
        Application.objects.create(
            call=call,
            state=Application.State.CONFIRMED,
            language="pl",
            first_name="Zażółć",
            last_name=f"Gęślą-Jaźń {number}",
            email=f"bench-{number}@example.org",
            institution="Urząd Gminy w Przykładowie",
            person=Person.objects.create_user("bench@example.org") if number == 0 else None,
        )
        for number in range(30)
    ]
    return visit, participants


def _paper(visit: Any, participants: list[Any]) -> dict[str, float]:
    """Set an attendance list of thirty, each time with another name in it: nothing is remembered."""
    from sadzonka.visits.attendance.papers import attendance_list

    items, costs = list(visit.agenda.all()[:6]), []
    for run in range(RUNS + 1):
        participants[0].first_name = f"Anna {run}"
        start = time.perf_counter()
        size = len(attendance_list(visit, items, participants))
        costs.append(time.perf_counter() - start)
    first, *warm = costs
    return {"seconds": statistics.median(warm), "first_seconds": first, "kilobytes": size / 1000}


def _cpu_milliseconds(client: Any, address: str) -> float:
    start = time.process_time()
    client.get(address)
    return (time.process_time() - start) * 1000
