"""Images and documents that say whose they are, under which licence, and with whose consent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage


class Picture(AbstractImage):
    """A picture; people in it have agreed, or nobody can be recognised."""

    class Consent(models.TextChoices):
        NOT_NEEDED = "not-needed", _("nobody can be recognised")
        GIVEN = "given", _("given by everyone shown")
        MISSING = "missing", _("missing: do not publish")

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)
    consent = models.CharField(
        _("consent of the people shown"), max_length=10, choices=Consent, default=Consent.MISSING
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        *WagtailImage.admin_form_fields,
        "credit",
        "licence",
        "consent",
    )

    class Meta(AbstractImage.Meta):
        verbose_name, verbose_name_plural = _("picture"), _("pictures")
        permissions = [("choose_picture", "Can choose image")]


class Rendition(AbstractRendition):
    """An image in one size."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "filter_spec", "focal_point_key"], name="one_rendition")
        ]


class Paper(AbstractDocument):
    """A file to download."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)
    licence = models.CharField(_("licence"), max_length=100, blank=True)

    admin_form_fields: ClassVar[tuple[str, ...]] = (*WagtailDocument.admin_form_fields, "credit", "licence")

    class Meta(AbstractDocument.Meta):
        verbose_name, verbose_name_plural = _("paper"), _("papers")
        permissions = [("choose_paper", "Can choose document")]
