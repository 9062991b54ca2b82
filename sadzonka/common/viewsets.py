"""How staff list, read, create, edit and delete records in the admin, and choose them in forms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import ProtectedError, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views import generic
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from sadzonka.common.inspecting import InspectView
from sadzonka.common.words import language_codes


def panels(*names: str) -> list[FieldPanel]:
    """Return a plain panel for each field."""
    return [FieldPanel(name) for name in names]


def in_each_language(field: str) -> list[str]:
    """Return the lookups that search a text in every language."""
    return [f"{field}__{code}" for code in language_codes()]


def matching(objects: QuerySet[Any], lookups: list[str], words: str) -> QuerySet[Any]:
    """Return the objects that hold `words` in one of the fields, each once."""
    query = Q()
    for lookup in lookups:
        query |= Q(**{f"{lookup}__icontains": words})
    found = objects.model.objects.filter(query).order_by()
    return objects.filter(pk__in=found.values("pk"))


class IndexView(generic.IndexView):
    """A list that offers only what may be done with each record."""

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return matching(queryset, self.search_fields, self.search_query) if self.is_searching else queryset

    def get_edit_url(self, instance: models.Model) -> str | None:
        may_change = self.user_has_permission_for_instance("change", instance)
        return super().get_edit_url(instance) if may_change else None

    def get_delete_url(self, instance: models.Model) -> str | None:
        may_delete = self.user_has_permission_for_instance("delete", instance)
        return super().get_delete_url(instance) if may_delete else None


class EditView(generic.EditView):
    """A form for a record that may be changed."""

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        record = super().get_object(queryset)
        if not self.user_has_permission_for_instance("change", record):
            raise PermissionDenied
        return record

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        if hasattr(self.object, "get_absolute_url"):
            buttons.append(Button(_("See on the site"), url=self.object.get_absolute_url(), icon_name="view"))
        return buttons


class DeleteView(generic.DeleteView):
    """Deletes what nothing else needs."""

    def get_object(self, queryset: QuerySet[Any] | None = None) -> Any:
        record = super().get_object(queryset)
        if not self.user_has_permission_for_instance("delete", record):
            raise PermissionDenied
        return record

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            needed_by = ", ".join(sorted({str(one) for one in error.protected_objects})[:5])
            messages.error(
                self.request, _("It cannot be deleted: %(things)s need it.") % {"things": needed_by}
            )
            return redirect(self.get_success_url())


class FilterForm(BaseFilterForm):
    """The search of a chooser; it looks where the list's search looks."""

    lookups: list[str] = []
    q = forms.CharField(label=gettext_lazy("Search"), required=False)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        self.search_query = self.cleaned_data["q"]
        self.is_searching = bool(self.search_query and self.lookups)
        return matching(objects, self.lookups, self.search_query) if self.is_searching else objects


class Records(ModelViewSet):
    """The records of one kind, as staff work with them."""

    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    inspect_view_class = InspectView
    inspect_view_enabled = True
    copy_view_enabled = False  # a copy would share the slug, the keys and the rows
    add_to_reference_index = False  # data loaded in bulk would be missing: "used 0 times" would be wrong
    list_per_page = 50
    search_fields: list[str] = []
    related: tuple[str, ...] = ()  # what a list needs of other tables
    prefetched: tuple[str, ...] = ()

    def listed(self) -> QuerySet[Any]:
        """Return what the list and the chooser show."""
        return self.model.objects.select_related(*self.related).prefetch_related(*self.prefetched)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(**{"queryset": self.listed(), **kwargs})

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]

    def chooser(self) -> ChooserViewSet:
        """Return a window in which one of the records is chosen, with a search when the list has one."""
        form = type("ChooserForm", (FilterForm,), {"lookups": self.search_fields})
        views = [
            type("Choose", (view,), {"filter_form_class": form}) for view in (ChooseView, ChooseResultsView)
        ]
        return ChooserViewSet(
            f"choose_{self.model_name}",
            model=self.model,
            icon=self.icon,
            per_page=25,
            choose_one_text=format_lazy(gettext_lazy("Choose: {name}"), name=self.model_opts.verbose_name),
            choose_view_class=views[0],
            choose_results_view_class=views[1],
            get_object_list=self.listed,
        )


class FrozenRecords(Records):
    """Records that come from elsewhere and are only read: register a ReadingPolicy for their model."""

    form_fields: tuple[str, ...] = ()


class ReadingPolicy(ModelPermissionPolicy):
    """Lets nobody, not even an administrator, change a record."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return "view" in actions and self.user_has_permission(user, "view")
