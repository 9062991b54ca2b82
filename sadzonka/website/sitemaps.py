"""What search engines may know: pages, practices, organisations, visits; municipalities only as one list."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.db.models import Model, QuerySet
from django.urls import reverse
from wagtail.contrib.sitemaps import Sitemap as PageSitemap
from wagtail.models import Page

from sadzonka.organisations.models import Organisation
from sadzonka.practices.models import Version
from sadzonka.practices.queries import shown_versions
from sadzonka.transfer.adoption.queries import told_adoptions
from sadzonka.transfer.models import Adoption
from sadzonka.visits.models import Visit
from sadzonka.visits.queries import announced_visits


class Pages(PageSitemap):
    """The public pages of every language; Wagtail's own list has those of the site's first language only."""

    def items(self) -> QuerySet[Page]:
        return Page.objects.live().public().filter(depth__gt=1).order_by("path").specific()


class InEveryLanguage(DjangoSitemap[Model]):
    """Addresses that exist in every language of the site."""

    i18n = alternates = True


class Explanations(DjangoSitemap[str]):
    """The method, and how what it anticipated turned out."""

    i18n = alternates = True

    def items(self) -> list[str]:
        return ["method", "calibration"]

    def location(self, item: str) -> str:
        return reverse(item)


class Practices(InEveryLanguage):
    """The shown practice cards."""

    def items(self) -> QuerySet[Version]:
        return shown_versions()


class Visits(InEveryLanguage):
    """The announced visits."""

    def items(self) -> QuerySet[Visit]:
        return announced_visits()


class Organisations(InEveryLanguage):
    """The directory."""

    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.all()


class Adoptions(InEveryLanguage):
    """The stories of municipalities, failures included."""

    def items(self) -> QuerySet[Adoption]:
        return told_adoptions().order_by("pk")


SITEMAPS = {
    "pages": Pages,
    "explanations": Explanations,
    "practices": Practices,
    "visits": Visits,
    "organisations": Organisations,
    "adoptions": Adoptions,
}
