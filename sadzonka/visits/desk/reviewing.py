"""What a reviewer sends back of the mails they were shown, and what became of each."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sadzonka.outbox.models import Mail


def fingerprint(subject: str, body: str) -> str:
    """Return what tells one wording of a mail from another; line ends and blanks around it do not."""
    text = f"{subject.strip()}\n{body.replace(chr(13), '').strip()}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Reviewed:
    """A mail in its reviewer's words, and the fingerprint of those that the page showed."""

    mail: Mail
    subject: str
    body: str
    opened: str

    @property
    def is_changed(self) -> bool:
        return fingerprint(self.subject, self.body) != self.opened

    def is_stale(self, stored: Mail) -> bool:
        """Whether somebody else has changed the words since the page was opened."""
        return fingerprint(stored.subject, stored.body) != self.opened


@dataclass
class Outcome:
    """What became of mails that were sent back together."""

    released: list[Mail] = field(default_factory=list)
    discarded: list[Mail] = field(default_factory=list)
    rewritten: list[Mail] = field(default_factory=list)
    too_late: list[Mail] = field(default_factory=list)  # somebody else had decided already
    stale: list[Mail] = field(default_factory=list)  # somebody else had changed the words
