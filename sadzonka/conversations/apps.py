"""Threads and questions to hosts, each about a practice, a visit or an organisation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConversationsConfig(AppConfig):
    name = "sadzonka.conversations"
    verbose_name = _("Conversations")
