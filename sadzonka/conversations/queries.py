"""Reading threads, messages, and questions to hosts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.urls import reverse

from sadzonka.conversations.models import Message, Question, Thread
from sadzonka.organisations.models import Organisation
from sadzonka.people.models import Person


@dataclass(frozen=True, slots=True)
class Discussion:
    """A thread as a page shows it; a standing theme is there before anybody has written under it."""

    key: str
    title: str
    thread: Thread | None
    messages: tuple[Message, ...]

    @property
    def is_closed(self) -> bool:
        return self.thread is not None and self.thread.is_closed

    @property
    def is_silenced(self) -> bool:
        """Whether all that was said under somebody's own title is hidden, and so is the title."""
        is_own = self.thread is not None and self.thread.theme == Thread.Theme.OTHER
        return is_own and all(message.is_hidden for message in self.messages)


def discussions_about(subject: models.Model) -> list[Discussion]:
    """Return the two standing themes, then the threads of a subject, with their messages; five queries."""
    messages = Message.objects.select_related("author").prefetch_related(
        "author__affiliations__municipality__periods"
    )
    threads = list(Thread.objects.filter(**_about(subject)).prefetch_related(Prefetch("messages", messages)))
    themes = {thread.theme: thread for thread in threads if thread.theme != Thread.Theme.OTHER}
    standing = [_discussion(str(theme), themes.get(theme), str(theme.label)) for theme in Thread.STANDING]
    own = [one for one in threads if one.theme == Thread.Theme.OTHER]
    return [*standing, *(_discussion(str(one.pk), one, str(one)) for one in own)]


def _discussion(key: str, thread: Thread | None, title: str) -> Discussion:
    return Discussion(key, title, thread, tuple(thread.messages.all()) if thread else ())


def _about(subject: models.Model) -> dict[str, Any]:
    return {"subject_type": ContentType.objects.get_for_model(subject), "subject_id": subject.pk}


def threads_about_any(*subjects: QuerySet[models.Model]) -> QuerySet[Thread]:
    """Return the threads about any of these subjects in which something can be read, the liveliest first."""
    wanted = Q()
    for some in subjects:
        kind = ContentType.objects.get_for_model(some.model)
        wanted |= Q(subject_type=kind, subject_id__in=some.order_by().values("pk"))
    is_shown = Q(messages__is_hidden=False)
    newest = Message.objects.filter(thread=OuterRef("pk"), is_hidden=False).order_by("-said_at", "-pk")
    return (
        Thread.objects.filter(wanted)
        .annotate(
            message_count=Count("messages", filter=is_shown),
            last_said_at=Max("messages__said_at", filter=is_shown),
            newest_text=Subquery(newest.values("text")[:1]),
            newest_language=Subquery(newest.values("language")[:1]),
        )
        .filter(message_count__gt=0)
        .order_by("-last_said_at", "-pk")
    )


def exchange_address(subject: models.Model) -> str:
    """Return where the threads of a practice, a visit or an organisation stand."""
    return reverse(f"{subject._meta.model_name}_exchange", args=[subject.slug])  # type: ignore[attr-defined]


def published_answers(hosts: list[Organisation]) -> QuerySet[Question]:
    """Return what hosts have answered and agreed to publish, the newest first."""
    return (
        Question.objects.filter(state=Question.State.PUBLISHED, host__in=hosts)
        .select_related("host")
        .order_by("-answered_at", "-pk")
    )


def questions_shown(subject: models.Model, reader: Person | AnonymousUser) -> list[Question]:
    """Return the published questions about a subject, and the reader's own in any state; one query.

    To an organisation belong all questions that it was asked, wherever they came from.
    """
    about = {"host": subject} if isinstance(subject, Organisation) else _about(subject)
    wanted = Q(state=Question.State.PUBLISHED)
    if reader.is_authenticated:
        wanted |= Q(asked_by=reader)
    return list(Question.objects.filter(wanted, **about).select_related("host"))


def questions_in(state: str) -> QuerySet[Question]:
    """Return the questions in a state, the newest first, with what the desk shows of each."""
    return (
        Question.objects.filter(state=state)
        .select_related("host", "asked_by", "subject_type")
        .prefetch_related("subject", "asked_by__affiliations__municipality__periods")
    )


def question_counts() -> dict[str, int]:
    """Return how many questions there are in each state."""
    counted = Question.objects.order_by().values_list("state").annotate(Count("pk"))
    return {**dict.fromkeys(Question.State.values, 0), **dict(counted)}


def question_whole(number: int) -> Question | None:
    """Return a question with its host and who asked it."""
    return (
        Question.objects.select_related("host", "asked_by")
        .prefetch_related("asked_by__affiliations__municipality__periods")
        .filter(pk=number)
        .first()
    )


def message_whole(number: int) -> Message | None:
    """Return a message, hidden or not, with its thread and author."""
    return (
        Message.objects.select_related("thread__subject_type", "author")
        .prefetch_related("author__affiliations__municipality__periods")
        .filter(pk=number)
        .first()
    )


def thread_whole(number: int) -> Thread | None:
    """Return a thread with the kind of thing that it is about."""
    return Thread.objects.select_related("subject_type").filter(pk=number).first()
