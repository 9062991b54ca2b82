"""Recruitment: a call, applications with all that happened to them, and reviewers' scores."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from sadzonka.common.revisions import Revised
from sadzonka.common.words import WordsField
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Practice
from sadzonka.visits.models.visit import Visit

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without those that are mistaken for one another


class Call(Revised):
    """Who is looked for, until when, under which rules, and how many can go."""

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="call", verbose_name=_("visit"))
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    places = models.PositiveSmallIntegerField(_("places"), validators=[MinValueValidator(1)])
    municipality_limit = models.PositiveSmallIntegerField(
        _("most people from one municipality"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    days_to_answer = models.PositiveSmallIntegerField(
        _("days to accept an offered place"), default=7, validators=[MinValueValidator(1)]
    )
    rules = WordsField(_("rules"), is_long=True)
    notice = WordsField(_("what becomes of the data"), is_long=True)
    notice_version = models.PositiveSmallIntegerField(_("version of the notice"), default=1)
    reviewers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="calls_reviewed", verbose_name=_("reviewers")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("call"), _("calls")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_at__lt=models.F("closes_at")), name="call_closes_after_it_opens"
            )
        ]

    def __str__(self) -> str:
        return str(self.visit)

    @property
    def answering_time(self) -> timedelta:
        return timedelta(days=self.days_to_answer)

    def clean(self) -> None:
        if self.opens_at and self.closes_at and self.closes_at <= self.opens_at:
            raise ValidationError({"closes_at": _("A call cannot close before it opens.")})


class CallCriterion(models.Model):
    """What reviewers give points for."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria", verbose_name=_("call"))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    name = WordsField(_("name"))
    most_points = models.PositiveSmallIntegerField(
        _("most points"), default=5, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name, verbose_name_plural = _("criterion of a call"), _("criteria of a call")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return str(self.name)


def new_reference() -> str:
    """Return what people call an application by, on the phone too."""
    return get_random_string(7, LETTERS)


class Application(Revised):
    """Somebody wants to take part; a confirmed one is a participant of the visit."""

    class State(models.TextChoices):
        STARTED = "started", _("not sent yet")
        SUBMITTED = "submitted", _("sent")
        RETURNED = "returned", _("returned for completion")
        ELIGIBLE = "eligible", _("meets the formal conditions")
        INELIGIBLE = "ineligible", _("does not meet the formal conditions")
        CHOSEN = "chosen", _("chosen, to be accepted")
        CONFIRMED = "confirmed", _("place accepted")
        RESERVE = "reserve", _("on the reserve list")
        REFUSED = "refused", _("not chosen")
        WITHDRAWN = "withdrawn", _("withdrawn")

    HOLD_A_PLACE = (State.CHOSEN, State.CONFIRMED)
    EDITABLE = (State.STARTED, State.RETURNED)
    ENDED = (State.INELIGIBLE, State.REFUSED, State.WITHDRAWN)

    call = models.ForeignKey(Call, models.CASCADE, related_name="applications", verbose_name=_("call"))
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=7, unique=True, default=new_reference)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.STARTED)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    first_name = models.CharField(_("first name"), max_length=100)
    last_name = models.CharField(_("last name"), max_length=100)
    email = models.EmailField(_("e-mail address"))
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("municipality"),
    )
    institution = models.CharField(_("delegating institution"), max_length=200, blank=True)
    position = models.CharField(_("position there"), max_length=150, blank=True)
    superior_name = models.CharField(_("superior's name"), max_length=150, blank=True)
    superior_email = models.EmailField(_("superior's e-mail address"), blank=True)
    motivation = models.TextField(_("why you, and what for"), max_length=3000, blank=True)
    practices = models.ManyToManyField(
        Practice, blank=True, related_name="applications", verbose_name=_("practices of interest")
    )
    needs = models.CharField(_("what you need to take part"), max_length=500, blank=True)
    notice_read_at = models.DateTimeField(_("notice read"), null=True, blank=True)
    notice_version = models.PositiveSmallIntegerField(_("version of the notice"), null=True, blank=True)
    image_consent = models.BooleanField(_("consents to pictures"), null=True, blank=True)
    image_consent_at = models.DateTimeField(_("pictures: decided"), null=True, blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("sent"), null=True, blank=True)
    delegated_at = models.DateTimeField(_("delegation confirmed"), null=True, blank=True)
    delegation_refused_at = models.DateTimeField(_("delegation refused"), null=True, blank=True)
    delegated_by = models.CharField(_("delegation confirmed by"), max_length=150, blank=True)
    delegation_note = models.CharField(_("remark of the institution"), max_length=500, blank=True)
    reserve_position = models.PositiveSmallIntegerField(_("place on the reserve list"), null=True, blank=True)
    answer_by = models.DateTimeField(_("accept by"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("account"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("application"), _("applications")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "reserve_position"],
                condition=models.Q(state="reserve"),
                name="one_application_per_reserve_position",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="reserve") | models.Q(reserve_position__isnull=False),
                name="reserve_has_a_position",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} ({self.reference})"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_participant(self) -> bool:
        return self.state == self.State.CONFIRMED

    @property
    def is_delegated(self) -> bool:
        return self.delegated_at is not None


class Change(models.Model):
    """One change of an application's state and the reason for it, as the applicant reads it."""

    class Cause(models.TextChoices):
        BY_HAND = "by-hand", _("decided by the organiser")
        APPLICANT = "applicant", _("by the applicant")
        RESERVE_MOVED_UP = "moved-up", _("a place became free and the reserve list moved up")
        NO_ANSWER = "no-answer", _("the place was not accepted in time")

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="changes", verbose_name=_("application")
    )
    state = models.CharField(_("state"), max_length=10, choices=Application.State)
    cause = models.CharField(_("cause"), max_length=9, choices=Cause, default=Cause.BY_HAND)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    changed_at = models.DateTimeField(_("changed"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("change of an application"), _("changes of an application")
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.state}"


class Score(models.Model):
    """The points that one reviewer gives one application on one criterion, and why."""

    application = models.ForeignKey(
        Application, models.CASCADE, related_name="scores", verbose_name=_("application")
    )
    criterion = models.ForeignKey(
        CallCriterion, models.CASCADE, related_name="scores", verbose_name=_("criterion")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="scores", verbose_name=_("reviewer")
    )
    points = models.PositiveSmallIntegerField(_("points"))
    reason = models.CharField(_("reason"), max_length=500)
    given_at = models.DateTimeField(_("given"), auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("score"), _("scores")
        ordering = ["application", "reviewer", "criterion"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "criterion", "reviewer"], name="one_score_per_reviewer_and_criterion"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.points}"
