"""Addresses of plans, decisions and adoptions."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.transfer.adoption.views import adoptions, plans

urlpatterns: list[URLPattern] = [
    path(_("assessments/<int:pk>/plan/"), plans.plan_start, name="plan_start"),
    path(_("plans/<int:pk>/"), plans.plan, name="plan"),
    path(_("plans/<int:pk>/summary/"), plans.plan_summary, name="plan_summary"),
    path(_("plans/<int:pk>/steps/new/"), plans.step_new, name="step_new"),
    path(_("plans/<int:pk>/steps/<int:step_pk>/"), plans.step, name="step"),
    path(_("plans/<int:pk>/steps/<int:step_pk>/remove/"), plans.step_remove, name="step_remove"),
    path(_("plans/<int:pk>/steps/<int:step_pk>/done/"), plans.step_done, name="step_done"),
    path(_("plans/<int:pk>/decision/"), plans.decision, name="decision"),
    path(_("adoptions/"), adoptions.adoption_list, name="adoptions"),
    path(_("adoptions/new/"), adoptions.adoption_new, name="adoption_new"),
    path(_("adoptions/<int:pk>/"), adoptions.adoption, name="adoption"),
    path(_("adoptions/<int:pk>/stage/"), adoptions.adoption_stage, name="adoption_stage"),
    path(_("adoptions/<int:pk>/adaptations/"), adoptions.adoption_adaptations, name="adoption_adaptations"),
    path(_("adoptions/<int:pk>/stages/<slug:outcome>/"), adoptions.stage, name="stage"),
]
