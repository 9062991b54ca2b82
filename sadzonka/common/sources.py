"""Where a fact comes from: every statement about a real organisation carries a source and a date."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sadzonka.common.words import language_codes


class CitedSource(models.Model):
    """One public source, in the order in which the texts refer to it as [1], [2] and so on."""

    sort_order = models.PositiveSmallIntegerField(_("number"), default=1)
    url = models.URLField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=200, blank=True)
    published = models.CharField(_("published (year or date)"), max_length=10, blank=True)
    read_on = models.DateField(_("read on"))
    language = models.CharField(_("language"), max_length=5, blank=True)

    class Meta:
        abstract = True
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_in_site_language(self) -> bool:
        """Whether a screen reader can be told the language with one of the site's own names."""
        return self.language in language_codes()
