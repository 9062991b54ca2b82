"""Countries, regions, counties, and municipalities through time with their boundaries."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sadzonka.common.words import WordsField

if TYPE_CHECKING:
    from collections.abc import Iterable


class Country(models.Model):
    """A country, by its ISO 3166-1 code."""

    code = models.CharField(_("code"), max_length=2, primary_key=True)
    name = WordsField(_("name"))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)

    class Meta:
        verbose_name, verbose_name_plural = _("country"), _("countries")
        ordering = ["sort_order", "code"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("country", args=[self.code])


class Region(models.Model):
    """A voivodeship, a regione, elsewhere in Europe a NUTS 2 region."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="regions", verbose_name=_("country"))
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name, verbose_name_plural = _("region"), _("regions")
        ordering = ["country", "name"]
        constraints = [models.UniqueConstraint(fields=["country", "code"], name="one_region_per_code")]

    def __str__(self) -> str:
        """Put its kind before an adjective, województwo wielkopolskie but Toscana, and before a bare code."""
        if self.name == self.code:
            return f"NUTS {self.code}"
        return f"województwo {self.name}" if self.name[:1].islower() else self.name

    def get_absolute_url(self) -> str:
        return reverse("region", args=[self.country_id, self.code])


class County(models.Model):
    """A powiat, a provincia, elsewhere in Europe a NUTS 3 region."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="counties", verbose_name=_("region"))
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=150)

    class Meta:
        verbose_name, verbose_name_plural = _("county"), _("counties")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="one_county_per_code")]

    def __str__(self) -> str:
        """Put its kind before an adjective, powiat poznański but Bologna, and before a bare code."""
        if self.name == self.code:
            return f"NUTS {self.code}"
        return f"powiat {self.name}" if self.name[:1].islower() else self.name

    def get_absolute_url(self) -> str:
        return reverse("county", args=[self.region.country_id, self.code])


class Municipality(models.Model):
    """A gmina or comune: the same over time by country and code, whatever its name and type.

    Poland and Italy: the 6-digit code. Elsewhere in Europe: the code of the local administrative unit.
    """

    country = models.ForeignKey(
        Country, models.PROTECT, related_name="municipalities", verbose_name=_("country")
    )
    code = models.CharField(_("code"), max_length=13)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("municipality"), _("municipalities")
        ordering = ["country", "code"]
        constraints = [models.UniqueConstraint(fields=["country", "code"], name="one_municipality_per_code")]

    def __str__(self) -> str:
        period = self.period_at()
        return period.name if period else self.code

    def get_absolute_url(self) -> str:
        return reverse("municipality", args=[self.country_id, self.code])

    def period_at(self, day: dt.date | None = None) -> Period | None:
        """Return the name, type and county valid on `day` (today), the last ones of one that is gone."""
        return period_at(self.periods.all(), day or timezone.localdate())


class Period(models.Model):
    """What a municipality was called, which type it had and which county it belonged to between two dates."""

    class Kind(models.TextChoices):
        URBAN = "urban", _("urban municipality")
        RURAL = "rural", _("rural municipality")
        URBAN_RURAL = "urban-rural", _("urban-rural municipality")
        COMUNE = "comune", _("comune")
        LOCAL_UNIT = "local-unit", _("local administrative unit")

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="periods", verbose_name=_("municipality")
    )
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Empty: since before our sources.")
    )
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Empty: still valid."))
    is_dated_roughly = models.BooleanField(
        _("dates are rough"),
        default=False,
        help_text=_("The change lies between two lists that we have; its day is not known."),
    )
    kind = models.CharField(_("type"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=150, db_index=True)
    county = models.ForeignKey(County, models.PROTECT, related_name="periods", verbose_name=_("county"))

    class Meta:
        verbose_name, verbose_name_plural = _("period of a municipality"), _("periods of municipalities")
        ordering = ["municipality", models.F("valid_from").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="period_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("A period cannot end before it begins.")})


def period_at(periods: Iterable[Period], day: dt.date) -> Period | None:
    """Return the period valid on `day`, else the last one before, else the first to come."""
    ordered = sorted(periods, key=lambda period: period.valid_from or dt.date.min)
    begun = [period for period in ordered if (period.valid_from or dt.date.min) <= day]
    return begun[-1] if begun else next(iter(ordered), None)


class Succession(models.Model):
    """One municipality taking the place of another, wholly or in part, on a date."""

    class Kind(models.TextChoices):
        MERGER = "merger", _("merger")
        SPLIT = "split", _("split")
        RENUMBERING = "renumbering", _("new code, same territory")

    predecessor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="origins", verbose_name=_("successor")
    )
    happened_on = models.DateField(_("happened on"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("succession"), _("successions")
        ordering = ["happened_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "happened_on"], name="one_succession_per_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.happened_on})"

    def clean(self) -> None:
        if self.predecessor_id and self.predecessor_id == self.successor_id:
            raise ValidationError({"successor": _("A municipality does not succeed itself.")})


class Boundary(models.Model):
    """The outline of a municipality as a release draws it: polygons of rings of [longitude, latitude]."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="boundaries", verbose_name=_("municipality")
    )
    release = models.ForeignKey(
        "places.Release", models.CASCADE, related_name="boundaries", verbose_name=_("release")
    )
    polygons = models.JSONField(_("polygons"))

    class Meta:
        verbose_name, verbose_name_plural = _("boundary"), _("boundaries")
        ordering = ["municipality", "-release"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "release"], name="one_boundary_per_release")
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}, {self.release_id}"
