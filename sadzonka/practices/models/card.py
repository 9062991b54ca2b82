"""Practice cards: a practice, its versions, and what each version says, asks and rests on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from sadzonka.analysis import DIMENSIONS, MethodError, ValueFunction
from sadzonka.common.words import Words, WordsField, language_codes
from sadzonka.organisations.models import Organisation, Service
from sadzonka.places.models import Indicator, Municipality
from sadzonka.practices.addresses import is_address_of_another_page
from sadzonka.practices.choices import LEVELS, ChangedBy, CostClass, Dimension


class Practice(ClusterableModel):
    """A solution that works, or failed, somewhere: the same one through all versions of its card."""

    slug = models.SlugField(_("slug"), unique=True)
    origin = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("municipality of origin"),
    )
    run_by = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices_run",
        verbose_name=_("run by"),
    )
    organisations = ParentalManyToManyField(
        Organisation, blank=True, related_name="practices", verbose_name=_("organisations concerned")
    )
    service = models.CharField(
        _("kind of service"), max_length=16, choices=Service.Kind, default=Service.Kind.OTHER
    )
    is_failure = models.BooleanField(_("failed"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("practice"), _("practices")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("practice", args=[self.slug])

    def clean(self) -> None:
        """Refuse a slug at which another page of a municipality stands."""
        if self.slug and is_address_of_another_page(self.slug):
            raise ValidationError({"slug": _("Another page of every municipality has this address.")})

    @property
    def shown_version(self) -> Version | None:
        """The version that everybody sees, None while there is none."""
        return next((version for version in self.versions.all() if version.is_shown), None)


def default_thresholds() -> list[float]:
    """Return the thresholds of method section 5."""
    return [0.35, 0.55, 0.75]


class Version(ClusterableModel):
    """One edition of a practice card; a published one is never rewritten."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        REVIEWED = "reviewed", _("reviewed")
        PUBLISHED = "published", _("published")
        TO_REVERIFY = "to-reverify", _("to be verified again")
        OUTDATED = "outdated", _("outdated")

    class Evidence(models.IntegerChoices):
        DESCRIBED = 1, _("described")
        COUNTED = 2, _("counted: outputs are known")
        COMPARED = 3, _("compared: before and after")
        CONTROLLED = 4, _("with a comparison group")
        REPLICATED = 5, _("replicated elsewhere with results")

    SHOWN = (State.PUBLISHED, State.TO_REVERIFY)
    IN_PREPARATION = (State.DRAFT, State.SUBMITTED, State.REVIEWED)

    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="versions", verbose_name=_("practice")
    )
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    evidence_level = models.PositiveSmallIntegerField(
        _("evidence level"), choices=Evidence, default=Evidence.DESCRIBED
    )
    thresholds = models.JSONField(_("thresholds of the classes"), default=default_thresholds)
    floors = models.JSONField(_("floors by dimension"), default=dict, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions_written",
        verbose_name=_("author"),
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="versions_reviewed",
        verbose_name=_("reviewer"),
    )
    compared_by = ParentalManyToManyField(
        Indicator,
        blank=True,
        related_name="+",
        verbose_name=_("figures by which adopters are compared"),
        help_text=_("Few and fixed; without any, those of the catalogue that have a fixed range."),
    )
    published_on = models.DateField(_("published on"), null=True, blank=True)
    verified_on = models.DateField(_("facts verified on"), null=True, blank=True)
    confirmed_by_host_on = models.DateField(_("confirmed by the host on"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("version of a practice card"), _("versions of practice cards")
        ordering = ["practice", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["practice"],
                condition=models.Q(state__in=["published", "to-reverify"]),
                name="one_version_is_shown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice.slug} {self.number}"

    def get_absolute_url(self) -> str:
        return self.practice.get_absolute_url()

    @property
    def is_shown(self) -> bool:
        return self.state in self.SHOWN

    @property
    def is_in_preparation(self) -> bool:
        return self.state in self.IN_PREPARATION

    def text_in(self, language: str | None = None) -> CardText | None:
        """Return the card's text in the active language, else in the first one that exists."""
        texts = {text.language: text for text in self.texts.all()}
        wanted = (language or get_language() or settings.LANGUAGE_CODE, *language_codes())
        return next((texts[code] for code in wanted if code in texts), None)

    def texts_by_language(self) -> list[tuple[str, CardText | None]]:
        """Return each of the site's languages with the card's text in it, None where it is missing."""
        texts = {text.language: text for text in self.texts.all()}
        return [(code, texts.get(code)) for code in language_codes()]

    def clean(self) -> None:
        if self.author_id and self.author_id == self.reviewer_id:
            raise ValidationError({"reviewer": _("A card is reviewed by someone other than its author.")})
        thresholds = self.thresholds
        if not (
            isinstance(thresholds, list)
            and len(thresholds) == len(default_thresholds())
            and all(isinstance(value, int | float) for value in thresholds)
            and thresholds == sorted(set(thresholds))
            and 0 < thresholds[0] <= thresholds[-1] <= 1
        ):
            raise ValidationError({"thresholds": _("Three rising numbers between 0 and 1 are needed.")})
        floors = self.floors
        if not isinstance(floors, dict) or any(
            key not in DIMENSIONS or not isinstance(value, int | float) or not 0 <= value <= 1
            for key, value in floors.items()
        ):
            raise ValidationError({"floors": _("Floors are numbers between 0 and 1 by dimension.")})


class CardText(models.Model):
    """The long texts of a card in one language, with a state of their own."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        REVIEWED = "reviewed", _("reviewed")

    version = ParentalKey(Version, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.DRAFT)
    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(_("summary"), max_length=400)
    problem = models.TextField(_("the problem"))
    mechanism = models.TextField(_("how and why it works"))
    gains_municipality = models.TextField(_("what the municipality gains"))
    gains_cooperative = models.TextField(_("what the cooperative gains"))
    gains_people = models.TextField(_("what people gain"))
    origin_context = models.TextField(_("where it comes from"))
    evidence = models.TextField(_("what is known of results"))
    fragility = models.TextField(_("what can break it"))
    review = models.TextField(_("what this card rests on"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("text of a card"), _("texts of a card")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="one_text_per_language")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return self.version.get_absolute_url()


class Component(models.Model):
    """A building block: without a core one it is another practice."""

    version = ParentalKey(Version, on_delete=models.CASCADE, related_name="components")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    is_core = models.BooleanField(_("core"), default=True)
    name = WordsField(_("name"))
    description = WordsField(_("description"), is_long=True)

    class Meta:
        verbose_name, verbose_name_plural = _("building block"), _("building blocks")
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Clause(ClusterableModel):
    """A necessary condition: met when one of its alternatives is."""

    version = ParentalKey(Version, on_delete=models.CASCADE, related_name="clauses")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(_("key"), help_text=_("Keeps its meaning through all versions."))
    name = WordsField(_("name"))

    class Meta:
        verbose_name, verbose_name_plural = _("condition"), _("conditions")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_clause_per_key")]

    def __str__(self) -> str:
        return str(self.name)


class Alternative(models.Model):
    """One way of meeting a condition."""

    clause = ParentalKey(Clause, on_delete=models.CASCADE, related_name="alternatives")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(
        _("key"), help_text=_("Unique on the card; keeps its meaning through all versions.")
    )
    statement = WordsField(_("statement"), is_long=True)
    legal_basis = WordsField(_("legal basis"), blank=True)
    verified_by = WordsField(_("who can check"), blank=True)
    changed_by = models.CharField(_("who can change it"), max_length=12, choices=ChangedBy)
    cost_class = models.PositiveSmallIntegerField(
        _("what it takes"), choices=CostClass, default=CostClass.DECISION
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("alternative"), _("alternatives")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["clause", "key"], name="one_alternative_per_key")]

    def __str__(self) -> str:
        return str(self.statement)


class Criterion(models.Model):
    """What makes the practice stronger or weaker in a place: an official figure or an anchored question."""

    version = ParentalKey(Version, on_delete=models.CASCADE, related_name="criteria")
    sort_order_field = "sort_order"  # rows are put in order by hand
    sort_order = models.PositiveSmallIntegerField(_("order"), default=1)
    key = models.SlugField(_("key"), help_text=_("Keeps its meaning through all versions."))
    dimension = models.CharField(_("dimension"), max_length=12, choices=Dimension)
    weight = models.FloatField(
        _("weight within its dimension"), validators=[MinValueValidator(0.0), MaxValueValidator(1.0)]
    )
    name = WordsField(_("name"))
    mechanism = WordsField(_("works because"), is_long=True)
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="criteria", verbose_name=_("indicator")
    )
    points = models.JSONField(_("value function: pairs of figure and value"), default=list, blank=True)
    points_reason = WordsField(_("why these points"), is_long=True, blank=True)
    question = WordsField(_("question"), is_long=True, blank=True)
    anchors = models.JSONField(_("what levels 0 to 5 mean, by language"), default=dict, blank=True)
    is_alterable = models.BooleanField(_("can be changed"), default=False)
    changed_by = models.CharField(
        _("who can change it"), max_length=12, choices=ChangedBy, default=ChangedBy.NOBODY
    )
    cost_class = models.PositiveSmallIntegerField(
        _("what it takes"), choices=CostClass, default=CostClass.NONE
    )
    step = WordsField(_("the step to take"), is_long=True, blank=True)
    step_reading = models.FloatField(
        _("reading after the step"),
        null=True,
        blank=True,
        help_text=_("The level of a question, or the figure, that the step is expected to bring."),
    )
    origin_reading = models.FloatField(_("reading at the origin"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("criterion"), _("criteria")
        ordering = ["sort_order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="one_criterion_per_key")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def is_question(self) -> bool:
        return self.indicator_id is None

    def value_function(self) -> ValueFunction:
        """Return how a reading becomes a value between 0 and 1."""
        if self.is_question:
            return ValueFunction(((0.0, 0.0), (float(LEVELS - 1), 1.0)))
        return ValueFunction(tuple((float(x), float(y)) for x, y in self.points))

    def levels(self, language: str | None = None) -> list[tuple[int, str]]:
        """Return the anchored levels in the active language, else in the first one that has them."""
        wanted = (language or get_language() or settings.LANGUAGE_CODE, *language_codes())
        texts: list[Any] = next((self.anchors[code] for code in wanted if code in self.anchors), [])
        return list(enumerate(texts))

    def level_words(self) -> list[tuple[int, Words]]:
        """Return each anchored level with its text in every language that has one."""
        return [
            (level, Words({code: texts[level] for code, texts in self.anchors.items() if level < len(texts)}))
            for level in range(LEVELS)
        ]

    def clean(self) -> None:
        if self.is_question:
            given = {"step_reading": self.step_reading, "origin_reading": self.origin_reading}
            wrong = [name for name, reading in given.items() if reading not in {None, *range(LEVELS)}]
            if wrong:
                raise ValidationError(dict.fromkeys(wrong, _("A level is a whole number from 0 to 5.")))
            if not self.question:
                raise ValidationError({"question": _("A criterion needs an indicator or a question.")})
            if not self.anchors or any(len(texts) != LEVELS for texts in self.anchors.values()):
                raise ValidationError({"anchors": _("A question needs six anchors, for the levels 0 to 5.")})
            return
        try:
            self.value_function()
        except (MethodError, TypeError, ValueError) as error:
            raise ValidationError({"points": str(error)}) from error
