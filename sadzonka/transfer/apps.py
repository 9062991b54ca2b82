"""From a practice to a municipality: what is known, what it means, what to find out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransferConfig(AppConfig):
    name = "sadzonka.transfer"
    verbose_name = _("Transfer")
