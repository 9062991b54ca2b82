"""Addresses of screenings, invitation lists, and what a region could use."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.transfer.screening.views import invitations, places, regions, screenings

urlpatterns: list[URLPattern] = [
    path(_("screenings/"), screenings.screening_list, name="screenings"),
    path(_("screenings/regions/"), regions.region_choice, name="region_screenings"),
    path(_("screenings/regions/<str:country>/<str:code>/"), regions.region, name="region_screening"),
    path(_("screenings/<int:number>/"), screenings.screening, name="screening"),
    path(_("screenings/<int:number>/again/"), screenings.screening_again, name="screening_again"),
    path(_("screenings/<int:number>/table.csv"), screenings.screening_table, name="screening_table"),
    path(_("screenings/<int:number>/invitations/"), invitations.invitation_list, name="invitation_list"),
    path(
        _("screenings/<int:number>/invitations/draft/"),
        invitations.invitation_draft,
        name="invitation_draft",
    ),
    path(_("screenings/<int:number>/invitations/add/"), invitations.invitation_add, name="invitation_add"),
    path(
        _("screenings/<int:number>/invitations/table.csv"),
        invitations.invitation_table,
        name="invitation_table",
    ),
    path(_("screenings/<int:number>/<str:code>/"), places.place, name="screening_place"),
]
