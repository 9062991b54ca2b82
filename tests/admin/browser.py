"""What a browser would send back of a form of the admin, unchanged."""

from typing import Any

from bs4 import BeautifulSoup, Tag
from django.test import Client


def rendered_form(client: Client, address: str) -> dict[str, Any]:
    """Return the fields of the form at `address` with their values, without the templates of new rows."""
    form = BeautifulSoup(client.get(address).content, "html.parser").find(id="w-editor-form")
    return values_of(form)


def values_of(form: Tag) -> dict[str, Any]:
    """Return the fields of a form with their values, without the templates of new rows."""
    data: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        if field.find_parent("template") or not field.get("name"):
            continue
        if field.name == "select":
            data[field["name"]] = [option["value"] for option in field.find_all("option", selected=True)]
        elif field.name == "textarea":
            data[field["name"]] = field.text.removeprefix("\n")
        elif field.get("type") != "checkbox":
            data[field["name"]] = field.get("value", "")
        elif field.has_attr("checked"):
            data.setdefault(field["name"], []).append(field.get("value", "on"))
    return data
