"""What a municipality has found out about the conditions and questions of a practice."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sadzonka.common.words import WordsField
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Alternative, Criterion, Practice


class Finding(models.Model):
    """Whether an alternative of a condition is met in a municipality, according to a source.

    It refers to the alternative by its key, which keeps its meaning through all versions of a card.
    """

    class State(models.TextChoices):
        MET = "met", _("met")
        UNMET = "unmet", _("not met")

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="findings", verbose_name=_("municipality")
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="findings", verbose_name=_("practice")
    )
    alternative_key = models.SlugField(_("alternative"))
    state = models.CharField(_("state"), max_length=5, choices=State)
    source = WordsField(_("source"), is_long=True)
    found_on = models.DateField(_("found on"))

    class Meta:
        verbose_name, verbose_name_plural = _("finding"), _("findings")
        ordering = ["municipality", "practice", "alternative_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "practice", "alternative_key"], name="one_finding_per_alternative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.alternative_key}: {self.state}"

    def clean(self) -> None:
        known = Alternative.objects.filter(
            clause__version__practice=self.practice_id, key=self.alternative_key
        )
        if self.practice_id and self.alternative_key and not known.exists():
            raise ValidationError(
                {"alternative_key": _("No version of this card has an alternative with this key.")}
            )


class Judgement(models.Model):
    """How a municipality answers an anchored question: one level, or an interval when people differ."""

    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="judgements", verbose_name=_("municipality")
    )
    practice = models.ForeignKey(
        Practice, models.CASCADE, related_name="judgements", verbose_name=_("practice")
    )
    criterion_key = models.SlugField(_("criterion"))
    low = models.FloatField(_("lowest level"), validators=[MaxValueValidator(5.0)])
    high = models.FloatField(_("highest level"), validators=[MaxValueValidator(5.0)])
    reason = WordsField(_("reason"), is_long=True)
    judged_on = models.DateField(_("judged on"))
    assessment = models.ForeignKey(
        "transfer.Assessment",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="judgements",
        editable=False,
        verbose_name=_("assessment it comes from"),
    )

    class Meta:
        verbose_name, verbose_name_plural = _("judgement"), _("judgements")
        ordering = ["municipality", "practice", "criterion_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "practice", "criterion_key"], name="one_judgement_per_criterion"
            ),
            models.CheckConstraint(
                condition=models.Q(low__gte=0, high__lte=5, low__lte=models.F("high")),
                name="judgement_is_an_interval_of_levels",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_key}: {self.low}–{self.high}"

    def clean(self) -> None:
        known = Criterion.objects.filter(
            version__practice=self.practice_id, key=self.criterion_key, indicator__isnull=True
        )
        if self.practice_id and self.criterion_key and not known.exists():
            raise ValidationError(
                {"criterion_key": _("No version of this card has a question with this key.")}
            )
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValidationError({"high": _("The highest level is below the lowest.")})
