"""Addresses: from the call to a confirmed group: applications, checks, scores, choice, reserve."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
