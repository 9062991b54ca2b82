"""Assessments: a municipality's people answer a practice's questions, and the analysis is stored."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sadzonka.common.revisions import Revised
from sadzonka.people.models import Affiliation
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Practice, Version

MOST_ROUNDS = 3


class Assessment(Revised):
    """One analysis that a municipality's people make together, stored with all that it rests on.

    `input_json` and `result_json` are canonical JSON (RFC 8785) and `input_hash` is the SHA-256 of the
    former: from it alone the result can be computed again, whatever has become of cards and statistics.
    """

    class State(models.TextChoices):
        RATING = "rating", _("people answer")
        DISCUSSION = "discussion", _("answers are open and discussed")
        STORED = "stored", _("stored")
        FROZEN = "frozen", _("frozen by a decision")

    OPEN = (State.RATING, State.DISCUSSION)

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="assessments", verbose_name=_("municipality")
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="assessments", verbose_name=_("practice")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="assessments", verbose_name=_("version of the card")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.RATING)
    round = models.PositiveSmallIntegerField(
        _("round"), default=1, validators=[MaxValueValidator(MOST_ROUNDS)]
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assessments_opened",
        verbose_name=_("opened by"),
    )
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    stored_on = models.DateField(_("stored on"), null=True, blank=True)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True)
    input_json = models.TextField(_("all that it rests on"), blank=True, editable=False)
    result_json = models.TextField(_("what came out"), blank=True, editable=False)
    input_hash = models.CharField(_("hash"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("assessment"), _("assessments")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "practice"],
                condition=models.Q(state__in=["rating", "discussion"]),
                name="one_open_assessment_per_practice",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["rating", "discussion"]) | ~models.Q(input_hash=""),
                name="stored_assessment_has_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.practice}"

    def get_absolute_url(self) -> str:
        return reverse("assessment", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Ballot(Revised):
    """One person's answers in one round; others see them when they have sent theirs."""

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, related_name="ballots", verbose_name=_("assessment")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ballots", verbose_name=_("person")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    group = models.CharField(_("group"), max_length=9, choices=Affiliation.Group)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("ballot"), _("ballots")
        ordering = ["assessment", "round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "person", "round"], name="one_ballot_per_person_and_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.person_id} {self.round}"

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None


class Rating(models.Model):
    """A level 0 to 5 with a reason; without a level the person said that they do not know."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="ratings", verbose_name=_("ballot"))
    criterion_key = models.SlugField(_("criterion"))
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, validators=[MaxValueValidator(5)]
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("rating"), _("ratings")
        ordering = ["ballot", "criterion_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "criterion_key"], name="one_rating_per_ballot_and_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__lte=5), name="rating_is_a_level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_key}: {self.level}"
