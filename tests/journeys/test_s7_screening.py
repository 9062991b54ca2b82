"""S7 for staff: from a practice to those whom it could serve and whom to invite; nobody else reads of it."""

from __future__ import annotations

import csv
import io

import pytest
from django_tasks_db.models import DBTaskResult

from sadzonka.people.models import Person
from sadzonka.transfer.models import Screening
from sadzonka.transfer.screening.actions.screenings import screen_later
from tests import factories
from tests.chain import World
from tests.journeys.recruiting import signed_in
from tests.journeys.visitor import Visitor
from tests.permissions.test_leaks import ALSO, sitemap_paths

NURSERIES = "Nurseries built and run by a consortium of cooperatives"
SECRET = "Tylko-dla-zapraszających"  # stands in a reason and in the note of a list


@pytest.fixture
def desk(ewa: Person) -> Visitor:
    """Return Ewa, who has read a card, started a screening of it, and sees that it has ended."""
    desk = signed_in(ewa, at="/en/practices/")
    desk.follows(NURSERIES, within="#found")
    desk.opens("/en/my/")
    desk.follows("Screenings", within="main")
    wanted = {"version": "nurseries-by-a-consortium", "country": "PL", "weights": "nothing"}
    desk.presses("Start", wanted, within="main")
    assert desk.sees("Waiting. 0% done.")
    assert (desk.sends_again(), Screening.objects.count()) == (302, 1), "a second click starts nothing"
    worker_takes_the_job_twice()
    desk.follows("Look again", within="main")
    return desk


def test_a_screening_says_in_words_whom_to_ask_first(desk: Visitor) -> None:
    """Of 17 % known, the births, no municipality is surely anything: each could be first."""
    told = desk.section("In short")
    assert "226 municipalities were looked at; invented ones are not among them." in told
    assert "open 0 to verify 226 blocked 0" in told
    assert "4,096 weightings of the five dimensions, not probabilities of success" in told
    assert desk.texts("#municipalities h4")[:2] == ["Dopiewo", "Kórnik"]
    screened = desk.address
    desk.sends("#municipalities form", {"gate": "open"})
    assert desk.sees("No municipality is of this kind.")
    desk.opens(screened)
    table = list(csv.reader(io.StringIO(desk.downloads("226 municipalities as a table").decode("utf-8-sig"))))
    assert (len(table), table[1][:3]) == (227, ["PL", "302105", "Dopiewo"])
    desk.opens("/en/screenings/")
    assert "Done" in desk.texts("main ul.entries .aside")[0]


def test_another_answer_of_one_municipality_moves_it_at_once_and_is_kept_nowhere(desk: Visitor) -> None:
    desk.follows("Kórnik", within="#municipalities")
    untouched = desk.address
    assert desk.texts("#changed .state.big") == ["To verify; distant to strong"]
    fields = {str(field["name"]) for field in desk.page.select("#own input")}
    best = {name: "met" if name.startswith("if-") else "5" for name in fields if not name.startswith("do-")}
    desk.sends("#own form", best)
    assert desk.sees("with your answers", within="#changed")
    assert desk.texts("#changed .state.big")[0].startswith("To verify → open; distant to strong → ")
    desk.sends("#own form", dict.fromkeys([name for name in best if name.startswith("if-")], "unmet"))
    assert desk.texts("#changed .state.big")[0].startswith("To verify → blocked;")
    desk.opens(untouched)
    assert desk.texts("#changed .state.big") == ["To verify; distant to strong"]


