"""Changing accounts and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from sadzonka.people.links import person_of_token
from sadzonka.people.models import Affiliation, Person
from sadzonka.people.rules import CONTROLLER, STAFF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sadzonka.places.models import Municipality

OUR_APPS = (
    "places",
    "organisations",
    "media",
    "funding",
    "conversations",
    "practices",
    "visits",
    "transfer",
    "website",
)
# Staff read them; nobody changes them. Whoever may add a release may import official files, which makes one.
FROZEN = ("release", "observation", "regionalobservation", "boundary", "fileimport", "contactmessage")


@transaction.atomic
def set_up_roles() -> None:
    """Make the roles and give them what their rules say; safe to repeat."""
    staff, _made = Group.objects.get_or_create(name=STAFF)
    staff.permissions.set(
        Permission.objects.exclude(
            ~Q(codename__startswith="view_") & ~Q(codename="add_release"),
            content_type__app_label__in=OUR_APPS,
            content_type__model__in=FROZEN,
        ).filter(
            Q(content_type__app_label__in=OUR_APPS)
            | Q(codename="access_admin")
            | Q(content_type__app_label="wagtailredirects")
            | Q(codename="submit_translation")
            | Q(content_type__app_label="outbox", codename="view_mail")
        )
    )
    controller, _made = Group.objects.get_or_create(name=CONTROLLER)
    controller.permissions.set(
        Permission.objects.filter(
            Q(content_type__app_label__in=(*OUR_APPS, "outbox"), codename__startswith="view_")
            | Q(codename="access_admin")
        )
    )
    for root in Page.objects.filter(depth=1):
        for codename in ("add_page", "change_page", "publish_page"):
            GroupPagePermission.objects.get_or_create(
                group=staff, page=root, permission=Permission.objects.get(codename=codename)
            )
    media = Permission.objects.filter(
        # Wagtail asks for the permissions of its own models, whatever models stand in for them.
        Q(content_type__app_label="wagtailimages", codename__in=("add_image", "change_image", "choose_image"))
        | Q(
            content_type__app_label="wagtaildocs",
            codename__in=("add_document", "change_document", "choose_document"),
        )
    )
    for collection in Collection.objects.filter(depth=1):
        for permission in media:
            GroupCollectionPermission.objects.get_or_create(
                group=staff, collection=collection, permission=permission
            )


@transaction.atomic
def create_account(
    *,
    email: str,
    roles: Iterable[str] = (),
    is_administrator: bool = False,
    name: str = "",
    last_name: str = "",
) -> Person:
    """Make an account without a password; its owner signs in with a link and may choose one."""
    person = Person.objects.create_user(
        email,
        first_name=name,
        last_name=last_name,
        is_superuser=is_administrator,
        is_staff=is_administrator,
    )
    person.groups.set(Group.objects.filter(name__in=list(roles)))
    log(instance=person, action="wagtail.create", user=None)
    return person


@transaction.atomic
def affiliate(
    *,
    person: Person,
    municipality: Municipality,
    group: str,
    is_editor: bool | None = None,
    by: Person | None = None,
) -> Affiliation:
    """Let a person speak for a municipality; the same again changes what is different.

    Who keeps its assessments goes on keeping them unless `is_editor` says otherwise.
    """
    rights = {} if is_editor is None else {"is_editor": is_editor}
    affiliation, is_new = Affiliation.objects.update_or_create(
        person=person, municipality=municipality, defaults={"group": group, **rights}
    )
    action = "wagtail.create" if is_new else "wagtail.edit"
    data = {"group": group, "is_editor": affiliation.is_editor}
    log(instance=affiliation, action=action, user=by, data=data)
    return affiliation


@transaction.atomic
def confirm_address(*, person: Person) -> None:
    """Note that mail to a person's own address reaches them, unless another account has confirmed it."""
    email = person.email.lower()
    if not EmailAddress.objects.filter(email=email, verified=True).exists():
        is_first = not EmailAddress.objects.filter(user=person, primary=True).exists()
        EmailAddress.objects.update_or_create(
            user=person,
            email=email,
            defaults={"verified": True},
            create_defaults={"verified": True, "primary": is_first},
        )
        log(instance=person, action="wagtail.edit", user=person, data={"address confirmed": True})


@transaction.atomic
def choose_language(*, person: Person, language: str) -> Person:
    """Let a person say in which language they are written to."""
    if person.language != language:
        data = {"before": person.language, "after": language}
        person.language = language
        person.save(update_fields=["language"])
        log(instance=person, action="wagtail.edit", user=person, data=data)
    return person


@transaction.atomic
def use_sign_in_token(*, uidb64: str, token: str) -> Person | None:
    """Return whom a token belongs to and end it, None when it is wrong, used or too old."""
    person = person_of_token(uidb64, token, is_locked=True)
    if person is not None:
        person.last_login = timezone.now()
        person.save(update_fields=["last_login"])
    return person
