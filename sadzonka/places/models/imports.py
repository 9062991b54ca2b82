"""One file that an office published, on its way into places and statistics."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sadzonka.places.models.statistics import Release


class FileImport(models.Model):
    """A file as it was handed in, what was found in it, what staff chose, and what came of it.

    The content lies in the database, where every worker and every backup finds it, and goes when the import
    has ended; its hash and the report stay. Who did what stands in the log of actions.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READ = "read", _("read: look at the preview")
        REFUSED = "refused", _("cannot be read")
        QUEUED = "queued", _("waiting to be imported")
        IMPORTED = "imported", _("imported")
        UNCHANGED = "unchanged", _("nothing was new")
        FAILED = "failed", _("import failed, nothing was changed")
        DISCARDED = "discarded", _("discarded")

    ENDED = (State.REFUSED, State.IMPORTED, State.UNCHANGED, State.FAILED, State.DISCARDED)

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(_("content"), default=b"", blank=True)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    layout = models.SlugField(_("layout of the file"), max_length=40, blank=True)
    choices = models.JSONField(
        _("choices"), default=dict, blank=True, help_text=_("What staff chose for this file.")
    )
    preview = models.JSONField(_("preview"), default=dict, blank=True)
    report = models.JSONField(_("report"), default=dict, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    release = models.ForeignKey(
        Release, models.SET_NULL, null=True, blank=True, related_name="imports", verbose_name=_("release")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
