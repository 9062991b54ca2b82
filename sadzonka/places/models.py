"""Countries, regions, counties, municipalities through time, and official statistics about them."""

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

    class Meta:
        verbose_name, verbose_name_plural = _("country"), _("countries")
        ordering = ["-code"]  # Poland first

    def __str__(self) -> str:
        return str(self.name)


class Region(models.Model):
    """A voivodeship or a regione."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="regions", verbose_name=_("country"))
    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name, verbose_name_plural = _("region"), _("regions")
        ordering = ["country", "name"]
        constraints = [models.UniqueConstraint(fields=["country", "code"], name="one_region_per_code")]

    def __str__(self) -> str:
        """Put the kind before an adjective: województwo wielkopolskie, but Toscana."""
        return f"województwo {self.name}" if self.name[:1].islower() else self.name


class County(models.Model):
    """A powiat or a provincia."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="counties", verbose_name=_("region"))
    code = models.CharField(_("code"), max_length=4)
    name = models.CharField(_("name"), max_length=100)

    class Meta:
        verbose_name, verbose_name_plural = _("county"), _("counties")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="one_county_per_code")]

    def __str__(self) -> str:
        """Put the kind before an adjective: powiat poznański, but Poznań, Bologna."""
        return f"powiat {self.name}" if self.name[:1].islower() else self.name


class Municipality(models.Model):
    """A gmina or comune: the same over time by country and 6-digit code, whatever its name and type."""

    country = models.ForeignKey(
        Country, models.PROTECT, related_name="municipalities", verbose_name=_("country")
    )
    code = models.CharField(_("code"), max_length=6)
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

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="periods", verbose_name=_("municipality")
    )
    valid_from = models.DateField(
        _("valid from"), null=True, blank=True, help_text=_("Empty: since before our sources.")
    )
    valid_to = models.DateField(_("valid to"), null=True, blank=True, help_text=_("Empty: still valid."))
    kind = models.CharField(_("type"), max_length=12, choices=Kind)
    name = models.CharField(_("name"), max_length=100, db_index=True)
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

    predecessor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="origins", verbose_name=_("successor")
    )
    happened_on = models.DateField(_("happened on"))
    kind = models.CharField(_("kind"), max_length=6, choices=Kind)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("succession"), _("successions")
        ordering = ["happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.predecessor_id} → {self.successor_id} ({self.happened_on})"

    def clean(self) -> None:
        if self.predecessor_id and self.predecessor_id == self.successor_id:
            raise ValidationError({"successor": _("A municipality does not succeed itself.")})


class Indicator(models.Model):
    """What an office counts: definition, unit, and how old a figure may be before it is uncertain."""

    key = models.SlugField(_("key"), unique=True)
    name = WordsField(_("name"))
    unit = WordsField(_("unit"))
    definition = WordsField(_("definition"), is_long=True)
    source = models.CharField(_("source"), max_length=300)
    is_additive = models.BooleanField(_("may be summed over places"), default=False)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=0)
    max_age_years = models.PositiveSmallIntegerField(_("certain for so many years"), default=3)
    relative_change_over_years = models.JSONField(
        _("published relative change"),
        default=dict,
        blank=True,
        help_text=_("By number of years: the share by which an older figure is widened on both sides."),
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("indicator"), _("indicators")
        ordering = ["sort_order", "key"]

    def __str__(self) -> str:
        return str(self.name)


class Release(models.Model):
    """One file or table as an office published it; never changed after it was read."""

    key = models.SlugField(_("key"), unique=True, max_length=80)
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    period = models.CharField(_("period"), max_length=40)
    retrieved_on = models.DateField(_("retrieved on"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("release"), _("releases")
        ordering = ["-retrieved_on", "key"]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


class Observation(models.Model):
    """One figure of one release for one municipality and year; a figure that is not there is never zero."""

    class Status(models.TextChoices):
        ORDINARY = "", _("as published")
        ESTIMATE = "estimate", _("estimate")
        SECRET = "secret", _("not published (statistical secrecy)")
        MISSING = "missing", _("no data")

    WITHOUT_VALUE = (Status.SECRET, Status.MISSING)

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="observations", verbose_name=_("release")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="observations", verbose_name=_("municipality")
    )
    period = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, blank=True, default=Status.ORDINARY)

    class Meta:
        verbose_name, verbose_name_plural = _("observation"), _("observations")
        ordering = ["indicator", "-period"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "indicator", "period", "release"], name="one_figure_per_release"
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True, status__in=["secret", "missing"])
                | models.Q(value__isnull=False, status__in=["", "estimate"]),
                name="no_value_exactly_when_the_status_says_so",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.value if self.value is not None else self.status}"
