"""Register numbers are checked where they carry a checksum."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from sadzonka.common.identifiers import check_identifier
from sadzonka.organisations.models import Identifier

RIGHT = [
    ("nip", "123-456-32-18", "1234563218"),
    ("nip", "PL 1234563218", "1234563218"),
    ("regon", "123456785", "123456785"),
    ("regon", "12345678512347", "12345678512347"),
    ("krs", "0000012345", "0000012345"),
    ("krs", " 12345 ", "0000012345"),
    ("piva", "IT 00743110157", "00743110157"),
    ("cf", "00743110157", "00743110157"),
]
WRONG = [
    ("nip", "1234563219"),
    ("nip", "123456321"),
    ("nip", "brak"),
    ("regon", "123456786"),
    ("regon", "12345678512348"),
    ("regon", "12345678"),
    ("krs", "12345678901"),
    ("krs", "12a45"),
    ("krs", "١٢٣٤٥"),
    ("piva", "00743110158"),
    ("piva", "0074311015"),
    ("cf", "00743110158"),
    ("cf", "RSSMRA85T10A562T"),
    ("nip", ""),
    ("krs", ""),
]


@pytest.mark.parametrize(("scheme", "written", "compact"), RIGHT)
def test_a_right_number_is_kept_in_its_compact_form(scheme: str, written: str, compact: str) -> None:
    assert check_identifier(scheme, written) == compact


@pytest.mark.parametrize(("scheme", "written"), WRONG)
def test_a_wrong_number_is_refused_beside_its_field(scheme: str, written: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_identifier(scheme, written)
    assert list(refusal.value.message_dict) == ["value"]


def test_the_refusal_is_said_in_the_readers_language() -> None:
    said = set()
    for language in ("pl", "it", "en"):
        with override(language), pytest.raises(ValidationError) as refusal:
            Identifier(scheme="nip", value="1234563219").clean()
        said.add(refusal.value.messages[0])
    assert "1234563219 is not a valid NIP number." in said
    assert len(said) == 3
