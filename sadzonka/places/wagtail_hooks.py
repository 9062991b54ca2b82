"""Places and statistics in the admin."""

from __future__ import annotations

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from sadzonka.common.viewsets import ReadingPolicy
from sadzonka.places.models import Observation, Release
from sadzonka.places.viewsets import CountyRecords, IndicatorRecords, MunicipalityRecords, Places, Statistics

for frozen in (Release, Observation):
    register_permission_policy(frozen, ReadingPolicy(frozen))


@hooks.register("register_admin_viewset")
def viewsets() -> list[object]:
    return [
        Places(),
        Statistics(),
        MunicipalityRecords().chooser(),
        CountyRecords().chooser(),
        IndicatorRecords().chooser(),
    ]
