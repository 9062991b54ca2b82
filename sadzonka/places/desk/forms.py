"""What staff send at the desk of statistics: files, and what they choose for one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.validators import validate_slug
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from sadzonka.places.desk import words
from sadzonka.places.models import Country, FileImport, Indicator, Release

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from sadzonka.places.desk.preview import Contents, ReadColumn

LEAVE_OUT, NEW = "-", "new"
PLAIN = "plain"  # the layout of tables that offices do not publish so: staff may say what is what
QUESTIONS = ("year", "country", "scheme")
FIRST_YEAR = 1900
PLAIN_PARTS = ("code", "name", "year_column", "count")
METADATA = ("publisher", "title", "url", "licence", "retrieved_on")


def fingerprint(file_import: FileImport) -> str:
    """Return what a page showed of an import, short: another one means that the page is out of date."""
    shown = [file_import.state, file_import.layout, file_import.choices, file_import.preview]
    return hashlib.sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()[:16]


class SeveralFiles(forms.ClearableFileInput):
    """A field for one or several files at once."""

    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    """Several files, each of them checked by itself."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        files = data if isinstance(data, list | tuple) else [data]
        return [super(SeveralFilesField, self).clean(one, initial) for one in files or [None]]


class UploadForm(forms.Form):
    """Files as an office published them."""

    file = SeveralFilesField(
        label=gettext_lazy("Files"),
        error_messages={
            "required": gettext_lazy("Choose at least one file."),
            "empty": gettext_lazy("The file is empty. Download it again."),
        },
    )

    def __init__(self, *args: Any, most_bytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most_bytes = most_bytes
        self.fields["file"].help_text = _(
            "As they were downloaded: CSV, TSV, Excel, JSON, GeoJSON or Parquet, packed with gzip or zip too."
            " At most %(size)s, all files together."
        ) % {"size": filesizeformat(most_bytes)}

    def refuse_size(self) -> None:
        """Say beside the field that the files are too large; nothing of them was read."""
        self.add_error(
            "file",
            _(
                "The files are larger than %(size)s together. Hand them in one by one, pack them with gzip,"
                " or split the table by years."
            )
            % {"size": filesizeformat(self.most_bytes)},
        )

    @property
    def sent(self) -> list[UploadedFile]:
        """The files; ask only a valid form."""
        return cast("list[UploadedFile]", self.cleaned_data["file"])


def _indicator_choices(indicators: Iterable[Indicator]) -> list[tuple[str, str]]:
    return [(one.key, f"{one.name} [{one.unit}]") for one in indicators]


def _year_field(label: str, before: int | None, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=FIRST_YEAR,
        max_value=timezone.localdate().year + 1,
        initial=before,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class ChoicesForm(forms.Form):
    """What staff say about a file: where it comes from, what it does not say itself, what its columns are."""

    seen = forms.CharField(widget=forms.HiddenInput)
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"),
        required=False,
        max_length=Release._meta.get_field("publisher").max_length,
    )
    title = forms.CharField(
        label=gettext_lazy("Title"), required=False, max_length=Release._meta.get_field("title").max_length
    )
    url = forms.URLField(
        label=gettext_lazy("Address where it was downloaded"),
        required=False,
        max_length=Release._meta.get_field("url").max_length,
        assume_scheme="https",
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        required=False,
        max_length=Release._meta.get_field("licence").max_length,
    )
    retrieved_on = forms.DateField(
        label=gettext_lazy("Downloaded on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self,
        file_import: FileImport,
        *,
        contents: Contents,
        indicators: Mapping[str, Indicator],
        countries: Iterable[Country],
        sent: Mapping[str, Any] | None = None,
    ) -> None:
        chosen, preview = file_import.choices, file_import.preview
        initial = {name: chosen.get(name) or preview.get(name) for name in METADATA}
        initial["retrieved_on"] = initial["retrieved_on"] or timezone.localdate().isoformat()
        super().__init__(sent, initial={**initial, "seen": fingerprint(file_import)})
        self._before, self._indicators = dict(chosen), indicators
        self._asked = {asked["key"] for asked in preview.get("asks", [])}
        self._is_code_asked = "plain" in self._asked
        if file_import.layout == PLAIN:
            self._asked |= {*QUESTIONS, "plain"}
        self.columns, self._headers = contents.columns, contents.headers
        self._add_questions(countries)
        self._add_columns()
        if self._asks("plain"):
            self._add_plain()

    def _asks(self, name: str) -> bool:
        return name in self._asked or name in self._before

    def _add_questions(self, countries: Iterable[Country]) -> None:
        if self._asks("year"):
            self.fields["year"] = _year_field(_("Of which year are the figures?"), self._before.get("year"))
        if self._asks("country"):
            self.fields["country"] = forms.ChoiceField(
                label=_("Of which country are the codes?"),
                required=False,
                choices=[("", _("not chosen")), *((one.code, str(one.name)) for one in countries)],
                initial=self._before.get("country"),
            )

        if self._asks("scheme"):
            self.fields["scheme"] = forms.ChoiceField(
                label=_("How are the codes written?"),
                required=False,
                choices=[("", _("as recognised")), *words.SCHEMES.items()],
                initial=self._before.get("scheme"),
            )

    def _add_columns(self) -> None:
        catalogue = _indicator_choices(self._indicators.values())
        for column in self.columns:
            chosen = self._before.get("columns", {}).get(column.label, "")
            new = chosen.get("new", {}) if isinstance(chosen, dict) else {}
            found = _("as recognised: %(name)s") % {"name": column.name} if column.key else _("not chosen")
            self.fields[f"column-{column.number}"] = forms.ChoiceField(
                label=_("Indicator of “%(label)s”") % {"label": column.label},
                required=False,
                choices=[
                    ("", found),
                    (LEAVE_OUT, _("leave out")),
                    (NEW, _("a new indicator (say which beside)")),
                    *catalogue,
                ],
                initial=NEW if new else chosen,
            )
            for part, label in (("key", _("Key")), ("name", _("Name")), ("unit", _("Unit"))):
                self.fields[f"column-{column.number}-{part}"] = forms.CharField(
                    label=label,
                    required=False,
                    max_length=50 if part == "key" else 200,
                    validators=[validate_slug] if part == "key" else [],
                    initial=new.get(part, ""),
                )
            if column.undated_header:
                self._add_year_of(column)

    def _add_year_of(self, column: ReadColumn) -> None:
        before = self._before.get("plain", {}).get("columns", {}).get(column.undated_header, {})
        self.fields[f"column-{column.number}-year"] = _year_field(
            _("Year of “%(label)s”") % {"label": column.label},
            before.get("year"),
            _("Empty: the year of the file. This column names none."),
        )

    def _add_plain(self) -> None:
        """Ask which columns of a plain table hold what; empty: as the reader found it out."""
        before = self._before.get("plain", {})
        nothing_chosen = _("not chosen") if self._is_code_asked else _("as recognised")
        for name, label in (
            ("code", _("Column with the code of the municipality")),
            ("name", _("Column with its name")),
            ("year_column", _("Column with the year, if each line has its own")),
        ):
            self.fields[f"plain-{name}"] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[("", nothing_chosen), *((header, header) for header in self._headers)],
                initial=before.get(name, ""),
            )
        self.fields["plain-count"] = forms.ChoiceField(
            label=_("Indicator to which the number of lines of each municipality belongs"),
            help_text=_("For registers with a line per organisation."),
            required=False,
            choices=[("", _("none")), *_indicator_choices(self._indicators.values())],
            initial=before.get("count", ""),
        )

    @property
    def question_fields(self) -> list[forms.BoundField]:
        """The fields for what the file does not say itself."""
        names = (*QUESTIONS, *(f"plain-{part}" for part in PLAIN_PARTS))
        return [self[name] for name in names if name in self.fields]

    @property
    def metadata_fields(self) -> list[forms.BoundField]:
        """The fields that say where the file comes from."""
        return [self[name] for name in METADATA]

    @property
    def column_fields(self) -> list[tuple[ReadColumn, list[forms.BoundField], list[forms.BoundField], bool]]:
        """Each column with its choices, the three fields of a new indicator, and whether these are in use."""
        return [
            (
                column,
                [self[name] for name in self._about(column) if name in self.fields],
                [self[f"column-{column.number}-{part}"] for part in ("key", "name", "unit")],
                self[f"column-{column.number}"].value() == NEW,
            )
            for column in self.columns
        ]

    @staticmethod
    def _about(column: ReadColumn) -> tuple[str, str]:
        return f"column-{column.number}", f"column-{column.number}-year"

    def clean_retrieved_on(self) -> Any:
        day = self.cleaned_data["retrieved_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self) -> None:
        super().clean()
        described: dict[str, dict[str, str]] = {}
        for column in self.columns:
            if self.cleaned_data.get(f"column-{column.number}") == NEW:
                new = self._new(column.number)
                self._check_new(column.number, new, described.setdefault(new["key"], new))

    def _new(self, number: int) -> dict[str, str]:
        parts = ("key", "name", "unit")
        return {part: str(self.cleaned_data.get(f"column-{number}-{part}") or "") for part in parts}

    def _check_new(self, number: int, new: dict[str, str], first: dict[str, str]) -> None:
        for part, text in new.items():
            field = f"column-{number}-{part}"
            if not text and field not in self.errors:
                self.add_error(field, _("A new indicator needs a key, a name and a unit."))
        if new["key"] in self._indicators:
            self.add_error(f"column-{number}-key", _("The catalogue has this key already: choose it there."))
        elif new != first:
            self.add_error(f"column-{number}-key", _("Two columns describe this key differently."))

    @property
    def choices(self) -> dict[str, Any]:
        """What was chosen, as an import keeps it; ask only a valid form."""
        chosen = dict(self._before)
        for name in (*METADATA, *QUESTIONS):
            value = self.cleaned_data.get(name)
            if value:
                chosen[name] = value.isoformat() if hasattr(value, "isoformat") else value
            else:
                chosen.pop(name, None)
        chosen["columns"] = self._chosen_columns()
        if "plain-code" in self.fields:
            plain = {name: self.cleaned_data[f"plain-{name}"] for name in PLAIN_PARTS}
            plain["columns"] = self._chosen_years()
            chosen["plain"] = {name: value for name, value in plain.items() if value}
        return chosen

    def _chosen_years(self) -> dict[str, Any]:
        """Return the years of columns that name none, beside what else was said of columns before."""
        before = self._before.get("plain", {}).get("columns", {})
        chosen = {header: dict(said) for header, said in before.items() if header in self._headers}
        for column in self.columns:
            if column.undated_header:
                said = chosen.setdefault(column.undated_header, {})
                said["year"] = self.cleaned_data[f"column-{column.number}-year"]
        return {
            header: told for header, said in chosen.items() if (told := {k: v for k, v in said.items() if v})
        }

    def _chosen_columns(self) -> dict[str, Any]:
        chosen = dict(self._before.get("columns", {}))
        for column in self.columns:
            choice = self.cleaned_data[f"column-{column.number}"]
            if choice == NEW:
                chosen[column.label] = {"new": {**self._new(column.number), "language": get_language()}}
            elif choice:
                chosen[column.label] = choice
            else:
                chosen.pop(column.label, None)
        return chosen
