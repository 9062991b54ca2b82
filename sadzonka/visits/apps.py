"""Series of visits, visits and their agendas."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VisitsConfig(AppConfig):
    name = "sadzonka.visits"
    verbose_name = _("Visits")
