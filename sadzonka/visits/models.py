"""Series, visits, their goals and agendas."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from sadzonka.common.sources import CitedSource
from sadzonka.common.words import WordsField
from sadzonka.funding.models import Project
from sadzonka.organisations.models import Organisation
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Practice


class Series(models.Model):
    """A series of visits of one kind, such as the Warsztaty Wymiany Doświadczeń (WWD)."""

    slug = models.SlugField(_("slug"), unique=True)
    name = WordsField(_("name"))
    description = WordsField(_("description"), is_long=True)

    class Meta:
        verbose_name, verbose_name_plural = _("visit series"), _("series of visits")
        ordering = ["slug"]

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("series", args=[self.slug])


class Visit(ClusterableModel):
    """One visit, from draft to archived."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ANNOUNCED = "announced", _("announced")
        RECRUITING = "recruiting", _("recruiting")
        SELECTING = "selecting", _("selecting")
        CONFIRMED = "confirmed", _("confirmed")
        RUNNING = "running", _("running")
        COMPLETED = "completed", _("completed")
        ARCHIVED = "archived", _("archived")
        CANCELLED = "cancelled", _("cancelled")

    slug = models.SlugField(_("slug"), unique=True)
    series = models.ForeignKey(Series, models.PROTECT, related_name="visits", verbose_name=_("series"))
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name=_("project")
    )
    organiser = models.ForeignKey(
        Organisation, models.PROTECT, related_name="visits_organised", verbose_name=_("organiser")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    title = WordsField(_("title"))
    summary = WordsField(_("summary"), is_long=True)
    participants = WordsField(_("who took part"), is_long=True, blank=True)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    municipalities = ParentalManyToManyField(
        Municipality, blank=True, related_name="visits", verbose_name=_("places visited")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("visit"), _("visits")
        ordering = ["-starts_on", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="visit_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("visit", args=[self.slug])

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("A visit cannot end before it starts.")})


class Goal(models.Model):
    """What a visit was meant to achieve."""

    visit = ParentalKey(Visit, on_delete=models.CASCADE, related_name="goals")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    text = WordsField(_("goal"), is_long=True)

    class Meta:
        verbose_name, verbose_name_plural = _("goal"), _("goals")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return str(self.text)


class AgendaItem(ClusterableModel):
    """One item of a visit's agenda; what is not known stays empty and is shown as not known."""

    visit = ParentalKey(Visit, on_delete=models.CASCADE, related_name="agenda")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(_("key"))
    held_on = models.DateField(_("held on"), null=True, blank=True)
    title = WordsField(_("title"))
    description = WordsField(_("description"), is_long=True, blank=True)
    host = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("host"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("place"),
    )
    practices = ParentalManyToManyField(
        Practice, blank=True, related_name="agenda_items", verbose_name=_("practices seen or named")
    )
    source_number = models.PositiveSmallIntegerField(_("source"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("agenda item"), _("agenda items")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "key"], name="one_agenda_item_per_key")]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        if self.visit_id is None or not (self.held_on and self.visit.starts_on and self.visit.ends_on):
            return
        if not self.visit.starts_on <= self.held_on <= self.visit.ends_on:
            raise ValidationError({"held_on": _("This day is not a day of the visit.")})


class VisitSource(CitedSource):
    """Where the facts about a visit come from."""

    visit = ParentalKey(Visit, on_delete=models.CASCADE, related_name="sources")

    class Meta(CitedSource.Meta):
        verbose_name, verbose_name_plural = _("source"), _("sources")
