"""The staff import through its actions: nothing unless confirmed, once, and never by half."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from kring.base import clock, scope
from kring.base.policy import Refused
from kring.people.actions import staff, staff_work
from kring.people.models import Membership, Person, StaffFile, Team, TrailEntry, Unit
from kring.people.staff_now import known_now
from tests.cast import Cast, House

HEAD = "Personeelscode;Naam;E-mail;Laag;Onderdeel;Team;Leidinggevende;Startdatum;Einddatum"


def rows_of(linde: House) -> list[str]:
    """De Linde as it is, as its own staff file would say."""
    found = []
    for person in Person.objects.exclude(staff_code=""):
        begin = "1-1-2024"
        start = f"{person.staff_code};{person.name};{person.email};{person.layer.name}"
        mine = list(person.memberships.select_related("team__unit__parent"))
        for one in mine:
            unit = one.team.unit
            leads = "ja" if one.is_manager else "nee"
            found.append(
                f"{start};{unit.parent.name} / {unit.name};{one.team.name};{leads};{begin};"
            )
        if not mine:
            found.append(f"{start};;;;{begin};")
    return found


def upload(linde: House, lines: list[str], head: str = HEAD) -> StaffFile:
    content = "\r\n".join([head, *lines]).encode("cp1252")
    return staff.receive_staff_file(linde.actor("ali"), name="personeel.csv", content=content)


def confirm(linde: House, file: StaffFile, **more: object) -> StaffFile:
    given = {"seen": staff.plan_of(file).digest, "ends_missing": True, **more}
    staff.confirm_staff_file(linde.actor("ali"), file, **given)  # type: ignore[arg-type]
    staff.work_on(file.pk)
    file.refresh_from_db()
    return file


def state() -> dict[str, object]:
    return {
        "people": list(Person.objects.order_by("pk").values()),
        "memberships": list(Membership.objects.order_by("pk").values()),
        "units": list(Unit.objects.order_by("pk").values()),
        "teams": list(Team.objects.order_by("pk").values()),
    }


def test_the_file_of_how_it_is_changes_nothing(linde: House) -> None:
    before = state()
    file = upload(linde, rows_of(linde))
    assert (file.mistakes, staff.plan_of(file).is_empty) == ([], True)
    assert state() == before


def test_nothing_changes_until_it_is_confirmed(linde: House) -> None:
    before = state()
    file = upload(linde, ["9001;Lot Nieuw;lot@linde.example;Professionals;Nieuw / Hier;Vers;nee;;"])
    assert (len(staff.plan_of(file).added), state() == before) == (1, True)
    staff.put_aside(linde.actor("ali"), file)
    file.refresh_from_db()
    assert (file.state, file.rows, state() == before) == ("put_aside", [], True)


@pytest.fixture
def changed(linde: House) -> list[str]:
    """De Linde's file after a summer: one gone, one moved, one renamed, one new in two teams."""
    lines = [line for line in rows_of(linde) if not line.startswith("linde-wim")]
    moved = {"linde-daan": ("Team Vuurtoren", "Team Nachtwacht")}
    named = {"linde-fleur": (";Fleur;", ";Fleur van Duin;")}
    for at, line in enumerate(lines):
        before, after = {**moved, **named}.get(line.split(";")[0], ("", ""))
        lines[at] = line.replace(before, after) if before else line
    lot = "9001;Lot Nieuw;lot@linde.example;Professionals"
    return [
        *lines,
        f"{lot};Regio Noord / Lindehof;Team Vuurtoren;nee;1-2-2026;",
        f"{lot};Regio West / Zeezicht;Team Zee;ja;1-2-2026;",
    ]


def test_adding_moving_changing_and_ending(linde: House, changed: list[str]) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    file = confirm(linde, upload(linde, changed))
    assert (file.state, file.rows, file.done, file.total) == ("done", [], 4, 4)
    assert file.result == {"added": 1, "changed": 2, "ended": 1, "teams": 2}
    daan = linde.people["daan"].memberships.order_by("pk")
    assert list(daan.values_list("team__name", "ends_on", "starts_on")) == [
        ("Team Vuurtoren", yesterday, date(2024, 1, 1)),
        ("Team Nachtwacht", None, yesterday + timedelta(days=1)),
    ]
    assert Person.objects.get(staff_code="linde-fleur").name == "Fleur van Duin"
    assert Person.objects.get(staff_code="linde-wim").ends_on == yesterday
    assert staff.plan_of(upload(linde, changed)).is_empty
    verbs = TrailEntry.objects.filter(organisation=linde.organisation)
    assert list(verbs.values_list("verb", flat=True)) == [
        "staff_file.read", "staff_file.confirmed", "staff_file.done", "staff_file.read",
    ]  # fmt: skip


