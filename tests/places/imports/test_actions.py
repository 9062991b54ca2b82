"""A file is handed in, read, chosen for, queued and imported: each step once, and never half."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry

from sadzonka.people.models import Person
from sadzonka.places.imports import actions
from sadzonka.places.imports.actions import (
    FileIsTooLarge,
    ImportIsUnderWay,
    choose,
    discard,
    import_file,
    is_stuck,
    queue_import,
    read_file,
    receive_file,
    start_again,
)
from sadzonka.places.imports.report import report_rows
from sadzonka.places.models import FileImport, Observation, Release
from tests.places.imports.tables import bdl_table, gminas

pytestmark = pytest.mark.django_db

LABEL = "inwentaryzacja [osoba]"
CHOICES = {
    "columns": {LABEL: "registered_unemployed"},
    "retrieved_on": "2063-01-02",
    "url": "https://bdl.stat.gov.pl",
}


def received(content: bytes | None = None, name: str = "RYNE_1_CTAB.csv") -> FileImport:
    if content is None:
        content = bdl_table(["inwentaryzacja"], (2061, 2062))
    return receive_file(file_name=name, content=content)


def ready() -> FileImport:
    file_import = read_file(file_import=received())
    choose(file_import=file_import, choices=CHOICES)
    return read_file(file_import=file_import)


def jobs() -> list[tuple[str, Any]]:
    found = DBTaskResult.objects.filter(task_path__startswith="sadzonka.places").order_by("enqueued_at")
    return [(one.task_path.rsplit(".", 1)[1], one.args_kwargs["args"]) for one in found]


def rows() -> tuple[int, int, int]:
    return Release.objects.count(), Observation.objects.count(), FileImport.objects.count()


def test_a_file_waits_with_its_hash_and_one_job() -> None:
    file_import = received(b"Kod;Nazwa")
    assert (file_import.state, file_import.size, file_import.sha256[:8], bytes(file_import.content)) == (
        "waiting",
        9,
        actions.content_hash(b"Kod;Nazwa")[:8],
        b"Kod;Nazwa",
    )
    assert jobs() == [("read_later", [file_import.pk])]


def test_a_file_that_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "LARGEST", 8)
    with pytest.raises(FileIsTooLarge):
        received(b"Kod;Nazwa")
    assert FileImport.objects.count() == 0


def test_a_job_reads_the_file_and_keeps_the_preview() -> None:
    file_import = received()
    actions.read_later.func(file_import.pk)
    file_import.refresh_from_db()
    (column,) = file_import.preview["columns"]
    assert (file_import.state, file_import.layout, file_import.progress, file_import.preview["matched"]) == (
        "read",
        "bdl-table",
        0,
        len(gminas()),
    )
    assert (column["label"], column["indicator"], column["years"]) == (LABEL, "", [2061, 2062])


def test_a_file_that_is_no_table_is_refused_with_the_reason_and_not_kept() -> None:
    file_import = read_file(file_import=received(b"<!doctype html><title>Error</title>", "error.csv"))
    (note,) = file_import.preview["notes"]
    assert (file_import.state, bytes(file_import.content), note["weight"]) == ("refused", b"", "error")
    assert file_import.ended_at is not None
    assert next(report_rows(file_import))["message"]


def test_what_staff_choose_is_read_again() -> None:
    file_import = ready()
    (column,) = file_import.preview["columns"]
    assert (file_import.state, column["indicator"], column["how"]) == (
        "read",
        "registered_unemployed",
        "chosen",
    )
    assert file_import.preview["figures"]["new"] == 2 * len(gminas())
    assert [name for name, _args in jobs()] == ["read_later", "read_later"]


def test_an_import_writes_a_release_with_its_figures_and_lets_the_content_go() -> None:
    file_import = ready()
    queue_import(file_import=file_import)
    actions.import_later.func(file_import.pk)
    file_import.refresh_from_db()
    release = file_import.release
    assert release is not None
    assert (file_import.state, bytes(file_import.content), file_import.progress) == ("imported", b"", 100)
    assert (release.sha256, release.layout, release.url, release.retrieved_on, release.period) == (
        file_import.sha256,
        "bdl-table",
        "https://bdl.stat.gov.pl",
        dt.date(2063, 1, 2),
        "2061–2062",
    )
    assert release.observations.count() == 2 * len(gminas())
    assert (file_import.report["release"], file_import.report["figures"]["new"]) == (
        release.key,
        2 * len(gminas()),
    )


def test_the_same_file_again_changes_nothing() -> None:
    first = ready()
    queue_import(file_import=first)
    import_file(file_import=first)
    before = rows()
    again = ready()
    assert again.preview["same_as"] == first.report["release"]
    queue_import(file_import=again)
    import_file(file_import=again)
    assert (again.state, again.release, rows()) == ("unchanged", first.release, (*before[:2], before[2] + 1))


def test_a_column_chosen_later_joins_the_release_of_its_file() -> None:
    content = bdl_table(["inwentaryzacja", "drugi"], (2061,))
    for columns in (
        {LABEL: "registered_unemployed"},
        {LABEL: "registered_unemployed", "drugi [osoba]": "deaths"},
    ):
        file_import = read_file(file_import=received(content))
        choose(file_import=file_import, choices={"columns": columns})
        read_file(file_import=file_import)
        queue_import(file_import=file_import)
        import_file(file_import=file_import)
    (release,) = Release.objects.filter(sha256=file_import.sha256)
    assert sorted(set(release.observations.values_list("indicator__key", flat=True))) == [
        "deaths",
        "registered_unemployed",
    ]
    assert release.observations.count() == 2 * len(gminas())


def test_a_file_with_errors_or_questions_is_not_queued() -> None:
    code, name = gminas()[0]
    file_import = received(bdl_table(["inwentaryzacja"], (2061,), [(code, name), (code, name)]))
    read_file(file_import=file_import)
    assert file_import.preview["errors"] > 0
    with pytest.raises(ImportIsUnderWay):
        queue_import(file_import=file_import)


def test_what_changed_since_the_preview_is_found_by_the_import() -> None:
    first, second = (
        ready(),
        read_file(file_import=received(bdl_table(["inwentaryzacja"], (2061, 2062), gminas()[:5]))),
    )
    queue_import(file_import=second)
    assert second.preview["figures"]["same"] == 0
    queue_import(file_import=first)
    import_file(file_import=first)
    import_file(file_import=second)
    counts = [second.report["figures"][name] for name in ("new", "same", "changed")]
    assert (second.state, counts) == ("imported", [0, 10, 0])


@pytest.mark.parametrize("act", [queue_import, discard, import_file, read_file, start_again])
def test_an_import_that_ended_is_left_alone(act: Any) -> None:
    file_import = ready()
    discard(file_import=file_import)
    with pytest.raises(ImportIsUnderWay):
        act(file_import=file_import)
    file_import.refresh_from_db()
    assert (file_import.state, bytes(file_import.content)) == ("discarded", b"")


def test_nobody_chooses_for_a_file_that_is_queued() -> None:
    file_import = ready()
    queue_import(file_import=file_import)
    with pytest.raises(ImportIsUnderWay):
        choose(file_import=file_import, choices={})


def test_a_failed_import_leaves_nothing_and_can_be_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    file_import = ready()
    queue_import(file_import=file_import)
    before = rows()

    def refused(*args: Any) -> None:
        raise DatabaseError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr("sadzonka.places.imports.writing._write_larger", refused)
        with pytest.raises(DatabaseError):
            import_file(file_import=file_import)
    file_import.refresh_from_db()
    assert (file_import.state, rows(), file_import.report["notes"][0]["key"]) == ("failed", before, "failed")
    start_again(file_import=file_import)
    read_file(file_import=file_import)
    queue_import(file_import=file_import)
    assert import_file(file_import=file_import).state == "imported"


def test_a_job_that_tells_nothing_for_minutes_may_be_started_again_but_not_before() -> None:
    file_import = ready()
    queue_import(file_import=file_import)
    FileImport.objects.filter(pk=file_import.pk).update(progress=40)  # as a worker leaves it that is killed
    file_import.refresh_from_db()
    assert not is_stuck(file_import)
    with pytest.raises(ImportIsUnderWay):
        start_again(file_import=file_import)
    long_ago = {"told_at": (timezone.now() - dt.timedelta(minutes=6)).isoformat()}
    FileImport.objects.filter(pk=file_import.pk).update(report=long_ago)
    start_again(file_import=file_import)
    assert (file_import.state, file_import.progress, jobs()[-1][0]) == ("queued", 0, "import_later")
    assert import_file(file_import=file_import).state == "imported"


def test_a_job_that_comes_too_late_does_nothing() -> None:
    file_import = ready()
    discard(file_import=file_import)
    before = rows()
    actions.read_later.func(file_import.pk)
    actions.import_later.func(file_import.pk)
    actions.import_later.func(file_import.pk + 1)
    assert rows() == before


def test_what_staff_do_is_logged_with_who_did_it(ewa: Person) -> None:
    file_import = receive_file(file_name="a.csv", content=bdl_table(["inwentaryzacja"], (2061,)), by=ewa)
    read_file(file_import=file_import)
    choose(file_import=file_import, choices=CHOICES, by=ewa)
    read_file(file_import=file_import)
    queue_import(file_import=file_import, by=ewa)
    import_file(file_import=file_import)
    entries = ModelLogEntry.objects.for_instance(file_import).order_by("pk")
    assert [(entry.action, entry.user) for entry in entries] == [
        ("sadzonka.receive_file", ewa),
        ("sadzonka.choose_for_file", ewa),
        ("sadzonka.queue_import", ewa),
        ("sadzonka.import_file", None),
    ]


def test_progress_is_told_and_ends_at_a_hundred() -> None:
    file_import = ready()
    queue_import(file_import=file_import)
    told: list[int] = []
    import_file(file_import=file_import, tell=told.append)
    assert (told, told == sorted(told)) == ([20, 40, 60, 75, 95, 100], True)
