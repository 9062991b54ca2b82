"""How staff work with organisations and legal forms."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSetGroup

from sadzonka.common.forms import FormWithRows
from sadzonka.common.viewsets import Records, in_each_language, panels
from sadzonka.organisations.models import LegalForm, Organisation


class OrganisationForm(FormWithRows):
    """An organisation with its numbers, services, memberships and sources."""

    def check_rows(self) -> None:
        for row in self.rows("memberships"):
            if self.instance.pk and row.cleaned_data.get("group") == self.instance:
                row.add_error("group", gettext("An organisation cannot belong to itself."))


class OrganisationRecords(Records):
    model = Organisation
    icon = "group"
    list_display = ["name", "legal_form", "country", "seat", "is_invented"]
    list_filter = ["country", "legal_form", "is_invented"]
    search_fields = ["name", "slug", "identifiers__value"]
    related = ("legal_form", "country", "seat")
    prefetched = ("seat__periods",)
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel(
                "slug", help_text=_("The last part of its address on the site; keep it once it is known.")
            ),
            MultiFieldPanel(
                [
                    *panels("legal_form", "country", "seat"),
                    FieldRowPanel(panels("founded", "ended")),
                    *panels("website", "is_invented"),
                ],
                heading=_("What it is"),
            ),
            FieldPanel(
                "description",
                help_text=_(
                    "Only facts with a source and a date; [1] refers to the source with the number 1."
                ),
            ),
            InlinePanel("identifiers", panels=panels("scheme", "value"), heading=_("Register numbers")),
            InlinePanel("services", panels=panels("kind", "name", "task_of", "since"), heading=_("Services")),
            InlinePanel(
                "memberships",
                panels=[
                    *panels("group", "kind"),
                    FieldRowPanel(panels("valid_from", "valid_to")),
                    *panels("is_exact", "source_url", "note"),
                ],
                heading=_("Belongs to"),
            ),
            InlinePanel("sources", heading=_("Sources")),
        ],
        base_form_class=OrganisationForm,
    )


class LegalFormRecords(Records):
    model = LegalForm
    icon = "form"
    list_display = ["name", "country", "law", "is_consortium"]
    list_filter = ["country", "is_consortium"]
    search_fields = ["key", "law", *in_each_language("name")]
    related = ("country",)
    panels = [
        *panels("key", "country", "name", "note"),
        FieldPanel("closest", help_text=_("The nearest form of the other country: near, never the same.")),
        *panels("is_consortium", "law"),
    ]


class Organisations(ModelViewSetGroup):
    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 130
    items = (OrganisationRecords(), LegalFormRecords())
