"""Addresses: goals of a visit against evidence."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
