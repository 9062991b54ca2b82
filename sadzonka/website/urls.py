"""The addresses of what is one's own."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.website import my_page
from sadzonka.website.closing import views as closing

urlpatterns: list[URLPattern] = [
    path(_("my/"), my_page.my, name="my"),
    path(_("visits/<slug:slug>/desk/closing-news/"), closing.closing_news, name="closing_news"),
]
