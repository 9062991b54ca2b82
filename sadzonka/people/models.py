"""People who sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from sadzonka.places.models import Municipality


class PersonManager(BaseUserManager["Person"]):
    """Makes accounts that are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email__iexact=email)


class Person(AbstractUser):
    """Somebody with an account; signs in with an e-mail address, which is compared without case."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="pl")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()  # type: ignore[assignment]

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_address")]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of this person's roles, read once."""
        return frozenset(self.groups.values_list("name", flat=True))

    @cached_property
    def known_affiliations(self) -> list[Affiliation]:
        """The municipalities this person works for, read once."""
        return list(self.affiliations.select_related("municipality").order_by("pk"))

    def __str__(self) -> str:
        return self.get_full_name() or self.email


class Affiliation(models.Model):
    """Somebody works for a municipality, and in what part: it says for whom they may speak."""

    class Group(models.TextChoices):
        COUNCIL = "council", _("council and mayor")
        OFFICE = "office", _("municipal office")
        SOCIAL = "social", _("social services")
        ECONOMY = "economy", _("social economy organisations")
        RESIDENTS = "residents", _("residents and users")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="affiliations", verbose_name=_("person")
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="affiliations", verbose_name=_("municipality")
    )
    group = models.CharField(_("group"), max_length=9, choices=Group, default=Group.OFFICE)
    is_editor = models.BooleanField(
        _("keeps the municipality's assessments, plans and decisions"), default=False
    )

    class Meta:
        verbose_name, verbose_name_plural = _("affiliation"), _("affiliations")
        ordering = ["municipality", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "municipality"], name="one_affiliation_per_person_and_municipality"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.municipality}"