def test_somebody_new_in_two_teams_one_of_them_new(linde: House, changed: list[str]) -> None:
    confirm(linde, upload(linde, changed))
    lot = Person.objects.get(staff_code="9001")
    sea = Team.objects.get(name="Team Zee")
    mine = lot.memberships.values_list("team_id", "starts_on", "is_manager")
    assert set(mine) == {
        (linde.teams["vuurtoren"].pk, date(2026, 2, 1), False),
        (sea.pk, date(2026, 2, 1), True),
    }
    assert sea.path == f"/{sea.unit.parent_id}/{sea.unit_id}/t{sea.pk}/"
    assert (sea.unit.name, sea.unit.parent.name, lot.layer.code) == (
        "Zeezicht", "Regio West", "professionals",
    )  # fmt: skip


def test_another_organisation_is_never_touched(
    cast: Cast, linde: House, changed: list[str]
) -> None:
    with scope.inside(cast.waterkant.organisation.pk):
        before = state()
    confirm(linde, upload(linde, changed))
    with scope.inside(cast.waterkant.organisation.pk):
        assert state() == before


def test_many_people_ending_asks_for_their_number(linde: House) -> None:
    file = upload(linde, rows_of(linde)[:3])
    plan = staff.plan_of(file)
    assert (plan.ends_many, len(plan.missing)) == (True, 9)
    before = state()
    for wrong in (None, 3):
        with pytest.raises(Refused):
            confirm(linde, file, how_many=wrong)
    assert state() == before
    assert confirm(linde, file, how_many=9).result["ended"] == 9
    today = clock.now().date()
    going = Q(ends_on=None) | Q(ends_on__gte=today)
    assert Person.objects.exclude(staff_code="").filter(going).count() == 3
    assert Membership.objects.filter(going).exclude(person__is_external=True).count() == 2


def test_the_missing_may_stay(linde: House) -> None:
    before = state()
    confirm(linde, upload(linde, rows_of(linde)[:3]), ends_missing=False)
    assert state() == before


def test_nobody_ends_while_there_are_mistakes(linde: House) -> None:
    lines = rows_of(linde)
    lines[0] = lines[0].replace("@", " at ")
    file = upload(linde, lines)
    assert [tuple(one[:3]) for one in file.mistakes] == [(2, "mail", "not_a_mail")]
    with pytest.raises(Refused):
        confirm(linde, file, how_many=1)
    assert confirm(linde, file, ends_missing=False).state == "done"


def test_what_was_shown_is_what_is_done(linde: House) -> None:
    file = upload(linde, [*rows_of(linde), "9001;Lot;;;;;;;"])
    seen = staff.plan_of(file).digest
    linde.people["noor"].name = "Noor Anders"
    linde.people["noor"].save()
    with pytest.raises(Refused):
        confirm(linde, file, seen=seen)
    assert Person.objects.filter(staff_code="9001").exists() is False


def test_work_is_done_once_and_goes_on_after_a_crash(
    linde: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff_work, "PIECE", 2)
    lines = rows_of(linde) + [f"9{n:03};Nieuw {n};;;Oost;Team {n % 2};;;" for n in range(7)]
    file = upload(linde, lines)
    staff.confirm_staff_file(
        linde.actor("ali"), file, seen=staff.plan_of(file).digest, ends_missing=True
    )
    pieces: list[int] = []
    do = staff_work._do_piece

    def crash(work: staff_work.Work, codes: frozenset[str]) -> None:
        pieces.append(len(codes))
        do(work, codes)
        if len(pieces) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(staff_work, "_do_piece", crash)
    with pytest.raises(KeyboardInterrupt):
        staff.work_on(file.pk)
    assert staff.work_on(file.pk) is False  # its lease still runs
    with clock.pretend(clock.now() + timedelta(minutes=2)):
        assert clock.run_once()["people.staff_files"] == 1
    file.refresh_from_db()
    assert (file.state, file.done, file.total) == ("done", 7, 7)
    assert Person.objects.filter(staff_code__startswith="9").count() == 7
    assert Membership.objects.filter(person__staff_code__startswith="9").count() == 7
    assert staff.work_on(file.pk) is False
    assert staff.plan_of(upload(linde, lines)).is_empty


@pytest.mark.parametrize("who", ["noor", "joke", "ria", "hester", "petra", "external"])
def test_only_administrators_import(linde: House, who: str) -> None:
    with pytest.raises(Refused):
        staff.receive_staff_file(linde.actor(who), name="x.csv", content=b"a;b")


def test_a_file_nobody_confirms_is_emptied_after_a_week(linde: House) -> None:
    file = upload(linde, rows_of(linde))
    assert staff.tidy(clock.now() + timedelta(days=6)) == 0
    assert staff.tidy(clock.now() + timedelta(days=8)) == 1
    file.refresh_from_db()
    assert (file.state, file.rows) == ("put_aside", [])


def test_comparing_takes_four_queries(linde: House, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(known_now().people) == 13
