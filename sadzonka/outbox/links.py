"""Reading signed links: whose token this is, and where a link leads."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.signing import BadSignature
from django.urls import reverse
from django.utils import translation

from sadzonka.outbox.models import Link, signer

TOKEN = re.compile(r"(?<=/)[0-9]+(?::|%3A)[\w-]{20,}(?=/)")


class LinkIsWrong(Exception):
    """No link has this token: it was mistyped, guessed, or made for another purpose."""


class LinkIsOver(Exception):
    """The link was good once; it has ended or was revoked."""


def link_of_token(purpose: Link.Purpose, token: str) -> Link:
    """Return the valid link that a token stands for; raise LinkIsWrong or LinkIsOver."""
    try:
        number = int(signer(purpose).unsign(token))
    except (BadSignature, ValueError) as error:
        raise LinkIsWrong from error
    link = Link.objects.filter(pk=number, purpose=purpose).first()
    if link is None:
        raise LinkIsWrong
    if not link.is_valid:
        raise LinkIsOver
    return link


def address_of(link: Link) -> str:
    """Return the whole address of a link, in its language, for a mail; its page has the purpose's name."""
    with translation.override(link.language):
        return settings.BASE_ADDRESS.rstrip("/") + reverse(link.purpose, args=[link.token])


def without_tokens(text: str) -> str:
    """Return a mail's text for readers other than its recipient: its links no longer open anything."""
    return TOKEN.sub("…", text)
