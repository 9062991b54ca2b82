"""The life of a version in the admin: started, edited, published, and from then on only read."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import quote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic import InspectView as WagtailInspectView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button

from sadzonka.common.forms import FormWithRows
from sadzonka.common.inspecting import InspectView
from sadzonka.common.viewsets import EditView, IndexView
from sadzonka.people.models import Person
from sadzonka.places.models import Indicator
from sadzonka.practices.actions import VersionInPreparation, VersionIsNotReady, publish_version, start_version
from sadzonka.practices.models import Practice, Version
from sadzonka.practices.problems import problems_of
from sadzonka.practices.rules import may_edit_version, may_publish_version, may_start_version


def _start_url(practice: Practice) -> str:
    return f"{reverse('version:add')}?practice={practice.pk}"


def _start_button(practice: Practice) -> Button:
    return Button(_("New version"), url=_start_url(practice), icon_name="plus", priority=5)


class PracticeIndexView(IndexView):
    """Practices, each with the way to a new version of its card."""

    def get_list_more_buttons(self, instance: Practice) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        return [*buttons, _start_button(instance)] if may_start_version(self.request.user) else buttons


class PracticeEditView(EditView):
    """A practice, with the way to a new version of its card."""

    @property
    def header_more_buttons(self) -> list[Button]:
        return [*super().header_more_buttons, _start_button(self.object)]


class VersionForm(FormWithRows):
    """A version as a whole; what keeps it from being published does not keep it from being saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = cast("forms.ModelMultipleChoiceField[Indicator] | None", self.fields.get("compared_by"))
        if offered:
            offered.queryset = Indicator.objects.exclude(likeness_from=None).exclude(likeness_to=None)


class VersionIndexView(IndexView):
    """Versions; a new one is always a version of a practice."""


class StartForm(forms.Form):
    """Of which practice a new version is wanted."""

    practice = forms.ModelChoiceField(
        Practice.objects.all(),
        label=gettext_lazy("Practice"),
        help_text=gettext_lazy("The new version begins with what the newest one says."),
    )


class VersionStartView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Starts a version of a practice."""

    model = Version
    permission_required = "add"
    form_class = StartForm
    page_title = gettext_lazy("New version")
    header_icon = "doc-full"
    template_name = "practices/admin/start.html"
    index_url_name = edit_url_name = ""

    def get_initial(self) -> dict[str, Any]:
        return {"practice": self.request.GET.get("practice")}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return _breadcrumbs(self.index_url_name, _("New version"))

    def form_valid(self, form: StartForm) -> HttpResponse:
        try:
            version = start_version(
                practice=form.cleaned_data["practice"], by=cast("Person", self.request.user)
            )
        except VersionInPreparation as error:
            version = error.version
            messages.warning(self.request, _("This version is in preparation already; it comes first."))
        return redirect(self.edit_url_name, version.pk)


def _breadcrumbs(index_url_name: str, label: str) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": reverse(index_url_name), "label": _("Versions of practice cards")},
        {"url": "", "label": label},
    ]


def _seen_on_site(version: Version) -> Button:
    url = f"{version.get_absolute_url()}?version={version.number}"
    return Button(_("See on the site"), url=url, icon_name="view", priority=50)


class VersionEditView(EditView):
    """Edits a version in preparation; a published one is shown and never rewritten."""

    publish_url_name = ""

    def get_object(self, queryset: Any = None) -> Version:
        return super(EditView, self).get_object(queryset)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        version = self.get_object()
        if self.user_has_permission("change") and not may_edit_version(request.user, version):
            messages.warning(
                request,
                _("A version that was published is never rewritten. Start a new version to change the card."),
            )
            return redirect(self.inspect_url_name, version.pk)
        return super().dispatch(request, *args, **kwargs)

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super(EditView, self).header_more_buttons, _seen_on_site(self.object)]
        publish = Button(
            _("Publish"), url=reverse(self.publish_url_name, args=[self.object.pk]), icon_name="upload"
        )
        return [publish, *buttons] if may_publish_version(self.request.user, self.object) else buttons

    def get_success_url(self) -> str:
        return str(self.get_edit_url())

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        for problem in problems_of(Version.objects.get(pk=self.object.pk)):
            messages.warning(self.request, problem)
        return response


class VersionInspectView(InspectView):
    """Reads a version, published or not."""

    publish_url_name = ""

    @property
    def header_more_buttons(self) -> list[Button]:
        buttons = [*super().header_more_buttons, _seen_on_site(self.object)]
        if may_publish_version(self.request.user, self.object):
            url = reverse(self.publish_url_name, args=[self.object.pk])
            buttons.append(Button(_("Publish"), url=url, icon_name="upload", priority=5))
        elif may_start_version(self.request.user):
            buttons.append(_start_button(self.object.practice))
        return buttons


class PublishView(WagtailInspectView):
    """Asks before a version is published, says what is missing, and publishes it."""

    permission_required = "change"
    page_title = gettext_lazy("Publish")
    publish_url_name = inspect_url_name = ""
    header_icon = "upload"

    def get_fields(self) -> list[str]:
        return []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_publish_version(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "problems": problems_of(self.object),
            "publish_url": reverse(self.publish_url_name, args=[quote(self.object.pk)]),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            version = publish_version(version=self.object, by=cast("Person", request.user))
        except VersionIsNotReady as error:
            for problem in error.problems:
                messages.error(request, problem)
            return HttpResponseRedirect(self.get_edit_url())
        messages.success(request, _("%(version)s is published.") % {"version": version})
        return redirect(self.inspect_url_name, version.pk)
