"""The summary of what is wrong in a form leads to each field, a group of choices too."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django import forms
from django.template.loader import render_to_string

from sadzonka.common.words import WordsFormField


class EveryKind(forms.Form):
    """A field of each kind that is written in its own way."""

    line = forms.CharField()
    one_of = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    some_of = forms.MultipleChoiceField(choices=[("a", "A")], widget=forms.CheckboxSelectMultiple)
    words = WordsFormField()


def test_each_error_leads_to_something_that_stands_on_the_page() -> None:
    form = EveryKind({})
    summary = BeautifulSoup(
        render_to_string("common/_errors.html", {"form": form, "heading": "No"}), "html.parser"
    )
    targets = [link["href"].removeprefix("#") for link in summary.find_all("a")]
    page = BeautifulSoup("".join(str(field) for field in form), "html.parser")
    assert [page.find(id=target).name for target in targets] == ["input", "input", "input", "textarea"]
