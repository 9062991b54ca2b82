"""The pages of files: what is shown in each state, and what may be done."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sadzonka.people.models import Person
from sadzonka.places.models import ColumnLabel, FileImport
from tests.places.desk.previews import file_import, preview, release

SignIn = Callable[[Person], Client]
LIST = "/en/statistics/desk/"

pytestmark = pytest.mark.django_db


def page(client: Client, found: FileImport) -> BeautifulSoup:
    answer = client.get(f"{LIST}files/{found.pk}/")
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def buttons(html: BeautifulSoup) -> list[str]:
    return [button.text for button in html.select("main button")]


def seen(client: Client, found: FileImport) -> str:
    return str(page(client, found).select_one("[name=seen]")["value"])


def text_of(found: BeautifulSoup | Tag) -> str:
    return " ".join(found.get_text(" ").split())


def section(html: BeautifulSoup, heading: str) -> str:
    (found,) = [one.find_parent("section") for one in html.select("section h2") if one.text == heading]
    return text_of(found)


def test_a_preview_says_what_was_recognised(ewa: Person, signed_in: SignIn) -> None:
    said = section(page(signed_in(ewa), file_import()), "What was recognised")
    for words in (
        "Statistics Poland, Local Data Bank: table",
        "BDL RYNE_1944",
        "2003–2024",
        "utf-8",
        "Semicolon",
        "2,477 of 2,478 found",
        "Lines: municipalities 2,481",
        "Lines: parts and districts (counted in their wholes already) 1,554",
        "Figures of regions and countries 51",
    ):
        assert words.lower() in said.lower()
    assert "other units" not in said


def test_a_preview_shows_figures_sums_places_and_unmatched_lines(ewa: Person, signed_in: SignIn) -> None:
    html = page(signed_in(ewa), file_import())
    rows = {
        table.caption.text: [[cell.text for cell in row.select("th, td")] for row in table.select("tbody tr")]
        for table in html.select("table")
    }
    assert rows == {
        "Figures that differ from what is stored: 1 of 1": [
            ["Chodzież (PL 300101)", "Registered unemployed", "2004", "1,001", "1,002"]
        ],
        "Sums over the municipalities against the line of the country": [
            ["Registered unemployed", "2003", "3,175,674", "3,175,674", "equal"],
            ["Registered unemployed", "2004", "2,999,600", "2,999,601", "different"],
        ],
        "Some of them": [["180710", "Jaśliska", "a new municipality"]],
        "Lines whose code is no municipality here: 1 of 1": [
            [
                "44",
                "0221091",
                "Wałbrzych",
                "“0221091” is not a code of this country. Correct it or remove the line.",
            ]
        ],
    }
    assert "1 sum over the municipalities differs from the line of the country." in section(html, "Sums")
    assert section(html, "Figures").startswith(
        "Figures New 7,000 The same as stored 430 Different from what is stored 1"
        " Kept secret by the office 12 Without data at the office 0"
    )


def test_the_same_sentence_about_two_lines_stands_once(ewa: Person, signed_in: SignIn) -> None:
    html = page(signed_in(ewa), file_import())
    assert section(html, "Look twice") == (
        "Look twice Lines 7, 9, column A “x” is not a code of this country. Correct it or remove the line."
    )
    assert section(html, "Explanations").startswith("Explanations The file 1554 lines are parts")


def test_a_note_of_an_earlier_edition_is_said_by_its_key(ewa: Person, signed_in: SignIn) -> None:
    note = {"key": "gone-since", "weight": "error", "row": 3, "column": "", "params": {}}
    html = page(signed_in(ewa), file_import(preview=preview(notes=[note], errors=1)))
    assert section(html, "To be corrected in the file") == "To be corrected in the file Line 3 gone-since"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"errors": 2}, "2 errors must be corrected in the file; hand it in again then."),
        ({"asks": [{"key": "year"}]}, "Say of which year the figures are: the file does not."),
        ({"asks": [{"key": "country"}]}, "Say of which country the codes are: the file does not."),
    ],
)
def test_what_is_wrong_or_asked_stands_in_the_way_of_an_import(
    changes: dict[str, object], reason: str, ewa: Person, signed_in: SignIn
) -> None:
    client, found = signed_in(ewa), file_import(preview=preview(**changes))
    html = page(client, found)
    assert [one.text for one in html.select(".obstacles li")] == [reason]
    assert buttons(html) == ["Discard", "Save choices and read again"]
    answer = client.post(f"{LIST}files/{found.pk}/import/", {"seen": seen(client, found)})
    assert answer.status_code == 422
    assert FileImport.objects.get().state == "read"


def test_a_controller_sees_the_preview_and_no_buttons(controller: Person, signed_in: SignIn) -> None:
    html = page(signed_in(controller), file_import())
    assert buttons(html) == []
    assert "What the columns were taken for" in [one.text for one in html.select("caption")]
    assert [one["href"] for one in html.select("main a") if "report" in one["href"]] != []


@pytest.mark.parametrize("state", ["waiting", "queued"])
def test_what_is_under_way_is_looked_at_again_by_a_real_link(
    state: str, ewa: Person, signed_in: SignIn
) -> None:
    client, found = signed_in(ewa), file_import(state, progress=40)
    html = page(client, found)
    (link,) = html.select("#standing a")
    assert (link["href"], link["hx-trigger"]) == (f"{LIST}files/{found.pk}/", "every 2s, click")
    assert "40% done." in html.select_one("#standing").text


def test_only_the_standing_comes_back_while_it_is_under_way_and_then_the_page(
    ewa: Person, signed_in: SignIn
) -> None:
    client, found = signed_in(ewa), file_import("queued", progress=40)
    asked = {"HX-Request": "true", "HX-Target": "standing"}
    answer = client.get(f"{LIST}files/{found.pk}/", headers=asked)
    assert answer.content.decode().startswith('<div class="flow" id="standing">')
    FileImport.objects.update(state="imported")
    answer = client.get(f"{LIST}files/{found.pk}/", headers=asked)
    assert answer.headers["HX-Refresh"] == "true"


def test_an_import_that_ended_shows_its_report_and_its_release(ewa: Person, signed_in: SignIn) -> None:
    found = file_import("imported", preview={}, report=preview(matched=1), release=release("written"))
    html = page(signed_in(ewa), found)
    assert "1 of 2 found" in section(html, "What was recognised")
    assert buttons(html) == []
    assert (
        html.select_one("main a[href='/en/statistics/desk/releases/written/']").text
        == "The release that it became"
    )


def test_the_list_says_how_each_file_stands(ewa: Person, signed_in: SignIn) -> None:
    file_import(file_name="first.csv")
    file_import("waiting", file_name="second.csv")
    file_import(file_name="third.csv", preview=preview(errors=1))
    html = BeautifulSoup(signed_in(ewa).get(LIST).content, "html.parser")
    entries = [text_of(entry).partition(":")[2][3:] for entry in html.select(".entries > li")]
    assert entries == [
        (
            "third.csv Statistics Poland, Local Data Bank: table 2,477 of 2,478 municipalities found"
            " · new: 7,000 · the same as stored: 430 · different from what is stored: 1"
            " · kept secret by the office: 12"
            " 1 error must be corrected in the file; hand it in again then. Read: look at the preview 9 bytes"
        ),
        "second.csv Waiting to be read 9 bytes",
        (
            "first.csv Statistics Poland, Local Data Bank: table 2,477 of 2,478 municipalities found"
            " · new: 7,000 · the same as stored: 430 · different from what is stored: 1"
            " · kept secret by the office: 12"
            " Read: look at the preview 9 bytes"
        ),
    ]


def test_several_files_are_handed_in_at_once(ewa: Person, signed_in: SignIn) -> None:
    files = [SimpleUploadedFile("first.csv", b"Kod;Nazwa"), SimpleUploadedFile("second.csv", b"Kod;Nazwa;x")]
    answer = signed_in(ewa).post(LIST, {"file": files})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert sorted(FileImport.objects.values_list("file_name", "size")) == [
        ("first.csv", 9),
        ("second.csv", 11),
    ]


def test_nothing_and_an_empty_file_are_refused_beside_the_field(ewa: Person, signed_in: SignIn) -> None:
    client = signed_in(ewa)
    for sent, reason in (
        ({}, "Choose at least one file."),
        ({"file": SimpleUploadedFile("empty.csv", b"")}, "The file is empty. Download it again."),
    ):
        answer = client.post(LIST, sent)
        html = BeautifulSoup(answer.content, "html.parser")
        assert answer.status_code == 422
        assert [one.text for one in html.select(".field .errorlist li")] == [reason]
    assert not FileImport.objects.exists()


def test_an_out_of_date_page_imports_and_discards_nothing(ewa: Person, signed_in: SignIn) -> None:
    client, found = signed_in(ewa), file_import()
    opened = seen(client, found)
    FileImport.objects.update(choices={"columns": {"kobiety [osoba]": "-"}})
    for verb in ("import", "discard", "choices"):
        answer = client.post(f"{LIST}files/{found.pk}/{verb}/", {"seen": opened})
        assert answer.status_code == 409
        assert "has changed since you opened the page" in answer.content.decode()
    assert FileImport.objects.get().state == "read"


def test_a_file_can_be_discarded_once(ewa: Person, signed_in: SignIn) -> None:
    client, found = signed_in(ewa), file_import()
    sent = {"seen": seen(client, found)}
    for _time in range(2):
        assert client.post(f"{LIST}files/{found.pk}/discard/", sent).status_code == 302
    assert FileImport.objects.get().state == "discarded"
    assert not ColumnLabel.objects.filter(label="kobiety [osoba]").exists()
