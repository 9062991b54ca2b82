"""Mail on its way: what the worker delivers, and what its readers find in it."""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import urlsplit

from django.core import mail as locmem
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from sadzonka.outbox.actions import deliver
from sadzonka.outbox.models import Mail
from tests.journeys.visitor import Visitor

ADDRESS = re.compile(r"https?://\S+")


def delivers() -> list[Mail]:
    """Let the worker take each job twice, as after a crash; return what went out, each mail once."""
    waiting = list(Mail.objects.filter(state=Mail.State.WAITING, not_before__lte=timezone.now()))
    before = len(locmem.outbox)
    for mail in [*waiting, *waiting]:
        deliver.func(mail.pk)
    sent = [(message.to[0], message.subject, message.body) for message in locmem.outbox[before:]]
    assert Counter(sent) == Counter((mail.recipient, mail.subject, mail.body) for mail in waiting)
    return waiting


def newest_to(recipient: str) -> Mail:
    """Return the newest mail that somebody has received."""
    return Mail.objects.filter(recipient=recipient, state=Mail.State.SENT).order_by("pk").reverse()[0]


def link_in(mail: Mail, page: str) -> str:
    """Return the path of the one link of a mail to a page, by the page's name: application, hosting."""
    with override(mail.language):
        beginning = reverse(page, args=["token"]).removesuffix("token/")
    found = {urlsplit(address).path for address in ADDRESS.findall(mail.body)}
    found = {path for path in found if path.startswith(beginning)}
    assert len(found) == 1, f"{len(found)} links to {page} in “{mail.subject}”"
    return found.pop()


def follows_the_link(email: str, page: str, *, language: str = "en") -> Visitor:
    """Open, in a browser that nobody is signed in to, the link in the newest mail to somebody."""
    visitor = Visitor(language)
    visitor.opens(link_in(newest_to(email), page))
    return visitor


def releases_everything(desk: Visitor, slug: str) -> int:
    """Read and release every drafted mail on the desk, page by page; return how many there were."""
    released = 0
    desk.opens(f"/{desk.language}/visits/{slug}/desk/mails/")
    while boxes := desk.page.select("article.letter input[type=checkbox]"):
        ticks = {str(box["name"]): "on" for box in boxes}
        desk.presses("Release all ticked", ticks)
        released += len(ticks)
    return released
