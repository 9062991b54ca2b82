"""From plan to adoption: steps, the decision, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sadzonka.common.revisions import Revised
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Practice
from sadzonka.transfer.models.assessment import Assessment


class Plan(Revised):
    """What a municipality will do to bring a practice home, step by step."""

    assessment = models.OneToOneField(
        Assessment, models.PROTECT, related_name="plan", verbose_name=_("assessment it rests on")
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="plans_started",
        verbose_name=_("started by"),
    )
    summary = models.TextField(_("in short"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)

    class Meta:
        verbose_name, verbose_name_plural = _("plan"), _("plans")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return str(self.assessment)

    def get_absolute_url(self) -> str:
        return reverse("plan", args=[self.pk])


class Step(models.Model):
    """One step of a plan: who does it until when, and which condition or criterion it repairs."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps", verbose_name=_("plan"))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    text = models.CharField(_("what is done"), max_length=300)
    owner = models.CharField(_("who does it"), max_length=150)
    due_on = models.DateField(_("until"))
    alternative_key = models.SlugField(_("condition it repairs"), blank=True)
    criterion_key = models.SlugField(_("criterion it changes"), blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    note = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("step"), _("steps")
        ordering = ["sort_order", "due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What the council or the mayor decided about a plan; it freezes the assessment."""

    class Kind(models.TextChoices):
        RESOLUTION = "resolution", _("resolution of the council")
        ORDER = "order", _("order of the mayor")
        OTHER = "other", _("another decision")

    class Outcome(models.TextChoices):
        ADOPTED = "adopted", _("adopted")
        DECLINED = "declined", _("declined")

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="decision", verbose_name=_("plan"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.RESOLUTION)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    number = models.CharField(_("number"), max_length=60)
    decided_on = models.DateField(_("decided on"))
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    url = models.URLField(_("address of the document"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="decisions_recorded",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("decision"), _("decisions")
        ordering = ["-decided_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.number}, {self.decided_on}"


class Adoption(Revised):
    """A municipality took up a practice: what became of it stands in its stages, failures included."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="adoptions", verbose_name=_("municipality")
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="adoptions", verbose_name=_("practice")
    )
    plan = models.OneToOneField(
        Plan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adoption",
        verbose_name=_("plan"),
    )
    adaptations = models.TextField(_("what was done differently"), max_length=3000, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    begun_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("adoption"), _("adoptions")
        ordering = ["-begun_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.practice}"

    def get_absolute_url(self) -> str:
        return reverse("adoption", args=[self.pk])


class Stage(models.Model):
    """A rung of the outcome ladder that an adoption reached, with its date, source and reason."""

    class Outcome(models.TextChoices):
        CONSIDERED = "considered", _("considered")
        DECLINED = "declined", _("declined")
        DECIDED = "decided", _("decided")
        STARTED = "started", _("started")
        DELIVERED = "delivered", _("delivered")
        SUSTAINED_12 = "sustained-12", _("sustained for 12 months")
        SUSTAINED_24 = "sustained-24", _("sustained for 24 months")
        ABANDONED = "abandoned", _("abandoned")

    NEED_A_REASON = (Outcome.DECLINED, Outcome.ABANDONED)

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="stages", verbose_name=_("adoption"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome)
    reached_on = models.DateField(_("reached on"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("stage of an adoption"), _("stages of an adoption")
        ordering = ["reached_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "outcome"], name="one_stage_per_outcome"),
            models.CheckConstraint(
                condition=~models.Q(outcome__in=["declined", "abandoned"]) | ~models.Q(reason=""),
                name="ending_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome}, {self.reached_on}"
