"""The mail that passes a question on, in the host's language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from sadzonka.conversations.authors import author_line
from sadzonka.conversations.models import Question
from sadzonka.outbox.links import address_of
from sadzonka.outbox.models import Link


@dataclass(frozen=True, slots=True)
class Proposal:
    """What staff find in the form and may change before it is sent."""

    subject: str
    body: str


def proposal(question: Question, language: str) -> Proposal:
    """Return the mail about a question as we propose it."""
    with translation.override(language):
        asker = author_line(question.asked_by)
        return Proposal(
            _("A question from a study visit: %(name)s") % {"name": question.host.name},
            render_to_string(
                "conversations/mails/question.txt",
                {"question": question, "asker": asker, "language_name": _language_name(question.language)},
            ).strip(),
        )


def ending(question: Question, language: str, link: Link | None = None) -> str:
    """Return what stands under the text: where to answer and until when; without a link, what will stand."""
    with translation.override(language):
        return render_to_string(
            "conversations/mails/ending.txt",
            {
                "address": address_of(link) if link else _("[the address at which the host answers]"),
                "until": link.expires_at if link else None,
                "project": getattr(question.subject, "project", None),
            },
        ).strip()


def _language_name(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))