def test_an_invitation_list_is_drafted_and_then_made_ones_own(desk: Visitor) -> None:
    visit = factories.visit("coming", "A visit that comes")
    desk.follows("Invitation list", within="header.title")
    desk.presses("Draft the list", {"most": "3", "band": "20", "most_per_county": "1"})
    drafted = desk.texts("main ol.steps h3")
    assert drafted == ["Dopiewo", "Września", "Środa Wielkopolska"]
    assert desk.sees("Nothing blocks as far as is known; 5 conditions are to be verified.")
    places = [str(field["name"]) for field in desk.page.select("[name^=order-]")]
    first, second, third = (name.removeprefix("order-") for name in places)
    changed = {
        "visit": str(visit.pk),
        "note": f"By telephone first. {SECRET}",
        f"order-{first}": "2",
        f"order-{second}": "1",
        f"reason-{second}": f"They asked us. {SECRET}",
        f"remove-{third}": "on",
    }
    desk.presses("Keep the list", changed)
    desk.presses("Add", {"place": "Przykładowo (gmina wymyślona)", "reason": "Why not?"}, status=422)
    assert desk.sees("This municipality is invented: nobody there can be invited.")
    desk.presses("Add", {"place": "302604", "reason": "They wrote to us."})
    assert desk.texts("main ol.steps h3") == ["Września", "Dopiewo", "Śrem by hand"]
    rows = list(csv.reader(io.StringIO(desk.downloads("As a table (CSV)").decode("utf-8-sig"))))
    assert [(row[3], row[-1]) for row in rows[1:]] == [("Września", "no"), ("Dopiewo", "no"), ("Śrem", "yes")]
    assert rows[1][-2] == f"They asked us. {SECRET}"
    desk.presses("Draft the list", {}, status=422)
    assert desk.sees("There is a list already: confirm that it is replaced.")


def test_what_a_region_could_use_is_told_practice_by_practice(desk: Visitor) -> None:
    desk.opens("/en/screenings/")
    desk.follows("What a region could use", within="main")
    desk.sends("main form", {"region": "PL-30"})
    assert desk.heading == "województwo wielkopolskie: what could be used here?"
    assert len(desk.texts("main ol.entries h3")) == 6
    assert desk.sees("A share of weightings is not a probability of success.")
    numbers = [[cell.text for cell in row.select("td")] for row in desk.page.select("main tbody tr")]
    assert [row[-1] for row in numbers] == ["226"] * 6
    assert [sum(map(int, row[:-1])) for row in numbers] == [226] * 6


def test_nobody_else_reads_of_screenings_and_of_those_who_are_to_be_invited(
    desk: Visitor, world: World, controller: Person
) -> None:
    screened = desk.address
    desk.follows("Invitation list", within="header.title")
    desk.presses("Draft the list", {"most": "1", "band": "20"})
    reason = str(desk.found("[name^=reason-]")["name"])
    desk.presses("Keep the list", {reason: SECRET, "note": SECRET})
    listed = desk.address
    pages = ["/en/screenings/", screened, f"{screened}302105/", f"{screened}table.csv"]
    pages += [listed, f"{listed}table.csv", "/en/screenings/regions/", "/en/screenings/regions/PL/30/"]
    reader = signed_in(controller, at=listed)
    assert reader.sees(SECRET)
    assert reader.page.select("main form[method=post]") == [], "a controller changes nothing"
    anybody = Visitor("en")
    for page in pages:
        for person in (world.marek, world.editor, world.facilitator):
            signed_in(person).opens(page, status=404)
        anybody.opens(page)
        assert "/account/login/" in anybody.address
    public = [path for path in sitemap_paths(anybody.client) if path.startswith("/en/")]
    assert [path for path in public if "screening" in path] == []
    analysis = "nurseries-by-a-consortium/"
    places = [f"/en/municipalities/PL/302105/{rest}" for rest in ("", analysis, "compare/")]
    for client in (anybody.client, signed_in(world.editor).client):
        answers = {path: client.get(path, follow=True) for path in [*public, *ALSO, *places, "/en/my/"]}
        told = {path: SECRET in one.text or "/screenings/" in one.text for path, one in answers.items()}
        assert [path for path, is_told in told.items() if is_told] == []


def worker_takes_the_job_twice() -> None:
    """Carry out the queued screening as the worker would, and once more, as after a crash."""
    (job,) = DBTaskResult.objects.filter(task_path=screen_later.module_path)
    for _time in range(2):
        job.task.func(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])
