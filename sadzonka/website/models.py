"""Wagtail pages: home, news, contact, standing pages; and the messages that visitors send."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import RichTextField
from wagtail.models import Locale, Orderable, Page
from wagtail.search import index

from sadzonka.funding.models import Project
from sadzonka.practices.models import Practice, Version
from sadzonka.visits.models import Visit

if TYPE_CHECKING:
    from django.http import HttpRequest

NEWS_PER_PAGE = 20
PRACTICES_ON_HOME = 6
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link", "image", "blockquote"]


@register_setting
class Installation(BaseSiteSetting):
    """What this installation is."""

    is_demo = models.BooleanField(_("this is the demonstration"), default=False)

    class Meta:
        verbose_name = _("installation")


class HomePage(Page):
    """The front page of one language."""

    lead = models.TextField(_("lead"), max_length=500)
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        InlinePanel("blocks", heading=_("Short texts"), max_num=3),
    ]
    template = "website/home.html"

    class Meta:
        verbose_name, verbose_name_plural = _("home page"), _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "latest_news": news_in(self.locale)[:3],
            "shown_practices": Version.objects.filter(state__in=Version.SHOWN)
            .select_related("practice")
            .prefetch_related("texts")
            .order_by("practice__is_failure", "-published_on", "practice__slug")[:PRACTICES_ON_HOME],
        }


class HomeBlock(Orderable):
    """One of the short texts that say how the site works."""

    page = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="blocks")
    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=400)
    panels: ClassVar[list[Any]] = [FieldPanel("title"), FieldPanel("text")]


class NewsIndexPage(Page):
    """All news of one language, the newest first."""

    max_count_per_parent = 1
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = ["website.NewsPage"]
    template = "website/news_list.html"

    class Meta:
        verbose_name, verbose_name_plural = _("list of news"), _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(news_in(self.locale), NEWS_PER_PAGE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "found": page}


class NewsPage(Page):
    """A dated news item; the project it belongs to decides which marks it carries."""

    date = models.DateField(_("date"), default=timezone.localdate, db_index=True)
    summary = models.TextField(_("summary"), max_length=500)
    body = RichTextField(_("text"), features=TEXT_FEATURES)
    project = models.ForeignKey(
        Project, models.SET_NULL, null=True, blank=True, related_name="news", verbose_name=_("project")
    )
    visit = models.ForeignKey(
        Visit, models.SET_NULL, null=True, blank=True, related_name="news", verbose_name=_("visit")
    )
    practices = ParentalManyToManyField(
        Practice, blank=True, related_name="news", verbose_name=_("practices")
    )

    parent_page_types: ClassVar[list[str]] = ["website.NewsIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("date"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("project"), FieldPanel("visit"), FieldPanel("practices")], _("Belongs to")
        ),
    ]
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("body")]
    template = "website/news_item.html"

    class Meta:
        verbose_name, verbose_name_plural = _("news item"), _("news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context(request, *args, **kwargs),
            "previous": self.previous(),
            "next": self.next(),
            "visit": self.visit if self.visit and self.visit.state != Visit.State.DRAFT else None,
            "marks": self.project.programme.marks.all() if self.project else [],
            "shown_practices": Version.objects.filter(
                state__in=Version.SHOWN, practice__in=self.practices.all()
            )
            .select_related("practice")
            .prefetch_related("texts"),
        }

    def previous(self) -> NewsPage | None:
        """Return the news item before this one in time."""
        earlier = models.Q(date__lt=self.date) | models.Q(date=self.date, pk__lt=self.pk)
        return news_in(self.locale).filter(earlier).first()

    def next(self) -> NewsPage | None:
        """Return the news item after this one in time."""
        later = models.Q(date__gt=self.date) | models.Q(date=self.date, pk__gt=self.pk)
        return news_in(self.locale).filter(later).last()


def news_in(locale: Locale) -> models.QuerySet[NewsPage]:
    """Return the published news of one language, the newest first."""
    return NewsPage.objects.live().public().filter(locale=locale).order_by("-date", "-pk")


class ContactPage(Page):
    """A way to write to those who run the site."""

    lead = models.TextField(_("lead"), blank=True)
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("lead")]
    template = "website/contact.html"

    class Meta:
        verbose_name, verbose_name_plural = _("contact page"), _("contact pages")


class StandingPage(Page):
    """Method, privacy, accessibility and the like; its key finds it in every language."""

    key = models.SlugField(_("key"), help_text=_("The same in all languages."))
    body = RichTextField(_("text"), features=TEXT_FEATURES)
    parent_page_types: ClassVar[list[str]] = ["website.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("key"), FieldPanel("body")]
    template = "website/standing.html"

    class Meta:
        verbose_name, verbose_name_plural = _("standing page"), _("standing pages")


class ContactMessage(models.Model):
    """What a visitor wrote; its nonce makes a form that is sent twice one message."""

    nonce = models.UUIDField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    email = models.EmailField(_("e-mail address"))
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("message"), max_length=5000)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    sender_hash = models.CharField(
        max_length=64, db_index=True
    )  # keyed hash of the address; limits the rate only
    created_at = models.DateTimeField(_("received"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("contact message"), _("contact messages")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.subject
