"""Papers: tagged PDF/UA-1 set from templates/documents by typst, which gets what they say as data."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpResponse

from sadzonka.common.templatetags.words import without_references
from sadzonka.common.words import Words

TEMPLATES = Path(settings.PROJECT_DIR) / "templates" / "documents"
MISSING_SIGN = "□"
_UNSHOWN = re.compile(r'the text `"(.*?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_LAST_OF_LATIN = 0x024F  # every font of ours has the letters up to here
_NO_CHARACTERS = {"Cc", "Cs"}  # control characters, halves of a pair


def pdf(template: str, content: Mapping[str, Any]) -> bytes:
    """Set a paper; `content` holds strings, numbers, lists and mappings, and its `lang` and `title`.

    What people typed never becomes markup: typst reads it as JSON. A sign that no font of ours has would
    make the paper inaccessible, so that a square stands for it.
    """
    text = json.dumps(_printable(content), ensure_ascii=False)
    while True:
        try:
            return _set(template, text)
        except typst.TypstError as error:
            unshown = _signs_without_a_font(str(error.diagnostic)) & set(text)
            if not unshown:
                raise
            text = text.translate(dict.fromkeys(map(ord, unshown), MISSING_SIGN))


def _set(template: str, content: str) -> bytes:
    made: bytes = typst.compile(
        str(TEMPLATES / template),
        root=str(settings.PROJECT_DIR),
        ignore_system_fonts=True,  # the same paper on every machine
        sys_inputs={"content": content},
        pdf_standards="ua-1",
    )
    return made


def _signs_without_a_font(diagnostic: str) -> set[str]:
    texts = "".join(_UNSHOWN.findall(diagnostic))
    signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), texts)
    return {sign for sign in signs if ord(sign) > _LAST_OF_LATIN} - {MISSING_SIGN}


def _printable(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    if isinstance(value, str):
        return "".join(
            sign for sign in value if sign == "\n" or unicodedata.category(sign) not in _NO_CHARACTERS
        )
    return value


def said(words: Words | None) -> dict[str, str]:
    """Return a text as papers take it: with its language, which is named where it is not the reader's."""
    saying = Words(words or {}).saying()
    language = str(dict(settings.LANGUAGES)[saying.language]) if saying.is_fallback else ""
    return {"text": without_references(saying.text), "lang": saying.language, "other_language": language}


def paper(content: bytes, *, name: str) -> HttpResponse:
    """Answer with a paper, shown by the browser and saved under `name`."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )
