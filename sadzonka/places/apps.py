"""Countries, regions and municipalities through time, and the official statistics about them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacesConfig(AppConfig):
    name = "sadzonka.places"
    verbose_name = _("Places")
