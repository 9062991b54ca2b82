"""How staff read what visitors wrote and what the site sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from sadzonka.common.viewsets import FrozenRecords
from sadzonka.outbox.models import Mail
from sadzonka.website.models import ContactMessage


class ContactMessageRecords(FrozenRecords):
    model = ContactMessage
    icon = "comment"
    list_display = ["subject", "name", "language", "created_at"]
    list_filter = ["language"]
    search_fields = ["subject", "name", "email", "text"]
    inspect_view_fields = ["subject", "name", "email", "language", "created_at", "text"]


class MailRecords(FrozenRecords):
    model = Mail
    icon = "mail"
    list_display = ["subject", "recipient", "state", "attempts", "created_at", "sent_at"]
    list_filter = ["state"]
    search_fields = ["subject", "recipient"]
    # The text of account mails holds links that sign somebody in: it is for the recipient only.
    inspect_view_fields_exclude = ["id", "key", "body"]


class Messages(ModelViewSetGroup):
    menu_label = _("Messages")
    menu_icon = "mail"
    menu_order = 170
    items = (ContactMessageRecords(), MailRecords())
