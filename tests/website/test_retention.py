"""Contact messages are kept no longer than the privacy page says."""

import io
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from sadzonka.outbox.models import Mail
from sadzonka.website.actions import receive_message
from sadzonka.website.models import ContactMessage

pytestmark = pytest.mark.django_db


def written(subject: str, *, days_ago: int) -> ContactMessage:
    message = receive_message(
        nonce=uuid.uuid4(),
        name="Marek",
        email="marek@example.org",
        subject=subject,
        text="kanarek",
        language="pl",
        address=f"192.0.2.{days_ago % 250}",
    )
    ContactMessage.objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(days=days_ago))
    return message


def test_messages_older_than_a_year_are_forgotten_with_their_mails() -> None:
    written("old", days_ago=366)
    young = written("young", days_ago=364)
    said = io.StringIO()
    call_command("forget_messages", stdout=said)
    assert said.getvalue() == "1 messages deleted.\n"
    assert list(ContactMessage.objects.all()) == [young]
    assert [mail.key for mail in Mail.objects.filter(body__contains="kanarek")] == [f"contact:{young.nonce}"]
