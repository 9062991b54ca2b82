"""Organisations, their legal forms, services, identifiers and dated memberships."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from sadzonka.common.identifiers import check_identifier
from sadzonka.common.sources import CitedSource
from sadzonka.common.words import WordsField
from sadzonka.places.models import Country, Municipality


class LegalForm(models.Model):
    """A legal form of one country; the closest form of the other country is near, never the same."""

    key = models.SlugField(_("key"), unique=True)
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="legal_forms", verbose_name=_("country")
    )
    name = WordsField(_("name"))
    note = WordsField(_("note"), is_long=True, blank=True)
    closest = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("closest form abroad"),
    )
    is_consortium = models.BooleanField(_("groups other organisations"), default=False)
    law = models.CharField(_("law"), max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("legal form"), _("legal forms")
        ordering = ["country", "key"]

    def __str__(self) -> str:
        return str(self.name)


class Organisation(ClusterableModel):
    """A body that organises, hosts, founds, buys or provides: only facts with a source and a date."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    legal_form = models.ForeignKey(
        LegalForm, models.PROTECT, related_name="organisations", verbose_name=_("legal form")
    )
    country = models.ForeignKey(
        Country, models.PROTECT, related_name="organisations", verbose_name=_("country")
    )
    seat = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("seat"),
    )
    founded = models.PositiveSmallIntegerField(_("founded (year)"), null=True, blank=True)
    ended = models.PositiveSmallIntegerField(_("ended (year)"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True)
    description = WordsField(_("description"), is_long=True)
    is_invented = models.BooleanField(_("invented for the demonstration"), default=False)
    groups = models.ManyToManyField(
        "self",
        through="Membership",
        through_fields=("member", "group"),
        symmetrical=False,
        related_name="members",
    )

    class Meta:
        verbose_name, verbose_name_plural = _("organisation"), _("organisations")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("organisation", args=[self.slug])

    def clean(self) -> None:
        if self.founded and self.ended and self.ended < self.founded:
            raise ValidationError({"ended": _("An organisation cannot end before it was founded.")})


class Identifier(models.Model):
    """A number under which a register knows an organisation."""

    class Scheme(models.TextChoices):
        NIP = "nip", "NIP"
        REGON = "regon", "REGON"
        KRS = "krs", "KRS"
        PARTITA_IVA = "piva", "Partita IVA"
        CODICE_FISCALE = "cf", "Codice fiscale"

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(_("register"), max_length=5, choices=Scheme)
    value = models.CharField(_("number"), max_length=20)

    class Meta:
        verbose_name, verbose_name_plural = _("identifier"), _("identifiers")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="one_organisation_per_identifier")
        ]

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"

    def clean(self) -> None:
        if self.scheme and self.value:
            self.value = check_identifier(self.scheme, self.value)


class Service(models.Model):
    """What an organisation provides, and whose task it is."""

    class Kind(models.TextChoices):
        NURSERY = "nursery", _("nursery")
        HOME_CARE = "home-care", _("home care")
        DAY_CARE = "day-care", _("day care")
        ELDERLY_CARE = "elderly-care", _("care of older people")
        HEALTH = "health", _("health services")
        WORK_INTEGRATION = "work-integration", _("work integration")
        GREENERY = "greenery", _("green areas")
        FOREST_CARE = "forest-care", _("care of forests")
        CATERING = "catering", _("catering")
        SUPPORT = "support", _("support for social economy")
        BIKE_REPAIR = "bike-repair", _("bicycle repair")
        ENERGY = "energy", _("energy")
        SHOP = "shop", _("local shop")
        EDUCATION = "education", _("education")
        OTHER = "other", _("other")

    class TaskOf(models.TextChoices):
        MUNICIPALITY = "municipality", _("task of the municipality")
        COUNTY = "county", _("task of the county")
        REGION = "region", _("task of the region")
        HEALTH_AUTHORITY = "health-authority", _("task of the health authority")
        PRISON_SERVICE = "prison-service", _("task of the prison service")
        NONE = "none", _("nobody's public task")
        UNKNOWN = "unknown", _("whose task it is: not known")

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    name = WordsField(_("name"))
    task_of = models.CharField(_("whose task"), max_length=16, choices=TaskOf, default=TaskOf.UNKNOWN)
    since = models.PositiveSmallIntegerField(_("since (year)"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("service"), _("services")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.name)


class OrganisationSource(CitedSource):
    """Where the facts about an organisation come from."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="sources")

    class Meta(CitedSource.Meta):
        verbose_name, verbose_name_plural = _("source"), _("sources")


class Membership(models.Model):
    """One organisation belonging to another between two dates, as far as they are known."""

    class Kind(models.TextChoices):
        MEMBER = "member", _("member")
        FOUNDER = "founder", _("founder")
        PARTNER = "partner", _("partner")

    member = ParentalKey(
        Organisation, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("member")
    )
    group = models.ForeignKey(
        Organisation, models.CASCADE, related_name="ties", verbose_name=_("consortium or group")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.MEMBER)
    valid_from = models.DateField(_("from"), null=True, blank=True, help_text=_("Empty: not known."))
    valid_to = models.DateField(
        _("to"), null=True, blank=True, help_text=_("Empty: not known to have ended.")
    )
    is_exact = models.BooleanField(_("dates known to the day"), default=False)
    source_url = models.URLField(_("source"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        ordering = ["group", "member"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(member=models.F("group")), name="nobody_is_a_member_of_itself"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True)
                | models.Q(valid_to__isnull=True)
                | models.Q(valid_from__lte=models.F("valid_to")),
                name="membership_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.group}"

    def clean(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("A membership cannot end before it begins.")})

    def is_valid_on(self, day: dt.date) -> bool | None:
        """Say whether the tie held on `day`; None when nobody knows whether it had begun."""
        if self.valid_to and day > self.valid_to:
            return False
        if self.valid_from is None:
            return None
        return self.valid_from <= day
