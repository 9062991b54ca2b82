"""Series, visits, and their goals with the evidence for each."""

from __future__ import annotations

from django.conf import settings
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
    facilitators = ParentalManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="visits_facilitated",
        verbose_name=_("facilitators of the debriefs"),
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


class Goal(ClusterableModel):
    """What a visit was meant to achieve, how that is measured, and what was achieved."""

    class Measure(models.TextChoices):
        BY_HAND = "by-hand", _("entered by hand")
        PARTICIPANTS = "participants", _("participants who attended")
        MUNICIPALITIES = "municipalities", _("municipalities they came from")
        HOSTS = "hosts", _("hosts met")
        STATEMENTS = "statements", _("agreed statements")
        CARDS = "cards", _("practice cards written or published")
        IDEAS = "ideas", _("ideas written down")
        INTERESTS = "interests", _("municipalities that declared interest")

    visit = ParentalKey(Visit, on_delete=models.CASCADE, related_name="goals")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    text = WordsField(_("goal"), is_long=True)
    measure = models.CharField(_("measure"), max_length=14, choices=Measure, default=Measure.BY_HAND)
    measure_text = WordsField(_("what is measured, when entered by hand"), blank=True)
    target = models.DecimalField(_("target"), max_digits=10, decimal_places=2, null=True, blank=True)
    achieved = models.DecimalField(
        _("achieved, when entered by hand"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    note = WordsField(_("remark"), is_long=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("goal"), _("goals")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return str(self.text)


class Evidence(models.Model):
    """Where it can be read that a goal was reached: a page of this site or elsewhere."""

    goal = ParentalKey(Goal, on_delete=models.CASCADE, related_name="evidence")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    label = WordsField(_("what it shows"))
    url = models.URLField(_("address"), max_length=500)

    class Meta:
        verbose_name, verbose_name_plural = _("evidence"), _("evidence")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return str(self.label)


class VisitSource(CitedSource):
    """Where the facts about a visit come from."""

    visit = ParentalKey(Visit, on_delete=models.CASCADE, related_name="sources")

    class Meta(CitedSource.Meta):
        verbose_name, verbose_name_plural = _("source"), _("sources")
