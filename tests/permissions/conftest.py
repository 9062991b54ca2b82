"""Everything that could leak: drafts, old versions, unpublished news, messages, all tied to what is shown."""

from __future__ import annotations

import datetime as dt
import uuid
from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import PageViewRestriction

from sadzonka.funding.models import Project
from sadzonka.organisations.models import Organisation
from sadzonka.outbox.models import Mail
from sadzonka.practices.models import Practice
from sadzonka.transfer.models import Finding, Judgement
from sadzonka.visits.models import AgendaItem, Visit
from sadzonka.website.models import ContactMessage, NewsPage
from tests import factories
from tests.chain import World
from tests.permissions.matrix import AREAS
from tests.permissions.roles import CANARY


@pytest.fixture
def planted(world: World) -> None:
    """Plant everything that could leak."""
    plant(world)


def plant(world: World) -> None:
    """Plant drafts with the canary in their texts, tied to shown things in every way there is."""
    _plant_practices()
    _plant_visit()
    _plant_news()
    ContactMessage.objects.create(
        nonce=uuid.uuid4(), name=CANARY, email="a@example.org", subject=CANARY, text=CANARY, language="pl"
    )
    Mail.objects.create(key="1", recipient="a@example.org", subject=CANARY, body=CANARY, language="pl")
    _plant_files(Path(settings.MEDIA_ROOT))
    for area in AREAS:
        area.plant(world)


def _plant_practices() -> None:
    shown = Practice.objects.get(slug="bicycles-from-prison")
    factories.version(shown, CANARY, number=2)
    renewed = Practice.objects.get(slug="kostrzynianka-home-care")
    renewed.versions.update(state="outdated")
    factories.version(renewed, "Now version two", number=2, state="published")
    consortium = Organisation.objects.get(slug="consorzio-karabak")
    draft = factories.practice("draft-practice", origin=factories.municipality(), run_by=consortium)
    factories.version(draft, CANARY)
    draft.organisations.add(Organisation.objects.get(slug="cadiai"))
    for item in AgendaItem.objects.filter(visit__slug="wwd-italy-2013"):
        item.practices.add(draft)
        item.save()
    place, day = factories.municipality(), dt.date(2026, 5, 4)
    Finding.objects.create(
        municipality=place,
        practice=draft,
        alternative_key="resolution",
        state="met",
        source=factories.words(CANARY),
        found_on=day,
    )
    Judgement.objects.create(
        municipality=place,
        practice=draft,
        criterion_key="trust",
        low=1,
        high=2,
        reason=factories.words(CANARY),
        judged_on=day,
    )


def _plant_visit() -> None:
    project, host = Project.objects.get(slug="pwp-woes-ii"), Organisation.objects.get(slug="cadiai")
    draft = factories.visit("draft-visit", CANARY, state="draft", project=project, organiser=host)
    item = factories.agenda_item(draft, "first", CANARY, host=host, municipality=factories.municipality())
    item.practices.add(Practice.objects.get(slug="bicycles-from-prison"))
    item.save()
    draft.municipalities.add(factories.municipality())
    draft.save()


def _plant_news() -> None:
    for language in factories.LANGUAGES:
        factories.news(CANARY, language=language, slug="draft-news", live=False)
    hidden = factories.news(CANARY, slug="for-members")
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    shown = NewsPage.objects.get(slug="the-demonstration-opens")
    shown.visit = Visit.objects.get(slug="draft-visit")
    shown.practices.add(Practice.objects.get(slug="draft-practice"))
    shown.save()
    shown.title = CANARY  # a change that nobody has published
    shown.save_revision()


def _plant_files(media: Path) -> None:
    for name, text in {
        "images/shown.txt": "a rendition",
        "original_images/original.txt": CANARY,
        "documents/paper.txt": CANARY,
        "../outside.txt": CANARY,
    }.items():
        path = media / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
