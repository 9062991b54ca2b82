"""Files on their way in, with previews written by hand as the engine writes them."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from django.utils import timezone

from sadzonka.places.models import FileImport, Indicator, Observation, Release
from tests import factories

PREVIEW: dict[str, Any] = {
    "layout": "bdl-table",
    "publisher": "Statistics Poland",
    "title": "BDL RYNE_1944",
    "period": "2003–2024",
    "as_of": None,
    "encoding": "utf-8",
    "separator": ";",
    "asks": [],
    "columns": [
        {
            "number": 0,
            "label": "ogółem [osoba]",
            "years": [2003, 2004, 2006],
            "indicator": "registered_unemployed",
            "factor": 1.0,
            "how": "catalogue",
            "figures": 7431,
        },
        {
            "number": 1,
            "label": "kobiety [osoba]",
            "years": [2003, 2004, 2006],
            "indicator": "",
            "factor": 1.0,
            "how": "none",
            "figures": 7431,
        },
    ],
    "lines": {
        "all": 4433,
        "municipalities": 2481,
        "regions": 17,
        "countries": 1,
        "counties": 380,
        "parts": 1554,
        "others": 0,
    },
    "matched": 2477,
    "unmatched": 1,
    "unmatched_lines": [
        {
            "row": 44,
            "written": "0221091",
            "name": "Wałbrzych",
            "why": {
                "key": "bad-code",
                "weight": "warning",
                "row": 44,
                "column": "",
                "params": {"value": "0221091"},
            },
        }
    ],
    "territory": {
        "new": 1,
        "changed": 0,
        "ended": 0,
        "renumbered": 0,
        "examples": [{"code": "180710", "name": "Jaśliska", "what": "new"}],
    },
    "figures": {
        "new": 7000,
        "same": 430,
        "changed": 1,
        "secret": 12,
        "missing": 0,
        "changes": [
            {
                "row": 12,
                "country": "PL",
                "code": "300101",
                "name": "Chodzież",
                "indicator": "registered_unemployed",
                "year": 2004,
                "stored": 1001,
                "file": 1002,
            }
        ],
    },
    "regional": 51,
    "outlines": 0,
    "points": 0,
    "sums": [
        {
            "indicator": "registered_unemployed",
            "label": "ogółem [osoba]",
            "year": 2003,
            "municipalities": 3175674,
            "published": 3175674,
            "equal": True,
        },
        {
            "indicator": "registered_unemployed",
            "label": "ogółem [osoba]",
            "year": 2004,
            "municipalities": 2999600,
            "published": 2999601,
            "equal": False,
        },
    ],
    "notes": [
        {"key": "part", "weight": "explanation", "row": None, "column": "", "params": {"count": 1554}},
        {"key": "bad-code", "weight": "warning", "row": 7, "column": "A", "params": {"value": "x"}},
        {"key": "bad-code", "weight": "warning", "row": 9, "column": "A", "params": {"value": "x"}},
    ],
    "errors": 0,
    "same_as": "",
}


def preview(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(PREVIEW), **changes}


def file_import(state: str = "read", **fields: Any) -> FileImport:
    """Keep a file in a state; one that was read has a preview."""
    shown = {} if state in {"waiting", "refused"} else preview()
    return FileImport.objects.create(
        **{
            "state": state,
            "file_name": "RYNE_1944.csv",
            "content": b"Kod;Nazwa",
            "size": 9,
            "sha256": "0" * 64,
            "layout": "bdl-table" if shown else "",
            "preview": shown,
            "report": {"told_at": timezone.now().isoformat()} if state in {"waiting", "queued"} else {},
            **fields,
        }
    )


def release(key: str = "invented", **fields: Any) -> Release:
    return Release.objects.create(
        **{
            "key": key,
            "publisher": "An office",
            "title": f"A table ({key})",
            "period": "2024",
            "retrieved_on": dt.date(2026, 1, 5),
            **fields,
        }
    )


def indicator(key: str, **fields: Any) -> Indicator:
    text = factories.words(key)
    return Indicator.objects.create(key=key, name=text, unit=text, definition=text, source="x", **fields)


def figure(of: Indicator, code: str, year: int, value: float | None, **fields: Any) -> Observation:
    """Store a figure of a Polish municipality."""
    return Observation.objects.create(
        **{
            "indicator": of,
            "municipality": factories.municipality(code),
            "period": year,
            "value": value,
            "status": "" if value is not None else "secret",
            **fields,
        }
    )
