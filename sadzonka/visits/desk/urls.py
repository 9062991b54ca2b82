"""Addresses: running a visit: its states, its call, its mails."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
