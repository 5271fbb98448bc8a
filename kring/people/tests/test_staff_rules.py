"""The staff file as pure rules: reading rows, and the difference with what is there."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kring.people.rules.staff import (
    Known,
    KnownMembership,
    KnownPerson,
    Mistake,
    Row,
    plan_for,
    read_rows,
)
from kring.people.rules.staff.diff import TeamKey, fold, key_of

TODAY = date(2026, 3, 2)
HEAD = ["Personeelscode", "Naam", "E-mail", "Laag", "Onderdeel", "Team", "Leidinggevende",
        "Startdatum", "Einddatum"]  # fmt: skip
LAYERS = {"professionals": "professionals", "leidinggevenden": "leaders"}
GOOD = ["1001", "Noor de Wit", "Noor@linde.example", "Professionals", "Noord / Lindehof",
        "Vuurtoren", "nee", "1-4-2020", ""]  # fmt: skip


def read(*rows: list[str], head: list[str] = HEAD) -> object:
    return read_rows([head, *rows], layers=LAYERS, today=TODAY)


def with_(**new: str) -> list[str]:
    names = ["code", "name", "mail", "layer", "place", "team", "leads", "starts", "ends"]
    return [new.get(name, old) for name, old in zip(names, GOOD, strict=True)]


def test_a_good_row() -> None:
    assert read(GOOD).rows == (
        Row(2, "1001", "Noor de Wit", "noor@linde.example", "professionals",
            ("Noord", "Lindehof"), "Vuurtoren", False, date(2020, 4, 1), None),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "column", "kind", "value"),
    [
        ({"code": ""}, "code", "empty", ""),
        ({"name": ""}, "name", "empty", ""),
        ({"mail": "noor"}, "mail", "not_a_mail", "noor"),
        ({"layer": "Koningen"}, "layer", "unknown_layer", "Koningen"),
        ({"place": ""}, "place", "team_without_place", ""),
        ({"leads": "soms"}, "leads", "not_yes_or_no", "soms"),
        ({"starts": "31-2-2020"}, "starts", "not_a_day", "31-2-2020"),
        ({"starts": "1-4-1950"}, "starts", "odd_day", "1-4-1950"),
        ({"ends": "1-4-2019"}, "ends", "ends_before_start", "1-4-2019"),
        ({"name": "=HYPERLINK(1)"}, "name", "formula", "=HYPERLINK(1)"),
        ({"team": "@SUM(A1)"}, "team", "formula", "@SUM(A1)"),
        ({"name": "Noor 111222333"}, "name", "national_number", ""),
        ({"code": "111222333"}, "code", "national_number", ""),
        ({"name": "Noor 3-4-1980"}, "name", "birth_date", ""),
        ({"team": "x" * 121}, "team", "too_long", "x" * 40),
        ({"name": "No\u202eor"}, "name", "strange_letters", "No\u202eor"),
        ({"place": "/".join("abcdefghi")}, "place", "too_long", "a/b/c/d/e/f/g/h/i"),
    ],
)
def test_every_mistake_has_a_place(
    change: dict[str, str], column: str, kind: str, value: str
) -> None:
    reading = read(with_(**change), with_(code="1002", name="Sami", mail=""))
    assert reading.mistakes == (Mistake(2, column, kind, value),)
    assert [row.code for row in reading.rows] == ["1002"]


@pytest.mark.parametrize(
    ("head", "mistakes"),
    [
        (["Naam"], [Mistake(1, "code", "column_missing")]),
        (["Code", "Naam", "BSN"], [Mistake(1, "BSN", "column_never")]),
        (["Code", "Naam", "Geboorte datum"], [Mistake(1, "Geboorte datum", "column_never")]),
        (["Code", "Naam", "name"], [Mistake(1, "name", "column_twice")]),
    ],
)
def test_headings(head: list[str], mistakes: list[Mistake]) -> None:
    reading = read(["1", "Noor", "x"], head=head)
    assert (list(reading.mistakes), reading.rows) == (mistakes, ())


def test_english_headings_and_unused_columns() -> None:
    reading = read(["7", "Noor", "x"], head=["Staff code", "Full name", "Favourite colour"])
    assert ([row.code for row in reading.rows], reading.unused) == (["7"], ("Favourite colour",))


def test_rows_that_contradict_each_other_leave_the_person_alone() -> None:
    reading = read(
        GOOD, with_(team="Anders", name="Nora"), with_(code="2", mail="noor@linde.example")
    )
    assert reading.mistakes == (
        Mistake(3, "name", "differs", "2"),
        Mistake(4, "mail", "mail_of_another", "noor@linde.example"),
    )
    assert reading.rows == ()


def row(code: str, team: str = "", **more: object) -> Row:
    given = {
        "name": f"Naam {code}",
        "mail": "",
        "layer": "",
        "leads": False,
        "starts": None,
        "ends": None,
    }
    place = ("Noord",) if team else ()
    return Row(2, code, place=place, team=team, **{**given, **more})  # type: ignore[arg-type]


def person(id: int, code: str, **more: object) -> KnownPerson:
    given = {"name": f"Naam {code}", "mail": "", "layer": "", "starts": None, "ends": None}
    return KnownPerson(id, code, **{**given, **more})  # type: ignore[arg-type]


A = TeamKey(("noord",), "a")


def test_who_moves_leaves_and_joins() -> None:
    known = Known(
        (person(1, "1"),),
        {1: {A: KnownMembership(9, False)}},
        frozenset({("noord",)}),
        frozenset({A}),
    )
    plan = plan_for([row("1", "B")], known, TODAY)
    assert (plan.teams, [j.team for j in plan.joins], [gone.membership for gone in plan.leaves]) == (
        ((("Noord",), "B"),), [TeamKey(("noord",), "b")], [9],
    )  # fmt: skip
    assert (plan.added, plan.changed, plan.missing) == ((), (), ())


def test_who_is_not_in_the_file_is_missing_and_many_are_many() -> None:
    known = Known(tuple(person(n, str(n)) for n in range(1, 11)))
    eight = plan_for([row(str(n)) for n in range(1, 9)], known, TODAY)
    seven = plan_for([row(str(n)) for n in range(1, 8)], known, TODAY)
    assert ([p.code for p in eight.missing], eight.ends_many) == (["9", "10"], False)
    assert (len(seven.missing), seven.ends_many) == (3, True)


def test_people_by_hand_and_from_outside_are_never_missing() -> None:
    gone = person(3, "3", ends=date(2026, 3, 1))
    known = Known((person(1, ""), person(2, "2", is_external=True), gone))
    assert plan_for([row("9")], known, TODAY).missing == ()


def test_somebody_added_by_hand_is_recognised_by_mail() -> None:
    known = Known((person(1, "", mail="noor@linde.example", name="Noor"),))
    plan = plan_for([row("1001", mail="noor@linde.example", name="Noor")], known, TODAY)
    assert (plan.added, [columns for _, _, columns in plan.changed]) == ((), [("code",)])


@pytest.mark.parametrize(
    ("ends_now", "ends_in_file", "changed", "ended"),
    [
        (None, None, [], 0),
        (None, date(2026, 2, 1), [], 1),
        (None, date(2026, 5, 1), [("ends",)], 0),
        (date(2026, 2, 1), None, [("ends",)], 0),
        (date(2026, 2, 1), date(2026, 2, 1), [], 0),
        (date(2026, 5, 1), None, [], 0),
    ],
)
def test_ends(
    ends_now: date | None, ends_in_file: date | None, changed: list[object], ended: int
) -> None:
    known = Known((person(1, "1", ends=ends_now),))
    plan = plan_for([row("1", ends=ends_in_file)], known, TODAY)
    assert ([columns for _, _, columns in plan.changed], len(plan.ended)) == (changed, ended)


codes = st.sampled_from("12345678")
teams = st.sampled_from(["", "A", "B", "C"])
rows = st.lists(
    st.tuples(
        codes, teams, st.booleans(), st.sampled_from([None, date(2026, 1, 1), date(2027, 1, 1)])
    ),
    max_size=12,
)


def written(given: list[tuple[str, str, bool, date | None]]) -> list[Row]:
    """Rows without contradictions: the first word about a person and a team counts."""
    ends: dict[str, date | None] = {}
    leads: dict[tuple[str, str], bool] = {}
    return [
        row(code, team, leads=leads.setdefault((code, team), lead), ends=ends.setdefault(code, end))
        for code, team, lead, end in given
    ]


def applied(plan: object, known: Known) -> Known:
    """What is there once everything has been done, missing people included."""
    people = {p.id: p for p in known.people}
    members = {key: dict(value) for key, value in known.memberships.items()}
    for new in plan.added:
        pk = len(people) + 1
        people[pk] = person(pk, new.code, name=new.name, ends=new.ends)
    for old, new, columns in plan.changed:
        people[old.id] = person(
            old.id, new.code, name=new.name, ends=new.ends if "ends" in columns else old.ends
        )
    for old, new in plan.ended:
        people[old.id] = person(old.id, old.code, name=old.name, ends=new.ends)
        members.pop(old.id, None)
    for old in plan.missing:
        people[old.id] = person(old.id, old.code, name=old.name, ends=date(2026, 3, 1))
        members.pop(old.id, None)
    ids = {p.code: p.id for p in people.values()}
    for gone in plan.leaves:
        members[ids[gone.code]].pop(gone.team)
    for gone, leads in plan.leads:
        members[ids[gone.code]][gone.team] = KnownMembership(0, leads)
    for join in plan.joins:
        members.setdefault(ids[join.code], {})[join.team] = KnownMembership(0, join.leads)
    return Known(
        tuple(people.values()), members,
        known.units | {fold(place) for place in plan.units},
        known.teams | {TeamKey(fold(place), name.casefold()) for place, name in plan.teams},
    )  # fmt: skip


@given(rows, rows)
def test_the_same_file_a_second_time_changes_nothing(
    first: list[tuple[str, str, bool, date | None]],
    second: list[tuple[str, str, bool, date | None]],
) -> None:
    known = applied(plan_for(written(first), Known(), TODAY), Known())
    again = plan_for(written(second), known, TODAY)
    after = applied(again, known)
    assert plan_for(written(second), after, TODAY).is_empty
    assert all(
        key_of(one) in after.teams
        for one in written(second)
        if one.team and (one.ends is None or one.ends >= TODAY)
    )
