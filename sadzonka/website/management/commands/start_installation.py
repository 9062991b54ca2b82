"""`manage.py start_installation EMAIL`: an empty site: pages, roles, first administrator."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from sadzonka.people.actions import create_account, set_up_roles
from sadzonka.people.links import sign_in_path
from sadzonka.people.models import Person
from sadzonka.places.catalogue import plant_catalogue
from sadzonka.website.models import HomePage
from sadzonka.website.sources import plant_site


class Command(BaseCommand):
    """Starts an installation that is not the demonstration."""

    help = "Plant the pages in every language, set up the roles, and make the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the first administrator's address")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        email: str = options["email"]
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"'{email}' is not an e-mail address.") from error
        if HomePage.objects.exists() or Person.objects.exists():
            raise CommandError("This installation has been started before.")
        plant_catalogue()
        plant_site(settings.ROOT_DIR / "demo" / "website", is_demo=False)
        set_up_roles()
        person = create_account(email=email, is_administrator=True)
        self.stdout.write("Sign in once with this link (it ends with its use):")
        self.stdout.write(settings.BASE_ADDRESS + sign_in_path(person, settings.LANGUAGE_CODE))
