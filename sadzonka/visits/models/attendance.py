"""Who was really there, item by item."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sadzonka.visits.models.agenda import AgendaItem
from sadzonka.visits.models.recruitment import Application


class Attendance(models.Model):
    """Whether a participant was at an agenda item; without a row nobody has noted it."""

    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="attendances", verbose_name=_("agenda item")
    )
    participant = models.ForeignKey(
        Application, models.CASCADE, related_name="attendances", verbose_name=_("participant")
    )
    is_present = models.BooleanField(_("present"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    noted_at = models.DateTimeField(_("noted"), auto_now=True)

    class Meta:
        verbose_name, verbose_name_plural = _("attendance"), _("attendances")
        ordering = ["item", "participant"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "participant"], name="one_attendance_per_item_and_participant"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.participant_id}: {self.is_present}"
