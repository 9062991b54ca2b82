"""Addresses: reading official files, releases, coverage, and what is stale."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.places.desk import overviews, views

urlpatterns: list[URLPattern] = [
    path(_("statistics/desk/"), views.imports, name="imports"),
    path(_("statistics/desk/files/<int:number>/"), views.file_import, name="import"),
    path(_("statistics/desk/files/<int:number>/choices/"), views.import_choices, name="import_choices"),
    path(_("statistics/desk/files/<int:number>/import/"), views.import_start, name="import_start"),
    path(_("statistics/desk/files/<int:number>/again/"), views.import_again, name="import_again"),
    path(_("statistics/desk/files/<int:number>/discard/"), views.import_discard, name="import_discard"),
    path(_("statistics/desk/files/<int:number>/report.csv"), views.import_report, name="import_report"),
    path(_("statistics/desk/releases/"), overviews.releases, name="releases"),
    path(_("statistics/desk/releases/<slug:key>/"), overviews.release, name="release"),
    path(_("statistics/desk/coverage/"), overviews.coverage, name="coverage"),
    path(_("statistics/desk/stale/"), overviews.stale, name="stale"),
]
