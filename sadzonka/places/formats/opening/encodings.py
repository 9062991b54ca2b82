"""Finding the encoding of a text, by its marks, its form, and in the end by its Polish and Italian letters.

Detectors made for all languages take ISO-8859-2 for something else in nine of ten short Polish files. Here
the few encodings that occur are tried, and the reading wins in which the letters beyond ASCII stand where
Polish and Italian (or German and French, which are official in parts of Italy) put them.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from sadzonka.places.formats.notes import Refused

# UTF-32 first: its mark begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SINGLE_BYTE = ("cp1250", "iso-8859-2", "cp852", "cp1252")
SAMPLE = 400_000  # bytes that are looked at
HANDICAPS = {"cp852": 1}  # the encoding of DOS has become rare
IMPLAUSIBLE = -1  # score per letter below which a text is taken for no text at all
LAST_ASCII, LAST_LATIN = 0x7F, "\u024f"
BY_ACCIDENT = 20  # bytes beyond one per letter
ZEROS = 0.2  # share of NUL bytes, at even or odd places, from which a text is UTF-16 without its mark

POLISH = "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ"
ITALIAN = "àèéìòùÀÈÉÌÒÙ"
NEIGHBOURS = "äöüßâêîôûëïçñÄÖÜÂÊÎÔÛËÏÇ"  # of German and French ...
FARTHER = "áíúýčďěňřšťůžľĺŕőűÁÍÚÝČĎĚŇŘŠŤŮŽ"  # ... of Slovene, Czech, Slovak, Hungarian
SIGNS = "–—„”“’‘«»§°²³€…·½\u00a0ªº"
VOWELS = "aeiouyó"
# A letter beyond ASCII with the letters beside it.
AROUND = re.compile(r"(?:(?<=(.))|\A)([^\x00-\x7f])(?=(.?))", re.DOTALL)


def decoded(content: bytes) -> tuple[str, str]:
    """Return a text and the name of its encoding."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return strictly(content, encoding), encoding.removesuffix("-sig")
    if encoding := wide_encoding(content):
        return strictly(content, encoding), encoding
    if content.isascii():
        return content.decode("ascii"), "utf-8"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        # Everything up to a letter cut in two is proper UTF-8, with at least one letter beyond ASCII.
        is_cut = error.end == len(content) and error.reason == "unexpected end of data"
        if is_cut and not content[: error.start].isascii():
            raise Refused("damaged") from error
        return most_plausible(content, SINGLE_BYTE)
    # Two letters such as ÓŁ in cp1250 happen to be one of UTF-8, though none that is written here.
    return most_plausible(content, ("utf-8", *SINGLE_BYTE))


def strictly(content: bytes, encoding: str) -> str:
    """Decode what says its encoding itself; bytes that do not fit are damage."""
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("damaged") from error


def wide_encoding(content: bytes) -> str:
    """Return the kind of UTF-16 without a mark: in Latin writing every second byte is mostly NUL."""
    sample = content[:SAMPLE]
    half = max(len(sample) / 2, 1)
    first, second = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if max(first, second) < ZEROS:
        return ""
    return "utf-16-le" if second > first else "utf-16-be"


def most_plausible(content: bytes, encodings: tuple[str, ...]) -> tuple[str, str]:
    """Return the text and encoding of the most plausible reading, the first of equal ones."""
    sample = sample_of(content)
    beyond_ascii = sum(byte > LAST_ASCII for byte in sample)
    scores = {}
    for encoding in encodings:
        try:
            scores[encoding] = plausibility(sample.decode(encoding)) - HANDICAPS.get(encoding, 0)
        except UnicodeDecodeError:
            continue
        # Nobody writes so many proper sequences by accident, whatever language they are.
        if encoding == "utf-8" and (
            scores[encoding] >= 0 or len(sample) - len(sample.decode()) > BY_ACCIDENT
        ):
            return content.decode(encoding), encoding
    for encoding in sorted(scores, key=lambda encoding: -scores[encoding]):
        if encoding != "utf-8" and scores[encoding] < IMPLAUSIBLE * beyond_ascii:
            break
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise Refused("encoding-unknown")


def sample_of(content: bytes) -> bytes:
    """Return the lines that say something about the encoding, up to a limit."""
    if len(content) <= SAMPLE:
        return content
    telling, size = [], 0
    for line in content.splitlines():
        if not line.isascii():
            telling.append(line)
            size += len(line)
            if size > SAMPLE:
                break
    return b"\n".join(telling)


def plausibility(text: str) -> float:
    """Return how well the letters beyond ASCII fit where they stand; 0 for a text without any."""
    seen = Counter(match.groups("") for match in AROUND.finditer(text))
    return sum(count * fit(*around) for around, count in seen.items())


def fit(before: str, letter: str, after: str) -> float:
    """Return how plausible one letter is between its neighbours: 3 at best, -10 for a control character."""
    if "\x80" <= letter <= "\x9f":
        return -10
    return (letter_fit if letter.isalpha() else sign_fit)(before, letter, after)


def letter_fit(before: str, letter: str, after: str) -> float:
    """Return how plausible a letter is by its case, its language and where it stands in a word."""
    if is_wrong_case(before, letter, after):
        return -4
    if letter in POLISH:
        return polish_fit(before, letter, after)
    if letter in ITALIAN:
        # Italian accents stand at the end of a word, or on the È that begins a sentence.
        return 2.5 if not after.isalpha() else 0.5
    if letter in NEIGHBOURS or letter in FARTHER:
        return 0.5 if letter in NEIGHBOURS else -0.5
    # Other writing comes in whole words: a single letter of it among Latin ones is none.
    return 0 if letter > LAST_LATIN and max(before, after) > LAST_LATIN else -3


def sign_fit(before: str, sign: str, after: str) -> float:
    """Return how plausible a sign is: inside a word only the apostrophe is."""
    if sign not in SIGNS:
        return -3
    return -3 if before.isalpha() and after.isalpha() and sign not in "’‘–—·\u00a0" else 0.2


def is_wrong_case(before: str, letter: str, after: str) -> bool:
    """Return whether a capital stands inside a word of small letters, or a small one between capitals."""
    if letter.isupper():
        return before.islower() or (before.isalpha() and after.islower())
    return before.isupper() and after.isupper()


def polish_fit(before: str, letter: str, after: str) -> float:
    """Return how plausible a Polish letter is: ą and ę stand between consonants, ń after a vowel or j."""
    small, before, after = letter.lower(), before.lower(), after.lower()
    if small in "ąę":
        follows = before.isalpha() and (before not in VOWELS or before == "i")
        return 3 if follows and (not after or after not in f"{VOWELS}mn") else -2
    if small == "ń":
        return 3 if before and before in f"{VOWELS}j" else -2
    return 3
