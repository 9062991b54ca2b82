"""What the desk calls things: nothing that a reader or the engine says is left without words."""

from __future__ import annotations

from django.utils.translation import override

from sadzonka.places.desk import words
from sadzonka.places.desk.preview import Contents, years_in_words
from sadzonka.places.formats.recognising import READERS
from sadzonka.places.models import Indicator


def test_every_layout_has_a_name() -> None:
    assert set(words.LAYOUTS) == {reader.LAYOUT for reader in READERS}


def test_years_are_written_as_spans() -> None:
    assert years_in_words([2004, 2003, 2006, None, 2004]) == "2003–2004, 2006"
    assert years_in_words([]) == ""


def test_a_figure_without_value_is_said_in_words_and_others_with_the_decimals_of_their_indicator() -> None:
    change = {"country": "PL", "code": "1", "name": "Łódź", "indicator": "share", "year": 2024}
    found = {"figures": {"changes": [{**change, "stored": None, "file": 1234.5}]}}
    with override("en"):
        (shown,) = Contents(found, {"share": Indicator(key="share", decimals=2)}).changes
        assert (shown.place, shown.stored, shown.file) == ("Łódź (PL 1)", "no value", "1,234.50")
