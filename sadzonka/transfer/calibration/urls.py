"""The address of the page about how anticipated classes turned out."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.transfer.calibration import views

urlpatterns: list[URLPattern] = [
    path(_("adoptions/calibration/"), views.calibration, name="calibration"),
]
