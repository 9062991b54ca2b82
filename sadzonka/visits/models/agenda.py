"""Agendas: items over days and places, with hosts, speakers and interpreters."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from sadzonka.common.words import WordsField
from sadzonka.organisations.models import Organisation
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Practice
from sadzonka.visits.models.visit import Visit


class Interpreter(models.Model):
    """Somebody who interprets at agenda items; one person cannot be at two of them at once."""

    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"), blank=True)
    languages = models.CharField(_("languages"), max_length=100, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("interpreter"), _("interpreters")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class AgendaItem(ClusterableModel):
    """One item of a visit's agenda; what is not known stays empty and is shown as not known."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        TRAVEL = "travel", _("travel")
        MEAL = "meal", _("meal")
        DEBRIEF = "debrief", _("debrief")
        OTHER = "other", _("something else")

    class Reply(models.TextChoices):
        NOT_ASKED = "not-asked", _("host not asked")
        ASKED = "asked", _("host asked")
        CONFIRMED = "confirmed", _("confirmed by the host")
        DECLINED = "declined", _("declined by the host")
        LAPSED = "lapsed", _("changed since the host confirmed it")

    visit = ParentalKey(Visit, on_delete=models.CASCADE, related_name="agenda")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(_("key"))
    kind = models.CharField(_("kind"), max_length=7, choices=Kind, default=Kind.MEETING)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    title = WordsField(_("title"))
    description = WordsField(_("description"), is_long=True, blank=True)
    theme = WordsField(_("theme"), blank=True)
    venue = models.CharField(_("address of the place"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(_("room for so many people"), null=True, blank=True)
    language = models.CharField(_("language spoken"), max_length=5, choices=settings.LANGUAGES, blank=True)
    interpreter = models.ForeignKey(
        Interpreter,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("interpreter"),
    )
    travel_minutes = models.PositiveSmallIntegerField(
        _("minutes of travel from the item before"), null=True, blank=True
    )
    host = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("host"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="agenda_items",
        verbose_name=_("place"),
    )
    practices = ParentalManyToManyField(
        Practice, blank=True, related_name="agenda_items", verbose_name=_("practices seen or named")
    )
    host_email = models.EmailField(_("host's e-mail address"), blank=True)
    host_language = models.CharField(
        _("language in which the host is written to"), max_length=5, choices=settings.LANGUAGES, blank=True
    )
    host_reply = models.CharField(
        _("host's reply"), max_length=9, choices=Reply, default=Reply.NOT_ASKED, editable=False
    )
    host_replied_at = models.DateTimeField(_("host replied"), null=True, blank=True, editable=False)
    host_replied_by = models.CharField(_("who replied"), max_length=150, blank=True, editable=False)
    host_note = models.TextField(_("host's remark"), max_length=1000, blank=True, editable=False)
    confirmed_as = models.JSONField(_("what the host confirmed"), null=True, blank=True, editable=False)
    source_number = models.PositiveSmallIntegerField(_("source"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("agenda item"), _("agenda items")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "key"], name="one_agenda_item_per_key")]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        if self.visit_id is None or not (self.held_on and self.visit.starts_on and self.visit.ends_on):
            return
        if not self.visit.starts_on <= self.held_on <= self.visit.ends_on:
            raise ValidationError({"held_on": _("This day is not a day of the visit.")})


class Speaker(models.Model):
    """Who speaks at an agenda item, and for whom."""

    item = ParentalKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    name = models.CharField(_("name"), max_length=150)
    role = WordsField(_("function"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("speaker"), _("speakers")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.name
