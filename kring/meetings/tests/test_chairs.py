"""Chairs for people without a phone, another seating order, another host of a table."""

import re

import pytest
from django.test import Client

from kring.base.policy import NotThere, Refused
from kring.meetings import actions, room
from kring.meetings.models import Meeting, Seat, SeatState
from kring.meetings.stream import looks
from kring.meetings.tests.test_screens import NAMES, PROTOCOLS, Play, drawn
from tests.cast import House


def sits(meeting: Meeting) -> dict[str, tuple[bool, bool]]:
    """Name to whether they are here and whether they have a phone."""
    meeting.refresh_from_db()
    held = room.of(meeting)
    seats = held.state.record.seats.values()
    return {held.names[seat.id]: (seat.here, seat.has_device) for seat in seats}


@pytest.fixture
def sami(linde: House, client: Client) -> Client:
    client.force_login(linde.account("sami"))
    return client


def test_somebody_without_a_phone_comes_late_goes_and_comes_back(
    linde: House, meeting: Meeting, sami: Client
) -> None:
    before, path = sits(meeting), f"/linde/meetings/{meeting.pk}/chairs/"
    for _again in range(2):  # the same submit twice
        answer = sami.post(path, {"name": " Truus ", "key": "key-12345", "screen": "moderator"})
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/linde/meetings/{meeting.pk}/lead/",
        )
    assert sits(meeting) == {**before, "Truus": (True, False)}
    seat = Seat.objects.get(meeting=meeting, name="Truus")
    assert (seat.person, seat.state, seat.pass_hash) == (None, SeatState.INVITED, "")
    page = sami.get(f"/linde/meetings/{meeting.pk}/lead/").content.decode()
    assert re.findall(r'id="gone-(\w+)"', page) == [seat.key]

    answer = sami.post(path, {"name": "truus", "key": "key-22222", "screen": "table"})
    assert answer.status_code == 409
    assert "truus" in answer.content.decode()
    sami.post(path, {"gone": seat.key, "key": "key-33333", "screen": "table"})
    assert sits(meeting) == {**before, "Truus": (False, False)}
    page = sami.get(f"/linde/meetings/{meeting.pk}/table/").content.decode()
    assert re.findall(r'id="again-(\w+)"', page) == [seat.key]
    sami.post(path, {"back": seat.key, "key": "key-44444", "screen": "table"})
    assert sits(meeting) == {**before, "Truus": (True, False)}
    assert Seat.objects.filter(meeting=meeting, name="Truus").count() == 1


def test_nobody_with_a_phone_is_sent_away(linde: House, meeting: Meeting) -> None:
    before, sami = sits(meeting), linde.actor("sami")
    noor = Seat.objects.get(meeting=meeting, person=linde.people["noor"])
    with pytest.raises(NotThere):
        actions.empty_chair(sami, meeting, noor, key="key-11111")
    seat = actions.add_chair(sami, meeting, name="Truus", key="key-12345")
    actions.join_as_guest(meeting, name="Truus", code=meeting.code)  # found her phone
    seat.refresh_from_db()
    with pytest.raises(NotThere):
        actions.empty_chair(sami, meeting, seat, key="key-22222")
    assert sits(meeting) == {**before, "Truus": (True, False)}


def test_only_who_leads_adds_a_chair(linde: House, meeting: Meeting) -> None:
    before = sits(meeting)
    for who in ("noor", "fleur"):
        with pytest.raises(Refused):
            actions.add_chair(linde.actor(who), meeting, name="Truus", key="key-12345")
    browser = Client()
    browser.force_login(linde.account("noor"))
    answer = browser.post(
        f"/linde/meetings/{meeting.pk}/chairs/", {"name": "Truus", "key": "k" * 9}
    )
    assert answer.status_code == 403
    assert sits(meeting) == before


def test_an_empty_name_is_said_and_nothing_happens(meeting: Meeting, sami: Client) -> None:
    before = sits(meeting)
    answer = sami.post(
        f"/linde/meetings/{meeting.pk}/chairs/", {"name": " \n ", "key": "key-12345"}
    )
    assert answer.status_code == 409
    assert sits(meeting) == before


def test_one_place_later_is_an_order_and_earlier_takes_it_back() -> None:
    play = Play(PROTOCOLS[0])

    def order(which: str) -> list[str]:
        html = drawn(play.state, "s1", "moderator", "en")
        form = re.search(rf'id="{which}".*?name="order" value="([^"]*)"', html, re.S)
        assert form is not None
        return form.group(1).split(",")

    assert order("later-s2") == ["s1", "s3", "s2", "s4", "s5"]
    first = list(play.state.record.order)
    assert play.ask("s1", {"kind": "order_seats", "order": order("later-s2")})
    assert list(play.state.record.order) == [first[0], first[2], first[1], *first[3:]]
    assert play.ask("s1", {"kind": "order_seats", "order": order("earlier-s2")})
    assert list(play.state.record.order) == first


def test_the_screens_hear_of_another_order(linde: House, meeting: Meeting) -> None:
    held = room.of(meeting)

    def tag() -> str:
        return looks.look(held, held.snap, looks.audience_of(held, held.snap, "", "board")).tag

    before, order = tag(), list(held.state.record.order)
    for wanted in ([*order[1:], order[0]], order):
        asked = {"kind": "order_seats", "order": wanted}
        assert actions.do(linde.actor("sami"), meeting, asked, f"key-{wanted[0]}-x").refused is None
        assert (tag() == before) is (wanted == order)


def test_a_table_gets_another_host() -> None:
    protocol = next(one for one in PROTOCOLS if any(s.kind.value == "tables" for s in one.steps))
    play = Play(protocol)
    while play.state.step is None or play.state.step.kind.value != "tables":
        assert play.step_on()
    html = drawn(play.state, "s1", "moderator", "en")
    table, options = next(
        (number, re.findall(r'value="(s\d)"( selected)?', select))
        for number, select in re.findall(r'id="host-of-(\d)"(.*?)</select>', html, re.S)
    )
    host = next(seat for seat, chosen in options if chosen)
    other = next(seat for seat, chosen in options if not chosen)
    asked = {"kind": "set_host", "table": table, "visit": play.state.visit}
    assert play.ask("s1", {**asked, "seat": other})
    assert f"{NAMES[other]} (host)" in drawn(play.state, "s1", "moderator", "en")
    assert play.ask("s1", {**asked, "seat": host})
    assert f"{NAMES[host]} (host)" in drawn(play.state, "s1", "moderator", "en")
