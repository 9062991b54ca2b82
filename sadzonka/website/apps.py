"""Home, news, contact and standing pages."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebsiteConfig(AppConfig):
    name = "sadzonka.website"
    verbose_name = _("Website")
