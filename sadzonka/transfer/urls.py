"""Addresses of assessments, plans, decisions, adoptions and the river."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
