"""Which column holds codes of municipalities, of which country, and which unit each code names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sadzonka.places.formats.europe.italian import comune_code
from sadzonka.places.formats.europe.nuts import Place
from sadzonka.places.formats.poland import codes as polish
from sadzonka.places.formats.reading import Level
from sadzonka.places.formats.tables import folded

IDENTITY, WITH_TYPE, LAU = 6, 7, 13
SAMPLE, PROMISING = 200, 0.5  # columns that do not begin like codes are passed over
ENOUGH = 0.9  # the rest of a column of codes are mistakes, and told as such
POLISH_WORDS = {"teryt", "teryt6", "teryt7", "terc", "jpt", "gmina", "gminy", "gmi", "gus"}
ITALIAN_WORDS = {"istat", "comune", "comuni", "com", "codice"}
OTHER_WORDS = {"code", "kod", "lau", "id", "gisco"}


def with_type(text: str) -> Place | None:
    """Return the unit of a TERYT code of 7 digits, the last of them the type of a gmina.

    >>> with_type("0201011").code, with_type("201044").level.value, with_type("0201000").code
    ('020101', 'part', '0201')
    """
    code = text.zfill(WITH_TYPE)
    if not _is_digits(text) or len(text) < IDENTITY:
        return None
    found = polish.place(code)
    return Place("PL", found.level, found.code) if found else None


def without_type(text: str) -> Place | None:
    """Return the gmina of a TERYT code of 6 digits; one zero in front may be lost.

    >>> without_type("20101").code, without_type("020100"), without_type("330101")
    ('020101', None, None)
    """
    code = text.zfill(IDENTITY)
    if not _is_digits(text) or len(code) != IDENTITY or len(text) < IDENTITY - 1:
        return None
    if code[:2] not in polish.VOIVODESHIPS or code[2:4] == "00" or code[4:] == "00":
        return None
    return Place("PL", Level.MUNICIPALITY, code)


def of_eurostat(text: str) -> Place | None:
    """Return the gmina of Eurostat's code of 13 digits.

    >>> of_eurostat("PL_1001121200101").code
    '120101'
    """
    digits = text.removeprefix("PL_").removeprefix("PL")
    return without_type(digits[4:6] + digits[9:]) if _is_digits(digits) and len(digits) == LAU else None


def italian(text: str) -> Place | None:
    """Return the comune of a code of Istat."""
    code = comune_code(text.removeprefix("IT_"))
    return Place("IT", Level.MUNICIPALITY, code) if code else None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


Decode = Callable[[str], Place | None]
SCHEMES: dict[str, tuple[str, Decode]] = {
    "teryt-7": ("PL", with_type),
    "teryt-6": ("PL", without_type),
    "lau-pl": ("PL", of_eurostat),
    "istat": ("IT", italian),
}
WITH_SCHEMES = {country for country, _decode in SCHEMES.values()}


def decoder(scheme: str) -> tuple[str, Decode]:
    """Return the country of a way to write codes, and what reads them; a country's name: as they stand."""
    if scheme in SCHEMES:
        return SCHEMES[scheme]
    return scheme, lambda text: Place(scheme, Level.MUNICIPALITY, text)


@dataclass(frozen=True, slots=True)
class Told:
    """What staff say of the codes of a file, "" where they leave it to us."""

    column: str = ""
    country: str = ""
    scheme: str = ""

    @classmethod
    def of(cls, choices: Mapping[str, Any]) -> Told:
        """Return what the choices for a file say of its codes."""
        plain = choices.get("plain") or {}
        return cls(plain.get("code") or "", choices.get("country") or "", choices.get("scheme") or "")

    @property
    def schemes(self) -> list[str]:
        """The ways to read codes that are left."""
        return [
            scheme
            for scheme, (country, _decode) in SCHEMES.items()
            if self.country in {"", country} and self.scheme in {"", scheme}
        ]


NOTHING_TOLD = Told()


@dataclass(frozen=True, slots=True)
class CodeColumn:
    """A column of codes: `schemes` are the ways to read it that are left; one is needed."""

    position: int
    schemes: tuple[str, ...]
    rank: tuple[bool, bool, float, int]

    @property
    def countries(self) -> set[str]:
        """The countries that the codes may be of."""
        return {decoder(scheme)[0] for scheme in self.schemes}

    @property
    def question(self) -> str:
        """What must be chosen before the codes can be read, "" when that is certain."""
        if len(self.schemes) == 1:
            return ""
        return "choose-country" if len(self.countries) > 1 else "zeros-ambiguous"


