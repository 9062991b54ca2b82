"""Municipal bodies, cooperatives, consortia and their members, universities."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "sadzonka.organisations"
    verbose_name = _("Organisations")
