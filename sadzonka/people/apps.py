"""Accounts, roles and ways to sign in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "sadzonka.people"
    verbose_name = _("People")
