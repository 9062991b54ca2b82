"""Forms of screenings and invitation lists, opened and filled in as staff do, in a country of four places."""

from __future__ import annotations

from django.utils.translation import override

from sadzonka.practices.queries import analysable_versions
from sadzonka.transfer.models import Screening
from sadzonka.transfer.screening.actions.invitations import draft_list
from sadzonka.transfer.screening.actions.screenings import carry_out, start_screening
from sadzonka.transfer.screening.drafting import DraftWish
from tests.journeys.forms.scene import Filled, Scene
from tests.journeys.recruiting import signed_in
from tests.transfer.screening import tiny


def start_a_screening(scene: Scene) -> Filled:
    tiny.country()
    desk = signed_in(scene.ewa, at="/en/screenings/")
    return Filled(desk, "Start", {"version": tiny.SLUG, "country": tiny.COUNTRY})


def start_a_failed_one_again(scene: Scene) -> Filled:
    started = _started(scene)
    Screening.objects.filter(pk=started.pk).update(state=Screening.State.FAILED, complaint="Gone")
    return Filled(signed_in(scene.ewa, at=f"/en/screenings/{started.pk}/"), "Start again", {})


def draft_the_list(scene: Scene) -> Filled:
    done = carry_out(screening=_started(scene))
    desk = signed_in(scene.ewa, at=f"/en/screenings/{done.pk}/invitations/")
    return Filled(desk, "Draft the list", {"most": "2", "band": "1"})


def draft_the_list_anew(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=_list(scene))
    return Filled(desk, "Draft the list", {"most": "1", "band": "1", "is_replacing": "on"})


def keep_the_list(scene: Scene) -> Filled:
    return Filled(signed_in(scene.ewa, at=_list(scene)), "Keep the list", {"note": "By telephone first."})


def add_to_the_list(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=_list(scene))
    return Filled(desk, "Add", {"place": tiny.CODES["Beta"], "reason": "They wrote to us."})


def _started(scene: Scene) -> Screening:
    tiny.country()
    version = analysable_versions().get(practice__slug=tiny.SLUG)
    return start_screening(version=version, country=tiny.COUNTRY, region=None, weights={}, by=scene.ewa)


def _list(scene: Scene) -> str:
    """Draft a list and return the address of its page."""
    done = carry_out(screening=_started(scene))
    with override("en"):
        draft_list(screening=done, revision=0, wish=DraftWish(most=2, band=1), by=scene.ewa)
        return done.get_absolute_url() + "invitations/"


FORMS = (
    start_a_screening,
    start_a_failed_one_again,
    draft_the_list,
    draft_the_list_anew,
    keep_the_list,
    add_to_the_list,
)
