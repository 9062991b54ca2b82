"""Official statistics: the catalogue of indicators, releases of offices, and their figures."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sadzonka.common.words import WordsField
from sadzonka.places.models.territory import Country, Municipality, Region


class Indicator(models.Model):
    """What an office counts: definition, unit, and how old a figure may be before it is uncertain.

    One with a formula is computed from others wherever no office publishes it, and never stored:
    a ratio is numerator / denominator x factor, a change is (newest - then) / then x 100 over so many years.
    """

    class Formula(models.TextChoices):
        NONE = "", _("published, not computed")
        RATIO = "ratio", _("one figure divided by another")
        CHANGE = "change", _("change over years in per cent")

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
    formula = models.CharField(
        _("how it is computed"), max_length=6, choices=Formula, blank=True, default=Formula.NONE
    )
    numerator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("numerator")
    )
    denominator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("denominator")
    )
    factor = models.FloatField(
        _("factor"), default=1, help_text=_("1,000 for a rate per 1,000, 100 for a share in per cent.")
    )
    years_apart = models.PositiveSmallIntegerField(
        _("years that may lie between numerator and denominator"), default=0
    )
    over_years = models.PositiveSmallIntegerField(_("change over so many years"), default=0)
    likeness_from = models.FloatField(
        _("likeness: lower end of the range"),
        null=True,
        blank=True,
        help_text=_("Fixed ends of the scale on which places are compared; empty: not compared by it."),
    )
    likeness_to = models.FloatField(_("likeness: upper end of the range"), null=True, blank=True)
    likeness_is_logarithmic = models.BooleanField(_("likeness: compare by ratio"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("indicator"), _("indicators")
        ordering = ["sort_order", "key"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("indicator", args=[self.key])

    @property
    def is_compared(self) -> bool:
        """Whether places are compared by it."""
        return self.likeness_from is not None and self.likeness_to is not None

    def clean(self) -> None:
        """Refuse a formula without its parts, one that leads back to itself, and ranges that are none."""
        if self.formula and self.numerator is None:
            raise ValidationError({"numerator": _("A computed indicator needs a numerator.")})
        if self.formula == self.Formula.RATIO and self.denominator is None:
            raise ValidationError({"denominator": _("A ratio needs a denominator.")})
        if self.formula == self.Formula.CHANGE and not self.over_years:
            raise ValidationError({"over_years": _("Over how many years does it change?")})
        for name, part in (("numerator", self.numerator), ("denominator", self.denominator)):
            if part is not None and (part.pk == self.pk or part.formula):
                raise ValidationError({name: _("Only a published indicator can be part of a formula.")})
        if (self.likeness_from is None) != (self.likeness_to is None):
            raise ValidationError({"likeness_to": _("A range needs both ends.")})
        if self.likeness_from is not None and self.likeness_to is not None:
            if self.likeness_to <= self.likeness_from:
                raise ValidationError({"likeness_to": _("The upper end must be above the lower end.")})
            if self.likeness_is_logarithmic and self.likeness_from <= 0:
                raise ValidationError({"likeness_from": _("Ratios need a range above zero.")})


class ColumnLabel(models.Model):
    """What an office calls an indicator in the column of a table: files are read by it."""

    indicator = models.ForeignKey(
        Indicator, models.CASCADE, related_name="labels", verbose_name=_("indicator")
    )
    layout = models.SlugField(
        _("layout of the file"), max_length=40, help_text=_("For example bdl-table or istat-classification.")
    )
    label = models.CharField(_("label in the file"), max_length=300)
    factor = models.FloatField(
        _("factor"),
        default=1,
        help_text=_("Published figure × factor = figure in the indicator’s unit."),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("label of a column"), _("labels of columns")
        ordering = ["layout", "label"]
        constraints = [models.UniqueConstraint(fields=["layout", "label"], name="one_indicator_per_label")]

    def __str__(self) -> str:
        return f"{self.layout}: {self.label}"


class Release(models.Model):
    """One file or table as an office published it; never changed after it was read."""

    key = models.SlugField(_("key"), unique=True, max_length=80)
    publisher = models.CharField(_("publisher"), max_length=200)
    title = models.CharField(_("title"), max_length=300)
    url = models.CharField(_("address"), max_length=500, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    period = models.CharField(_("period"), max_length=40)
    retrieved_on = models.DateField(_("retrieved on"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True, db_index=True)
    layout = models.SlugField(_("layout of the file"), max_length=40, blank=True)
    lists_all_of = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lists every municipality of"),
    )
    as_of = models.DateField(_("state on"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("release"), _("releases")
        ordering = ["-retrieved_on", "key"]

    def __str__(self) -> str:
        return f"{self.published_by}: {self.title}"

    @property
    def published_by(self) -> str:
        """The publisher, in words where nobody said who it is."""
        return self.publisher or gettext("unknown publisher")


class Status(models.TextChoices):
    """How an office qualifies a figure; secret and missing have no value."""

    ORDINARY = "", _("as published")
    ESTIMATE = "estimate", _("estimate")
    PROVISIONAL = "provisional", _("provisional")
    INCOMPLETE = "incomplete", _("may be incomplete")
    IMPRECISE = "imprecise", _("low precision")
    ROUNDED = "rounded", _("less than half of the unit shown")
    BREAK = "break", _("break in the series")
    SECRET = "secret", _("not published (statistical secrecy)")
    MISSING = "missing", _("no data")


WITHOUT_VALUE = (Status.SECRET, Status.MISSING)
WITH_VALUE = tuple(status for status in Status if status not in WITHOUT_VALUE)


def value_exactly_when_status_says_so(name: str) -> models.CheckConstraint:
    """Return the rule that a figure without a value says why, and one with a value does not."""
    return models.CheckConstraint(
        condition=models.Q(value__isnull=True, status__in=[status.value for status in WITHOUT_VALUE])
        | models.Q(value__isnull=False, status__in=[status.value for status in WITH_VALUE]),
        name=name,
    )


class Observation(models.Model):
    """One figure of one release for one municipality and year; a figure that is not there is never zero."""

    Status = Status
    WITHOUT_VALUE = WITHOUT_VALUE

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="observations", verbose_name=_("release"), db_index=False
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="observations", verbose_name=_("indicator"), db_index=False
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="observations",
        verbose_name=_("municipality"),
        db_index=False,
    )
    period = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, blank=True, default=Status.ORDINARY)

    class Meta:
        verbose_name, verbose_name_plural = _("observation"), _("observations")
        ordering = ["indicator", "-period"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "indicator", "period", "release"], name="one_figure_per_release"
            ),
            value_exactly_when_status_says_so("no_value_exactly_when_the_status_says_so"),
        ]
        # Millions of rows: whole indicators are read by year, coverage by known values, releases by column.
        indexes = [
            models.Index(fields=["indicator", "period", "municipality"], name="figures_by_year"),
            models.Index(fields=["release", "indicator", "period"], name="figures_by_release"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.value if self.value is not None else self.status}"


class RegionalObservation(models.Model):
    """One figure of one release for a region, or for a whole country; never taken for a municipality's."""

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="regional_observations", verbose_name=_("release")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="regional_observations", verbose_name=_("indicator")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="observations", verbose_name=_("country")
    )
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("region"),
        help_text=_("Empty: the whole country."),
    )
    period = models.PositiveSmallIntegerField(_("year"))
    value = models.FloatField(_("value"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, blank=True, default=Status.ORDINARY)

    class Meta:
        verbose_name, verbose_name_plural = _("regional observation"), _("regional observations")
        ordering = ["indicator", "-period"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "indicator", "period", "release"],
                name="one_regional_figure_per_release",
            ),
            models.UniqueConstraint(
                fields=["country", "indicator", "period", "release"],
                condition=models.Q(region__isnull=True),
                name="one_national_figure_per_release",
            ),
            value_exactly_when_status_says_so("no_regional_value_exactly_when_the_status_says_so"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.period}: {self.value if self.value is not None else self.status}"
