"""Asking a host, passing the question on, and what the host answers."""

from __future__ import annotations

import datetime as dt
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils import timezone
from wagtail.log_actions import log

from sadzonka.conversations.hosts.mails import ending
from sadzonka.conversations.models import Question
from sadzonka.conversations.rules import may_converse, may_moderate
from sadzonka.organisations.models import Organisation
from sadzonka.outbox import actions as outbox
from sadzonka.outbox.models import Link, Mail
from sadzonka.people.models import Person

DAYS_TO_ANSWER = 60
OPEN = (Question.State.ASKED, Question.State.SENT)
WITH_HOST = (Question.State.SENT, Question.State.ANSWERED, Question.State.PUBLISHED)


class TooManyQuestions(Exception):
    """Somebody has asked more often within a day than the limit allows."""


class QuestionHasMoved(Exception):
    """The question is no longer in the state in which the page showed it."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question))
        self.question = question


class AnswerHasChanged(Exception):
    """The answer was changed after the page was opened; `question` says what it is now."""

    def __init__(self, question: Question) -> None:
        super().__init__(str(question))
        self.question = question


@transaction.atomic
def ask(
    *, nonce: uuid.UUID, subject: models.Model, host: Organisation, asked_by: Person, language: str, text: str
) -> Question:
    """Put a question to a host, once; staff pass it on. Raises TooManyQuestions."""
    if not may_converse(asked_by):
        raise PermissionDenied
    Person.objects.select_for_update().get(pk=asked_by.pk)  # so that two at once are counted one by one
    known = Question.objects.filter(nonce=nonce)
    same = known.filter(asked_by=asked_by, host=host, text=text).first()
    if same is not None:
        return same
    lately = Question.objects.filter(asked_by=asked_by, asked_at__gte=timezone.now() - timedelta(days=1))
    if lately.count() >= settings.QUESTIONS_TO_HOSTS_PER_DAY:
        raise TooManyQuestions
    question = Question.objects.create(
        nonce=uuid.uuid4() if known.exists() else nonce,
        subject=subject,
        host=host,
        asked_by=asked_by,
        language=language,
        text=text,
    )
    log(instance=question, action="wagtail.create", user=asked_by)
    return question


@transaction.atomic
def send_question(
    *,
    question: Question,
    by: Person,
    seen_state: str,
    nonce: uuid.UUID,
    recipient: str,
    subject: str,
    body: str,
    language: str,
) -> Question:
    """Send a question to its host in the words that staff have just read; links sent before end.

    Raises QuestionHasMoved when somebody has dealt with it meanwhile.
    """
    if not may_moderate(by):
        raise PermissionDenied
    sent = Question.objects.select_for_update().get(pk=question.pk)
    key = f"question:{sent.pk}:{nonce}"
    if Mail.objects.filter(key=key).exists():
        return sent
    if sent.state != seen_state or sent.state not in OPEN:
        raise QuestionHasMoved(sent)
    outbox.revoke_links(purpose=Link.Purpose.QUESTION, subject_id=sent.pk)
    link = outbox.make_link(
        purpose=Link.Purpose.QUESTION,
        subject_id=sent.pk,
        language=language,
        expires_at=timezone.now() + timedelta(days=DAYS_TO_ANSWER),
    )
    mail = outbox.draft(
        key=key,
        topic="questions",
        recipient=recipient,
        subject=subject,
        body=f"{body.strip()}\n\n{ending(sent, language, link)}",
        language=language,
    )
    outbox.release(mail=mail, by=by)
    sent.state = Question.State.SENT
    sent.save(update_fields=["state"])
    log(instance=sent, action="wagtail.edit", user=by, data={"state": "sent", "mail": mail.pk})
    return sent


@transaction.atomic
def decline_question(*, question: Question, by: Person, seen_state: str, reason: str) -> Question:
    """Do not ask the host (any more); whoever asked reads why. Raises QuestionHasMoved."""
    if not may_moderate(by):
        raise PermissionDenied
    declined = Question.objects.select_for_update().get(pk=question.pk)
    if declined.state == Question.State.DECLINED and declined.answer == reason:
        return declined
    if declined.state != seen_state or declined.state not in OPEN:
        raise QuestionHasMoved(declined)
    outbox.revoke_links(purpose=Link.Purpose.QUESTION, subject_id=declined.pk)
    declined.state, declined.answer = Question.State.DECLINED, reason
    declined.save(update_fields=["state", "answer"])
    log(instance=declined, action="wagtail.edit", user=by, data={"state": "declined", "reason": reason})
    return declined


@transaction.atomic
def answer_question(
    *,
    question: Question,
    seen_at: dt.datetime | None,
    text: str,
    language: str,
    answered_by: str,
    may_be_published: bool,
) -> Question:
    """Store what a host answers and whether it may be published; a later answer takes its place.

    `seen_at` is when the answer that the form showed was given. Raises AnswerHasChanged when there is a
    newer one, QuestionHasMoved when the question is not with the host.
    """
    answered = Question.objects.select_for_update().get(pk=question.pk)
    if answered.state not in WITH_HOST:
        raise QuestionHasMoved(answered)
    given = (text, language, answered_by, may_be_published)
    if given == (answered.answer, answered.answer_language, answered.answered_by, answered.may_be_published):
        return answered
    if answered.answered_at != seen_at:
        raise AnswerHasChanged(answered)
    answered.answer, answered.answer_language, answered.answered_by, answered.may_be_published = given
    answered.answered_at = timezone.now()
    answered.state = Question.State.PUBLISHED if may_be_published else Question.State.ANSWERED
    answered.save()
    log(instance=answered, action="wagtail.edit", user=None, data={"state": str(answered.state)})
    return answered
