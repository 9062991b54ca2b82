"""Funds, projects and the marks that their papers and pages carry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundingConfig(AppConfig):
    name = "sadzonka.funding"
    verbose_name = _("Funding")
