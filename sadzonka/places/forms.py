"""Fields for municipalities that do not offer all of them: a continent has 99,140."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy

from sadzonka.places.models import Municipality


class MunicipalitiesField(forms.CharField):
    """Municipalities, one a line, by country and code; the names behind them are only for reading."""

    default_error_messages = {
        "unknown": gettext_lazy(
            "We know no municipality “%(line)s”: write its country and its code, for example PL 302108."
        )
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 8}), required=False, **kwargs)

    def prepare_value(self, value: Any) -> str:
        """Return the lines of municipalities by country and code, as they are called today."""
        if value is None or isinstance(value, str):
            return value or ""
        places = sorted(value, key=lambda one: (one.country_id, one.code))
        prefetch_related_objects(places, "periods")
        return "\n".join(f"{one.country_id} {one.code} {one}" for one in places)

    def clean(self, value: Any) -> list[Municipality]:
        """Return the municipalities of all lines, each once; say which lines name none. In one query."""
        lines = {_key(line): line for line in _lines(super().clean(value))}
        codes = Municipality.objects.filter(code__in=[code for _country, code in lines])
        found = {key: one for one in codes if (key := (one.country_id, one.code)) in lines}
        unknown = [line.strip() for key, line in lines.items() if key not in found]
        if unknown:
            raise ValidationError(
                [
                    ValidationError(self.error_messages["unknown"], "unknown", {"line": line[:60]})
                    for line in unknown
                ]
            )
        return list(found.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare countries and codes: a name may have changed meanwhile."""
        before, after = ({_key(line) for line in _lines(self.prepare_value(one))} for one in (initial, data))
        return before != after


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _key(line: str) -> tuple[str, str]:
    """Return country and code of a line; the code is empty when there is none."""
    country, code, *_rest = [*line.split(maxsplit=2), "", ""]
    return country.upper(), code
