"""One municipality of a screening, and what another answer would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sadzonka.analysis import changed_facts
from sadzonka.common.pages import NothingHere
from sadzonka.practices.queries import analysis_model
from sadzonka.transfer.forms import AnswersForm
from sadzonka.transfer.queries import knowledge_of
from sadzonka.transfer.screening import words
from sadzonka.transfer.screening.changed import (
    answered,
    band_lines,
    changed_standing,
    dimension_lines,
    standing_of,
)
from sadzonka.transfer.screening.door import screening_or_404
from sadzonka.transfer.screening.lines import first_question
from sadzonka.transfer.screening.queries import municipality_in, outcome_found, periods_by_municipality

if TYPE_CHECKING:
    from django.http import HttpResponse

    from sadzonka.common.pages import PageRequest


@require_safe
@never_cache
@login_required
def place(request: PageRequest, number: int, code: str) -> HttpResponse:
    """Show how a municipality stands in a screening, and with other answers how it would."""
    found = screening_or_404(request, number)
    outcome = outcome_found(found)
    municipality = municipality_in(found, code)
    row = outcome.row_of(municipality.pk) if outcome and municipality else None
    if outcome is None or municipality is None or row is None:
        raise NothingHere(_("No municipality with this code was screened here."))
    knowledge = knowledge_of(municipality, found.day, indicators=[])  # the figures are those that were stored
    form = AnswersForm(found.version, knowledge, request.GET)
    answers, steps = form.answers(), form.steps()
    facts = answered(found.version, found.day, outcome.facts_at(row), answers)
    taken = changed_facts(analysis_model(found.version), facts, [one.change for one in steps])
    before = standing_of(found, outcome, row)
    after = changed_standing(found, outcome, row, taken) if answers or steps else None
    template = "_changed.html" if request.htmx.target == "changed" else "place.html"
    return render(
        request,
        f"transfer/screening/{template}",
        {
            "screening": found,
            "text": found.version.text_in(),
            "municipality": municipality,
            "period": periods_by_municipality(found, [municipality.pk]).get(municipality.pk),
            "form": form,
            "has_answers": bool(answers),
            "steps": steps,
            "step_fields": form.step_fields(facts),
            "before": before,
            "after": after,
            "bands": band_lines(outcome, before, after),
            "central": words.band_words(outcome.bands[outcome.central]),
            "dimensions": dimension_lines(before, after),
            "first_question": first_question(found, analysis_model(found.version), outcome, row),
        },
    )
