"""`manage.py fill_places`: offers that were not accepted in time lapse, and reserve lists move up."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from sadzonka.visits.models import Call
from sadzonka.visits.recruitment.actions import let_offers_lapse
from sadzonka.visits.recruitment.rules import FILLING


class Command(BaseCommand):
    """Keeps every call as its rules say, whatever nobody did."""

    help = "End offers of places that were not accepted in time and move reserve lists up."

    def handle(self, *args: Any, **options: Any) -> None:
        calls = Call.objects.filter(visit__state__in=FILLING).order_by("pk")
        lapsed = sum(len(let_offers_lapse(call=call)) for call in calls)
        self.stdout.write(f"{lapsed} offers lapsed.")