def cleaned(text: str) -> str:
    """Take the spaces out of a code such as 02 01 01 1."""
    return text.replace(" ", "").replace("\u00a0", "")


def code_column(
    header: Sequence[str], columns: Sequence[Sequence[str]], told: Told = NOTHING_TOLD
) -> CodeColumn | None:
    """Return the column that most likely holds the codes of the lines, None when none does."""
    found = [
        column
        for position, (name, texts) in enumerate(zip(header, columns, strict=True))
        if (column := judged(position, name, texts, told)) is not None
    ]
    return max(found, key=lambda column: column.rank, default=None)


def judged(position: int, name: str, texts: Iterable[str], told: Told = NOTHING_TOLD) -> CodeColumn | None:
    """Return how the codes of one column can be read, None when they are no codes.

    Figures of six digits look like codes too: a header or a zero in front must tell.
    """
    codes = [cleaned(text) for text in texts if text]
    if not codes or not any(_decodes(codes[:SAMPLE], scheme) >= PROMISING for scheme in SCHEMES):
        return None
    words = set(folded(name).split())
    shares = _shares(codes, told)
    best = max(shares.values(), default=0)
    schemes = tuple(scheme for scheme, share in shares.items() if share >= max(ENOUGH, best))
    hints = words & (POLISH_WORDS | ITALIAN_WORDS | OTHER_WORDS)
    has_zeros = any(code.startswith("0") and len(code) >= IDENTITY for code in codes)
    if not schemes or not (hints or has_zeros or "lau-pl" in schemes):
        return None
    schemes = _narrowed(schemes, words)
    return CodeColumn(position, schemes, (bool(hints), has_zeros, best, len(set(codes))))


def taken_for_codes(
    position: int, name: str, texts: Iterable[str], told: Told = NOTHING_TOLD
) -> CodeColumn | None:
    """Return how most cells of a column that staff name, or may name, can be read; None when no cell can.

    Codes of a country without a scheme of ours stand as they are, but only staff can say so.
    """
    codes = [cleaned(text) for text in texts if text]
    if told.column and told.country and told.country not in WITH_SCHEMES:
        return CodeColumn(position, (told.country,), (True, True, 1, len(set(codes)))) if codes else None
    words = set(folded(name).split())
    shares = _shares(codes, told) if codes else {}
    best = max(shares.values(), default=0)
    if not best:
        return None
    schemes = _narrowed(tuple(scheme for scheme, share in shares.items() if share == best), words)
    hints = words & (POLISH_WORDS | ITALIAN_WORDS | OTHER_WORDS)
    return CodeColumn(position, schemes, (bool(hints), False, best, len(set(codes))))


def _shares(codes: Sequence[str], told: Told) -> dict[str, float]:
    """Return which share of the codes can be read in each way that is left."""
    return {
        scheme: _decodes(codes, scheme)
        for scheme in told.schemes
        if told.scheme or _fits_length(scheme, codes)
    }


def _decodes(codes: Sequence[str], scheme: str) -> float:
    """Return the share of codes that can be read in one way."""
    decode = SCHEMES[scheme][1]
    return sum(decode(code) is not None for code in codes) / len(codes)


def _fits_length(scheme: str, codes: Sequence[str]) -> bool:
    """Whether most codes are of the scheme's length, or of one less where a zero in front was lost."""
    lengths = Counter(len(code) for code in codes)
    if scheme == "teryt-7" and not lengths[WITH_TYPE]:
        # Without one whole code, all must have lost their zero: a file of the voivodeships 02 to 08.
        return set(lengths) == {IDENTITY}
    return True


def _narrowed(schemes: tuple[str, ...], words: set[str]) -> tuple[str, ...]:
    """Leave the schemes of the country that the header names."""
    for country, its_words in (("PL", POLISH_WORDS), ("IT", ITALIAN_WORDS)):
        others = (POLISH_WORDS | ITALIAN_WORDS) - its_words
        left = tuple(scheme for scheme in schemes if SCHEMES[scheme][0] == country)
        if words & its_words and not words & others and left:
            schemes = left
    if "teryt-6" in schemes and "teryt-7" in schemes and words & {"teryt6"}:
        return ("teryt-6",)
    return schemes
