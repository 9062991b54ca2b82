"""What a municipality answered, from the files of a folder: one file per practice."""

from __future__ import annotations

from pathlib import Path

from sadzonka.common.actions import store
from sadzonka.common.files import Entry, read_date, toml_file
from sadzonka.places.models import Municipality
from sadzonka.practices.models import Practice, Version
from sadzonka.practices.queries import whole_versions
from sadzonka.transfer.models import Finding, Judgement


def load_answers(folder: Path, municipality: Municipality) -> None:
    """Store the findings and judgements of `folder`, where a file is named after its practice."""
    versions = {
        version.practice.slug: version for version in whole_versions().filter(state__in=Version.SHOWN)
    }
    for file in sorted(folder.glob("*.toml")):
        entry = toml_file(file)
        version = entry.found("practice", versions, key=file.stem)
        store(_finding(row, municipality, version) for row in entry.entries("findings"))
        store(_judgement(row, municipality, version.practice, version) for row in entry.entries("judgements"))


def _finding(row: Entry, municipality: Municipality, version: Version) -> Finding:
    known = {one.key: one for clause in version.clauses.all() for one in clause.alternatives.all()}
    return Finding(
        municipality=municipality,
        practice=version.practice,
        alternative_key=row.found("alternative", known).key,
        state=row.found("state", {state.value: state for state in Finding.State}),
        source=row.words("source"),
        found_on=row.needed("found_on", read_date, "a date"),
    )


def _judgement(row: Entry, municipality: Municipality, practice: Practice, version: Version) -> Judgement:
    known = {one.key: one for one in version.criteria.all() if one.is_question}
    low, high = row.get("low", row.get("level", None)), row.get("high", row.get("level", None))
    if low is None or high is None or not 0 <= low <= high <= 5:  # noqa: PLR2004 - the anchored levels
        raise row.broken("level", "must be a level from 0 to 5, or a low and a high one")
    return Judgement(
        municipality=municipality,
        practice=practice,
        criterion_key=row.found("criterion", known).key,
        low=low,
        high=high,
        reason=row.words("reason"),
        judged_on=row.needed("judged_on", read_date, "a date"),
    )
