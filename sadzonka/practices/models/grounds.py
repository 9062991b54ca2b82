"""What a version of a practice card rests on: what things cost, and where the facts come from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from sadzonka.common.sources import CitedSource
from sadzonka.common.words import WordsField
from sadzonka.practices.models.card import Version


class Cost(models.Model):
    """What something cost, in which year, according to which source."""

    version = ParentalKey(Version, on_delete=models.CASCADE, related_name="costs")
    what = WordsField(_("what"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    amount_to = models.DecimalField(_("up to"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=[("EUR", "EUR"), ("PLN", "PLN")])
    year = models.PositiveSmallIntegerField(_("year"))
    source_number = models.PositiveSmallIntegerField(_("source"), default=1)

    class Meta:
        verbose_name, verbose_name_plural = _("cost"), _("costs")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what}: {self.amount} {self.currency} ({self.year})"


class VersionSource(CitedSource):
    """Where the facts on a card come from."""

    version = ParentalKey(Version, on_delete=models.CASCADE, related_name="sources")

    class Meta(CitedSource.Meta):
        verbose_name, verbose_name_plural = _("source"), _("sources")
