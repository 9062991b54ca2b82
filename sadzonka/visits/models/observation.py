"""What visitors saw: private sheets, and the debrief that makes one agreed text of them."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sadzonka.common.revisions import Revised
from sadzonka.practices.models import Idea, Practice
from sadzonka.visits.models.agenda import AgendaItem


class Sheet(Revised):
    """One person's notes on one agenda item, seen by nobody else until they are shared."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="sheets", verbose_name=_("agenda item"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sheets", verbose_name=_("author")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    shared_at = models.DateTimeField(_("shared"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("observation sheet"), _("observation sheets")
        ordering = ["item", "started_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "author"], name="one_sheet_per_item_and_author")
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.author_id}"

    @property
    def is_shared(self) -> bool:
        return self.shared_at is not None


class AboutQuestion(models.Model):
    """Belongs to one question of a sheet: a general one, or a criterion of a practice by its key."""

    practice = models.ForeignKey(
        Practice, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("practice")
    )
    question = models.SlugField(_("question"))

    class Meta:
        abstract = True


class Note(AboutQuestion):
    """What one person noted to one question: words, and a level 0 to 5 where the question has levels."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="notes", verbose_name=_("sheet"))
    text = models.TextField(_("text"), max_length=3000, blank=True)
    level = models.PositiveSmallIntegerField(
        _("level"), null=True, blank=True, validators=[MaxValueValidator(5)]
    )

    class Meta:
        verbose_name, verbose_name_plural = _("note"), _("notes")
        ordering = ["sheet", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "practice", "question"], name="one_note_per_question_of_a_practice"
            ),
            models.UniqueConstraint(
                fields=["sheet", "question"],
                condition=models.Q(practice__isnull=True),
                name="one_note_per_general_question",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Debrief(Revised):
    """The agreed text about one agenda item; it becomes a draft card or an idea."""

    item = models.OneToOneField(
        AgendaItem, models.CASCADE, related_name="debrief", verbose_name=_("agenda item")
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="debriefs_agreed",
        verbose_name=_("facilitator"),
    )
    practice = models.ForeignKey(
        Practice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="debriefs",
        verbose_name=_("draft card made of it"),
    )
    idea = models.ForeignKey(
        Idea,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="debriefs",
        verbose_name=_("idea made of it"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("debrief"), _("debriefs")
        ordering = ["item"]

    def __str__(self) -> str:
        return str(self.item)

    @property
    def is_agreed(self) -> bool:
        return self.agreed_at is not None


class Statement(AboutQuestion):
    """One statement of an agreed text; its notes keep who saw it where."""

    debrief = models.ForeignKey(Debrief, models.CASCADE, related_name="statements", verbose_name=_("debrief"))
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    text = models.TextField(_("text"), max_length=3000)
    dissent = models.TextField(_("what some saw differently"), max_length=2000, blank=True)
    notes = models.ManyToManyField(Note, blank=True, related_name="statements", verbose_name=_("notes"))

    class Meta:
        verbose_name, verbose_name_plural = _("agreed statement"), _("agreed statements")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["debrief", "practice", "question"], name="one_statement_per_question_of_a_practice"
            ),
            models.UniqueConstraint(
                fields=["debrief", "question"],
                condition=models.Q(practice__isnull=True),
                name="one_statement_per_general_question",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
