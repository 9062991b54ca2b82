"""What a reader may change in the worked example: a GET form, nothing is stored."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from sadzonka.analysis import DIMENSIONS, SIMPLEX, State, WeightSet
from sadzonka.practices.choices import Dimension
from sadzonka.transfer.method.example import CONDITIONS, DEFAULT_STATES, DEFAULT_VALUES, WAYS, Given
from sadzonka.transfer.states import STATE_NAMES, STATE_WORDS

VALUE, STATE, ORDER, LEAST = "value-", "if-", "order-", "least-"
SIMPLEX_KIND, RANKED, BOUNDED = "simplex", "ranked", "bounded"
PLACES = range(1, len(DIMENSIONS) + 1)
DEFAULTS: Mapping[str, str] = {
    **{VALUE + name: "" if value is None else f"{value:.2f}" for name, value in DEFAULT_VALUES.items()},
    **{STATE + key: STATE_NAMES[state] for key, state in DEFAULT_STATES.items()},
    "floor-of": "",
    "floor": "0.50",
    "weights": SIMPLEX_KIND,
    **{f"{ORDER}{place}": name for place, name in zip(PLACES, DIMENSIONS, strict=True)},
    **dict.fromkeys((LEAST + name for name in DIMENSIONS), "0.10"),
}


class PortionField(forms.DecimalField):
    """A number from 0 to 1, with a point or a comma."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Write a number from 0 to 1 with at most four decimals, such as 0.7.")
        codes = ("invalid", "min_value", "max_value", "max_decimal_places")
        super().__init__(
            min_value=0,
            max_value=1,
            decimal_places=4,
            required=False,
            error_messages=dict.fromkeys(codes, wrong),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        return super().clean(value.replace(",", ".") if isinstance(value, str) else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "decimal", "autocomplete": "off", "maxlength": "12"}


class ExampleForm(forms.Form):
    """The example as the address asks for it: what it does not name is as in the beginning."""

    def __init__(self, data: Mapping[str, str]) -> None:
        super().__init__({**DEFAULTS, **{name: data[name] for name in DEFAULTS if name in data}})
        dimensions = [(one.value, one.label) for one in Dimension]
        for key, statement in WAYS.items():
            self.fields[STATE + key] = _choice(
                statement, [(STATE_NAMES[state], STATE_WORDS[state]) for state in reversed(State)]
            )
        for name, label in dimensions:
            self.fields[VALUE + name] = PortionField(label=capfirst(label))
        self.fields["floor-of"] = _select(
            _("A floor for"), [("", _("no dimension")), *dimensions], required=False
        )
        self.fields["floor"] = PortionField(label=_("Where the floor is"))
        self.fields["weights"] = _choice(
            _("What is known about the weights"),
            [
                (SIMPLEX_KIND, _("nothing")),
                (RANKED, _("an order of the dimensions")),
                (BOUNDED, _("a least weight for each")),
            ],
        )
        for place in PLACES:
            self.fields[f"{ORDER}{place}"] = _select(_("Place %(place)s") % {"place": place}, dimensions)
        for name, label in dimensions:
            self.fields[LEAST + name] = PortionField(label=capfirst(label))

    def clean(self) -> dict[str, Any]:
        """Name what contradicts itself, beside the field where it can be put right."""
        given = self.cleaned_data
        if given.get("floor-of") and given.get("floor", Decimal()) is None:
            self.add_error("floor", _("Say where the floor is."))
        if given.get("weights") == RANKED:
            self._check_order()
        if given.get("weights") == BOUNDED:
            self._check_least()
        return given

    def given(self) -> Given:
        """Return what makes sense: a wrong value is not known, a wrong floor and wrong weights are none."""
        self.is_valid()
        known = self.cleaned_data
        floor_of, floor = known.get("floor-of"), known.get("floor")
        values = {name: known.get(VALUE + name) for name in DIMENSIONS}
        return Given(
            values={name: None if value is None else float(value) for name, value in values.items()},
            states={key: State.from_word(known.get(STATE + key, State.UNKNOWN.word)) for key in WAYS},
            floor=(floor_of, float(floor)) if floor_of and floor is not None else None,
            weights=self._weights(),
        )

    def query(self) -> str:
        """Return the address's part that asks for this example, empty for the one of the beginning."""
        return urlencode({name: value for name, value in self.data.items() if value != DEFAULTS[name]})

    @property
    def values(self) -> list[forms.BoundField]:
        return [self[VALUE + name] for name in DIMENSIONS]

    @property
    def conditions(self) -> list[tuple[Any, list[forms.BoundField]]]:
        return [(words, [self[STATE + key] for key in ways]) for words, ways in CONDITIONS.values()]

    @property
    def floor_of(self) -> forms.BoundField:
        return self["floor-of"]

    @property
    def is_refined(self) -> bool:
        """Whether a floor or something about the weights is set, or is wrong."""
        own = {"floor-of", "floor", "weights", *(f"{ORDER}{one}" for one in PLACES)}
        own |= {LEAST + name for name in DIMENSIONS}
        return any(self.data[name] != DEFAULTS[name] for name in own)

    @property
    def order(self) -> list[forms.BoundField]:
        return [self[f"{ORDER}{place}"] for place in PLACES]

    @property
    def least(self) -> list[forms.BoundField]:
        return [self[LEAST + name] for name in DIMENSIONS]

    def _check_order(self) -> None:
        seen: set[str] = set()
        for place in PLACES:
            name = self.cleaned_data.get(f"{ORDER}{place}")
            if name in seen:
                self.add_error(f"{ORDER}{place}", _("This dimension has a place already."))
            elif name:
                seen.add(name)

    def _check_least(self) -> None:
        total = sum(self.cleaned_data.get(LEAST + name) or Decimal() for name in DIMENSIONS)
        if total > 1:
            self.add_error(
                "weights", _("The least weights sum to %(total)s, which is more than 1.") % {"total": total}
            )

    def _weights(self) -> WeightSet:
        known = self.cleaned_data
        order = tuple(known.get(f"{ORDER}{place}", "") for place in PLACES)
        if known.get("weights") == RANKED and sorted(order) == sorted(DIMENSIONS):
            return WeightSet.ranked(order)
        if known.get("weights") == BOUNDED:
            return WeightSet.bounded({name: float(known.get(LEAST + name) or 0) for name in DIMENSIONS})
        return SIMPLEX


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=_NOT_OFFERED
    )


def _select(label: Any, choices: list[tuple[str, Any]], *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=required, error_messages=_NOT_OFFERED)


_NOT_OFFERED = {
    "invalid_choice": _("“%(value)s” is not one of the answers."),
    "required": _("Choose one of the answers."),
}
