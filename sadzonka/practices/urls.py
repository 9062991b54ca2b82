"""Addresses of ideas and interest."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
