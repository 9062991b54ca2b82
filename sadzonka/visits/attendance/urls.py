"""Addresses: who was there, and the papers that say so."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
