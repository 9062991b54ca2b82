"""Ideas of three lines, and interest that people declare for their municipality."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sadzonka.common.revisions import Revised
from sadzonka.organisations.models import Organisation
from sadzonka.places.models import Municipality
from sadzonka.practices.models.card import Practice

LINE = 200  # characters: an idea is three lines


class Idea(Revised):
    """Something that is no practice card yet: what is needed, what would help, what to do first."""

    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("author"),
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    title = models.CharField(_("title"), max_length=100)
    need = models.CharField(_("what is needed"), max_length=LINE)
    solution = models.CharField(_("what would help"), max_length=LINE)
    first_step = models.CharField(_("what to do first"), max_length=LINE)
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("municipality"),
    )
    seen_at = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("seen at"),
    )
    practice = models.ForeignKey(
        Practice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name=_("practice that it became"),
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("idea"), _("ideas")
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("idea", args=[self.pk])


class Interest(models.Model):
    """A person declares that a municipality is interested in a practice or an idea."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests", verbose_name=_("person")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="interests", verbose_name=_("municipality")
    )
    practice = models.ForeignKey(
        Practice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="interests",
        verbose_name=_("practice"),
    )
    idea = models.ForeignKey(
        Idea, models.CASCADE, null=True, blank=True, related_name="interests", verbose_name=_("idea")
    )
    note = models.CharField(_("why"), max_length=300, blank=True)
    declared_at = models.DateTimeField(_("declared"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("interest"), _("interests")
        ordering = ["declared_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(practice__isnull=False, idea__isnull=True)
                | models.Q(practice__isnull=True, idea__isnull=False),
                name="interest_is_in_one_thing",
            ),
            models.UniqueConstraint(
                fields=["person", "municipality", "practice"],
                condition=models.Q(withdrawn_at__isnull=True, practice__isnull=False),
                name="one_interest_per_practice",
            ),
            models.UniqueConstraint(
                fields=["person", "municipality", "idea"],
                condition=models.Q(withdrawn_at__isnull=True, idea__isnull=False),
                name="one_interest_per_idea",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.practice or self.idea}"
