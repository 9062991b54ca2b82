"""Addresses of assessments, plans, decisions, adoptions, the method and the river."""

from sadzonka.transfer.adoption import urls as adoption
from sadzonka.transfer.assessment import urls as assessment
from sadzonka.transfer.calibration import urls as calibration
from sadzonka.transfer.method import urls as method
from sadzonka.transfer.river import urls as river
from sadzonka.transfer.screening import urls as screening

urlpatterns = [
    *assessment.urlpatterns,
    *adoption.urlpatterns,
    *calibration.urlpatterns,
    *method.urlpatterns,
    *river.urlpatterns,
    *screening.urlpatterns,
]
