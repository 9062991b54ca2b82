"""How staff work with practices and the versions of their cards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.viewsets.model import ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy

from sadzonka.common.forms import LinesField, NumbersField, PointsField, SharesField, use_form_field
from sadzonka.common.viewsets import Records, panels
from sadzonka.practices.editing import (
    PracticeEditView,
    PracticeIndexView,
    PublishView,
    VersionEditView,
    VersionForm,
    VersionIndexView,
    VersionInspectView,
    VersionStartView,
)
from sadzonka.practices.models import Criterion, Practice, Version
from sadzonka.practices.problems import problems_of
from sadzonka.practices.rules import may_edit_version

use_form_field(Version, "thresholds", NumbersField)
use_form_field(Version, "floors", SharesField)
use_form_field(Criterion, "points", PointsField)
use_form_field(Criterion, "anchors", LinesField)


class VersionPolicy(ModelPermissionPolicy):
    """Versions may be changed and deleted until they are published."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        is_allowed = bool(super().user_has_permission_for_instance(user, action, instance))
        return is_allowed and (action not in {"change", "delete"} or may_edit_version(user, instance))


class ProblemsPanel(HelpPanel):
    """What has to be mended before the version can be published."""

    class BoundPanel(HelpPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            problems = problems_of(Version.objects.get(pk=self.instance.pk)) if self.instance.pk else []
            return {**super().get_context_data(parent_context), "problems": problems}


class PracticeRecords(Records):
    model = Practice
    icon = "openquote"
    list_display = ["slug", "service", "origin", "run_by", "is_failure"]
    list_filter = ["service", "is_failure"]
    search_fields = ["slug", "versions__texts__title"]
    related = ("origin", "run_by")
    prefetched = ("origin__periods",)
    index_view_class = PracticeIndexView
    edit_view_class = PracticeEditView
    panels = [
        HelpPanel(
            _("What the card says is written in its versions: start one from the menu of the practice.")
        ),
        FieldPanel(
            "slug", help_text=_("The last part of its address on the site; keep it once it is known.")
        ),
        *panels("service", "is_failure", "origin", "run_by"),
        FieldPanel("organisations", widget=forms.CheckboxSelectMultiple, classname="long-choice"),
    ]


TEXT_PANELS = panels(
    "language",
    "state",
    "title",
    "summary",
    "problem",
    "mechanism",
    "gains_municipality",
    "gains_cooperative",
    "gains_people",
    "origin_context",
    "evidence",
    "fragility",
    "review",
)
ALTERNATIVE_PANELS = [
    *panels("key", "statement", "legal_basis", "verified_by"),
    FieldRowPanel(panels("changed_by", "cost_class")),
    FieldRowPanel(panels("valid_from", "valid_to")),
]
CRITERION_PANELS = [
    *panels("key", "name"),
    FieldRowPanel(panels("dimension", "weight")),
    FieldPanel("mechanism"),
    MultiFieldPanel(
        [
            FieldPanel("indicator", help_text=_("An official figure; leave empty for a question.")),
            FieldPanel(
                "points", help_text=_("One a line: figure, colon, value from 0 to 1. Example: 20: 0.5")
            ),
            FieldPanel("points_reason"),
        ],
        heading=_("Either a figure"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("question"),
            FieldPanel("anchors", help_text=_("Six lines in each language: what the levels 0 to 5 mean.")),
        ],
        heading=_("Or a question"),
    ),
    FieldRowPanel(panels("is_alterable", "changed_by", "cost_class")),
    *panels("step", "step_reading", "origin_reading"),
]


class VersionRecords(Records):
    model = Version
    icon = "doc-full"
    list_display = ["__str__", "state", "author", "reviewer", "published_on", "verified_on"]
    list_filter = ["state", "practice", "evidence_level"]
    search_fields = ["practice__slug", "texts__title"]
    related = ("practice", "author", "reviewer")
    index_view_class = VersionIndexView
    add_view_class = VersionStartView
    edit_view_class = VersionEditView
    inspect_view_class = VersionInspectView
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    ProblemsPanel(template="practices/admin/problems.html"),
                    FieldPanel("evidence_level"),
                    FieldPanel("compared_by", widget=forms.CheckboxSelectMultiple, classname="long-choice"),
                    FieldRowPanel(panels("verified_on", "confirmed_by_host_on")),
                    FieldPanel(
                        "thresholds", help_text=_("Three rising numbers between 0 and 1, one a line.")
                    ),
                    FieldPanel(
                        "floors",
                        help_text=_(
                            "One a line: dimension (need, fit, readiness, feasibility, support), colon, the"
                            " value under which a place is at most “possible”. Example: need: 0.3"
                        ),
                    ),
                ],
                heading=_("Version"),
            ),
            ObjectList([InlinePanel("texts", panels=TEXT_PANELS, heading=_("Texts"))], heading=_("Texts")),
            ObjectList(
                [
                    InlinePanel(
                        "components",
                        panels=panels("name", "description", "is_core"),
                        heading=_("Building blocks"),
                    )
                ],
                heading=_("Building blocks"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "clauses",
                        panels=[
                            *panels("key", "name"),
                            InlinePanel(
                                "alternatives", panels=ALTERNATIVE_PANELS, heading=_("Ways of meeting it")
                            ),
                        ],
                        heading=_("Conditions"),
                        help_text=_("All of them must be met; each is met in one of its ways."),
                    )
                ],
                heading=_("Conditions"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "criteria",
                        panels=CRITERION_PANELS,
                        heading=_("Criteria"),
                        help_text=_("The weights of each dimension sum to 1."),
                    )
                ],
                heading=_("Criteria"),
            ),
            ObjectList(
                [InlinePanel("costs", heading=_("Costs")), InlinePanel("sources", heading=_("Sources"))],
                heading=_("Costs and sources"),
            ),
        ],
        base_form_class=VersionForm,
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(publish_url_name=self.get_url_name("publish"), **kwargs)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return kwargs  # a version is started by its own small form

    def get_urlpatterns(self) -> list[Any]:
        publish = self.construct_view(PublishView, template_name="practices/admin/publish.html")
        return [*super().get_urlpatterns(), path("publish/<int:pk>/", publish, name="publish")]


class Practices(ModelViewSetGroup):
    menu_label = _("Practices")
    menu_icon = "openquote"
    menu_order = 140
    items = (PracticeRecords(), VersionRecords())
