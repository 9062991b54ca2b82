"""What the desk says about a visit in words: what waits for somebody, and where it is done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from sadzonka.common.templatetags.words import day
from sadzonka.outbox.models import Mail
from sadzonka.visits.lifecycle import ENDED
from sadzonka.visits.models import AgendaItem, Application, Call, Visit

if TYPE_CHECKING:
    from sadzonka.visits.desk.queries import Counts

Standing = Application.State
Reply = AgendaItem.Reply
State = Visit.State
UNDER_WAY = (State.RUNNING, State.COMPLETED)


@dataclass
class Line:
    """One part of running a visit: the page where it is done, what waits there, what else can be said."""

    title: str
    page: str
    waits: list[str] = field(default_factory=list)
    says: list[str] = field(default_factory=list)


def lines_of(visit: Visit, counts: Counts) -> list[Line]:
    """Return what there is to do and to know, in the order in which a visit goes on."""
    call: Call | None = getattr(visit, "call", None)
    lines = [_call(visit, call)]
    if call:
        lines += [_applications(counts), _choice(call, counts)]
    lines += [_mails(counts), _agenda(counts)]
    if counts.hosts:
        lines.append(_hosts(visit, counts))
    if visit.state in UNDER_WAY and counts.applications[Standing.CONFIRMED]:
        lines.append(_attendance(counts))
    if visit.state in UNDER_WAY or counts.sheets:
        lines.append(_debriefs(counts))
    lines.append(_goals(visit, counts))
    if visit.state in ENDED:
        lines.append(Line(_("What followed"), "visit_river"))
    return lines


def waiting_in(visit: Visit, counts: Counts) -> list[str]:
    """Return only what waits for somebody."""
    return [sentence for line in lines_of(visit, counts) for sentence in line.waits]


def _counted(*pairs: tuple[int, object]) -> list[str]:
    """Say each number that is not zero."""
    return [str(words % number) for number, words in pairs if number]  # type: ignore[operator]


def _call(visit: Visit, call: Call | None) -> Line:
    line = Line(_("Call"), "call_edit")
    if call is not None:
        opens, closes = (day(timezone.localtime(at).date()) for at in (call.opens_at, call.closes_at))
        line.says = [
            _("from %(opens)s to %(closes)s") % {"opens": opens, "closes": closes},
            *_counted((call.places, ngettext_lazy("%d place", "%d places"))),
        ]
    elif visit.state not in ENDED:
        line.says = [_("no call; an invited group needs none")]
    return line


def _applications(counts: Counts) -> Line:
    of = counts.applications
    return Line(
        _("Applications"),
        "applications",
        waits=_counted(
            (of[Standing.SUBMITTED], ngettext_lazy("%d application to check", "%d applications to check")),
        ),
        says=_counted(
            (
                of[Standing.RETURNED],
                ngettext_lazy("%d returned for completion", "%d returned for completion"),
            ),
            (
                counts.undelegated,
                ngettext_lazy(
                    "%d not confirmed by the institution yet", "%d not confirmed by their institutions yet"
                ),
            ),
            (of[Standing.STARTED], ngettext_lazy("%d begun and not sent", "%d begun and not sent")),
            (
                of.total() - of[Standing.STARTED],
                ngettext_lazy("%d application was sent", "%d applications were sent"),
            ),
        ),
    )


def _choice(call: Call, counts: Counts) -> Line:
    of = counts.applications
    return Line(
        _("Scores and choice"),
        "choice",
        waits=_counted(
            (
                counts.unscored,
                ngettext_lazy(
                    "%d application without two complete reviews",
                    "%d applications without two complete reviews",
                ),
            ),
            (of[Standing.ELIGIBLE], ngettext_lazy("%d application to decide", "%d applications to decide")),
            (
                counts.lapsed,
                ngettext_lazy(
                    "%d offered place not accepted in time", "%d offered places not accepted in time"
                ),
            ),
        ),
        says=[
            _("%(held)d of %(places)d places are held") % {"held": counts.held, "places": call.places},
            *_counted(
                (
                    of[Standing.CHOSEN],
                    ngettext_lazy("%d of them to be accepted", "%d of them to be accepted"),
                ),
                (of[Standing.RESERVE], ngettext_lazy("%d on the reserve list", "%d on the reserve list")),
            ),
        ],
    )


def _mails(counts: Counts) -> Line:
    of = counts.mails
    return Line(
        _("Mails"),
        "desk_mails",
        waits=_counted(
            (of[Mail.State.DRAFT], ngettext_lazy("%d mail to review", "%d mails to review")),
            (
                of[Mail.State.FAILED],
                ngettext_lazy("%d mail could not be delivered", "%d mails could not be delivered"),
            ),
        ),
        says=_counted(
            (
                of[Mail.State.WAITING] + of[Mail.State.SENDING],
                ngettext_lazy("%d on its way", "%d on their way"),
            ),
            (of[Mail.State.SENT], ngettext_lazy("%d sent", "%d sent")),
        )
        or ([] if of else [_("none yet")]),
    )


def _agenda(counts: Counts) -> Line:
    return Line(
        _("Agenda"),
        "visit_agenda",
        says=_counted(
            (
                counts.items,
                ngettext_lazy(
                    "%d item; what does not fit stands beside it",
                    "%d items; what does not fit stands beside them",
                ),
            )
        )
        or [_("no items yet")],
    )


def _hosts(visit: Visit, counts: Counts) -> Line:
    of = counts.hosts
    to_do = _counted(
        (of[Reply.NOT_ASKED], ngettext_lazy("%d host not asked", "%d hosts not asked")),
        (of[Reply.DECLINED], ngettext_lazy("%d host cannot receive you", "%d hosts cannot receive you")),
        (
            of[Reply.LAPSED],
            ngettext_lazy(
                "%d item changed since its host confirmed it",
                "%d items changed since their hosts confirmed them",
            ),
        ),
    )
    known = _counted(
        (of[Reply.ASKED], ngettext_lazy("%d asked and not answered", "%d asked and not answered")),
        (of[Reply.CONFIRMED], ngettext_lazy("%d confirmed by the host", "%d confirmed by the hosts")),
    )
    is_over = visit.state in (State.RUNNING, *ENDED)
    return Line(_("Hosts"), "host_requests", waits=[] if is_over else to_do, says=known)


def _attendance(counts: Counts) -> Line:
    return Line(
        _("Attendance"),
        "attendance",
        waits=_counted(
            (
                counts.items_unattended,
                ngettext_lazy(
                    "%d item where nobody noted who was there", "%d items where nobody noted who was there"
                ),
            )
        ),
        says=[
            _("noted at %(noted)d of %(items)d items so far")
            % {"noted": counts.items_over - counts.items_unattended, "items": counts.items_over}
        ],
    )


def _debriefs(counts: Counts) -> Line:
    return Line(
        _("Sheets and debriefs"),
        "debriefs",
        waits=_counted(
            (
                counts.debriefs_open,
                ngettext_lazy("%d debrief without an agreed text", "%d debriefs without an agreed text"),
            )
        ),
        says=_counted(
            (counts.sheets, ngettext_lazy("%d sheet", "%d sheets")),
            (counts.sheets_shared, ngettext_lazy("%d of them shared", "%d of them shared")),
            (counts.debriefs_agreed, ngettext_lazy("%d agreed text", "%d agreed texts")),
        )
        or [_("no sheets yet")],
    )


def _goals(visit: Visit, counts: Counts) -> Line:
    line = Line(_("Goals"), "goals_edit", says=[_("no goals yet")])
    if counts.goals:
        line.says = _counted((counts.goals, ngettext_lazy("%d goal", "%d goals")))
    unknown = _counted(
        (counts.goals_unknown, ngettext_lazy("%d goal without a result", "%d goals without a result"))
    )
    if visit.state == State.COMPLETED:
        line.waits = unknown
    return line
