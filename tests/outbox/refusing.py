"""Mail servers that answer as a test wants them to."""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from typing import ClassVar

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class Refusing(BaseEmailBackend):
    """A server that answers and refuses every message, in the way set beforehand."""

    error: ClassVar[Exception] = smtplib.SMTPResponseException(451, b"try later")
    asked: ClassVar[int] = 0

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        type(self).asked += len(email_messages)
        raise self.error


class Unreachable(BaseEmailBackend):
    """A server that cannot be reached, in the way set beforehand."""

    error: ClassVar[Exception] = ConnectionRefusedError("no server")

    def open(self) -> bool:
        raise self.error

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise AssertionError("there is no connection")


class Forbidden(BaseEmailBackend):
    """A server that must not be asked at all."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise AssertionError("a request sent mail by itself")
