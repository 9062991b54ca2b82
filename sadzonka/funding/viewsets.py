"""How staff work with programmes, their marks, and projects."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.viewsets.model import ModelViewSetGroup

from sadzonka.common.viewsets import Records, in_each_language, panels
from sadzonka.funding.models import Programme, Project


class ProgrammeRecords(Records):
    model = Programme
    icon = "tag"
    list_display = ["name", "fund", "starts", "ends"]
    search_fields = ["key", *in_each_language("name"), *in_each_language("fund")]
    panels = [
        *panels("key", "name", "fund"),
        FieldRowPanel(panels("starts", "ends")),
        InlinePanel(
            "marks",
            panels=panels("kind", "text"),
            heading=_("Marks"),
            help_text=_(
                "What pages and papers of its projects must carry; an emblem gets an empty place only."
            ),
        ),
    ]


class ProjectRecords(Records):
    model = Project
    icon = "folder-open-1"
    list_display = ["name", "title", "programme", "starts_on", "ends_on"]
    list_filter = ["programme"]
    search_fields = ["name", "slug", *in_each_language("title")]
    related = ("programme",)
    panels = [
        *panels("name", "slug", "title", "programme"),
        FieldRowPanel(panels("starts_on", "ends_on")),
        FieldPanel("beneficiary"),
        FieldPanel("partners", widget=forms.CheckboxSelectMultiple, classname="long-choice"),
        FieldPanel("description", help_text=_("[1] refers to the source with the number 1.")),
        InlinePanel("sources", heading=_("Sources")),
    ]


class Funding(ModelViewSetGroup):
    menu_label = _("Funding")
    menu_icon = "tag"
    menu_order = 160
    items = (ProjectRecords(), ProgrammeRecords())
