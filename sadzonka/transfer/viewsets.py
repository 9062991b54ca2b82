"""How staff enter what a municipality has found out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.viewsets.model import ModelViewSetGroup

from sadzonka.common.viewsets import Records, panels
from sadzonka.transfer.models import Finding, Judgement


class FindingRecords(Records):
    model = Finding
    icon = "tick-inverse"
    list_display = ["alternative_key", "municipality", "practice", "state", "found_on"]
    list_filter = ["practice", "state"]
    search_fields = ["alternative_key", "practice__slug", "municipality__code", "municipality__periods__name"]
    related = ("practice",)
    prefetched = ("municipality__periods",)
    panels = [
        *panels("municipality", "practice"),
        FieldPanel(
            "alternative_key", help_text=_("The key of one way of meeting a condition, as on the card.")
        ),
        *panels("state", "source", "found_on"),
    ]


class JudgementRecords(Records):
    model = Judgement
    icon = "sliders"
    list_display = ["criterion_key", "municipality", "practice", "low", "high", "judged_on"]
    list_filter = ["practice"]
    search_fields = ["criterion_key", "practice__slug", "municipality__code", "municipality__periods__name"]
    related = ("practice",)
    prefetched = ("municipality__periods",)
    panels = [
        *panels("municipality", "practice"),
        FieldPanel("criterion_key", help_text=_("The key of a criterion with a question, as on the card.")),
        FieldRowPanel(
            panels("low", "high"), help_text=_("Levels 0 to 5; two different ones when people differ.")
        ),
        *panels("reason", "judged_on"),
    ]


class Answers(ModelViewSetGroup):
    menu_label = _("Answers")
    menu_icon = "tick-inverse"
    menu_order = 155
    items = (FindingRecords(), JudgementRecords())
