"""Mail that is stored first and sent by a job, each at most once."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutboxConfig(AppConfig):
    name = "sadzonka.outbox"
    verbose_name = _("Outbox")
