"""Somebody who uses the site as people do: opens an address, reads, follows links, fills in forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from django.core.files import File
from django.test import Client
from django.utils.translation import gettext, override

Answers = Mapping[str, str | list[str] | File[bytes]]


class Visitor:
    """A reader of one language.

    The interface's words are asked for in English, as in templates, and looked for in the reader's language.
    """

    def __init__(self, language: str, client: Client | None = None) -> None:
        self.language = language
        self.client = client or Client(enforce_csrf_checks=True)
        self.address = "/"
        self.page = BeautifulSoup()
        self._sent: tuple[str, Answers] = ("", {})

    def word(self, english: str) -> str:
        """Return what the interface says for an English text; a text that it does not know stays as it is."""
        with override(self.language):
            return gettext(english)

    def opens(self, address: str, status: int = 200) -> None:
        """Type an address, or click what leads there."""
        answer = self.client.get(
            urljoin(self.address, address), follow=True, headers={"accept-language": self.language}
        )
        self._arrives(answer, status)

    def follows(self, words: str, within: str = "body") -> None:
        """Click the one link with these words; a link that says just them goes before one that holds them."""
        self.opens(self.link(words, within))

    def link(self, words: str, within: str = "body") -> str:
        """Return where the one link with these words leads."""
        wanted = self.word(words)
        links = [(said(link), str(link["href"])) for link in self.found(within).select("a[href]")]
        exact = {target for text, target in links if text == wanted}
        targets = exact or {target for text, target in links if wanted in text}
        assert len(targets) == 1, f"{len(targets)} links in {within} of {self.address} say “{wanted}”"
        return targets.pop()

    def sends(self, form: str, answers: Answers, status: int = 200) -> None:
        """Fill in a form and press Enter in it; what is not answered stays as the page had it."""
        found = self.found(form)
        buttons = found.select("button:not([type=button])")[:1]  # Enter means the first one
        named = {str(one["name"]): str(one.get("value", "")) for one in buttons if one.get("name")}
        self._sends(found, answers, named, status)

    def presses(self, words: str, answers: Answers, within: str = "body", status: int = 200) -> None:
        """Fill in the one form that has a button of these words, and press it."""
        buttons = [one for one in self.found(within).select("form button") if said(one) == self.word(words)]
        named = {(str(one.get("name", "")), str(one.get("value", ""))) for one in buttons}
        forms = {id(one.find_parent("form")) for one in buttons}
        assert (len(named), len(forms)) == (1, 1), f"{len(forms)} forms of {self.address} say “{words}”"
        form = buttons[0].find_parent("form")
        assert form is not None
        self._sends(form, answers, {name: value for name, value in named if name}, status)

    def _sends(self, form: Tag, answers: Answers, button: Answers, status: int) -> None:
        for name, answer in answers.items():
            possible = possible_answers(form, name)
            wrong = [one for one in listed(answer) if one not in possible]
            assert not wrong, f"{name} cannot be answered with {wrong}"
        data = {**filled_in(form), **answers, **button}
        target = urljoin(self.address, str(form.get("action", "")))
        if form.get("method", "get").lower() == "post":
            self._sent = (target, data)
            self._arrives(self.client.post(target, data, follow=True), status)
        else:
            self._arrives(self.client.get(target, data, follow=True), status)

    def downloads(self, words: str, within: str = "body") -> bytes:
        """Click the one link with these words and return the file behind it."""
        answer = self.client.get(self.link(words, within))
        assert answer.status_code == HTTPStatus.OK, f"{words} led to {answer}"
        return bytes(answer.content)

    def sends_again(self) -> int:
        """Send what was sent last once more, as a second click does; return the status of the answer."""
        return int(self.client.post(*self._sent).status_code)

    def found(self, selector: str) -> Tag:
        """Return the one element of the page that a selector names."""
        elements = self.page.select(selector)
        assert len(elements) == 1, f"{len(elements)} × {selector} on {self.address}"
        return elements[0]

    def sees(self, words: str, within: str = "body") -> bool:
        """Whether these words stand on the page."""
        return self.word(words) in said(self.found(within))

    def section(self, heading: str) -> str:
        """Return what stands under a heading of the second level."""
        wanted = self.word(heading)
        headings = [
            one for one in self.page.select("section > h2, section > .head > h2") if said(one) == wanted
        ]
        assert len(headings) == 1, f"{len(headings)} sections “{wanted}” on {self.address}"
        return said(headings[0].find_parent("section"))

    def texts(self, selector: str) -> list[str]:
        """Return what each element says that a selector finds, in the order of the page."""
        return [said(element) for element in self.page.select(selector)]

    @property
    def heading(self) -> str:
        return said(self.found("h1"))

    def _arrives(self, answer: Any, status: int = 200) -> None:
        assert answer.status_code == status, f"{self.address} led to {answer}: {refusals(answer)}"
        request = answer.request
        path = request["PATH_INFO"].encode("latin-1").decode()  # WSGI hands UTF-8 on in this way
        self.address = f"{path}?{request['QUERY_STRING']}" if request["QUERY_STRING"] else path
        self.page = BeautifulSoup(answer.content, "html.parser")
        assert self.found("html")["lang"] == self.language, f"{self.address} is in another language"


def said(element: Tag) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.get_text(" ").split())


def refusals(answer: Any) -> list[str]:
    """Return what a page says is wrong with a form."""
    return [said(one) for one in BeautifulSoup(answer.content, "html.parser").select(".errors, .errorlist")]


def listed(answer: str | Sequence[str] | File[bytes]) -> Sequence[str | File[bytes]]:
    return [answer] if isinstance(answer, str | File) else answer


def filled_in(form: Tag) -> dict[str, str | list[str]]:
    """Return what a browser would send of a form as it stands, without a button."""
    fields: dict[str, list[str]] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.has_attr("disabled") or field.find_parent("fieldset", disabled=True):
            continue
        if field.name == "textarea":
            value = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            value = str(chosen["value"]) if chosen else ""
        elif field.get("type") not in {"radio", "checkbox"} or field.has_attr("checked"):
            value = str(field.get("value", "on" if field.get("type") == "checkbox" else ""))
        else:
            continue
        fields.setdefault(str(field["name"]), []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


class Anything:
    """What may be written into a field or chosen for it: every text, every file."""

    def __contains__(self, answer: object) -> bool:
        return isinstance(answer, str | File)


def possible_answers(form: Tag, name: str) -> Anything | set[str]:
    """Return what a field of a form can be answered with."""
    fields = form.select(f'[name="{name}"]')
    assert fields, f"there is no field {name}"
    if fields[0].name == "select":
        return {str(option["value"]) for option in fields[0].select("option")}
    if fields[0].get("type") in {"radio", "checkbox"}:
        return {str(field.get("value", "on")) for field in fields}
    return Anything()
