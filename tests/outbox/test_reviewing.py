"""Drafted mail waits for a human: released once, or discarded, and never sent by itself."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from sadzonka.outbox.actions import MailIsReviewed, deliver, discard, draft, release
from sadzonka.outbox.models import Mail
from sadzonka.people.models import Person

pytestmark = pytest.mark.django_db


def drafted(key: str = "choice:1") -> Mail:
    return draft(
        key=key,
        topic="visit:1",
        recipient="marek@example.org",
        subject="You can come",
        body="Dear Marek",
        language="en",
    )


def jobs() -> int:
    return DBTaskResult.objects.filter(task_path=deliver.module_path).count()


def test_a_draft_is_stored_once_and_nothing_is_queued() -> None:
    first, again = drafted(), drafted()
    assert (first.pk, first.state, Mail.objects.count(), jobs()) == (again.pk, "draft", 1, 0)
    deliver.func(first.pk)
    first.refresh_from_db()
    assert (first.state, first.attempts) == ("draft", 0)


def test_a_released_mail_is_queued_once_in_the_words_of_its_reviewer(ewa: Person, colleague: Person) -> None:
    mail = drafted()
    release(mail=mail, by=ewa, subject="Come\nwith us", body="Dear Marek, do come.")
    with pytest.raises(MailIsReviewed):
        release(mail=mail, by=colleague, subject="Twice")
    with pytest.raises(MailIsReviewed):
        discard(mail=mail, by=colleague)
    mail.refresh_from_db()
    assert (mail.state, mail.reviewed_by, mail.subject, mail.body, jobs()) == (
        "waiting",
        ewa,
        "Come with us",
        "Dear Marek, do come.",
        1,
    )


def test_a_discarded_mail_is_never_sent(ewa: Person) -> None:
    mail = drafted()
    discard(mail=mail, by=ewa)
    with pytest.raises(MailIsReviewed):
        release(mail=mail, by=ewa)
    deliver.func(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.reviewed_by, jobs()) == ("discarded", ewa, 0)
    assert drafted().state == "discarded"  # the same event drafts no second one
