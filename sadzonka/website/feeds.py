"""The news as an Atom feed, one per language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Locale

from sadzonka.website.models import NewsPage, news_in

NEWEST = 30


class NewsFeed(Feed[NewsPage, Locale]):
    """The newest news of the language in the address."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Locale:
        return Locale.objects.get(language_code=get_language() or settings.LANGUAGE_CODE)

    def title(self, locale: Locale) -> str:
        return "Sadzonka: " + _("News")

    def link(self, locale: Locale) -> str:
        return f"/{locale.language_code}/"

    def items(self, locale: Locale) -> list[NewsPage]:
        return list(news_in(locale)[:NEWEST])

    def item_title(self, item: NewsPage) -> str:
        return str(item.title)

    def item_description(self, item: NewsPage) -> str:
        return str(item.summary)

    def item_link(self, item: NewsPage) -> str:
        return str(item.url)  # the feed puts the reader's own host before it

    def item_pubdate(self, item: NewsPage) -> dt.datetime:
        return make_aware(dt.datetime.combine(item.date, dt.time(12)))
