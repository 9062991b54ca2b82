"""Addresses: sheets, debriefs, and the agreed text."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
