"""The whole way through the pages: hand in, look, choose, import, and read the report."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from sadzonka.people.models import Person
from sadzonka.places.imports import actions
from sadzonka.places.models import ColumnLabel, FileImport, Indicator, Observation, Release
from tests.admin.browser import values_of

SignIn = Callable[[Person], Client]
LIST = "/en/statistics/desk/"
TABLE = (
    '"Kod";"Nazwa";"łóżka;2023;[szt.]";"łóżka;2024;[szt.]";\n'
    '"0000000";"POLSKA";"12";"15";\n'
    '"3001011";"Chodzież (1)";"5";"6";\n'
    '"3001022";"Budzyń (2)";"7";"";\n'
    '"3001033";"=Margonin (3)";"";"8";\n'
)

pytestmark = pytest.mark.django_db


class Office:
    """Somebody who hands a file in and goes on from page to page, with a worker beside."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def hands_in(self, text: str = TABLE, name: str = "BEDS.csv") -> None:
        answer = self.client.post(LIST, {"file": SimpleUploadedFile(name, text.encode())})
        self.address = answer["Location"]
        actions.read_later.func(self.file.pk)

    @property
    def file(self) -> FileImport:
        return FileImport.objects.get(pk=int(self.address.rstrip("/").rpartition("/")[2]))

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.client.get(self.address).content, "html.parser")

    def presses(self, step: str, **sent: Any) -> int:
        form = self.page.select_one(f"form[action$='/{step}/']")
        status = self.client.post(form["action"], {**values_of(form), **sent}).status_code
        if self.file.state == "waiting":
            actions.read_later.func(self.file.pk)
        return status

    def standing(self) -> list[str]:
        """Return what the page says of where the file stands."""
        (section,) = [one for one in self.page.select("section") if one.h2.text == "Where it stands"]
        said = [" ".join(one.text.split()) for one in section.select("p, li")]
        return [one for one in said if one != "Everything line by line (CSV)" or self.file.state != "read"]

    def works(self) -> None:
        actions.import_later.func(self.file.pk)


@pytest.fixture
def office(ewa: Person, signed_in: SignIn) -> Office:
    return Office(signed_in(ewa))


def test_a_table_is_handed_in_chosen_imported_and_reported(office: Office) -> None:
    office.hands_in()
    assert office.page.select(".obstacles li") == []
    column = {"column-0": "new", "column-0-key": "beds", "column-0-name": "Beds", "column-0-unit": "beds"}
    assert office.presses("choices", **column, licence="Re-use with the source named") == 302
    assert office.presses("import") == 302
    office.works()
    stored = Observation.objects.filter(indicator__key="beds").order_by("municipality__code", "period")
    assert list(stored.values_list("municipality__code", "period", "value")) == [
        ("300101", 2023, 5),
        ("300101", 2024, 6),
        ("300102", 2023, 7),
        ("300103", 2024, 8),
    ]
    release = Release.objects.get(observations__in=stored[:1])
    assert (release.licence, release.layout) == ("Re-use with the source named", "bdl-table")
    assert str(Indicator.objects.get(key="beds").unit) == "beds"
    assert ColumnLabel.objects.get(indicator__key="beds").label == "łóżka [szt.]"
    assert (office.file.state, bytes(office.file.content)) == ("imported", b"")
    link = office.page.select_one(f"main a[href='/en/statistics/desk/releases/{release.key}/']")
    assert link.text == "The release that it became"
    assert office.client.get(link["href"]).status_code == 200


def test_the_report_is_a_table_without_formulas(office: Office) -> None:
    office.hands_in(TABLE.replace("3001033", "3099993"))
    answer = office.client.get(f"{office.address}report.csv")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert answer["Content-Disposition"] == f'attachment; filename="import-{office.file.pk}.csv"'
    (unmatched,) = [row for row in rows if row["kind"] == "unmatched"]
    assert (unmatched["row"], unmatched["code"], unmatched["name"]) == ("5", "3099993", "'=Margonin")


def test_pressed_twice_it_is_imported_once(office: Office) -> None:
    office.hands_in()
    office.presses("choices", **{"column-0": "population"})
    releases = Release.objects.count()
    form = office.page.select_one("form[action$='/import/']")
    for _time in range(2):
        assert office.client.post(form["action"], values_of(form)).status_code == 302
    office.works()
    office.works()
    assert office.client.post(form["action"], values_of(form)).status_code == 302
    assert (Release.objects.count(), office.file.state) == (releases + 1, "imported")
    queued = DBTaskResult.objects.filter(task_path=actions.import_later.module_path)
    assert [job.args_kwargs["args"] for job in queued] == [[office.file.pk]]


def test_the_same_file_again_changes_nothing_and_the_preview_says_so_already(office: Office) -> None:
    office.hands_in()
    assert office.standing() == [
        (
            "As it is read now, there is nothing to import: its columns belong to no indicator "
            "that was chosen, or it holds no figures."
        )
    ]
    office.presses("choices", **{"column-0": "population"})
    seen = values_of(office.page.select_one("form[action$='/import/']"))
    office.presses("import")
    office.works()
    assert office.file.state == "imported"
    office.hands_in()
    assert office.standing() == [
        "Everything in this file is known already: there is nothing to import.",
        "This very content was imported before: importing it again changes nothing. See the release",
    ]
    assert [button.text for button in office.page.select("main button")] == [
        "Discard",
        "Save choices and read again",
    ]
    seen["seen"] = office.page.select_one("input[name='seen']")["value"]
    assert office.client.post(f"{office.address}import/", seen).status_code == 302
    office.works()
    assert office.file.state == "unchanged"
    assert Release.objects.filter(layout="bdl-table").count() == 1
    assert office.standing() == [
        "Everything in this file is stored already. Nothing was changed.",
        "The release that it became",
        "Everything line by line (CSV)",
    ]


def test_what_cannot_be_read_says_why(office: Office) -> None:
    office.hands_in("name;address\nEwa;Poznań\n", "people.csv")
    assert office.file.state == "refused"
    errors = [one for one in office.page.select("section") if one.h2 and "corrected" in one.h2.text]
    assert [len(one.select(".entries > li")) for one in errors] == [1]
    assert [button.text for button in office.page.select("main button")] == []


def test_who_did_what_stands_in_the_log(office: Office, ewa: Person) -> None:
    office.hands_in()
    office.presses("choices", **{"column-0": "population"})
    office.presses("import")
    entries = ModelLogEntry.objects.filter(object_id=str(office.file.pk), content_type__model="fileimport")
    assert [(entry.action, entry.user_id) for entry in entries.order_by("pk")] == [
        ("sadzonka.receive_file", ewa.pk),
        ("sadzonka.choose_for_file", ewa.pk),
        ("sadzonka.queue_import", ewa.pk),
    ]


def test_what_stands_still_is_started_again(office: Office) -> None:
    office.hands_in()
    office.presses("choices", **{"column-0": "population"})
    office.presses("import")
    assert office.page.select("form[action$='/again/']") == []
    FileImport.objects.update(progress=40, report={"told_at": "2020-01-01T00:00:00+00:00"})
    assert office.presses("again") == 302
    office.works()
    assert office.file.state == "imported"
