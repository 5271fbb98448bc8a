"""A large group in the pages: signs on tables, a device for a whole table, tables that mix people."""

import re

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client

from kring.base.policy import Refused
from kring.meetings import actions, room
from kring.meetings.engine import Event, evolve, seating
from kring.meetings.models import Meeting, MeetingEvent, Seat
from kring.meetings.stream import looks
from kring.meetings.tests.conftest import plan_of
from kring.meetings.views import paper
from kring.methods.shelf import shipped
from tests.cast import House

SHARE = shipped().packages["strategie_gedrag"].protocol("share_and_process")


@pytest.fixture
def hall(linde: House) -> Meeting:
    """Sharing and processing is open; Sami moderates, Noor, Daan and Joke are in."""
    meeting = actions.start_now(linde.actor("sami"), plan_of(linde, protocol=SHARE))
    for name in ("sami", "noor", "daan", "joke"):
        actions.join(linde.actor(name), meeting)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def sami(linde: House) -> Client:
    client = Client()
    client.force_login(linde.account("sami"))
    return client


def table_of(meeting: Meeting, name: str) -> tuple[int | None, bool]:
    """The table (from 0) of somebody, and whether they write for it."""
    meeting.refresh_from_db()
    seat = Seat.objects.get(meeting=meeting, name=name)
    state = room.of(meeting).state
    return seating.table_of(state, seat.key), seating.hosts(state, seat.key)


def test_the_sign_on_a_table_seats_a_guest_there(hall: Meeting, client: Client) -> None:
    page = client.get(f"/join/{hall.code}/3/")
    assert "Tafel 3" in page.content.decode()
    answer = client.post(f"/join/{hall.code}/3/", {"name": "Truus", "key": "k" * 8})
    assert answer["Location"] == f"/linde/meetings/{hall.pk}/phone/"
    client.post(f"/join/{hall.code}/3/", {"name": "Wil", "key": "k" * 9})
    assert [table_of(hall, name) for name in ("Truus", "Wil", "Noor")] == [
        (2, True), (2, False), (None, False)]  # fmt: skip
    phone = client.get(f"/linde/meetings/{hall.pk}/phone/").content.decode()
    assert "Tafel 3" in phone


def test_the_device_in_the_middle_writes_for_its_table(hall: Meeting, client: Client) -> None:
    Client().post(f"/join/{hall.code}/7/", {"name": "Truus", "key": "k" * 8})
    answer = client.post(f"/join/{hall.code}/7/", {"device": "table", "key": "k" * 9})
    assert answer["Location"] == f"/linde/meetings/{hall.pk}/phone/"
    assert table_of(hall, "Tafel 7") == (6, True)
    assert table_of(hall, "Truus") == (6, False)
    assert "jij schrijft voor de tafel" in client.get(answer["Location"]).content.decode()


def test_somebody_of_the_house_sits_down_with_their_own_account(
    linde: House, hall: Meeting, client: Client
) -> None:
    client.force_login(linde.account("fleur"))
    client.post(f"/join/{hall.code}/2/", {"key": "k" * 8})
    assert table_of(hall, "Fleur") == (1, True)


def test_a_table_that_cannot_be_is_only_a_way_in(hall: Meeting, client: Client) -> None:
    for table in ("0", "9999"):
        page = client.get(f"/join/{hall.code}/{table}/")
        assert page.status_code == 200
        assert "Dit toestel is voor" not in page.content.decode()


def test_a_circle_without_tables_has_no_table_device(meeting: Meeting, client: Client) -> None:
    page = client.get(f"/join/{meeting.code}/3/").content.decode()
    assert "Dit toestel is voor" not in page
    client.post(f"/join/{meeting.code}/3/", {"device": "table", "name": "Jan", "key": "k" * 8})
    assert table_of(meeting, "Jan") == (None, False)


