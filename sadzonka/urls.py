"""Every address of the site; those for readers begin with their language."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as admin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as document_urls

from sadzonka.api import api
from sadzonka.conversations import urls as conversations
from sadzonka.funding import views as funding
from sadzonka.organisations import views as organisations
from sadzonka.people import views as people
from sadzonka.places import urls as places
from sadzonka.practices import urls as ideas
from sadzonka.practices import views as practices
from sadzonka.transfer import urls as assessments
from sadzonka.transfer import views as transfer
from sadzonka.transfer.comparison import urls as comparison
from sadzonka.visits import views as visits
from sadzonka.visits.agenda import urls as agenda
from sadzonka.visits.attendance import urls as attendance
from sadzonka.visits.desk import urls as desk
from sadzonka.visits.exchange import urls as exchange
from sadzonka.visits.goals import urls as goals
from sadzonka.visits.observation import urls as observation
from sadzonka.visits.recruitment import urls as recruitment
from sadzonka.website import urls as own
from sadzonka.website import views as website
from sadzonka.website.feeds import NewsFeed
from sadzonka.website.sitemaps import SITEMAPS

urlpatterns = [
    path("", website.front, name="front"),
    # Wagtail's own sign-in knows neither our rate limits nor the second factor.
    path("admin/login/", website.sign_in, name="admin_sign_in"),
    path("admin/password_reset/", website.reset_password, name="admin_reset_password"),
    path("admin/", include(admin_urls)),
    path("documents/", include(document_urls)),
    path("media/<path:path>", website.media, name="media"),
    path("api/", api.urls),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", website.robots, name="robots"),
    path("healthz", website.health, name="health"),
    *i18n_patterns(
        path(_("account/"), include("allauth.urls")),
        path(_("sign-in/<uidb64>/<token>/"), people.sign_in_once, name="sign_in_once"),
        path(_("practices/"), practices.practice_list, name="practices"),
        path(_("practices/<slug:slug>/"), practices.practice, name="practice"),
        path(_("organisations/"), organisations.organisation_list, name="organisations"),
        path(_("organisations/<slug:slug>/"), organisations.organisation, name="organisation"),
        path(_("visits/"), visits.visit_list, name="visits"),
        path(_("visits/series/<slug:slug>/"), visits.series, name="series"),
        path(_("visits/<slug:slug>/"), visits.visit, name="visit"),
        path(_("projects/<slug:slug>/"), funding.project, name="project"),
        path(_("municipalities/"), transfer.finder, name="municipalities"),
        *places.urlpatterns,
        path(_("municipalities/<str:country>/<str:code>/"), transfer.municipality, name="municipality"),
        *comparison.urlpatterns,
        path(_("municipalities/<str:country>/<str:code>/<slug:slug>/"), transfer.analysis, name="analysis"),
        *conversations.urlpatterns,
        *ideas.urlpatterns,
        *desk.urlpatterns,
        *exchange.urlpatterns,
        *agenda.urlpatterns,
        *recruitment.urlpatterns,
        *attendance.urlpatterns,
        *observation.urlpatterns,
        *goals.urlpatterns,
        *assessments.urlpatterns,
        *own.urlpatterns,
        path(_("contact/send/"), website.send_message, name="send_message"),
        path("feed.xml", NewsFeed(), name="news_feed"),
        path("", include(wagtail_urls)),
    ),
]
handler404 = "sadzonka.website.views.page_not_found"
handler500 = "sadzonka.website.views.server_error"
