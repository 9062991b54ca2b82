"""The pieces that every package may use."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "sadzonka.common"
