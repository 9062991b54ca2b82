"""The page that shows how the anticipated classes turned out."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sadzonka.analysis import METHOD_VERSION
from sadzonka.transfer.calibration.cases import Sorted, sorted_adoptions
from sadzonka.transfer.calibration.classes import ClassRow, class_rows
from sadzonka.transfer.calibration.necessities import PracticeTests, practice_tests


@dataclass(frozen=True, slots=True)
class Learnt:
    """What adoptions teach: their kinds, both outcomes by class, and the tests of each practice."""

    adoptions: Sorted
    delivered: tuple[ClassRow, ...]
    sustained: tuple[ClassRow, ...]
    practices: tuple[PracticeTests, ...]


@require_safe
def calibration(request: HttpRequest) -> HttpResponse:
    real, invented = map(_learnt, sorted_adoptions())
    context = {"real": real, "invented": invented, "method": METHOD_VERSION}
    return render(request, "transfer/calibration/calibration.html", context)


def _learnt(adoptions: Sorted) -> Learnt:
    cases = adoptions.cases
    return Learnt(
        adoptions,
        delivered=class_rows((case, case.is_delivered) for case in cases),
        sustained=class_rows((case, case.is_sustained) for case in cases),
        practices=practice_tests(cases),
    )
