"""Reading a record in the admin: every language of a text, and the rows that belong to it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from modelcluster.fields import ParentalKey
from modelcluster.models import get_all_child_relations
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.fields import BaseFieldDisplay, register_display_class
from wagtail.admin.views import generic

from sadzonka.common.words import Words, WordsField


class WordsDisplay(BaseFieldDisplay):
    """A text in every language it has."""

    template_name = "common/admin/words.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {
            "sayings": [
                (code, name, self.value[code]) for code, name in settings.LANGUAGES if code in self.value
            ]
        }


register_display_class(WordsField, display_class=WordsDisplay)


class RowsDisplay(Component):
    """The rows of one kind that belong to a record, each with its fields and its own rows."""

    template_name = "common/admin/rows.html"

    def __init__(self, rows: list[models.Model]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"rows": [(str(row), [*_columns(row), *child_fields(row)]) for row in self.rows]}


def _columns(row: models.Model) -> list[dict[str, Any]]:
    fields = [
        field
        for field in row._meta.get_fields()
        if isinstance(field, models.Field) and not field.primary_key and not isinstance(field, ParentalKey)
    ]
    return [_shown(row, field) for field in fields]


def _shown(row: models.Model, field: models.Field[Any, Any]) -> dict[str, Any]:
    value = getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)
    if field.many_to_many:
        value = ", ".join(map(str, value.all()))
    component = WordsDisplay(value) if isinstance(value, Words) else None
    return {"label": capfirst(field.verbose_name), "value": value, "component": component}


def child_fields(record: models.Model) -> list[dict[str, Any]]:
    """Return the rows of a record, kind by kind."""
    return [
        {
            "label": capfirst(relation.related_model._meta.verbose_name_plural),
            "component": RowsDisplay(list(getattr(record, relation.get_accessor_name()).all())),
        }
        for relation in get_all_child_relations(type(record))
    ]


class InspectView(generic.InspectView):
    """Shows everything that a record holds, its rows too."""

    def get_fields_context(self) -> list[dict[str, Any]]:
        return [*super().get_fields_context(), *child_fields(self.object)]

    def get_edit_url(self) -> str | None:
        if self.user_has_permission_for_instance("change", self.object):
            return super().get_edit_url()
        return None

    def get_delete_url(self) -> str | None:
        if self.user_has_permission_for_instance("delete", self.object):
            return super().get_delete_url()
        return None
