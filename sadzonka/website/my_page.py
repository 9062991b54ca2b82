"""One's own page: where I stand, where I travel, whom I speak for, what I said that interests us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sadzonka.outbox.models import Link
from sadzonka.people.actions import choose_language
from sadzonka.people.forms import LanguageForm
from sadzonka.people.models import Affiliation
from sadzonka.people.rules import may_see_drafts
from sadzonka.practices.models import Interest
from sadzonka.practices.queries import shown_versions
from sadzonka.visits.models import Application, Attendance, Visit

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from sadzonka.people.models import Person


@dataclass(frozen=True)
class OwnApplication:
    """One of my applications, with the token of its link when I hold a valid one."""

    application: Application
    token: str

    @property
    def has_certificate(self) -> bool:
        """Whether the visit is over and I was there at least once."""
        over = (Visit.State.COMPLETED, Visit.State.ARCHIVED)
        return self.application.call.visit.state in over and self.application.was_present  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def my(request: HttpRequest) -> HttpResponse:
    """Show what is mine; sending the page's one form changes the language in which I am written to."""
    person: Person = request.user  # type: ignore[assignment]
    form = LanguageForm(
        request.POST if request.method == "POST" else None, initial={"language": person.language}
    )
    if request.method == "POST" and form.is_valid():
        choose_language(person=person, language=form.cleaned_data["language"])
        return redirect("my")
    return render(
        request,
        "website/my.html",
        {
            "form": form,
            "applications": own_applications(person),
            "facilitated": Visit.objects.filter(facilitators=person).order_by("-starts_on", "slug"),
            "affiliations": own_affiliations(person),
            "interests": own_interests(person),
            "has_desks": may_see_drafts(person),
        },
        status=422 if form.errors else 200,
    )


def own_applications(person: Person) -> list[OwnApplication]:
    """Return the applications tied to somebody's account, the newest first."""
    attended = Attendance.objects.filter(participant=OuterRef("pk"), is_present=True)
    applications = (
        Application.objects.filter(person=person)
        .select_related("call__visit")
        .annotate(was_present=Exists(attended))
        .order_by("-started_at", "-pk")
    )
    links = {
        link.subject_id: link.token
        for link in Link.objects.filter(
            purpose=Link.Purpose.APPLICATION,
            subject_id__in=[one.pk for one in applications],
            revoked_at=None,
            expires_at__gt=timezone.now(),
        )
    }
    return [OwnApplication(one, links.get(one.pk, "")) for one in applications]


def own_affiliations(person: Person) -> QuerySet[Affiliation]:
    """Return the municipalities somebody speaks for, with their names."""
    return (
        Affiliation.objects.filter(person=person)
        .select_related("municipality")
        .prefetch_related("municipality__periods")
        .order_by("pk")
    )


def own_interests(person: Person) -> QuerySet[Interest]:
    """Return the interests somebody declared and has not withdrawn, the newest first."""
    return (
        Interest.objects.filter(person=person, withdrawn_at=None)
        .exclude(idea__is_hidden=True)
        .select_related("practice", "idea", "municipality")
        .prefetch_related("municipality__periods", Prefetch("practice__versions", shown_versions()))
        .order_by("-declared_at", "-pk")
    )
