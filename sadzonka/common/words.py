"""Short texts in several languages, shown in the reader's language or, labelled, in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Saying:
    """A text as it can be shown: in the language wanted, or in another one that must be named."""

    text: str
    language: str
    is_fallback: bool


def language_codes() -> list[str]:
    """Return the site's languages, the first one being the one most texts are written in."""
    return [code for code, _name in settings.LANGUAGES]


class Words(dict[str, str]):
    """One text by language code; a language without a text is absent, never an empty string."""

    def __init__(self, texts: Mapping[str, str] | None = None) -> None:
        super().__init__(
            {language: text.strip() for language, text in (texts or {}).items() if text and text.strip()}
        )

    def saying(self, language: str | None = None) -> Saying:
        """Return the text in `language` (the active one by default), else in the first that has it."""
        wanted = language or get_language() or settings.LANGUAGE_CODE
        for candidate in (wanted, *language_codes()):
            if candidate in self:
                return Saying(self[candidate], candidate, is_fallback=candidate != wanted)
        return Saying("", wanted, is_fallback=False)

    def __str__(self) -> str:
        return self.saying().text


class WordsWidget(forms.MultiWidget):
    """One input per language, each with its language as its label."""

    template_name = "common/words_widget.html"

    def __init__(self, *, is_long: bool = False) -> None:
        rows = {"rows": 4} if is_long else {"rows": 1}
        super().__init__(
            widgets={
                code: forms.Textarea(attrs={"lang": code, "data-controller": "w-autosize", **rows})
                for code, name in settings.LANGUAGES
            }
        )

    def decompress(self, value: Mapping[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code in language_codes()]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for subwidget, (code, language) in zip(
            context["widget"]["subwidgets"], settings.LANGUAGES, strict=True
        ):
            subwidget["language"], subwidget["code"] = language, code
        return context


class WordsFormField(forms.MultiValueField):
    """The same text in each language; at least one language when it is required."""

    def __init__(self, *, is_long: bool = False, **kwargs: Any) -> None:
        for unused in ("encoder", "decoder", "widget"):
            kwargs.pop(unused, None)
        super().__init__(
            fields=[forms.CharField(required=False) for _code in language_codes()],
            widget=WordsWidget(is_long=is_long),
            require_all_fields=False,
            **kwargs,
        )

    def clean(self, value: Any) -> Words:
        words: Words = super().clean(value)
        if self.required and not words:  # blanks alone are no text
            raise ValidationError(self.error_messages["required"], code="required")
        return words

    def compress(self, data_list: list[str]) -> Words:
        return Words(dict(zip(language_codes(), data_list, strict=False)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return Words(initial or {}) != self.compress([text or "" for text in data or []])


class WordsField(models.JSONField):
    """A text in the site's languages, kept in one column because it is always read together with its row."""

    empty_values = [None, "", {}]

    def __init__(self, *args: Any, is_long: bool = False, **kwargs: Any) -> None:
        self.is_long = is_long
        kwargs.setdefault("default", Words)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        if self.is_long:
            kwargs["is_long"] = True
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Words:
        return Words(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        return Words(value) if isinstance(value, dict) else value

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(self.to_python(value))

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        unknown = sorted(set(value or {}) - set(language_codes()))
        if unknown:
            raise ValidationError(
                _("Unknown language: %(codes)s"), code="language", params={"codes": ", ".join(unknown)}
            )

    def formfield(self, **kwargs: Any) -> Any:
        # Django would add a hidden copy of a callable default beside each input and compare with that.
        kwargs["show_hidden_initial"] = False
        return models.Field.formfield(self, form_class=WordsFormField, is_long=self.is_long, **kwargs)
