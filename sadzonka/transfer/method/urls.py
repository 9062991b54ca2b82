"""Addresses of the method."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.transfer.method import views

urlpatterns: list[URLPattern] = [
    path(_("method/"), views.method, name="method"),
    path(_("method/example.json"), views.example_record, name="method_example"),
]
