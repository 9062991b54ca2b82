"""How staff work with places and read official statistics."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSetGroup

from sadzonka.common.forms import SharesField, use_form_field
from sadzonka.common.viewsets import FrozenRecords, Records, in_each_language, panels
from sadzonka.places.models import (
    Boundary,
    ColumnLabel,
    Country,
    County,
    FileImport,
    Indicator,
    Municipality,
    Observation,
    Period,
    Region,
    RegionalObservation,
    Release,
    Succession,
)

use_form_field(Indicator, "relative_change_over_years", SharesField)


class CountryForm(WagtailAdminModelForm):
    """A country whose code is what it is known by everywhere: given once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].disabled = not self.instance._state.adding  # noqa: SLF001 - Django's own name

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).upper()


class MunicipalityRecords(Records):
    model = Municipality
    icon = "site"
    list_display = ["__str__", "code", "country", "is_invented"]
    list_filter = ["country", "is_invented"]
    search_fields = ["code", "periods__name"]
    related = ("country",)
    prefetched = ("periods",)
    panels = [
        FieldPanel("country"),
        FieldPanel(
            "code",
            help_text=_(
                "Six digits without the seventh of TERYT: it stays the same when name or type change."
            ),
        ),
        FieldRowPanel(panels("latitude", "longitude")),
        FieldPanel("is_invented"),
    ]


class PeriodRecords(Records):
    model = Period
    icon = "history"
    list_display = ["name", "kind", "county", "valid_from", "valid_to"]
    list_filter = ["kind", "county__region"]
    search_fields = ["name", "municipality__code"]
    related = ("county",)
    panels = [
        FieldPanel(
            "municipality",
            help_text=_("A change of name, type or county ends one period and begins the next."),
        ),
        *panels("name", "kind", "county"),
        FieldRowPanel(panels("valid_from", "valid_to")),
        FieldPanel("is_dated_roughly"),
    ]


class SuccessionRecords(Records):
    model = Succession
    icon = "rotate"
    list_display = ["happened_on", "predecessor", "successor", "kind"]
    list_filter = ["kind"]
    search_fields = ["predecessor__periods__name", "successor__periods__name"]
    prefetched = ("predecessor__periods", "successor__periods")
    panels = panels("predecessor", "successor", "happened_on", "kind", "source_url")


class CountyRecords(Records):
    model = County
    icon = "site"
    list_display = ["name", "code", "region"]
    list_filter = ["region"]
    search_fields = ["name", "code"]
    related = ("region",)
    panels = panels("region", "code", "name")


class RegionRecords(Records):
    model = Region
    icon = "site"
    list_display = ["name", "code", "country"]
    list_filter = ["country"]
    search_fields = ["name", "code"]
    related = ("country",)
    panels = panels("country", "code", "name")


class CountryRecords(Records):
    model = Country
    icon = "globe"
    list_display = ["name", "code"]
    search_fields = ["code", *in_each_language("name")]
    edit_handler = ObjectList(panels("code", "name"), base_form_class=CountryForm)


class IndicatorRecords(Records):
    model = Indicator
    icon = "decimal"
    list_display = ["name", "key", "unit", "max_age_years"]
    search_fields = ["key", *in_each_language("name")]
    panels = [
        FieldPanel("key", help_text=_("Files and cards refer to it: do not change it later.")),
        *panels("name", "unit", "definition", "source"),
        FieldRowPanel(panels("is_additive", "decimals", "sort_order")),
        MultiFieldPanel(
            [
                FieldPanel("max_age_years"),
                FieldPanel(
                    "relative_change_over_years",
                    help_text=_("One a line: number of years, colon, share. Example: 3: 0.05"),
                ),
            ],
            heading=_("How an older figure is widened"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "formula",
                    help_text=_("Computed wherever no office publishes it; never stored."),
                ),
                *panels("numerator", "denominator", "factor", "years_apart", "over_years"),
            ],
            heading=_("How it is computed"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(panels("likeness_from", "likeness_to")),
                FieldPanel("likeness_is_logarithmic"),
            ],
            heading=_("How places are compared by it"),
        ),
    ]


class ColumnLabelRecords(Records):
    model = ColumnLabel
    icon = "tag"
    list_display = ["label", "layout", "indicator", "factor"]
    list_filter = ["layout", "indicator"]
    search_fields = ["label", "indicator__key"]
    related = ("indicator",)
    panels = panels("layout", "label", "indicator", "factor")


class ReleaseRecords(FrozenRecords):
    model = Release
    icon = "download"
    list_display = ["title", "publisher", "period", "retrieved_on"]
    list_filter = ["publisher", "layout"]
    search_fields = ["key", "title", "publisher"]


class ObservationRecords(FrozenRecords):
    model = Observation
    icon = "table"
    list_display = ["indicator", "municipality", "period", "value", "status", "release"]
    list_filter = ["indicator", "release", "period", "status"]
    search_fields = ["municipality__code", "municipality__periods__name"]
    related = ("indicator", "release")
    prefetched = ("municipality__periods",)


class RegionalObservationRecords(FrozenRecords):
    model = RegionalObservation
    icon = "table"
    list_display = ["indicator", "country", "region", "period", "value", "status", "release"]
    list_filter = ["indicator", "release", "period", "status"]
    search_fields = ["region__name", "country__code"]
    related = ("indicator", "country", "region", "release")


class BoundaryRecords(FrozenRecords):
    model = Boundary
    icon = "site"
    list_display = ["municipality", "release"]
    list_filter = ["release"]
    search_fields = ["municipality__code", "municipality__periods__name"]
    related = ("municipality", "release")
    prefetched = ("municipality__periods",)
    inspect_view_fields = ["municipality", "release"]


class FileImportRecords(FrozenRecords):
    model = FileImport
    icon = "upload"
    list_display = ["file_name", "state", "layout", "uploaded_at", "release"]
    list_filter = ["state", "layout"]
    search_fields = ["file_name", "sha256"]
    related = ("release",)
    inspect_view_fields = [
        "file_name",
        "state",
        "layout",
        "size",
        "sha256",
        "uploaded_at",
        "ended_at",
        "release",
    ]

    def listed(self) -> QuerySet[Any]:
        """Leave the files themselves in the database: only their readers need them."""
        return super().listed().defer("content")


class Places(ModelViewSetGroup):
    menu_label = _("Places")
    menu_icon = "site"
    menu_order = 110
    items = (
        MunicipalityRecords(),
        PeriodRecords(),
        SuccessionRecords(),
        CountyRecords(),
        RegionRecords(),
        CountryRecords(),
    )


class Statistics(ModelViewSetGroup):
    menu_label = _("Statistics")
    menu_icon = "decimal"
    menu_order = 120
    items = (
        IndicatorRecords(),
        ColumnLabelRecords(),
        ReleaseRecords(),
        ObservationRecords(),
        RegionalObservationRecords(),
        BoundaryRecords(),
        FileImportRecords(),
    )

    def get_submenu_items(self) -> list[MenuItem]:
        """Begin with the desk, where files are read in."""
        desk = MenuItem(_("Read official files"), reverse_lazy("imports"), icon_name="upload", order=0)
        return [desk, *super().get_submenu_items()]
