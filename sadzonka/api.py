"""Read-only open data: practices, municipalities, visits, and the analysis of one for another."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Field, NinjaAPI, Query, Schema

from sadzonka.places.models import Period
from sadzonka.places.pages import place_or_404
from sadzonka.places.queries import periods_on
from sadzonka.practices.models import Version
from sadzonka.practices.queries import analysable_versions, shown_versions
from sadzonka.transfer.adoption.exports import adoption_record
from sadzonka.transfer.adoption.queries import stories, told_adoptions
from sadzonka.transfer.exports import analysis_record
from sadzonka.transfer.queries import knowledge_of, outlook
from sadzonka.visits.queries import announced_visits, visit_whole

api = NinjaAPI(title="Sadzonka", version="1", docs_url=None, description=__doc__ or "")
MOST = 1000  # municipalities in one answer


class NotFound(Schema):
    """What was not found."""

    detail: str


class PracticeOut(Schema):
    """A practice card, texts by language."""

    slug: str
    version: int
    evidence_level: int
    is_failure: bool
    service: str
    published_on: dt.date | None
    title: dict[str, str]
    summary: dict[str, str]


class AlternativeOut(Schema):
    """One way of meeting a condition."""

    key: str
    statement: dict[str, str]
    changed_by: str


class ClauseOut(Schema):
    """A condition."""

    key: str
    name: dict[str, str]
    alternatives: list[AlternativeOut]


class CriterionOut(Schema):
    """A criterion; either an indicator with points or a question."""

    key: str
    dimension: str
    weight: float
    name: dict[str, str]
    indicator: str | None
    points: list[tuple[float, float]]
    question: dict[str, str]


class PracticeWhole(PracticeOut):
    """A practice card with its conditions and criteria."""

    thresholds: list[float]
    floors: dict[str, float]
    clauses: list[ClauseOut]
    criteria: list[CriterionOut]


class MunicipalityOut(Schema):
    """A municipality as it is today."""

    country: str
    code: str
    name: str
    kind: str
    county: str
    region: str
    latitude: float | None
    longitude: float | None
    is_invented: bool


class FigureOut(Schema):
    """A figure with its year, status and source; a value that is null is not zero."""

    indicator: str
    period: int
    value: float | None
    status: str
    release: str
    publisher: str
    licence: str


class MunicipalityWhole(MunicipalityOut):
    """A municipality with the newest figure of each indicator."""

    figures: list[FigureOut]


class VisitOut(Schema):
    """A visit."""

    slug: str
    series: str
    project: str | None
    title: dict[str, str]
    starts_on: dt.date
    ends_on: dt.date
    state: str


class AgendaItemOut(Schema):
    """An agenda item; null is not known."""

    key: str
    held_on: dt.date | None
    title: dict[str, str]
    host: str | None
    practices: list[str]


class VisitWhole(VisitOut):
    """A visit with its agenda."""

    agenda: list[AgendaItemOut]


class StageOut(Schema):
    """A rung of the outcome ladder."""

    outcome: str
    reached_on: dt.date
    reason: str
    source: str


class AdoptionOut(Schema):
    """What became of a practice in a municipality; failures are told too."""

    id: int
    country: str
    municipality: str
    practice: str
    language: str
    outcome: str
    stages: list[StageOut]
    adaptations: str
    decision: str | None
    assessment_hash: str | None


class AnalysisOut(Schema):
    """An analysis; every pair is [lower, upper], every share a share of weightings."""

    practice: str
    practice_version: int
    municipality: str
    date: dt.date
    rests_on: str
    method_version: str
    weights: dict[str, Any]
    gate: str
    clauses: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    dimensions: dict[str, tuple[float, float]]
    score: tuple[float, float]
    shares: list[dict[str, Any]]
    share_is: str
    class_: tuple[str, str] = Field(alias="class")
    under_floor: list[list[str]]
    completeness: float
    weighting_bounds: tuple[float, float]
    is_robustly_good: bool
    is_possibly_good: bool
    standing: int
    smallest_change: dict[str, Any] | None
    input: dict[str, Any]
    hash: str


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=404)


@api.get("/practices", response=list[PracticeOut])
def practices(request: HttpRequest) -> list[dict[str, Any]]:
    return [_practice(version) for version in shown_versions()]


@api.get("/practices/{slug}", response={200: PracticeWhole, 404: NotFound})
def practice(request: HttpRequest, slug: str) -> dict[str, Any]:
    version = _version_or_404(slug)
    return {
        **_practice(version),
        "thresholds": version.thresholds,
        "floors": version.floors,
        "clauses": [
            {
                "key": clause.key,
                "name": clause.name,
                "alternatives": [
                    {"key": one.key, "statement": one.statement, "changed_by": one.changed_by}
                    for one in clause.alternatives.all()
                ],
            }
            for clause in version.clauses.all()
        ],
        "criteria": [
            {
                "key": criterion.key,
                "dimension": criterion.dimension,
                "weight": criterion.weight,
                "name": criterion.name,
                "indicator": criterion.indicator.key if criterion.indicator else None,
                "points": criterion.points,
                "question": criterion.question,
            }
            for criterion in version.criteria.all()
        ],
    }


@api.get("/municipalities", response=list[MunicipalityOut])
def municipalities(
    request: HttpRequest,
    response: HttpResponse,
    country: str = "",
    limit: Annotated[int, Query(ge=1, le=MOST, description="How many at most.")] = MOST,
    offset: Annotated[int, Query(ge=0, description="How many to leave out at the beginning.")] = 0,
) -> list[dict[str, Any]]:
    """Municipalities by country and code; while there are more, the header Link says where they are."""
    periods = periods_on().order_by("municipality__country", "municipality__code")
    if country:
        periods = periods.filter(municipality__country=country.upper())
    found = list(periods[offset : offset + limit + 1])
    if len(found) > limit:
        query = request.GET.copy()
        query["limit"], query["offset"] = str(limit), str(offset + limit)
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{query.urlencode()}>; rel="next"'
    return [_municipality(period) for period in found[:limit]]


@api.get("/municipalities/{country}/{code}", response={200: MunicipalityWhole, 404: NotFound})
def municipality(request: HttpRequest, country: str, code: str) -> dict[str, Any]:
    found = place_or_404(country, code)
    return {
        **_municipality(found.period),
        "figures": [
            {
                "indicator": figure.indicator.key,
                "period": figure.newest.period,
                "value": figure.value,
                "status": figure.newest.status,
                "release": figure.newest.release.key,
                "publisher": figure.newest.release.publisher,
                "licence": figure.newest.release.licence,
            }
            for figure in knowledge_of(found.municipality, territory=found.territory).figures.values()
        ],
    }


@api.get("/visits", response=list[VisitOut])
def visits(request: HttpRequest) -> list[dict[str, Any]]:
    return [_visit(visit) for visit in announced_visits()]


@api.get("/visits/{slug}", response={200: VisitWhole, 404: NotFound})
def visit(request: HttpRequest, slug: str) -> dict[str, Any]:
    found = visit_whole(slug)
    if found is None or found.state == found.State.DRAFT:
        raise Http404(_("There is no visit at this address."))
    return {
        **_visit(found),
        "agenda": [
            {
                "key": item.key,
                "held_on": item.held_on,
                "title": item.title,
                "host": item.host.slug if item.host else None,
                "practices": [practice.slug for practice in item.practices.all() if practice.shown_versions],
            }
            for item in found.agenda.all()
        ],
    }


@api.get("/adoptions", response=list[AdoptionOut])
def adoptions(request: HttpRequest) -> list[dict[str, Any]]:
    return [adoption_record(story) for story in stories(told_adoptions())]


@api.get("/analysis/{slug}/{country}/{code}", response={200: AnalysisOut, 404: NotFound}, by_alias=True)
def analysis(request: HttpRequest, slug: str, country: str, code: str) -> HttpResponse:
    version, found = _version_or_404(slug), place_or_404(country, code)
    record = analysis_record(outlook(version, knowledge_of(found.municipality, territory=found.territory)))
    return api.create_response(request, record, status=200)


def _practice(version: Version) -> dict[str, Any]:
    texts = list(version.texts.all())
    return {
        "slug": version.practice.slug,
        "version": version.number,
        "evidence_level": version.evidence_level,
        "is_failure": version.practice.is_failure,
        "service": version.practice.service,
        "published_on": version.published_on,
        "title": {text.language: text.title for text in texts},
        "summary": {text.language: text.summary for text in texts},
    }


def _municipality(period: Period) -> dict[str, Any]:
    municipality = period.municipality
    return {
        "country": municipality.country_id,
        "code": municipality.code,
        "name": period.name,
        "kind": period.kind,
        "county": period.county.name,
        "region": period.county.region.name,
        "latitude": municipality.latitude,
        "longitude": municipality.longitude,
        "is_invented": municipality.is_invented,
    }


def _visit(visit: Any) -> dict[str, Any]:
    return {
        "slug": visit.slug,
        "series": visit.series.slug,
        "project": visit.project.slug if visit.project else None,
        "title": visit.title,
        "starts_on": visit.starts_on,
        "ends_on": visit.ends_on,
        "state": visit.state,
    }


def _version_or_404(slug: str) -> Version:
    version = analysable_versions().filter(practice__slug=slug).first()
    if version is None:
        raise Http404(_("There is no practice at this address."))
    return version
