"""How staff work with series and visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSetGroup

from sadzonka.common.forms import FormWithRows
from sadzonka.common.viewsets import EditView, Records, in_each_language, panels
from sadzonka.places.forms import MunicipalitiesField
from sadzonka.visits.agenda.queries import contradictions_of
from sadzonka.visits.models import Interpreter, Series, Visit


class VisitForm(FormWithRows):
    """A visit whose agenda lies within its days."""

    municipalities = MunicipalitiesField(
        label=_("Places visited"),
        help_text=_("One a line: country and code of a municipality, for example PL 302108."),
    )

    def check_rows(self) -> None:
        starts_on, ends_on = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        for row in self.rows("agenda"):
            day = getattr(row, "cleaned_data", {}).get("held_on")
            if day and starts_on and ends_on and not starts_on <= day <= ends_on:
                row.add_error("held_on", gettext("This day is not a day of the visit."))


class TellsContradictions:
    """Says after saving what does not fit in the agenda; it is saved all the same."""

    object: Visit
    request: Any

    def save_action(self) -> Any:
        count = len(contradictions_of(self.object))
        if count:
            text = ngettext(
                "The agenda is saved, but contradicts itself in %(count)d place.",
                "The agenda is saved, but contradicts itself in %(count)d places.",
                count,
            ) % {"count": count}
            address = reverse("visit_agenda", args=[self.object.slug])
            messages.warning(self.request, text, buttons=[messages.button(address, gettext("See what"))])
        return super().save_action()  # type: ignore[misc]


class EditVisit(TellsContradictions, EditView):
    """Edits a visit with its agenda."""


class CreateVisit(TellsContradictions, CreateView):
    """Makes a visit with its agenda."""


class VisitRecords(Records):
    model = Visit
    edit_view_class = EditVisit
    add_view_class = CreateVisit
    icon = "calendar-alt"
    list_display = ["title", "series", "starts_on", "ends_on", "state", "project"]
    list_filter = ["series", "state", "project"]
    search_fields = ["slug", *in_each_language("title")]
    related = ("series", "project")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    *panels("title", "slug"),
                    FieldPanel(
                        "state",
                        read_only=True,
                        help_text=_("Changed at the visit’s desk. Only staff and controllers see a draft."),
                    ),
                    FieldRowPanel(panels("starts_on", "ends_on")),
                    *panels("series", "project", "organiser", "summary", "participants"),
                    *panels("municipalities"),
                    FieldPanel("facilitators", widget=forms.CheckboxSelectMultiple, classname="long-choice"),
                    InlinePanel(
                        "goals",
                        panels=[
                            *panels("text"),
                            FieldRowPanel(panels("measure", "target", "achieved")),
                            *panels("measure_text", "note"),
                            InlinePanel("evidence", panels=panels("label", "url"), heading=_("Evidence")),
                        ],
                        heading=_("Goals"),
                    ),
                ],
                heading=_("Visit"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "agenda",
                        panels=[
                            *panels("title", "key"),
                            FieldRowPanel(panels("kind", "held_on", "starts_at", "ends_at")),
                            *panels("description", "theme", "host"),
                            FieldRowPanel(panels("host_email", "host_language")),
                            *panels("municipality", "venue"),
                            FieldRowPanel(panels("capacity", "travel_minutes")),
                            FieldRowPanel(panels("language", "interpreter")),
                            InlinePanel("speakers", panels=panels("name", "role"), heading=_("Speakers")),
                            FieldPanel(
                                "practices", widget=forms.CheckboxSelectMultiple, classname="long-choice"
                            ),
                            FieldPanel(
                                "source_number",
                                help_text=_("The number of the source in the list of sources."),
                            ),
                        ],
                        heading=_("Agenda"),
                        help_text=_(
                            "What is not known stays empty; the page then says that it is not known."
                        ),
                    )
                ],
                heading=_("Agenda"),
            ),
            ObjectList([InlinePanel("sources", heading=_("Sources"))], heading=_("Sources")),
        ],
        base_form_class=VisitForm,
    )


class SeriesRecords(Records):
    model = Series
    icon = "list-ol"
    list_display = ["name", "slug"]
    search_fields = ["slug", *in_each_language("name")]
    panels = panels("name", "slug", "description")


class InterpreterRecords(Records):
    model = Interpreter
    icon = "user"
    list_display = ["name", "languages", "email"]
    search_fields = ["name"]
    panels = [
        *panels("name", "email"),
        FieldPanel("languages", help_text=_("Separated by commas, such as: pl, it.")),
    ]


class Visits(ModelViewSetGroup):
    menu_label = _("Visits")
    menu_icon = "calendar-alt"
    menu_order = 150
    items = (VisitRecords(), SeriesRecords(), InterpreterRecords())
