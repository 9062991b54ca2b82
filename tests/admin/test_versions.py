"""The life of a version of a card: started, edited, published by somebody else, then never rewritten."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import ModelLogEntry

from sadzonka.people.models import Person
from sadzonka.places.models import Municipality
from sadzonka.practices.actions import VersionInPreparation, VersionIsNotReady, publish_version, start_version
from sadzonka.practices.models import Practice, Version
from sadzonka.practices.problems import problems_of
from sadzonka.practices.queries import analysis_model, whole_versions
from tests.admin.browser import rendered_form

SignIn = Callable[[Person], Client]
SLUG = "bicycles-from-prison"


@pytest.fixture
def practice(db: None) -> Practice:
    return Practice.objects.get(slug=SLUG)


@pytest.fixture
def draft(practice: Practice, ewa: Person) -> Version:
    return start_version(practice=practice, by=ewa)


@pytest.fixture
def short_draft(draft: Version) -> Version:
    """Return a draft of few rows: the form of a whole card takes seconds to render and to read."""
    for rows in (draft.texts, draft.components, draft.clauses, draft.costs, draft.sources):
        rows.exclude(pk__in=list(rows.values_list("pk", flat=True)[:1])).delete()
    criteria = draft.criteria.all()
    kept = [next(one.pk for one in criteria if one.is_question is kind) for kind in (False, True)]
    draft.criteria.exclude(pk__in=kept).delete()
    return Version.objects.get(pk=draft.pk)


def edit_url(version: Version) -> str:
    return reverse("version:edit", args=[version.pk])


def publish_url(version: Version) -> str:
    return reverse("version:publish", args=[version.pk])


def whole(version: Version) -> Version:
    return whole_versions().get(pk=version.pk)


def rows_of(version: Version) -> dict[str, Any]:
    """Return everything that a version says, without the keys of its rows."""
    own = {"id", "version_id", "clause_id"}

    def values(rows: Any) -> list[dict[str, Any]]:
        return [
            {name: value for name, value in row.items() if name not in own}
            for row in rows.order_by("pk").values()
        ]

    rows = {
        name: values(getattr(version, name))
        for name in ("texts", "components", "clauses", "criteria", "costs")
    }
    rows["alternatives"] = [values(clause.alternatives) for clause in version.clauses.order_by("pk")]
    return {**rows, "sources": values(version.sources)}


def test_a_new_version_says_what_the_newest_one_says(practice: Practice, ewa: Person) -> None:
    shown = practice.versions.get()
    draft = start_version(practice=practice, by=ewa)
    assert (draft.number, draft.state, draft.author, draft.reviewer) == (2, "draft", ewa, None)
    assert rows_of(draft) == rows_of(shown)
    assert analysis_model(whole(draft)) == analysis_model(whole(shown))
    assert Version.objects.get(pk=shown.pk).state == "published"
    entry = ModelLogEntry.objects.for_instance(draft).get()
    assert (entry.action, entry.user, entry.data) == ("wagtail.create", ewa, {"copy_of": 1})


def test_a_new_practice_begins_with_an_empty_draft(ewa: Person) -> None:
    draft = start_version(practice=Practice.objects.create(slug="new"), by=ewa)
    assert (draft.number, draft.state) == (1, "draft")
    with override("en"):
        assert problems_of(draft) == ["There is no text in any language."]


def test_there_is_one_draft_at_a_time(draft: Version, practice: Practice, colleague: Person) -> None:
    with pytest.raises(VersionInPreparation) as refusal:
        start_version(practice=practice, by=colleague)
    assert refusal.value.version == draft
    assert practice.versions.count() == 2


def test_a_controller_starts_and_publishes_nothing(
    draft: Version, practice: Practice, controller: Person
) -> None:
    with pytest.raises(PermissionDenied):
        start_version(practice=practice, by=controller)
    with pytest.raises(PermissionDenied):
        publish_version(version=draft, by=controller)
    assert practice.versions.get(number=1).state == "published"


def test_from_a_new_version_to_its_publication(
    practice: Practice, ewa: Person, colleague: Person, client: Client, signed_in: SignIn
) -> None:
    author, reviewer = signed_in(ewa), signed_in(colleague)
    response = author.post(reverse("version:add"), {"practice": practice.pk})
    draft = practice.versions.get(state="draft")
    assert (response.status_code, response["Location"]) == (302, edit_url(draft))

    sent = {**rendered_form(author, edit_url(draft)), "texts-0-title": "Rowery, które wracają"}
    assert author.post(edit_url(draft), sent).status_code == 302
    assert draft.texts.get(language="pl").title == "Rowery, które wracają"
    assert "Rowery, które wracają" not in client.get(f"/pl/praktyki/{SLUG}/", follow=True).content.decode()

    assert author.post(publish_url(draft))["Location"] == reverse("wagtailadmin_home")
    assert practice.versions.get(number=2).state == "draft"

    assert reviewer.get(publish_url(draft)).status_code == 200
    assert reviewer.post(publish_url(draft)).status_code == 302
    assert list(practice.versions.order_by("number").values_list("state", flat=True)) == [
        "outdated",
        "published",
    ]
    assert practice.versions.get(number=2).reviewer == colleague
    logged = ModelLogEntry.objects.for_instance(practice.versions.get(number=2)).get(action="wagtail.publish")
    assert (logged.user, logged.data) == (colleague, {"state": {"before": "draft", "after": "published"}})


def test_a_version_that_comes_back_unchanged_is_unchanged(
    draft: Version, ewa: Person, signed_in: SignIn
) -> None:
    before, client = rows_of(draft), signed_in(ewa)
    response = client.post(edit_url(draft), rendered_form(client, edit_url(draft)))
    assert response.status_code == 302
    assert rows_of(Version.objects.get(pk=draft.pk)) == before
    edited = ModelLogEntry.objects.for_instance(draft).get(action="wagtail.edit")
    assert edited.content_changed is False


def test_the_author_does_not_publish_an_own_version(draft: Version, ewa: Person) -> None:
    with pytest.raises(PermissionDenied):
        publish_version(version=draft, by=ewa)
    assert Version.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize("state", ["published", "to-reverify", "outdated"])
def test_a_version_that_was_published_is_never_rewritten(
    state: str, practice: Practice, ewa: Person, administrator: Person, signed_in: SignIn
) -> None:
    Version.objects.filter(practice=practice).update(state=state)
    version = practice.versions.get()
    before = rows_of(version)
    for person in (ewa, administrator):
        client = signed_in(person)
        for response in (
            client.get(edit_url(version)),
            client.post(edit_url(version), {"evidence_level": "5"}),
        ):
            assert (response.status_code, response["Location"]) == (
                302,
                reverse("version:inspect", args=[version.pk]),
            )
        client.post(reverse("version:delete", args=[version.pk]))
        client.post(publish_url(version))
    assert rows_of(Version.objects.get(pk=version.pk)) == before
    assert Version.objects.get(pk=version.pk).state == state


def test_a_draft_with_problems_is_saved_and_says_so(draft: Version, ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    sent = {**rendered_form(client, edit_url(draft)), "criteria-0-weight": "0.01"}
    response = client.post(edit_url(draft), sent, follow=True)
    weakened = whole(draft)
    (problem,) = problems_of(weakened)
    assert weakened.criteria.order_by("sort_order").first().weight == 0.01
    assert problem in [str(message) for message in response.context["messages"]]
    assert problem in response.content.decode()


def test_a_version_that_cannot_be_analysed_is_not_published(
    draft: Version, colleague: Person, signed_in: SignIn
) -> None:
    draft.criteria.all().update(weight=0.9)
    response = signed_in(colleague).post(publish_url(draft), follow=True)
    shown = [str(message) for message in response.context["messages"]]
    assert [problem for problem in problems_of(draft) if problem in shown] == problems_of(draft) != []
    assert draft.practice.versions.get(state="published").number == 1


def test_a_version_without_a_text_is_not_published(draft: Version, colleague: Person) -> None:
    draft.texts.all().delete()
    with pytest.raises(VersionIsNotReady) as refusal:
        publish_version(version=draft, by=colleague)
    assert len(refusal.value.problems) == 1
    assert Version.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("thresholds", "0.5\n0.4\n0.9"),
        ("thresholds", "half"),
        ("floors", "need 0.3"),
        ("floors", "luck: 0.3"),
        ("criteria-0-weight", "2"),
        ("clauses-0-name_pl clauses-0-name_it clauses-0-name_en", ""),
        ("clauses-0-alternatives-0-changed_by", "everybody"),
    ],
)
def test_nothing_is_written_of_a_wrong_form(
    field: str, wrong: str, short_draft: Version, ewa: Person, signed_in: SignIn
) -> None:
    before, client = rows_of(short_draft), signed_in(ewa)
    sent = {**rendered_form(client, edit_url(short_draft)), **dict.fromkeys(field.split(), wrong)}
    sent["texts-0-title"] = "Must not be written"
    assert client.post(edit_url(short_draft), sent).status_code == 200
    stored = Version.objects.get(pk=short_draft.pk)
    assert (stored.thresholds, stored.floors) == (short_draft.thresholds, short_draft.floors)
    assert rows_of(stored) == before


def test_points_and_anchors_are_written_as_lines(
    short_draft: Version, ewa: Person, signed_in: SignIn
) -> None:
    client = signed_in(ewa)
    form = rendered_form(client, edit_url(short_draft))
    criteria = list(short_draft.criteria.order_by("sort_order", "pk"))
    figure = next(place for place, one in enumerate(criteria) if not one.is_question)
    question = next(place for place, one in enumerate(criteria) if one.is_question)
    form[f"criteria-{figure}-points"] = "10: 0\n20,5: 1"
    form[f"criteria-{question}-anchors_en"] = "\n".join("abcdef")
    assert client.post(edit_url(short_draft), form).status_code == 302
    assert short_draft.criteria.get(key=criteria[figure].key).points == [[10, 0], [20.5, 1]]
    assert short_draft.criteria.get(key=criteria[question].key).anchors["en"] == list("abcdef")
    form[f"criteria-{question}-anchors_en"] = "only one"
    assert client.post(edit_url(short_draft), form).status_code == 200


def test_findings_and_judgements_name_what_is_on_the_card(
    practice: Practice, ewa: Person, signed_in: SignIn
) -> None:
    client, municipality = signed_in(ewa), Municipality.objects.filter(findings__isnull=True).first()
    alternative = practice.versions.get().clauses.first().alternatives.first()
    sent = {
        "municipality": municipality.pk,
        "practice": practice.pk,
        "state": "met",
        "source_pl": "Uchwała",
        "found_on": "2026-05-04",
    }
    wrong = client.post(reverse("finding:add"), {**sent, "alternative_key": "nothing-like-it"})
    assert (wrong.status_code, municipality.findings.count()) == (200, 0)
    right = client.post(reverse("finding:add"), {**sent, "alternative_key": alternative.key})
    assert (right.status_code, municipality.findings.get().alternative_key) == (302, alternative.key)
