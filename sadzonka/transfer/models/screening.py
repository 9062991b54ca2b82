"""Screenings: which municipalities a practice could suit, for staff who invite; never a public ranking."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sadzonka.common.revisions import Revised
from sadzonka.places.models import Country, Municipality, Region
from sadzonka.practices.models import Version
from sadzonka.visits.models import Visit


class Screening(models.Model):
    """One practice looked at from all municipalities of a country or a region on one day."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("under way")
        DONE = "done", pgettext_lazy("a screening", "done")
        FAILED = "failed", pgettext_lazy("a screening", "failed")

    version = models.ForeignKey(
        Version, models.PROTECT, related_name="screenings", verbose_name=_("version of the card")
    )
    country = models.ForeignKey(Country, models.PROTECT, related_name="+", verbose_name=_("country"))
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )
    day = models.DateField(_("as of"))
    weights = models.JSONField(_("what is known about the weights"), default=dict)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    told_at = models.DateTimeField(_("last sign of life"), auto_now_add=True)
    # All that the result rests on: the card's record, releases of figures, method, seed, samples.
    provenance = models.JSONField(_("what it rests on"), default=dict, blank=True)
    result = models.BinaryField(_("result"), null=True, blank=True)
    complaint = models.TextField(_("why it failed"), blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="screenings_started",
        verbose_name=_("started by"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("screening"), _("screenings")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.version}, {self.region or self.country}, {self.day}"

    def get_absolute_url(self) -> str:
        return reverse("screening", args=[self.pk])


class InvitationList(Revised):
    """Whom to invite, drafted from a screening and changed by hand; it is not sent by itself."""

    screening = models.OneToOneField(
        Screening, models.CASCADE, related_name="invitation_list", verbose_name=_("screening")
    )
    visit = models.ForeignKey(
        Visit,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitation_lists",
        verbose_name=_("visit they are invited to"),
    )
    note = models.TextField(_("note"), max_length=2000, blank=True)
    drafted_at = models.DateTimeField(_("drafted"), auto_now_add=True)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("drafted by"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("invitation list"), _("invitation lists")
        ordering = ["-drafted_at", "-pk"]

    def __str__(self) -> str:
        return str(self.screening)

    def get_absolute_url(self) -> str:
        return reverse("invitation_list", args=[self.screening_id])


class Invitation(models.Model):
    """One municipality on the list, and why it stands there."""

    invitation_list = models.ForeignKey(
        InvitationList, models.CASCADE, related_name="invitations", verbose_name=_("invitation list")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality")
    )
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    reason = models.TextField(_("reason"), max_length=2000)
    is_by_hand = models.BooleanField(_("added by hand"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("invitation"), _("invitations")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invitation_list", "municipality"], name="one_invitation_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)
