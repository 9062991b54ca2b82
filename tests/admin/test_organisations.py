"""Staff create and edit an organisation with its rows, in the way a browser sends them."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from sadzonka.organisations.models import LegalForm, Membership, Organisation
from sadzonka.people.models import Person
from tests.admin.browser import rendered_form

SignIn = Callable[[Person], Client]


def texts(name: str, pl: str, it: str = "", en: str = "") -> dict[str, str]:
    return {f"{name}_pl": pl, f"{name}_it": it, f"{name}_en": en}


def form(**changed: Any) -> dict[str, Any]:
    legal_form = LegalForm.objects.filter(country="PL").first()
    return {
        "name": "Spółdzielnia Socjalna Próba",
        "slug": "proba",
        "legal_form": legal_form.pk,
        "country": "PL",
        "seat": "",
        "founded": "2010",
        "ended": "",
        "website": "",
        **texts("description", "Zajmuje się ogrodami [1].", en="It tends gardens [1]."),
        "identifiers": inline_formset([{"scheme": "nip", "value": "526-000-12-46"}]),
        "services": inline_formset(
            [
                {
                    "kind": "greenery",
                    "task_of": "municipality",
                    "since": "2011",
                    **texts("name", "Zieleń", "Verde"),
                },
                {
                    "kind": "",
                    "task_of": "unknown",
                    "since": "",
                    **texts("name", ""),
                },  # added, then left empty
            ]
        ),
        "memberships": inline_formset([]),
        "sources": inline_formset(
            [{"sort_order": "1", "url": "https://example.org/", "title": "Rejestr", "read_on": "2026-05-04"}]
        ),
        **changed,
    }


def create(client: Client, **changed: Any) -> Any:
    return client.post(reverse("organisation:add"), nested_form_data(form(**changed)))


def test_an_organisation_is_created_with_its_rows_and_logged(ewa: Person, signed_in: SignIn) -> None:
    response = create(signed_in(ewa))
    assert response.status_code == 302
    made = Organisation.objects.get(slug="proba")
    assert made.description == {"pl": "Zajmuje się ogrodami [1].", "en": "It tends gardens [1]."}
    assert [one.value for one in made.identifiers.all()] == ["5260001246"]
    assert [(one.kind, dict(one.name)) for one in made.services.all()] == [
        ("greenery", {"pl": "Zieleń", "it": "Verde"})
    ]
    assert [one.title for one in made.sources.all()] == ["Rejestr"]
    entry = ModelLogEntry.objects.get(object_id=str(made.pk), content_type__model="organisation")
    assert (entry.action, entry.user) == ("wagtail.create", ewa)


def test_a_wrong_register_number_is_named_and_nothing_is_written(ewa: Person, signed_in: SignIn) -> None:
    response = create(signed_in(ewa), identifiers=inline_formset([{"scheme": "nip", "value": "5260001247"}]))
    assert response.status_code == 200
    assert "5260001247" in response.content.decode()
    assert not Organisation.objects.filter(slug="proba").exists()


def test_a_number_without_a_register_is_refused_and_nothing_breaks(ewa: Person, signed_in: SignIn) -> None:
    response = create(signed_in(ewa), identifiers=inline_formset([{"scheme": "", "value": "5260001246"}]))
    assert response.status_code == 200
    assert not Organisation.objects.filter(slug="proba").exists()


def test_a_text_is_needed_in_one_language_at_least(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    assert create(client, **texts("description", "")).status_code == 200
    assert not Organisation.objects.filter(slug="proba").exists()
    assert create(client, **texts("description", "", en="English only")).status_code == 302
    assert Organisation.objects.get(slug="proba").description == {"en": "English only"}


def test_what_comes_back_unchanged_changes_nothing(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    create(client)
    made = Organisation.objects.get(slug="proba")
    address = reverse("organisation:edit", args=[made.pk])
    assert client.post(address, rendered_form(client, address)).status_code == 302
    entry = ModelLogEntry.objects.filter(object_id=str(made.pk), action="wagtail.edit").get()
    assert entry.content_changed is False


def test_a_row_is_deleted_and_another_changed(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    create(client)
    made = Organisation.objects.get(slug="proba")
    address = reverse("organisation:edit", args=[made.pk])
    sent = {
        **rendered_form(client, address),
        "identifiers-0-DELETE": "on",
        "services-0-name_en": "Green areas",
    }
    assert client.post(address, sent).status_code == 302
    assert list(made.identifiers.all()) == []
    assert dict(made.services.get().name) == {"pl": "Zieleń", "it": "Verde", "en": "Green areas"}


def test_an_organisation_does_not_belong_to_itself(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    create(client)
    made = Organisation.objects.get(slug="proba")
    address = reverse("organisation:edit", args=[made.pk])
    row = {"memberships-TOTAL_FORMS": "1", "memberships-0-group": made.pk, "memberships-0-kind": "member"}
    response = client.post(address, {**rendered_form(client, address), **row})
    assert response.status_code == 200
    assert not Membership.objects.filter(member=made).exists()


def test_a_membership_does_not_end_before_it_begins(ewa: Person, signed_in: SignIn) -> None:
    group = Organisation.objects.first()
    days = {"group": group.pk, "kind": "member", "valid_from": "2012-01-01", "valid_to": "2011-01-01"}
    response = create(signed_in(ewa), memberships=inline_formset([days]))
    assert response.status_code == 200
    assert not Organisation.objects.filter(slug="proba").exists()
