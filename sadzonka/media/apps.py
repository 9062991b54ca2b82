"""Images and documents with credit, licence and consent."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "sadzonka.media"
    verbose_name = _("Media")
