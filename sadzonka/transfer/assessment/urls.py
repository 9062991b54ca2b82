"""Addresses of the assessment of practices."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.transfer.assessment import views

urlpatterns: list[URLPattern] = [
    path(_("team/<str:country>/<str:code>/"), views.team, name="team"),
    path(_("team/<str:country>/<str:code>/start/"), views.assessment_start, name="assessment_start"),
    path(_("assessments/<int:pk>/"), views.assessment, name="assessment"),
    path(_("assessments/<int:pk>/answers/"), views.ballot, name="ballot"),
    path(_("assessments/<int:pk>/discussion/"), views.discussion, name="discussion"),
    path(_("assessments/<int:pk>/conditions/"), views.conditions, name="conditions"),
    path(_("assessments/<int:pk>/next/"), views.assessment_next, name="assessment_next"),
    path(_("assessments/<int:pk>/record.json"), views.assessment_record, name="assessment_record"),
]
