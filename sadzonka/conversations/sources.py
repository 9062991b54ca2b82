"""Messages under standing themes, and questions to hosts with their answers, as a file tells them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import models

from sadzonka.common.clock import at_that_time, read_moment
from sadzonka.common.files import toml_file
from sadzonka.conversations.actions import say_under_theme
from sadzonka.conversations.hosts.actions import answer_question, ask, send_question
from sadzonka.conversations.hosts.mails import proposal
from sadzonka.conversations.models import Question, Thread
from sadzonka.organisations.sources import known_organisations
from sadzonka.people.sources import known_people

if TYPE_CHECKING:
    from pathlib import Path

    from sadzonka.common.files import Entry
    from sadzonka.people.models import Person

A_DATE = "a date"


def load_conversations(file: Path, subjects: Mapping[str, models.Model]) -> None:
    """Let people talk about `subjects`, which the file names by the keys of this mapping."""
    entry, known, people = toml_file(file), dict(subjects), known_people()
    themes = {theme.value: theme for theme in Thread.STANDING}
    for row in entry.entries("messages"):
        with at_that_time(row.needed("on", read_moment, A_DATE)):
            say_under_theme(
                nonce=uuid.uuid4(),
                subject=row.found("about", known),
                theme=row.found("theme", themes),
                author=row.found("author", people),
                language=row.get("language", "pl"),
                text=row.text("text"),
            )
    for row in entry.entries("questions"):
        _ask(row, row.found("about", known), people)


def _ask(entry: Entry, subject: models.Model, people: dict[str, Person]) -> None:
    host_language = entry.get("host_language", "it")
    with at_that_time(entry.needed("asked_on", read_moment, A_DATE)):
        question = ask(
            nonce=uuid.uuid4(),
            subject=subject,
            host=entry.found("host", known_organisations()),
            asked_by=entry.found("asked_by", people),
            language=entry.get("language", "pl"),
            text=entry.text("text"),
        )
        words = proposal(question, host_language)
        question = send_question(
            question=question,
            by=entry.found("sent_by", people),
            seen_state=Question.State.ASKED,
            nonce=uuid.uuid4(),
            recipient=entry.text("recipient"),
            subject=words.subject,
            body=words.body,
            language=host_language,
        )
    answer = entry.table("answer")
    with at_that_time(answer.needed("on", read_moment, A_DATE)):
        answer_question(
            question=question,
            seen_at=None,
            text=answer.text("text"),
            language=answer.get("language", "it"),
            answered_by=answer.text("by"),
            may_be_published=bool(answer.get("may_be_published")),
        )
