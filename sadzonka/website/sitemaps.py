"""What search engines may know: pages, practices, organisations, visits; municipalities only as one list."""

from __future__ import annotations

from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.db.models import Model, QuerySet
from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from sadzonka.organisations.models import Organisation
from sadzonka.practices.models import Version
from sadzonka.practices.queries import shown_versions
from sadzonka.visits.models import Visit
from sadzonka.visits.queries import announced_visits


class InEveryLanguage(DjangoSitemap[Model]):
    """Addresses that exist in every language of the site."""

    i18n = alternates = True


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


SITEMAPS = {"pages": PageSitemap, "practices": Practices, "visits": Visits, "organisations": Organisations}
