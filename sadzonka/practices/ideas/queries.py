"""Reading ideas and interest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from sadzonka.people.models import Person
from sadzonka.places.models import Municipality, Period
from sadzonka.practices.models import CardText, Idea, Interest, Practice, Version


def standing_interests(
    *, practices: Iterable[Practice | int] | None = None, since: dt.date | None = None
) -> QuerySet[Interest]:
    """Return the interests that nobody has withdrawn, the oldest first: in these practices, since that day.

    Without `practices` it is the interest in every practice and idea.
    """
    found = Interest.objects.filter(withdrawn_at=None).select_related("municipality")
    if practices is not None:
        found = found.filter(practice__in=list(practices))
    if since is not None:
        found = found.filter(declared_at__date__gte=since)
    return found.annotate(municipality_name=_name_today())


def _name_today() -> Subquery:
    """Return what an interest's municipality is called, so that a list need not ask for periods."""
    begun = Q(valid_from=None) | Q(valid_from__lte=timezone.localdate())
    periods = Period.objects.filter(begun, municipality=OuterRef("municipality"))
    return Subquery(periods.order_by(F("valid_from").desc(nulls_last=True)).values("name")[:1])


def interested_in(subject: Practice | Idea) -> list[Interest]:
    """Return the first standing interest of each municipality in a practice or an idea; one query."""
    return _first_of_each(_interests_in(subject))


def _first_of_each(interests: Iterable[Interest]) -> list[Interest]:
    first: dict[tuple[int, int | None, int | None], Interest] = {}
    for interest in interests:
        first.setdefault((interest.municipality_id, interest.practice_id, interest.idea_id), interest)
    return list(first.values())


def interests_in_versions(
    versions: Iterable[Version], *, since: dt.date | None = None
) -> list[tuple[Interest, CardText | None]]:
    """Return who is interested in these practices, each with the card's text; one query."""
    texts = {version.practice_id: version.text_in() for version in versions}
    found = _first_of_each(standing_interests(practices=texts, since=since))
    return [(interest, texts[interest.practice_id or 0]) for interest in found]


def interests_of(
    municipality: Municipality, versions: Iterable[Version]
) -> list[tuple[Interest, CardText | None]]:
    """Return what a municipality is interested in: shown practices, with their text, and ideas; one query."""
    texts = {version.practice_id: version.text_in() for version in versions}
    found = (
        standing_interests()
        .select_related("practice", "idea")
        .filter(Q(practice__in=list(texts)) | Q(idea__is_hidden=False), municipality=municipality)
    )
    return [(one, texts.get(one.practice_id or 0)) for one in _first_of_each(found)]


def interests_declared_by(person: Person | AnonymousUser, subject: Practice | Idea) -> list[Interest]:
    """Return a person's own standing interests in a practice or an idea."""
    return list(_interests_in(subject).filter(person=person)) if person.is_authenticated else []


def interests_with_reasons(subject: Practice | Idea) -> QuerySet[Interest]:
    """Return every standing interest with its person and note, for staff and controllers."""
    return _interests_in(subject).select_related("person")


def _interests_in(subject: Practice | Idea) -> QuerySet[Interest]:
    found = standing_interests()
    return found.filter(practice=subject) if isinstance(subject, Practice) else found.filter(idea=subject)


def municipalities_of(person: Person) -> QuerySet[Municipality]:
    """Return the municipalities that a person speaks for, with their names."""
    return Municipality.objects.filter(affiliations__person=person).prefetch_related("periods")


def ideas_listed(became: str = "") -> QuerySet[Idea]:
    """Return the ideas that everybody sees, the newest first, with what a list shows.

    `became` is "practice" for those that have become one, "idea" for those that have not.
    """
    found = _ideas().filter(is_hidden=False).order_by("-written_at", "-pk")
    if became:
        found = found.filter(practice__isnull=became != "practice")
    return found.annotate(
        interested_count=Count(
            "interests__municipality", filter=Q(interests__withdrawn_at=None), distinct=True
        )
    )


def idea_whole(number: int) -> Idea | None:
    """Return an idea, hidden or not, with everything that its page shows."""
    found = _ideas().select_related("author", "seen_at")
    return found.prefetch_related("author__affiliations__municipality__periods").filter(pk=number).first()


def _ideas() -> QuerySet[Idea]:
    return Idea.objects.select_related("municipality", "practice").prefetch_related(
        "municipality__periods", "practice__versions__texts"
    )


def practices_with_titles() -> list[tuple[int, str]]:
    """Return the practices by number and title, for a choice; one without a text by its slug."""
    newest: dict[int, str] = {}
    for version in (
        Version.objects.select_related("practice")
        .prefetch_related("texts")
        .order_by("practice__slug", "-number")
    ):
        text = version.text_in()
        newest.setdefault(version.practice_id, text.title if text else version.practice.slug)
    return list(newest.items())
