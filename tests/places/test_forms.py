"""Municipalities are written by country and code, one a line: nobody chooses among 99,140."""

import pytest
from django.core.exceptions import ValidationError

from sadzonka.places.forms import MunicipalitiesField
from tests import factories

pytestmark = pytest.mark.django_db


def test_lines_name_municipalities_each_once_whatever_stands_behind_the_code() -> None:
    found = MunicipalitiesField().clean("pl 300102 anything\n\nPL 300101\nPL  300101 Chodzież\n")
    assert {one.code for one in found} == {"300101", "300102"}
    assert len(found) == 2


def test_nothing_names_nothing() -> None:
    assert MunicipalitiesField().clean("") == []


def test_what_is_shown_comes_back_unchanged() -> None:
    field, places = MunicipalitiesField(), [factories.municipality("300102"), factories.municipality()]
    shown = field.prepare_value(places)
    assert shown.splitlines()[0] == "PL 300101 Chodzież"
    assert sorted(one.pk for one in field.clean(shown)) == sorted(one.pk for one in places)
    assert not field.has_changed(places, shown)
    assert field.has_changed(places, "PL 300101")


@pytest.mark.parametrize("line", ["IT 300101", "300101", "PL", "Chodzież", "PL 30010"])
def test_a_line_that_names_none_is_an_error_that_says_which(line: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MunicipalitiesField().clean(f"PL 300102\n{line}")
    assert [str(one).count(f"“{line}”") for one in refused.value.error_list] == [1]
