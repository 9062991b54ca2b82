"""The address of a comparison; before that of analyses, whose last part is the slug of a practice."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.transfer.comparison import views

urlpatterns: list[URLPattern] = [
    path(
        _("municipalities/<str:country>/<str:code>/compare/"),
        views.municipality_comparison,
        name="municipality_comparison",
    ),
]
