"""What every installation starts with: countries, the indicators we know, and what offices call them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from sadzonka.common.actions import store
from sadzonka.common.files import Entry, read_date, toml_file
from sadzonka.places.models import ColumnLabel, Country, Indicator, Municipality, Succession

FOLDER = Path(__file__).parent
OURS = ("PL", "IT")
OTHERS = 100
FORMULA_FIELDS = ("formula", "factor", "years_apart", "over_years")
LIKENESS_FIELDS = ("likeness_from", "likeness_to", "likeness_is_logarithmic")


def plant_catalogue() -> None:
    """Store our two countries, indicators and labels that are not there yet; what staff changed stays."""
    plant_countries(OURS)
    _plant_indicators()
    _plant_labels()


def country_codes() -> dict[str, str]:
    """Return our country code by the one that Eurostat writes (EL and UK differ)."""
    entries = toml_file(FOLDER / "countries.toml").entries("countries")
    return {entry.get("eurostat") or entry.text("code"): entry.text("code") for entry in entries}


def plant_countries(codes: Collection[str]) -> None:
    """Store those of these countries that are not there yet."""
    wanted = set(codes) - set(Country.objects.values_list("code", flat=True))
    entries = toml_file(FOLDER / "countries.toml").entries("countries")
    store(
        Country(code=entry.text("code"), name=entry.words("name"), sort_order=entry.get("sort_order", OTHERS))
        for entry in entries
        if entry.text("code") in wanted
    )


def plant_successions() -> list[Succession]:
    """Store the changes that no table tells and that are not there yet; those of which both places are known.

    To be called whenever places were imported.
    """
    entries = toml_file(FOLDER / "successions.toml").entries("successions")
    codes = {entry.text(end) for entry in entries for end in ("predecessor", "successor")}
    places = {(one.country_id, one.code): one for one in Municipality.objects.filter(code__in=codes)}
    known = set(Succession.objects.values_list("predecessor", "successor", "happened_on"))
    found = [one for entry in entries if (one := _succession(entry, places)) is not None]
    return store(one for one in found if (one.predecessor_id, one.successor_id, one.happened_on) not in known)


def _succession(entry: Entry, places: dict[tuple[str, str], Municipality]) -> Succession | None:
    country = entry.text("country")
    predecessor = places.get((country, entry.text("predecessor")))
    successor = places.get((country, entry.text("successor")))
    if predecessor is None or successor is None:
        return None
    return Succession(
        predecessor=predecessor,
        successor=successor,
        happened_on=entry.needed("happened_on", read_date, "a date"),
        kind=entry.found("kind", {kind.value: kind for kind in Succession.Kind}),
        source_url=entry.text("source_url"),
    )


def _plant_indicators() -> None:
    known = set(Indicator.objects.values_list("key", flat=True))
    entries = toml_file(FOLDER / "indicators.toml").entries("indicators")
    new = [(number, entry) for number, entry in enumerate(entries, 1) if entry.text("key") not in known]
    for computed in (False, True):  # the parts of a formula come before it
        stored = {indicator.key: indicator for indicator in Indicator.objects.all()}
        store(
            _indicator(entry, number, stored)
            for number, entry in new
            if bool(entry.get("formula")) is computed
        )


def _indicator(entry: Entry, number: int, stored: dict[str, Indicator]) -> Indicator:
    fields: dict[str, Any] = {
        name: entry.get(name) for name in (*FORMULA_FIELDS, *LIKENESS_FIELDS) if name in entry.values
    }
    return Indicator(
        key=entry.text("key"),
        name=entry.words("name"),
        unit=entry.words("unit"),
        definition=entry.words("definition"),
        source=entry.text("source"),
        is_additive=bool(entry.get("is_additive", False)),
        decimals=entry.get("decimals", 0),
        max_age_years=entry.get("max_age_years", 3),
        relative_change_over_years=entry.get("relative_change_over_years", {}),
        numerator=entry.found_or_none("numerator", stored),
        denominator=entry.found_or_none("denominator", stored),
        sort_order=number,
        **fields,
    )


def _plant_labels() -> None:
    known = set(ColumnLabel.objects.values_list("layout", "label"))
    indicators = {indicator.key: indicator for indicator in Indicator.objects.all()}
    store(
        ColumnLabel(
            layout=entry.text("layout"),
            label=entry.text("label"),
            indicator=entry.found("indicator", indicators),
            factor=entry.get("factor", 1),
        )
        for entry in toml_file(FOLDER / "labels.toml").entries("labels")
        if (entry.text("layout"), entry.text("label")) not in known
    )
