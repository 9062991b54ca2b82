"""Papers are accessible, and what people typed stays what they typed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from sadzonka.common.documents import MISSING_SIGN, paper, pdf, said
from sadzonka.common.words import Words

NASTY = [
    '#panic("x")',
    "*bold* _italic_ `code`",
    "$x$",
    "\\",
    "\"quoted\" 'single'",
    "#let x = 1; [content] {code} <label> @reference // comment /* */",
    "= heading",
    "Zażółć gęślą jaźń ŁÓDŹ, È già perché",
    "שלום עולם",
    "مرحبا",
    "x" * 300,
]


def content(*names: str, **more: Any) -> dict[str, Any]:
    """Return what an attendance list says, with these names."""
    visit = {"text": "A visit", "lang": "en", "other_language": ""}
    return {
        "lang": "en",
        "title": "Attendance list",
        "organiser": "Organiser",
        "visit": visit,
        "marks": [],
        "facts": [],
        "items": [],
        "columns": ["No.", "Name", "Institution", "Signature"],
        "participants": [{"name": name, "institution": ""} for name in names],
        **more,
    }


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def text_of(made: bytes) -> str:
    """Return the text of a paper without the white space that setting it in lines adds."""
    return "".join("".join(page.extract_text() for page in read(made).pages).split())


def structure(node: Any) -> Iterator[str]:
    """Yield the kinds of a tagged paper's elements."""
    if isinstance(node, list):
        for one in node:
            yield from structure(one.get_object())
    elif hasattr(node, "get"):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from structure(node["/K"].get_object() if hasattr(node["/K"], "get_object") else node["/K"])


@pytest.mark.parametrize("name", NASTY, ids=lambda name: name[:12])
def test_what_people_typed_is_never_markup(name: str) -> None:
    made = pdf("attendance.typ", content(name))
    if not any("\u0590" <= sign <= "\u06ff" for sign in name):  # read backwards from the page
        assert "".join(name.split()) in text_of(made)


def test_a_title_and_a_mark_are_no_markup_either() -> None:
    mark = {"kind": "text", "text": '#panic("m")', "lang": "en", "other_language": ""}
    made = pdf("attendance.typ", content("Marek", title='#panic("t")', organiser="*o*", marks=[mark]))
    assert '#panic("t")' in text_of(made)
    assert '#panic("m")' in text_of(made)
    assert read(made).metadata["/Title"] == '#panic("t")'


@pytest.mark.parametrize("sign", ["😀", "漢", "👨‍👩‍👧", "\U0001f33f"])
def test_a_square_stands_for_a_sign_that_no_font_has(sign: str) -> None:
    said_so = text_of(pdf("attendance.typ", content(f"Marek {sign} Łęcki")))
    assert f"Marek{MISSING_SIGN}" in said_so
    assert "Łęcki" in said_so


def test_three_hundred_different_signs_without_a_font_make_a_paper_too() -> None:
    signs = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 300))
    assert text_of(pdf("attendance.typ", content(signs))).count(MISSING_SIGN) == 300


def test_control_characters_are_left_out() -> None:
    assert "MarekNowak" in text_of(pdf("attendance.typ", content("Marek\x00\x01\x1b Nowak")))


@pytest.mark.parametrize("language", ["pl", "it", "en"])
def test_a_paper_is_tagged_and_says_its_language_and_title(language: str) -> None:
    found = read(pdf("attendance.typ", content("Marek", lang=language)))
    root = found.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata["/Title"] == "Attendance list"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    kinds = list(structure(root["/StructTreeRoot"]["/K"].get_object()))
    assert kinds.count("/H1") == 1
    assert kinds.count("/TH") == 4
    assert kinds.count("/TD") == 4


def test_a_text_in_another_language_is_named() -> None:
    with override("en"):
        assert said(Words({"pl": "Wizyta [1]"})) == {
            "text": "Wizyta",
            "lang": "pl",
            "other_language": "Polish",
        }
        assert said(Words({"en": "Visit"})) == {"text": "Visit", "lang": "en", "other_language": ""}
        assert said(None) == {"text": "", "lang": "en", "other_language": ""}


def test_a_paper_is_shown_by_the_browser_and_saved_under_its_name() -> None:
    answer = paper(b"%PDF", name="programme-one.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="programme-one.pdf"'
