"""Addresses of threads and of questions to hosts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
