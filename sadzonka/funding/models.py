"""Who pays: programmes of a period, their marks, and the projects they pay for."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from sadzonka.common.sources import CitedSource
from sadzonka.common.words import WordsField
from sadzonka.organisations.models import Organisation


class Programme(ClusterableModel):
    """A funding programme in one programming period, with the marks that this period asks for."""

    key = models.SlugField(_("key"), unique=True)
    name = WordsField(_("name"))
    fund = WordsField(_("fund"))
    starts = models.PositiveSmallIntegerField(_("first year"))
    ends = models.PositiveSmallIntegerField(_("last year"))

    class Meta:
        verbose_name, verbose_name_plural = _("programme"), _("programmes")
        ordering = ["starts", "key"]

    def __str__(self) -> str:
        return f"{self.name} ({self.starts}–{self.ends})"

    def clean(self) -> None:
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": _("The last year comes before the first.")})


class Mark(models.Model):
    """A text that pages and papers must carry, or the empty place for a protected emblem: we ship none."""

    class Kind(models.TextChoices):
        TEXT = "text", _("text")
        SLOT = "slot", _("place for an emblem")

    programme = ParentalKey(Programme, on_delete=models.CASCADE, related_name="marks")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    kind = models.CharField(_("kind"), max_length=4, choices=Kind)
    text = WordsField(_("text"))

    class Meta:
        verbose_name, verbose_name_plural = _("mark"), _("marks")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return str(self.text)


class Project(ClusterableModel):
    """A funded project: what its visits and news belong to."""

    slug = models.SlugField(_("slug"), unique=True)
    name = models.CharField(_("short name"), max_length=100)
    title = WordsField(_("title"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="projects", verbose_name=_("programme")
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    beneficiary = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="projects_run",
        verbose_name=_("beneficiary"),
    )
    partners = ParentalManyToManyField(
        Organisation, blank=True, related_name="projects_joined", verbose_name=_("partners")
    )
    description = WordsField(_("description"), is_long=True)

    class Meta:
        verbose_name, verbose_name_plural = _("project"), _("projects")
        ordering = ["-starts_on", "slug"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("project", args=[self.slug])

    def clean(self) -> None:
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("A project cannot end before it starts.")})


class ProjectSource(CitedSource):
    """Where the facts about a project come from."""

    project = ParentalKey(Project, on_delete=models.CASCADE, related_name="sources")

    class Meta(CitedSource.Meta):
        verbose_name, verbose_name_plural = _("source"), _("sources")
