"""Addresses of threads and of questions to hosts."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from sadzonka.conversations import views
from sadzonka.conversations.hosts import views as hosts

urlpatterns: list[URLPattern] = [
    path(_("organisations/<slug:slug>/exchange/"), views.organisation_exchange, name="organisation_exchange"),
    path(_("organisations/<slug:slug>/exchange/ask/"), views.organisation_ask, name="organisation_ask"),
    path(_("exchange/messages/<int:pk>/"), views.message_desk, name="message_desk"),
    path(_("exchange/threads/<int:pk>/"), views.thread_desk, name="thread_desk"),
    path(_("desk/questions/"), hosts.question_list, name="questions"),
    path(_("desk/questions/<int:pk>/"), hosts.question_desk, name="question_desk"),
    path(_("question/<str:token>/"), hosts.question, name="question"),
]
