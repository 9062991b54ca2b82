"""Encodings are found by the letters of short Polish and Italian files."""

import random

import pytest

from sadzonka.places.formats.opening.encodings import decoded
from tests.places.opening.written import TABLE, opened, refusal

POLISH = """
Łódź Gdańsk Kraków Poznań Białystok Wałbrzych Bolesławiec Łąck Łącko Wąchock Wąsosz Śrem Świdwin
Żory Żnin Źrebce Gać Baćkowice Woźniki Przystajń Toruń Pieniężno Księżpol Kikół Pszczółki Lądek
Rąbino Dąbrowa Dębica Gołdap Kościerzyna Oświęcim Pińczów Słupsk Tuchów Zakrzówek Żółkiewka Zgierz
Nowogrodziec Jaśliska Rzgów Brzeźnica Bodzentyn Ośno Kłaj Tłuszcz Mszczonów Sułkowice Ćmielów
Ciążeń
"""
ITALIAN = """
Agliè Forlì Cantù Viù Viggiù Muggiò Patù Montà Mondovì Paternò Scorzè Arsiè Roverè Canicattì
Santhià Verrès Emarèse Rhêmes-Notre-Dame Cefalù Nardò Bertinoro Torino Airasca Almese Jesi Temù
Nicolosi Alì
"""
ENCODINGS = {
    "Polish": ("cp1250", "iso-8859-2", "cp852", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
    "Italian": ("cp1252", "iso-8859-1", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"),
}


def short_files(names: list[str], encoding: str) -> list[str]:
    """Return files of one to ten names, the first with a letter beyond ASCII, each also in capitals."""
    pick = random.Random(encoding)  # noqa: S311 - the same files each time
    telling = [name for name in names if not name.isascii()]
    files = []
    for size in (0, 1, 2, 4, 9):
        for _each in range(40):
            lines = [pick.choice(telling), *pick.sample(names, size)]
            text = "".join(f"{pick.randint(100000, 999999)};{name}\r\n" for name in lines)
            files += [f"kod;nazwa\r\n{text}", f"KOD;NAZWA\r\n{text.upper()}"]
    return files


@pytest.mark.parametrize("encoding", ENCODINGS["Polish"])
def test_short_polish_files_are_read_in_every_encoding(encoding: str) -> None:
    wrong = [
        text for text in short_files(POLISH.split(), encoding) if decoded(text.encode(encoding))[0] != text
    ]
    # In capitals a single DOS "Ć" is a "Ź" of Windows: BAĆKOWICE alone in its file cannot be told.
    ambiguous = [text for text in wrong if "Ć" in text and encoding == "cp852"]
    assert [text for text in wrong if text not in ambiguous] == []
    assert len(ambiguous) < 10


@pytest.mark.parametrize("encoding", ENCODINGS["Italian"])
def test_short_italian_files_are_read_in_every_encoding(encoding: str) -> None:
    wrong = [
        text for text in short_files(ITALIAN.split(), encoding) if decoded(text.encode(encoding))[0] != text
    ]
    assert wrong == []


def test_names_of_south_tyrol_and_of_the_slovene_border_are_read() -> None:
    text = "Mühlbach\nNatz-Schabs\nVöls am Schlern\nVillnöß\nDuino Aurisina-Devin Nabrežina\nSèn Jan\n"
    assert decoded(text.encode("cp1252")) == (text, "cp1252")


def test_the_encoding_found_is_told() -> None:
    found = {encoding: opened(TABLE.encode(encoding)).encoding for encoding in ENCODINGS["Polish"]}
    assert found == {
        **{encoding: encoding for encoding in ("cp1250", "iso-8859-2", "cp852", "utf-8", "utf-16")},
        **{encoding: encoding for encoding in ("utf-16-le", "utf-16-be")},
        "utf-8-sig": "utf-8",
    }


def test_two_letters_that_happen_to_be_one_of_utf_8_are_still_two() -> None:
    content = "kod;nazwa\r\n141901;KIKÓŁ\r\n".encode("cp1250")
    assert content.decode("utf-8") == "kod;nazwa\r\n141901;KIKӣ\r\n"
    assert opened(content).sheets[0].rows[1][1] == "KIKÓŁ"


def test_utf_8_cut_inside_a_letter_is_damaged() -> None:
    assert refusal("kod;nazwa\n1061;Łódź".encode()[:-1]) == ("damaged", None, "")


def test_utf_16_cut_inside_a_character_is_damaged() -> None:
    assert refusal(TABLE.encode("utf-16")[:-1]) == ("damaged", None, "")


def test_greek_names_in_utf_8_stay_greek() -> None:
    text = "code;name\n01;Αθήνα\n"
    assert decoded(text.encode()) == (text, "utf-8")


def test_bytes_that_are_no_letters_of_ours_are_refused() -> None:
    assert refusal(b"kod;nazwa\n" + bytes(range(0x80, 0xA0)) * 3)[0] == "encoding-unknown"
