"""Addresses of assessments, plans, decisions, adoptions and the river."""

from sadzonka.transfer.adoption import urls as adoption
from sadzonka.transfer.assessment import urls as assessment
from sadzonka.transfer.river import urls as river

urlpatterns = [*assessment.urlpatterns, *adoption.urlpatterns, *river.urlpatterns]
