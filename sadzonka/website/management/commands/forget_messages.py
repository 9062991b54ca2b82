"""`manage.py forget_messages`: contact messages are kept for a year, as the privacy page says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from sadzonka.website.actions import forget_messages

KEPT_FOR = timedelta(days=365)


class Command(BaseCommand):
    """Deletes what was received longer ago than the privacy page promises."""

    help = "Delete contact messages older than a year, with their mails."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{forget_messages(older_than=KEPT_FOR)} messages deleted.")
