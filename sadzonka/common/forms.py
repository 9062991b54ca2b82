"""Forms of the staff: rows that are checked with their parent, and readable fields for structured values."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.forms.models import register_form_field_override

from sadzonka.common.words import WordsWidget, language_codes

_FORM_FIELDS: dict[str, type[forms.Field]] = {}


def use_form_field(model: type[models.Model], name: str, form_field: type[forms.Field]) -> None:
    """Let staff edit a JSON column of a model with `form_field` instead of raw JSON."""
    _FORM_FIELDS[f"{model._meta.label}.{name}"] = form_field


def _override(column: models.JSONField) -> dict[str, Any]:
    form_field = _FORM_FIELDS.get(str(column))  # "app.Model.field"
    return {"form_class": form_field, "show_hidden_initial": False} if form_field else {}


register_form_field_override(models.JSONField, override=_override, exact_class=True)


class FormWithRows(WagtailAdminModelForm):
    """A form whose rows can be checked together with it, once each of them is valid by itself."""

    def is_valid(self) -> bool:
        is_valid = super().is_valid()
        if self.is_bound and hasattr(self, "cleaned_data"):
            self.check_rows()
        return is_valid and not any(form.errors for formset in self.formsets for form in self.rows(formset))

    def rows(self, formset: str) -> Iterator[Any]:
        """Yield the forms of the rows that will be kept."""
        for form in self.formsets[formset].forms:
            if not getattr(form, "cleaned_data", {}).get("DELETE"):
                yield form

    def check_rows(self) -> None:
        """Add errors to rows that do not fit the rest."""


class _TextField(forms.CharField):
    """A structured value written as text."""

    def __init__(self, *, max_length: int | None = None, **kwargs: Any) -> None:
        for unused in ("encoder", "decoder"):
            kwargs.pop(unused, None)
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": 5}), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else self.write(value)

    def to_python(self, value: Any) -> Any:
        return self.read((value or "").strip()) if value is None or isinstance(value, str) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != self.to_python(initial))
        except ValidationError:
            return True

    def write(self, value: Any) -> str:
        raise NotImplementedError

    def read(self, text: str) -> Any:
        raise NotImplementedError


def _written(number: float) -> str:
    return f"{number:g}" if number != int(number) else str(int(number))


def _number(text: str) -> float:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValidationError(_("“%(text)s” is not a number.") % {"text": text.strip()})
    return number


def _pairs(text: str, key: Callable[[str], Any]) -> list[tuple[Any, float]]:
    pairs = []
    for line in filter(None, map(str.strip, text.splitlines())):
        first, colon, second = line.partition(":")
        if not colon:
            raise ValidationError(_("“%(line)s” needs a colon between its two parts.") % {"line": line})
        pairs.append((key(first.strip()), _number(second)))
    return pairs


class PointsField(_TextField):
    """Pairs of numbers, one pair a line, such as `20: 0.5`."""

    def write(self, value: Any) -> str:
        return "\n".join(f"{_written(x)}: {_written(y)}" for x, y in value or [])

    def read(self, text: str) -> list[list[float]]:
        return [list(pair) for pair in _pairs(text, _number)]


class SharesField(_TextField):
    """Numbers by a key, one a line, such as `need: 0.3`."""

    def write(self, value: Any) -> str:
        return "\n".join(f"{key}: {_written(number)}" for key, number in (value or {}).items())

    def read(self, text: str) -> dict[str, float]:
        return dict(_pairs(text, str))


class NumbersField(_TextField):
    """Numbers, one a line."""

    def write(self, value: Any) -> str:
        return "\n".join(map(_written, value or []))

    def read(self, text: str) -> list[float]:
        return [_number(line) for line in text.splitlines() if line.strip()]


class _LinesWidget(WordsWidget):
    """Lines in each language."""

    def __init__(self) -> None:
        super().__init__(is_long=True)
        for widget in self.widgets:
            widget.attrs["rows"] = 6

    def decompress(self, value: Any) -> list[str]:
        return ["\n".join((value or {}).get(code, [])) for code in language_codes()]


class LinesField(forms.MultiValueField):
    """The same number of lines in each language that has any."""

    def __init__(self, **kwargs: Any) -> None:
        for unused in ("encoder", "decoder", "widget"):
            kwargs.pop(unused, None)
        fields = [forms.CharField(required=False) for _code in language_codes()]
        super().__init__(fields=fields, widget=_LinesWidget(), require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, list[str]]:
        lines = {
            code: [line.strip() for line in text.splitlines() if line.strip()]
            for code, text in zip(language_codes(), data_list, strict=False)
        }
        return {code: texts for code, texts in lines.items() if texts}

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (initial or {}) != self.compress([text or "" for text in data or []])
