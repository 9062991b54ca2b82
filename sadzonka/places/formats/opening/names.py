"""The name of an uploaded file, as it may be shown and stored."""

from __future__ import annotations

import unicodedata

LONGEST = 120


def shown_name(file_name: str) -> str:
    r"""Return the name without folders, control characters and reversed writing, shortened in its middle.

    >>> shown_name("../../etc/RYNE_1944.csv")
    'RYNE_1944.csv'
    >>> shown_name("ludnosc\u202evsc.exe")
    'ludnoscvsc.exe'
    >>> shown_name("/")
    'file'
    """
    last = file_name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    # Categories C*: control characters, signs that turn the direction of writing, unassigned code points.
    plain = "".join(sign for sign in last if not unicodedata.category(sign).startswith("C"))
    plain = unicodedata.normalize("NFC", " ".join(plain.split())).strip(". ")
    if len(plain) > LONGEST:
        plain = f"{plain[: LONGEST - 21]}…{plain[-20:]}"
    return plain or "file"
