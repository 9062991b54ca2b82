"""The fixed words of a practice card: dimensions, who can change something, what it takes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

LEVELS = 6  # anchored questions have the levels 0 to 5


class Dimension(models.TextChoices):
    """The five fixed dimensions of method section 1."""

    NEED = "need", _("need")
    FIT = "fit", _("fit of context")
    READINESS = "readiness", _("readiness of the people involved")
    FEASIBILITY = "feasibility", _("feasibility: money, staff, law in practice")
    SUPPORT = "support", _("support for the transfer")


class ChangedBy(models.TextChoices):
    """Who can change a condition or a criterion."""

    MUNICIPALITY = "municipality", _("the municipality")
    COUNTY = "county", _("the county")
    REGION = "region", _("the region")
    STATE = "state", _("parliament or government")
    PARTNER = "partner", _("a partner")
    NOBODY = "nobody", _("nobody")


class CostClass(models.IntegerChoices):
    """What it takes to change something, in four classes."""

    NONE = 0, _("no cost")
    DECISION = 1, _("a decision only")
    BUDGET = 2, _("money within a budget year")
    INVESTMENT = 3, _("an investment")
