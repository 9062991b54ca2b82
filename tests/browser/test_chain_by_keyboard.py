"""What people do on a visit, by keyboard alone and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTab
from tests.browser.looking import NARROW, tab_to

pytestmark = pytest.mark.browser

APPLY = "/en/visits/open-call/apply/"
ATTENDANCE = "/en/visits/under-way/desk/attendance/{}/"
BALLOT = "/en/assessments/9101/answers/"
ANSWERS = {
    "first_name": "Barbara",
    "last_name": "Nowak",
    "email": "barbara@example.org",
    "municipality": "300103",
    "institution": "Urząd Gminy",
    "position": "inspector",
    "superior_name": "Anna Wójt",
    "superior_email": "wojt@example.org",
    "motivation": "We look for a way to renovate bicycles.",
}


def type_into(page: Page, name: str, text: str) -> None:
    tab_to(page, f"main [name={name}]")
    page.keyboard.type(text)


def test_somebody_applies_by_keyboard_on_a_phone(open_tab: OpenTab) -> None:
    page = open_tab(viewport=NARROW)
    page.goto(APPLY)
    for name, text in ANSWERS.items():
        type_into(page, name, text)
    tab_to(page, "main [name=notice]")
    page.keyboard.press("Space")
    tab_to(page, "main form button.button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("We have written to you")


def test_an_incomplete_application_keeps_what_was_written_without_scripts(open_tab: OpenTab) -> None:
    page = open_tab(java_script_enabled=False)
    page.goto(APPLY)
    page.fill("main [name=first_name]", "Barbara")
    page.click("main form button.button >> nth=0")
    expect(page.locator("main .errors")).to_be_visible()
    expect(page.locator("main [name=first_name]")).to_have_value("Barbara")


def test_attendance_is_noted_by_keyboard(open_tab_as: OpenTab) -> None:
    page = open_tab_as("facilitator", viewport=NARROW)
    page.goto(ATTENDANCE.format("item-0"))
    first = page.locator("form.attendance fieldset").first
    tab_to(page, "form.attendance input[type=radio]")
    page.keyboard.press("ArrowDown")  # from the last, not noted, round to the first
    expect(first.locator("input[type=radio]").first).to_be_checked()
    tab_to(page, "form.attendance button.button")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status]")).to_be_visible()
    expect(first.locator("input[type=radio]").first).to_be_checked()


def test_attendance_is_noted_without_scripts(open_tab_as: OpenTab) -> None:
    page = open_tab_as("facilitator", java_script_enabled=False)
    page.goto(ATTENDANCE.format("item-1"))
    page.click("form.attendance button[name=others_present]")
    expect(page.locator("main [role=status]")).to_be_visible()
    expect(page.locator("form.attendance fieldset input[type=radio]:checked")).to_have_count(2)
    page.goto(ATTENDANCE.format("").replace("//", "/"))
    expect(page.locator("table.attendance .present")).not_to_have_count(0)


def test_a_sheet_is_filled_and_shared_by_keyboard(open_tab_as: OpenTab) -> None:
    page = open_tab_as("participant", viewport=NARROW)
    page.goto("/en/visits/under-way/sheets/item-0/")
    tab_to(page, "main textarea")
    page.keyboard.type("A workshop with four benches.")
    focused = page.locator("main textarea").first
    expect(focused).to_be_in_viewport(ratio=0.5)
    tab_to(page, "main .pinned button.quiet")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status]")).to_be_visible()
    expect(page.locator("main textarea").first).to_have_value("A workshop with four benches.")


def test_a_ballot_is_answered_by_keyboard(open_tab_as: OpenTab) -> None:
    page = open_tab_as("editor", viewport=NARROW)
    page.goto(BALLOT)
    questions = page.locator("fieldset.question").count()
    assert questions > 1
    for number in range(questions):
        name = page.locator("fieldset.question").nth(number).locator("input").first.get_attribute("name")
        tab_to(page, f"[name='{name}']")
        page.keyboard.press("Space")
        page.keyboard.press("ArrowDown")
        tab_to(page, "main textarea")
        page.keyboard.type("Seen in our own files.")
    tab_to(page, "main form button.button:not(.quiet)")
    page.keyboard.press("Enter")
    expect(page.locator("main [role=status], main .errors")).to_be_visible()
    expect(page.locator("main .errors")).to_have_count(0)
