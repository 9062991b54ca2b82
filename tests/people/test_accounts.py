"""Roles, the rules that ask for them, and one account per address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.test import Client

from sadzonka.people.actions import affiliate, create_account, set_up_roles
from sadzonka.people.models import Person
from sadzonka.people.rules import is_staff_member, may_see_drafts, roles_of
from sadzonka.practices.models import Version
from sadzonka.practices.rules import (
    may_edit_version,
    may_publish_version,
    may_see_version,
    may_start_version,
)
from sadzonka.visits.models import Visit
from sadzonka.visits.rules import may_see_visit
from tests import factories

SignIn = Callable[[Person], Client]
WHO = ("anonymous", "stranger", "ewa", "controller", "administrator", "closed")


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, Person | AnonymousUser]:
    known = {name: request.getfixturevalue(name) for name in WHO[1:5]}
    closed = create_account(email="closed@example.org", roles=["staff", "controller"])
    closed.is_active = False
    closed.save()
    return {"anonymous": AnonymousUser(), **known, "closed": closed}


def test_roles_are_what_their_names_say(cast: dict[str, Person]) -> None:
    assert {name: set(roles_of(person)) for name, person in cast.items()} == {
        "anonymous": set(),
        "stranger": set(),
        "ewa": {"staff"},
        "controller": {"controller"},
        "administrator": set(),
        "closed": set(),
    }


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (is_staff_member, {"ewa", "administrator"}),
        (may_start_version, {"ewa", "administrator"}),
        (may_see_drafts, {"ewa", "controller", "administrator"}),
        (lambda who: may_see_version(who, Version(state="draft")), {"ewa", "controller", "administrator"}),
        (lambda who: may_see_version(who, Version(state="outdated")), {"ewa", "controller", "administrator"}),
        (lambda who: may_see_version(who, Version(state="published")), set(WHO)),
        (lambda who: may_see_version(who, Version(state="to-reverify")), set(WHO)),
        (lambda who: may_edit_version(who, Version(state="draft")), {"ewa", "administrator"}),
        (lambda who: may_edit_version(who, Version(state="published")), set()),
        (lambda who: may_edit_version(who, Version(state="outdated")), set()),
        (lambda who: may_publish_version(who, Version(state="draft")), {"ewa", "administrator"}),
        (lambda who: may_publish_version(who, Version(state="published")), set()),
        (lambda who: may_see_visit(who, Visit(state="draft")), {"ewa", "controller", "administrator"}),
        (lambda who: may_see_visit(who, Visit(state="announced")), set(WHO)),
        (lambda who: may_see_visit(who, Visit(state="cancelled")), set(WHO)),
    ],
)
def test_who_may_do_what(rule: Callable[[object], bool], allowed: set[str], cast: dict[str, Person]) -> None:
    assert {name for name, person in cast.items() if rule(person)} == allowed


def test_nobody_publishes_what_they_wrote_themselves(ewa: Person, colleague: Person) -> None:
    written = Version(state="draft", author=ewa)
    assert (may_publish_version(ewa, written), may_publish_version(colleague, written)) == (False, True)


@pytest.mark.parametrize("address", ["EWA@example.org", "ewa@EXAMPLE.org", "Ewa@Example.Org"])
def test_an_address_has_one_account_whatever_its_case(address: str, ewa: Person) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        create_account(email=address)
    assert Person.objects.filter(email__iexact=address).count() == 1


def test_one_signs_in_with_ones_address_in_any_case(ewa: Person, client: Client) -> None:
    ewa.set_password("a-long-enough-password-7")
    ewa.save()
    ewa.emailaddress_set.create(email=ewa.email, verified=True, primary=True)
    answer = client.post(
        "/en/account/login/", {"login": "EWA@Example.org", "password": "a-long-enough-password-7"}
    )
    assert (answer.status_code, client.session.get("_auth_user_id")) == (302, str(ewa.pk))


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(ewa: Person, client: Client) -> None:
    ewa.set_password("a-long-enough-password-7")
    ewa.save()
    bodies = [
        client.post("/en/account/login/", {"login": address, "password": "wrong-password-1"})
        for address in (ewa.email, "nobody@example.org")
    ]
    said = [[str(error) for error in body.context["form"].non_field_errors()] for body in bodies]
    assert said[0] == said[1] != []
    assert client.session.get("_auth_user_id") is None


def test_a_new_account_has_no_usable_password(ewa: Person) -> None:
    assert ewa.has_usable_password() is False


def test_setting_up_the_roles_again_changes_nothing(ewa: Person, controller: Person) -> None:
    before = {person.email: sorted(person.get_all_permissions()) for person in (ewa, controller)}
    set_up_roles()
    after = {email: sorted(Person.objects.get(email=email).get_all_permissions()) for email in before}
    assert after == before


def test_a_controller_has_no_permission_but_to_read(controller: Person) -> None:
    verbs = {name.split(".")[1].split("_")[0] for name in controller.get_all_permissions()}
    assert verbs == {"view", "access"}


def test_staff_may_not_change_figures_messages_or_people_but_import_releases(ewa: Person) -> None:
    permissions = ewa.get_all_permissions()
    frozen = ("release", "observation", "boundary", "fileimport", "contactmessage")
    people = ("mail", "person", "group", "permission")
    kept = [name for name in permissions if name.endswith(frozen + people) and ".view_" not in name]
    assert kept == ["places.add_release"]
    assert "practices.change_version" in permissions


def test_who_keeps_a_municipality_goes_on_keeping_it_until_somebody_says_otherwise(ewa: Person) -> None:
    place = factories.municipality()
    affiliate(person=ewa, municipality=place, group="council", is_editor=True)
    assert affiliate(person=ewa, municipality=place, group="office").is_editor is True
    assert affiliate(person=ewa, municipality=place, group="office", is_editor=False).is_editor is False
