"""Practices: what works where, under which conditions, and how one knows."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "sadzonka.practices"
    verbose_name = _("Practices")
