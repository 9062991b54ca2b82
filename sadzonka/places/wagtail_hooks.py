"""Places and statistics in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from sadzonka.common.viewsets import ReadingPolicy
from sadzonka.places.models import Boundary, FileImport, Observation, RegionalObservation, Release
from sadzonka.places.viewsets import CountyRecords, IndicatorRecords, MunicipalityRecords, Places, Statistics

for frozen in (Release, Observation, RegionalObservation, Boundary, FileImport):
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


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("sadzonka.receive_file", _("Hand in a file"), _("File handed in"))
    actions.register_action("sadzonka.choose_for_file", _("Choose for a file"), _("Choices for a file made"))
    actions.register_action("sadzonka.queue_import", _("Order an import"), _("Import ordered"))
    actions.register_action("sadzonka.import_file", _("Import a file"), _("File imported"))
    actions.register_action("sadzonka.discard_file", _("Discard a file"), _("File discarded"))
    actions.register_action(
        "sadzonka.start_import_again", _("Start an import again"), _("Import started again")
    )
