"""Addresses: agendas that do not contradict themselves, confirmed by their hosts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
