"""What the news that closes a visit says: each goal a sentence with its numbers, and where it can be read."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sadzonka.common.templatetags.words import day, without_references
from sadzonka.common.words import Words
from sadzonka.visits.goals.outcomes import Outcome, Verdict, tally
from sadzonka.visits.models import Visit

TITLE_LENGTH, SUMMARY_LENGTH = 200, 500


def title_of(visit: Visit) -> str:
    return Truncator(_("What was achieved: %(visit)s") % {"visit": visit.title}).chars(TITLE_LENGTH)


def summary_of(visit: Visit, outcomes: list[Outcome]) -> str:
    """Return when the visit was, and how many of its goals were reached, not reached, not known."""
    found = tally(outcomes)
    parts = [
        _("The visit lasted from %(first)s to %(last)s.")
        % {"first": day(visit.starts_on), "last": day(visit.ends_on)}
    ]
    if found.goals:
        parts.append(
            ngettext(
                "%(reached)s of %(count)s goal was reached.",
                "%(reached)s of %(count)s goals were reached.",
                found.goals,
            )
            % {"reached": found.reached, "count": found.goals}
        )
    if found.unknown:
        parts.append(
            ngettext(
                "About %(count)s goal it is not known yet.",
                "About %(count)s goals it is not known yet.",
                found.unknown,
            )
            % {"count": found.unknown}
        )
    return Truncator(" ".join(parts)).chars(SUMMARY_LENGTH)


def body_of(visit: Visit, outcomes: list[Outcome]) -> SafeString:
    """Return the text: the goals one by one, and the way to the page that proves them."""
    goals = format_html_join("", "<li>{}</li>", ((_sentence(one),) for one in outcomes))
    return format_html(
        '<h2>{}</h2><ul>{}</ul><p><a href="{}">{}</a></p><p><a href="{}">{}</a></p>',
        _("The goals"),
        goals or format_html("<li>{}</li>", _("No goals were written down for this visit.")),
        reverse("goals", args=[visit.slug]),
        _("The goals against the evidence"),
        visit.get_absolute_url(),
        _("The visit with its agenda"),
    )


def _sentence(outcome: Outcome) -> SafeString:
    goal = outcome.goal
    numbers = {
        "achieved": _number(outcome.achieved),
        "target": _number(goal.target),
        "measure": _plain(outcome.measured),
    }
    result = {
        Verdict.REACHED: _("Reached: %(achieved)s of %(target)s"),
        Verdict.NOT_REACHED: _("Not reached: %(achieved)s of %(target)s"),
        Verdict.UNKNOWN: _("Whether this was reached is not known yet"),
    }[outcome.verdict] % numbers
    measure = f" ({numbers['measure']})" if numbers["measure"] else ""
    links = [(_plain(one.label), one.url) for one in goal.evidence.all()]
    links += [(page.label, page.url) for page in outcome.pages]
    joined = format_html_join(", ", '<a href="{1}">{0}</a>', links)
    note = _plain(goal.note)
    return format_html(
        "<b>{}</b> {}{}.{}{}",
        _plain(goal.text),
        result,
        measure,
        f" {note}" if note else "",
        format_html(" {} {}", _("To read:"), joined) if links else "",
    )


def _plain(words: Words | str) -> str:
    """Return a text in the reader's language, or in another with its name in brackets."""
    if not isinstance(words, Words):
        return str(words)
    saying = words.saying()
    text = without_references(saying.text)
    return f"{text} ({dict(settings.LANGUAGES)[saying.language]})" if saying.is_fallback else text


def _number(number: Decimal | None) -> str:
    return "" if number is None else number_format(f"{number.normalize():f}")
