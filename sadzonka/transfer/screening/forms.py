"""The forms of screenings and invitation lists."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sadzonka.analysis import DIMENSIONS, SIMPLEX, WeightSet, weights_record
from sadzonka.common.once import FormOfRevision, renewed
from sadzonka.places.models import County, Municipality, Region
from sadzonka.practices.choices import Dimension
from sadzonka.practices.models import Version
from sadzonka.transfer.models import Invitation, InvitationList, Screening
from sadzonka.transfer.screening.drafting import MOST_INVITED, DraftWish, Entry
from sadzonka.transfer.screening.outcome import GATES
from sadzonka.transfer.screening.queries import (
    GATE_WORDS,
    Chosen,
    municipalities_called,
    visits_to_invite_to,
)
from sadzonka.transfer.screening.words import band_words
from sadzonka.transfer.words import gate_word
from sadzonka.visits.models import Visit

NOTHING, ORDER, LEAST = "nothing", "order", "least"
WHOLE = 100  # percent
LONGEST_REASON = 2000


class StartForm(forms.Form):
    """Asks which practice is screened where, and what is known about the weights of the dimensions."""

    version = forms.ChoiceField(
        label=gettext_lazy("Practice"),
        choices=(),
        error_messages={"required": gettext_lazy("Choose a practice.")},
    )
    country = forms.ChoiceField(
        label=gettext_lazy("Country"),
        choices=(),
        error_messages={"required": gettext_lazy("Choose a country.")},
    )
    region = forms.ChoiceField(
        label=gettext_lazy("Region"),
        required=False,
        choices=(),
        help_text=gettext_lazy(
            "Empty: the whole country. Municipalities are compared within what is chosen."
        ),
    )
    weights = forms.ChoiceField(
        label=gettext_lazy("What is known about the weights of the five dimensions"),
        initial=NOTHING,
        widget=forms.RadioSelect,
        choices=[
            (NOTHING, gettext_lazy("nothing: all weightings count alike")),
            (ORDER, gettext_lazy("their order: say each place below")),
            (LEAST, gettext_lazy("least weights: say them below")),
        ],
    )

    def __init__(
        self, *args: Any, versions: Sequence[Version], regions: Sequence[Region], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._versions = {one.practice.slug: one for one in versions}
        self._regions = {f"{one.country_id}-{one.code}": one for one in regions}
        countries = {one.country_id: str(one.country) for one in regions}
        cast("forms.ChoiceField", self.fields["version"]).choices = [
            ("", _("choose one")),
            *((slug, str(one.text_in() or slug)) for slug, one in self._versions.items()),
        ]
        cast("forms.ChoiceField", self.fields["country"]).choices = list(countries.items())
        cast("forms.ChoiceField", self.fields["region"]).choices = [
            ("", _("the whole country")),
            *(
                (
                    name,
                    [(key, str(one)) for key, one in self._regions.items() if one.country_id == code],
                )
                for code, name in countries.items()
            ),
        ]
        for dimension in Dimension:
            self.fields[f"place-{dimension}"] = forms.IntegerField(
                label=_("%(dimension)s: place") % {"dimension": dimension.label.capitalize()},
                required=False,
                min_value=1,
                max_value=len(DIMENSIONS),
            )
            self.fields[f"least-{dimension}"] = forms.FloatField(
                label=_("%(dimension)s: at least, in percent") % {"dimension": dimension.label.capitalize()},
                required=False,
                min_value=0,
                max_value=WHOLE,
            )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("version", "country", "region")]

    @property
    def place_fields(self) -> list[forms.BoundField]:
        return [self[f"place-{name}"] for name in DIMENSIONS]

    @property
    def least_fields(self) -> list[forms.BoundField]:
        return [self[f"least-{name}"] for name in DIMENSIONS]

    def clean(self) -> dict[str, Any]:
        """Refuse a region of another country, an order with gaps, and least weights over the whole."""
        region = self._regions.get(self.cleaned_data.get("region", ""))
        country = self.cleaned_data.get("country")
        if region is not None and country and region.country_id != country:
            self.add_error("region", _("This region does not lie in the country that is chosen."))
        if self.cleaned_data.get("weights") == ORDER:
            self._check_order()
        if self.cleaned_data.get("weights") == LEAST:
            self._check_least()
        return self.cleaned_data

    def _check_order(self) -> None:
        taken: dict[int, str] = {}
        for name in DIMENSIONS:
            field = f"place-{name}"
            place = self.cleaned_data.get(field)
            if field in self.errors:
                continue
            if place is None:
                self.add_error(field, _("Say its place, from 1 to 5."))
            elif place in taken:
                self.add_error(field, _("Place %(place)d is taken already.") % {"place": place})
            else:
                taken[place] = name

    def _check_least(self) -> None:
        least = [self.cleaned_data.get(f"least-{name}") or 0 for name in DIMENSIONS]
        if math.fsum(one / WHOLE for one in least) > 1:
            self.add_error(
                f"least-{DIMENSIONS[-1]}",
                _("Together the least weights are %(sum)g %%, more than the whole.") % {"sum": sum(least)},
            )
        elif not any(least) and not any(name.startswith("least-") for name in self.errors):
            self.add_error(f"least-{DIMENSIONS[0]}", _("Say at least one least weight."))

    def wanted(self) -> dict[str, Any]:
        """Return what a screening is started with; ask only a valid form."""
        region = self._regions.get(self.cleaned_data["region"])
        return {
            "version": self._versions[self.cleaned_data["version"]],
            "country": self.cleaned_data["country"],
            "region": region,
            "weights": self._weights(),
        }

    def _weights(self) -> dict[str, Any]:
        known = self.cleaned_data["weights"]
        if known == ORDER:
            order = sorted(DIMENSIONS, key=lambda name: self.cleaned_data[f"place-{name}"])
            return weights_record(WeightSet.ranked(tuple(order)))
        if known == LEAST:
            bounds = {name: (self.cleaned_data[f"least-{name}"] or 0) / WHOLE for name in DIMENSIONS}
            return weights_record(WeightSet.bounded(bounds))
        return weights_record(SIMPLEX)


class ChoosingForm(forms.Form):
    """Asks which municipalities of a screening are shown; what is none of the choices chooses nothing."""

    gate = forms.ChoiceField(label=gettext_lazy("Gate"), required=False, choices=())
    region = forms.ChoiceField(label=gettext_lazy("Region"), required=False, choices=())
    county = forms.ChoiceField(label=gettext_lazy("County"), required=False, choices=())

    def __init__(self, *args: Any, counties: Sequence[County], has_regions: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = ("", _("all"))
        regions = {one.region.code: str(one.region) for one in counties}
        cast("forms.ChoiceField", self.fields["gate"]).choices = [
            every,
            *((word, gate_word(gate)) for word, gate in zip(GATE_WORDS, GATES, strict=True)),
        ]
        cast("forms.ChoiceField", self.fields["region"]).choices = [every, *regions.items()]
        cast("forms.ChoiceField", self.fields["county"]).choices = [
            every,
            *(
                (name, [(one.code, str(one)) for one in counties if one.region.code == code])
                for code, name in regions.items()
            ),
        ]
        if not has_regions:
            del self.fields["region"]

    def chosen(self) -> Chosen:
        """Return what was chosen and makes sense."""
        self.is_valid()
        return Chosen(**self.cleaned_data)


class DraftForm(FormOfRevision):
    """Asks how an invitation list is drafted: how many, who reaches what, how many from one part."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)  # 0: there is no list yet
    most = forms.IntegerField(
        label=gettext_lazy("How many municipalities, at most"),
        min_value=1,
        max_value=MOST_INVITED,
        initial=10,
    )
    band = forms.TypedChoiceField(
        label=gettext_lazy("Those that for at least half of the weightings are possibly"),
        coerce=int,
        choices=(),
    )
    most_per_county = forms.IntegerField(
        label=gettext_lazy("From one county, at most"), required=False, min_value=1, max_value=MOST_INVITED
    )
    most_per_region = forms.IntegerField(
        label=gettext_lazy("From one region, at most"), required=False, min_value=1, max_value=MOST_INVITED
    )
    is_replacing = forms.BooleanField(
        label=gettext_lazy("Replace the list that is there, with everything that was written by hand"),
        required=False,
    )

    def __init__(
        self, *args: Any, bands: Sequence[int], present: InvitationList | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.TypedChoiceField", self.fields["band"])
        field.choices = [(band, band_words(band)) for band in bands]
        self.initial.setdefault("band", bands[-1])
        self.initial.setdefault("revision", present.revision if present else 0)
        if present is None:
            del self.fields["is_replacing"]

    def clean(self) -> dict[str, Any]:
        if "is_replacing" in self.fields and not self.cleaned_data.get("is_replacing"):
            self.add_error("is_replacing", _("There is a list already: confirm that it is replaced."))
        return self.cleaned_data

    def wish(self) -> DraftWish:
        """Return what was asked for; ask only a valid form."""
        names = ("most", "band", "most_per_county", "most_per_region")
        return DraftWish(**{name: self.cleaned_data[name] for name in names})


class ListForm(FormOfRevision):
    """Asks for the visit, a note, and for each municipality its place on the list and the reason."""

    visit = forms.ModelChoiceField(
        label=gettext_lazy("Visit they are invited to"),
        queryset=Visit.objects.none(),
        required=False,
        empty_label=gettext_lazy("not chosen yet"),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Staff and controllers read it; it is not sent."),
    )

    def __init__(
        self, *args: Any, present: InvitationList, invitations: Sequence[Invitation], **kwargs: Any
    ) -> None:
        initial = {"revision": present.revision, "visit": present.visit_id, "note": present.note}
        super().__init__(*args, **{"initial": initial, **kwargs})
        own = Visit.objects.filter(pk=present.visit_id)
        cast("forms.ModelChoiceField[Visit]", self.fields["visit"]).queryset = (
            visits_to_invite_to() | own
        ).order_by("-starts_on", "slug")
        self.invitations = invitations
        for one in invitations:
            name = {"name": str(one.municipality)}
            self.fields[f"order-{one.municipality_id}"] = forms.IntegerField(
                label=_("Place of %(name)s") % name, min_value=1, max_value=9999, initial=one.sort_order
            )
            self.fields[f"reason-{one.municipality_id}"] = forms.CharField(
                label=_("Why %(name)s") % name,
                max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=one.reason,
                error_messages={"required": _("Everybody on the list stands there for a reason.")},
            )
            self.fields[f"remove-{one.municipality_id}"] = forms.BooleanField(
                label=_("Take %(name)s off the list") % name, required=False
            )

    @classmethod
    def reopened(
        cls, sent: QueryDict, *, present: InvitationList, invitations: Sequence[Invitation]
    ) -> ListForm:
        """Return the form with what was typed, over a list that has changed: who is new stands as stored."""
        again = renewed(sent, present)
        for one in invitations:
            again.setdefault(f"order-{one.municipality_id}", str(one.sort_order))
            again.setdefault(f"reason-{one.municipality_id}", one.reason)
        return cls(again, present=present, invitations=invitations)

    @property
    def rows(self) -> list[tuple[Invitation, list[forms.BoundField]]]:
        """Each municipality with its fields."""
        return [
            (one, [self[f"{part}-{one.municipality_id}"] for part in ("order", "reason", "remove")])
            for one in self.invitations
        ]

    def entries(self) -> list[Entry]:
        """Return what the list is to say, in its order; ask only a valid form."""
        kept = [
            (
                self.cleaned_data[f"order-{one.municipality_id}"],
                Entry(
                    one.municipality_id,
                    self.cleaned_data[f"reason-{one.municipality_id}"],
                    is_by_hand=one.is_by_hand,
                ),
            )
            for one in self.invitations
            if not self.cleaned_data[f"remove-{one.municipality_id}"]
        ]
        return [entry for _order, entry in sorted(kept, key=lambda pair: pair[0])]


class AddForm(FormOfRevision):
    """Asks for a municipality that is put on the list by hand, and why."""

    place = forms.CharField(
        label=gettext_lazy("Municipality"),
        max_length=150,
        help_text=gettext_lazy("Its code, or its name as it is written officially."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why it is invited.")},
    )

    def __init__(self, *args: Any, screening: Screening, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._country = screening.country_id

    def clean_place(self) -> Municipality:
        """Find the municipality; an invented one is never invited."""
        words = self.cleaned_data["place"].strip()
        found = municipalities_called(self._country, words)
        real = [one for one in found if not one.is_invented]
        if not found:
            raise forms.ValidationError(_("No municipality of this country has this code or name."))
        if not real:
            raise forms.ValidationError(_("This municipality is invented: nobody there can be invited."))
        if len(real) > 1:
            codes = ", ".join(one.code for one in real)
            raise forms.ValidationError(
                ngettext(
                    "%(count)d municipality has this name. Write its code: %(codes)s.",
                    "%(count)d municipalities have this name. Write the code of one: %(codes)s.",
                    len(real),
                )
                % {"count": len(real), "codes": codes}
            )
        return real[0]