def test_the_moderator_divides_everybody_and_nothing_of_teams_is_kept(
    linde: House, hall: Meeting, sami: Client
) -> None:
    for number in range(14):
        actions.join_as_guest(hall, name=f"Gast {number}", code=hall.code)
    answer = sami.post(f"/linde/meetings/{hall.pk}/tables/", {"size": "6", "key": "k" * 8})
    assert answer["Location"] == f"/linde/meetings/{hall.pk}/lead/"
    hall.refresh_from_db()
    known = room.of(hall).state.record.seating
    assert known is not None
    assert sorted(len(group) for group in known.groups) == [5, 6, 6]
    colleagues = {seat.key for seat in hall.seats.exclude(person=None)}
    assert {len(colleagues & set(group)) for group in known.groups} == {1}
    (row,) = MeetingEvent.objects.filter(meeting=hall, kind="tables.laid")
    assert set(row.data) == {"groups", "hosts"}


def test_only_a_moderator_makes_tables_and_only_where_there_are_some(
    linde: House, hall: Meeting, meeting: Meeting
) -> None:
    with pytest.raises(Refused):
        actions.lay_tables(linde.actor("noor"), hall, size=6, key="12345678")
    with pytest.raises(Refused, match="geen tafels"):
        actions.lay_tables(linde.actor("sami"), meeting, size=6, key="12345678")


def test_every_table_gets_a_sign_with_its_number_and_the_code(
    linde: House, hall: Meeting, sami: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"/linde/meetings/{hall.pk}/tables.pdf?first=4&last=6"
    answer = sami.get(path)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    monkeypatch.setattr(
        paper, "pdf", lambda page, told, _: HttpResponse(render_to_string(page, told))
    )
    signs = sami.get(path).content.decode()
    assert re.findall(r"<h1>(.*?)</h1>", signs) == ["Tafel 4", "Tafel 5", "Tafel 6"]
    assert signs.count(f"<b>{hall.code}</b>") == 3
    assert len(set(re.findall(r"<svg.*?</svg>", signs, re.S))) == 3
    other = Client()
    other.force_login(linde.account("noor"))
    assert other.get(path).status_code == 403


def test_a_crowd_is_words_and_not_a_list_of_people(hall: Meeting, sami: Client) -> None:
    for number in range(45):
        actions.join_as_guest(hall, name=f"Gast {number:02}", code=hall.code)
    for page in ("lead", "board"):
        shown = sami.get(f"/linde/meetings/{hall.pk}/{page}/").content.decode()
        assert "Gast 07" not in shown
        assert "49</b>" in shown


def heard(hall: Meeting) -> dict[str, str]:
    """What the stream would tell everybody by, on a phone."""
    held = room.of(hall)
    return {
        seat.name: looks.heard(
            held, held.snap, looks.audience_of(held, held.snap, seat.key, "phone"), seat.key
        )
        for seat in hall.seats.all()
    }


def test_only_the_own_table_hears_that_it_wrote(linde: House, hall: Meeting) -> None:
    for name, table in (("noor", 0), ("daan", 0), ("joke", 1)):
        done = actions.do(
            linde.actor(name), hall, {"kind": "sit_at", "table": table}, f"{name}-sits"
        )
        assert done.refused is None
    actions.do(linde.actor("sami"), hall, {"kind": "start"}, "start-key")
    held = room.of(hall)
    while held.state.step is None or held.state.step.id != "expectations":
        move = {"kind": "enter_next", "from_visit": held.state.visit}
        actions.do(linde.actor("sami"), hall, move, f"next-{held.state.visit}-key")
    actions.do(
        linde.actor("sami"), hall, {"kind": "go_back", "from_visit": held.state.visit}, "b" * 9
    )
    assert held.state.step is not None
    assert held.state.step.kind.value == "market"

    before = heard(hall)
    box = {"kind": "into_box", "text": "zonder naam"}
    assert actions.do(linde.actor("noor"), hall, box, "into-box-1").refused is None
    assert heard(hall) == before
    state = held.state
    table = {"visit": state.visit, "card": "c1", "table": 0}
    moved = evolve(state, Event("card.written", {**table, "text": "x", "seat": None}, False))
    moved = evolve(moved, Event("card.of_table", table, False))
    snap = held.snap
    held.snap = type(snap)(snap.number, snap.cursor, moved, snap.names, snap.about)
    after = heard(hall)
    assert {name for name in after if after[name] != before[name]} == {
        "Noor",
        "Daan",
        "Sami",  # who leads hears how far the tables are
    }
