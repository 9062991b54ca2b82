"""Reading threads about everything that everybody may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import QuerySet

from sadzonka.conversations.models import Thread
from sadzonka.conversations.queries import exchange_address, threads_about_any
from sadzonka.organisations.models import Organisation
from sadzonka.practices.models import Practice, Version
from sadzonka.visits.models import Visit


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """A thread as the list of all threads shows it."""

    thread: Thread
    about: str
    language: str
    address: str


def newest_threads(theme: str = "") -> QuerySet[Thread]:
    """Return the threads about practices, visits and organisations that everybody sees, of one theme."""
    found = threads_about_any(
        Practice.objects.filter(versions__state__in=Version.SHOWN),
        Visit.objects.exclude(state=Visit.State.DRAFT),
        Organisation.objects.all(),
    )
    return (found.filter(theme=theme) if theme else found).prefetch_related(
        GenericPrefetch(
            "subject",
            [
                Practice.objects.prefetch_related("versions__texts"),
                Visit.objects.all(),
                Organisation.objects.all(),
            ],
        )
    )


def thread_entries(threads: Iterable[Thread]) -> list[ThreadEntry]:
    """Return each thread with what its subject is called in the reader's language."""
    entries = []
    for thread in threads:
        if thread.subject is None:
            continue
        about, language = _name(thread.subject)
        address = f"{exchange_address(thread.subject)}#{thread_anchor(thread)}"
        entries.append(ThreadEntry(thread, about, language, address))
    return entries


def thread_anchor(thread: Thread) -> str:
    """Return the id that the section of a thread has on the page of its subject."""
    return f"thread-{thread.pk}"


def _name(subject: object) -> tuple[str, str]:
    if isinstance(subject, Practice):
        text = subject.shown_version.text_in() if subject.shown_version else None
        return (text.title, text.language) if text else (subject.slug, "")
    if isinstance(subject, Visit):
        saying = subject.title.saying()
        return saying.text, saying.language
    return str(subject), ""
