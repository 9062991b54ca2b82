"""Addresses of assessments, plans, decisions, adoptions and the river."""

from sadzonka.transfer.adoption import urls as adoption
from sadzonka.transfer.assessment import urls as assessment

urlpatterns = [*assessment.urlpatterns, *adoption.urlpatterns]
