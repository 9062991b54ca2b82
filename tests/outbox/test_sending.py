"""Mail is stored once, sent at most once, and tried again when it was refused."""

from __future__ import annotations

import datetime as dt
import smtplib

import pytest
from django.conf import LazySettings
from django.core import mail as sent_mail
from django.db import DatabaseError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from sadzonka.outbox.actions import MOST_ATTEMPTS, claim, deliver, post
from sadzonka.outbox.models import Mail
from tests.outbox.refusing import Refusing, Unreachable

pytestmark = pytest.mark.django_db


def posted(key: str = "one") -> Mail:
    return post(
        key=key,
        recipient="ewa@example.org",
        subject="Zażółć",
        body="Gęślą jaźń",
        language="pl",
        reply_to="marek@example.org",
    )


@pytest.fixture
def refusing(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> type[Refusing]:
    settings.EMAIL_BACKEND = "tests.outbox.refusing.Refusing"
    monkeypatch.setattr(Refusing, "asked", 0)
    return Refusing


def queued() -> list[DBTaskResult]:
    """Return the jobs that deliver mail; loading the demonstration has left others."""
    return list(DBTaskResult.objects.filter(task_path=deliver.module_path).order_by("enqueued_at"))


def test_a_stored_mail_waits_with_one_job() -> None:
    mail = posted()
    assert (mail.state, mail.attempts, sent_mail.outbox) == ("waiting", 0, [])
    assert [job.args_kwargs for job in queued()] == [{"args": [mail.pk], "kwargs": {}}]


def test_the_same_key_again_changes_nothing() -> None:
    first = posted()
    again = post(key="one", recipient="other@example.org", subject="x", body="x", language="en")
    assert (again.pk, again.recipient, len(queued())) == (first.pk, "ewa@example.org", 1)


def test_a_mail_is_sent_once_however_often_its_job_runs() -> None:
    mail = posted()
    for _time in range(3):
        deliver.func(mail.pk)
    mail.refresh_from_db()
    (message,) = sent_mail.outbox
    assert (mail.state, mail.attempts, mail.last_error) == ("sent", 1, "")
    assert (message.to, message.reply_to, message.subject, message.body) == (
        ["ewa@example.org"],
        ["marek@example.org"],
        "Zażółć",
        "Gęślą jaźń",
    )


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPResponseException(451, b"greylisted"),
        smtplib.SMTPDataError(552, b"too large"),
        smtplib.SMTPRecipientsRefused({"ewa@example.org": (550, b"no such box")}),
    ],
    ids=repr,
)
def test_a_refused_mail_waits_for_another_try(
    error: Exception, refusing: type[Refusing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusing, "error", error)
    mail, before = posted(), timezone.now()
    deliver.func(mail.pk)
    assert_waits(mail, error, before)
    assert refusing.asked == 1


def assert_waits(mail: Mail, error: Exception, before: dt.datetime) -> None:
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == ("waiting", 1, str(error)[:300])
    assert mail.not_before >= before + dt.timedelta(minutes=1)
    assert [job.run_after for job in queued()][1:] == [mail.not_before]


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError("no server"),
        TimeoutError("slow server"),
        smtplib.SMTPServerDisconnected("bye"),
        smtplib.SMTPAuthenticationError(535, b"who are you"),
    ],
    ids=repr,
)
def test_a_mail_waits_while_the_server_cannot_be_reached(
    error: Exception, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "tests.outbox.refusing.Unreachable"
    monkeypatch.setattr(Unreachable, "error", error)
    mail, before = posted(), timezone.now()
    deliver.func(mail.pk)
    assert_waits(mail, error, before)


@pytest.mark.parametrize(
    "error", [smtplib.SMTPServerDisconnected("gone"), TimeoutError("slow"), ValueError("odd")], ids=repr
)
def test_a_mail_that_perhaps_went_out_is_not_sent_again(
    error: Exception, refusing: type[Refusing], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refusing, "error", error)
    mail = posted()
    with pytest.raises(type(error)):  # the job fails, so that whoever looks after the site sees it
        deliver.func(mail.pk)
    deliver.func(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == ("uncertain", f"{type(error).__name__}: {error}")
    assert (refusing.asked, len(queued())) == (1, 1)


def test_the_waits_grow_and_the_last_refusal_is_the_end(refusing: type[Refusing]) -> None:
    mail, waits = posted(), []
    for _attempt in range(MOST_ATTEMPTS + 2):
        deliver.func(mail.pk)
        mail.refresh_from_db()
        waits.append(round((mail.not_before - timezone.now()) / dt.timedelta(minutes=1)))
    assert waits[: MOST_ATTEMPTS - 1] == [1, 2, 4, 8, 16, 32, 64]
    assert (mail.state, mail.attempts, refusing.asked) == ("failed", MOST_ATTEMPTS, MOST_ATTEMPTS)
    assert len(queued()) == MOST_ATTEMPTS  # the first one and one for each refusal but the last


def test_a_mail_that_was_refused_goes_out_when_the_server_is_back(
    refusing: type[Refusing], settings: LazySettings
) -> None:
    mail = posted()
    deliver.func(mail.pk)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver.func(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error, len(sent_mail.outbox)) == ("sent", 2, "", 1)


def test_what_a_dead_process_left_being_sent_is_never_sent_again() -> None:
    mail = posted()
    assert claim(mail.pk) is not None  # and then the process dies
    deliver.func(mail.pk)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, sent_mail.outbox) == ("sending", 1, [])


def test_the_claim_is_written_before_the_server_is_asked(
    monkeypatch: pytest.MonkeyPatch, refusing: type[Refusing]
) -> None:
    mail, seen = posted(), []
    monkeypatch.setattr(
        refusing, "send_messages", lambda *_messages: seen.append(Mail.objects.get(pk=mail.pk).state)
    )
    deliver.func(mail.pk)
    assert seen == ["sending"]


def test_a_mail_that_cannot_be_written_leaves_no_job_behind() -> None:
    with pytest.raises(DatabaseError), connection.execute_wrapper(_refuse_jobs):
        posted()
    assert (Mail.objects.count(), queued()) == (0, [])


def _refuse_jobs(execute: object, sql: str, *rest: object) -> object:
    if "INSERT" in sql and "dbtaskresult" in sql:
        raise DatabaseError("disk full")
    return execute(sql, *rest)  # type: ignore[operator]


def test_a_subject_stays_one_line_of_200_signs() -> None:
    mail = post(
        key="k", recipient="a@example.org", subject="a\r\nBcc: b@x\n" + "c" * 300, body="", language="pl"
    )
    assert mail.subject == ("a Bcc: b@x " + "c" * 300)[:200]
