"""S9: a consortium shows its members at a date, and whose task each service is."""

from tests.journeys.visitor import Visitor, said


def test_a_consortium_shows_its_members_at_a_date(visitor: Visitor) -> None:
    opens_organisation(visitor, "Consorzio Aldebaran")
    assert members(visitor) == {"CADIAI", "Società Dolce", "Àncora Servizi", "Asscoop"}
    assert "Asscoop" in visitor.texts("#members table")[1], "its beginning is not known"

    visitor.sends("#members form", {"date": "2004-12-31"})
    assert "Asscoop" in visitor.texts("#members table")[0], "nobody is a certain member before the consortium"
    assert visitor.texts("#members table caption") == [
        visitor.word("Beginning not known"),
        visitor.word("Not members on this day"),
    ]

    visitor.sends("#members form", {"date": "2005-01-01"})
    assert "CADIAI" in visitor.texts("#members table")[0]


def test_a_day_that_is_none_is_named_and_today_is_shown(visitor: Visitor) -> None:
    opens_organisation(visitor, "Consorzio Karabak")
    visitor.opens(f"{visitor.address}?date=2013-02-30")
    assert visitor.sees("Shown instead: today.", within="#members")
    assert len(members(visitor)) == 4


def test_each_service_says_whose_task_it_is(visitor: Visitor) -> None:
    opens_organisation(visitor, "Consorzio Aldebaran")
    rows = visitor.page.select("main table tbody tr")[:2]
    assert [str(row.th.contents[0]).strip() for row in rows] == [
        "Opieka domowa nad osobami starszymi i z niepełnosprawnościami",
        "Dzienne ośrodki dla osób starszych",
    ]
    task = visitor.word("task of the municipality")
    assert all(said(row.td).casefold().startswith(task.casefold()) for row in rows)


def test_a_legal_form_is_explained_where_words_deceive(visitor: Visitor) -> None:
    opens_organisation(visitor, "Consorzio Aldebaran")
    assert "consorzio nie jest konsorcjum przetargowym" in visitor.section("Facts")


def test_a_member_leads_to_its_consortia_and_its_practices(visitor: Visitor) -> None:
    opens_organisation(visitor, "Consorzio Karabak")
    visitor.follows("CADIAI", within="#members table")
    belongs_to = visitor.section("Belongs to")
    assert "Consorzio Karabak" in belongs_to
    assert "Consorzio Aldebaran" in belongs_to
    opens_organisation(visitor, "Consorzio Karabak")
    visitor.follows("Żłobki budowane", within="main")
    assert visitor.heading == "Żłobki budowane i prowadzone przez konsorcjum spółdzielni"


def test_what_is_not_known_is_said(visitor: Visitor) -> None:
    opens_organisation(visitor, "Consorzio Aldebaran")
    seat = next(
        one for one in visitor.page.select("dl.facts > div") if one.dt.get_text() == visitor.word("Seat")
    )
    assert seat.dd.get_text(strip=True) == visitor.word("not known")


def opens_organisation(visitor: Visitor, name: str) -> None:
    visitor.follows("Organisations", within="nav.contents")
    visitor.follows(name, within="main")


def members(visitor: Visitor) -> set[str]:
    return set(visitor.texts("#members table th[scope=row] > a"))
