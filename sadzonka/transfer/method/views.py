"""The page of the method, and the record of its example."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from sadzonka.analysis import DEFAULT_THRESHOLDS, LEAST_COMPARABLE, METHOD, canonical
from sadzonka.common.pages import PageRequest
from sadzonka.transfer.method.example import Example
from sadzonka.transfer.method.forms import ExampleForm
from sadzonka.transfer.method.literature import LITERATURE
from sadzonka.transfer.method.objections import OBJECTIONS
from sadzonka.transfer.method.recursion import share_steps
from sadzonka.transfer.method.working import Working

SPLIT = ((0.9, 0.3, 0.4), (0.9, 0.9, 0.3, 0.4))  # the same values, the first one counted twice
SPLIT_AT = 0.5


@require_safe
@vary_on_headers("HX-Request", "HX-Target")
def method(request: PageRequest) -> HttpResponse:
    form = ExampleForm(request.GET)
    example = {"form": form, "example": Working(Example(form.given()))}
    if request.htmx.target == "example":
        return render(request, "transfer/method/_example.html", example)
    return render(
        request,
        "transfer/method/page.html",
        {
            **example,
            "edition": METHOD,
            "thresholds": DEFAULT_THRESHOLDS,
            "least_comparable": LEAST_COMPARABLE,
            "split": [share_steps(values, SPLIT_AT).share for values in SPLIT],
            "objections": OBJECTIONS,
            "literature": LITERATURE,
        },
    )


@require_safe
def example_record(request: HttpRequest) -> HttpResponse:
    """Give the example's record as canonical JSON: its bytes have the hash that the page shows."""
    record = Example(ExampleForm(request.GET).given()).record
    return HttpResponse(canonical(record), content_type="application/json")
