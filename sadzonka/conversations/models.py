"""Threads with their messages, and questions to hosts; each belongs to something that has a page."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from sadzonka.organisations.models import Organisation


class AboutSomething(models.Model):
    """Belongs to a practice, a visit or an organisation: whatever has a page above this layer."""

    subject_type = models.ForeignKey(
        ContentType, models.CASCADE, related_name="+", verbose_name=_("kind of subject")
    )
    subject_id = models.PositiveBigIntegerField(_("number of its subject"))
    subject = GenericForeignKey("subject_type", "subject_id")

    class Meta:
        abstract = True


class Thread(AboutSomething):
    """A discussion about one subject: under a standing theme, or under a title of its own."""

    class Theme(models.TextChoices):
        LOCAL_GOVERNMENT = "local-government", _("The role of local government")
        BOTH_SIDES = "both-sides", _("What each side gains")
        OTHER = "other", _("Something else")

    STANDING = (Theme.LOCAL_GOVERNMENT, Theme.BOTH_SIDES)

    theme = models.CharField(_("theme"), max_length=16, choices=Theme, default=Theme.OTHER)
    title = models.CharField(_("title"), max_length=150, blank=True)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    is_closed = models.BooleanField(_("closed"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("thread"), _("threads")
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="threads_of_a_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "theme"],
                condition=~models.Q(theme="other"),
                name="one_thread_per_standing_theme",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.get_theme_display()


class Message(models.Model):
    """What somebody said in a thread; a hidden one stays stored, with the reason why it is hidden."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages", verbose_name=_("thread"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("author"),
    )
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("text"), max_length=4000)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    said_at = models.DateTimeField(_("said"), auto_now_add=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    hidden_reason = models.CharField(_("why it is hidden"), max_length=200, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("message in a thread"), _("messages in threads")
        ordering = ["said_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Question(AboutSomething):
    """A question to a host: asked once, answered through a signed link, published when the host agrees."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        SENT = "sent", _("sent to the host")
        ANSWERED = "answered", _("answered, not for publication")
        PUBLISHED = "published", _("published")
        DECLINED = "declined", _("not answered")

    host = models.ForeignKey(Organisation, models.CASCADE, related_name="questions", verbose_name=_("host"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="questions_asked",
        verbose_name=_("asked by"),
    )
    nonce = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.TextField(_("question"), max_length=1500)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED)
    answer = models.TextField(_("answer"), max_length=6000, blank=True)
    answer_language = models.CharField(
        _("language of the answer"), max_length=5, choices=settings.LANGUAGES, blank=True
    )
    answered_by = models.CharField(_("answered by"), max_length=150, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    may_be_published = models.BooleanField(_("the host agrees to publication"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("question to a host"), _("questions to hosts")
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="questions_of_a_subject")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="published") | models.Q(may_be_published=True),
                name="question_is_published_with_consent",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
