"""Mail waiting to be reviewed and sent, what became of it, and signed links."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import Signer
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Mail(models.Model):
    """One message to one address; its key makes sure that the same message is never stored twice."""

    class State(models.TextChoices):
        DRAFT = "draft", _("to be reviewed")
        DISCARDED = "discarded", _("not to be sent")
        WAITING = "waiting", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        UNCERTAIN = "uncertain", _("perhaps sent, not tried again")
        FAILED = "failed", _("given up")

    key = models.CharField(_("key"), max_length=120, unique=True)
    topic = models.CharField(_("about"), max_length=60, blank=True, db_index=True)
    recipient = models.EmailField(_("to"))
    reply_to = models.EmailField(_("reply to"), blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    created_at = models.DateTimeField(_("stored"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mails_reviewed",
        verbose_name=_("reviewed by"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("mail"), _("mails")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"


class Link(models.Model):
    """A signed link: whoever holds it may do one thing with one subject until it ends or is revoked.

    The row says what for, about what and until when; the token is its number, signed for its purpose, so
    that it can be written again into every mail and is stored nowhere.
    """

    class Purpose(models.TextChoices):
        APPLICATION = "application", _("resume an application")
        DELEGATION = "delegation", _("confirm who is delegated")
        HOSTING = "hosting", _("confirm an agenda item")
        QUESTION = "question", _("answer a question")

    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    subject_id = models.PositiveBigIntegerField(_("number of its subject"))
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("signed link"), _("signed links")
        indexes = [models.Index(fields=["purpose", "subject_id"], name="links_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id}"

    @property
    def token(self) -> str:
        return signer(self.purpose).sign(str(self.pk))

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None and timezone.now() < self.expires_at


def signer(purpose: str) -> Signer:
    """Return what signs links of one purpose: a token of another purpose does not verify."""
    return Signer(salt=f"sadzonka.outbox.link.{purpose}")
