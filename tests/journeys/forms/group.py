"""Forms of recruitment, of the desk and of hosts, opened and filled in as their people do."""

from __future__ import annotations

from sadzonka.outbox.models import Link, Mail
from sadzonka.visits.agenda.actions import ask_hosts
from sadzonka.visits.models import Application, Change, Visit
from sadzonka.visits.recruitment.actions.changes import move
from sadzonka.visits.recruitment.mails import application_link, delegation_link, draft_decision
from tests import factories
from tests.journeys.forms.scene import Filled, Scene, behind
from tests.journeys.recruiting import Applicant, decision, signed_in
from tests.journeys.visitor import Visitor


def apply(scene: Scene) -> Filled:
    scene.recruits()
    visitor = Visitor("en")
    visitor.opens(f"{scene.page}apply/")
    return Filled(visitor, "Send", Applicant("Jan", factories.municipality("300103"), 1).answers)


def begin_to_apply(scene: Scene) -> Filled:
    scene.recruits()
    visitor = Visitor("en")
    visitor.opens(f"{scene.page}apply/")
    begun = {"first_name": "Jan", "last_name": "Nowak", "email": "jan@example.org"}
    return Filled(visitor, "Save and go on later", begun)


def send_what_was_kept(scene: Scene) -> Filled:
    scene.recruits()
    kept = scene.applied(state=Application.State.STARTED, submitted_at=None)
    return Filled(behind(application_link(kept)), "Send", {"motivation": "To see it", "notice": "on"})


def go_on_later(scene: Scene) -> Filled:
    scene.recruits()
    kept = scene.applied(state=Application.State.STARTED, submitted_at=None)
    return Filled(behind(application_link(kept)), "Save and go on later", {"motivation": "To see it"})


def confirm_delegation(scene: Scene) -> Filled:
    return Filled(behind(delegation_link(scene.applied())), "Yes, we send this person", {"remark": "Gladly"})


def accept_place(scene: Scene) -> Filled:
    chosen = scene.applied(state=Application.State.CHOSEN)
    return Filled(behind(application_link(chosen)), "I accept the place", {})


def withdraw(scene: Scene) -> Filled:
    reader = behind(application_link(scene.applied()))
    reader.follows("Withdraw my application", within="main")
    return Filled(reader, "Withdraw", {"reason": "Another task"})


def write_call(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/call/")
    return Filled(desk, "Save the call", {"places": "14", "criteria-2-name_en": "Languages"})


def check(scene: Scene) -> Filled:
    sent = scene.applied()
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/applications/{sent.reference}/")
    return Filled(desk, "Save the check", {"decision": "returned", "reason": "Say which office"})


def score(scene: Scene) -> Filled:
    scene.world.call.reviewers.add(scene.ewa)
    sent, criterion = scene.applied(), scene.world.call.criteria.all()[0]
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/applications/{sent.reference}/")
    points = {f"points_{criterion.pk}": "4", f"reason_{criterion.pk}": "It decides"}
    return Filled(desk, "Save my points", points)


def choose(scene: Scene) -> Filled:
    sent = scene.applied(state=Application.State.ELIGIBLE, delegated_at=scene.world.call.opens_at)
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/choice/")
    return Filled(desk, "Save the choice", decision(desk, sent, "chosen", "It decides"))


def end_late_offers(scene: Scene) -> Filled:
    scene.applied(state=Application.State.CHOSEN, answer_by=scene.world.call.closes_at)
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/choice/")
    return Filled(desk, "End late offers and fill the places", {})


def release_mail(scene: Scene) -> Filled:
    _drafted(scene)
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/mails/")
    return Filled(
        desk, "Release all ticked", {str(desk.found("article.letter input[type=checkbox]")["name"]): "on"}
    )


def rewrite_mail(scene: Scene) -> Filled:
    mail = _drafted(scene)
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/mails/")
    return Filled(desk, "Keep what I changed", {f"mail-{mail.pk}-subject": "Another subject"})


def _drafted(scene: Scene) -> Mail:
    change = move(scene.applied(), Application.State.REFUSED, cause=Change.Cause.BY_HAND, reason="No plan")
    return draft_decision(change)


def confirm_visit(scene: Scene) -> Filled:
    Visit.objects.filter(pk=scene.world.visit.pk).update(state=Visit.State.SELECTING)
    return Filled(signed_in(scene.ewa, at=f"{scene.page}desk/"), "Confirm the visit", {})


def ask_host(scene: Scene) -> Filled:
    desk = signed_in(scene.ewa, at=f"{scene.page}desk/hosts/")
    return Filled(desk, "Write to the ticked hosts", {"items": [str(scene.world.items[0].pk)]})


def host_replies(scene: Scene) -> Filled:
    ask_hosts(visit=scene.world.visit, items=scene.world.items[:1], by=scene.ewa)
    link = Link.objects.get(purpose=Link.Purpose.HOSTING)
    host = behind(link, language="it")
    button = host.found("main form button").get_text()
    return Filled(host, button, {"reply": "confirmed", "name": "Chiara", "note": "A presto"})


FORMS = (
    apply,
    begin_to_apply,
    send_what_was_kept,
    go_on_later,
    confirm_delegation,
    accept_place,
    withdraw,
    write_call,
    check,
    score,
    choose,
    end_late_offers,
    release_mail,
    rewrite_mail,
    confirm_visit,
    ask_host,
    host_replies,
)
