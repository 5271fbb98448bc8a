"""Who voted what is nowhere: not in the database, not in the store once voting is done, in no answer.

A vote is a canary by its card: every card gets one vote by one person, so whoever finds person and
card together has found a vote.
"""

import json
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection

from kring.base import clock, volatile
from kring.base.policy import NotThere, Refused
from kring.base.volatile import Cursor
from kring.meetings import actions, room
from kring.meetings.engine import Who, audience, read_ask, see
from kring.meetings.models import Meeting, MeetingEvent, Seat, SeatState
from kring.meetings.room import Job
from kring.meetings.steps.opinions.sheet import room_of
from kring.meetings.stream import keeper
from kring.meetings.tests.conftest import plan_of
from kring.meetings.tests.scripts import both, phase, step, talk
from tests.cast import House

PEOPLE, CARDS = 30, 8


def script(record: str) -> Any:
    """One opinion step with two places to look from."""
    entry = {"label": both("Jouw zin"), "most_per_seat": 50}
    places = [{"id": one, "text": both(one)} for one in ("team", "lead")]
    asked = step("map", "opinions", "SILENT", visibility="V3", record=record, entry=entry, choices=places)  # fmt: skip
    return talk(phases=[phase("map", asked)], outputs=[], group={"min": 1, "normal": 8, "max": 200})


def seated(house: House, record: str) -> tuple[Meeting, list[str]]:
    """Thirty people at a meeting with eight statements; the seats without their moderator."""
    meeting = actions.start_now(house.actor("sami"), plan_of(house, protocol=script(record)))
    actions.join(house.actor("sami"), meeting)
    seats = [
        Seat(
            organisation_id=meeting.organisation_id,
            meeting=meeting,
            place=place,
            name=f"Mens {place}",
            state=SeatState.JOINED,
        )
        for place in range(50, 50 + PEOPLE)
    ]
    Seat.objects.bulk_create(seats)
    held = room.of(meeting)
    for seat in seats:
        sits = read_ask({"kind": "take_seat"})
        assert held.carry(Job(Who(seat.key), sits, f"r{seat.key}")).refused is None
    leads = held.state.here()[0]
    play(meeting, leads, kind="start")
    for number in range(CARDS):
        play(meeting, leads, kind="contribute", text=f"zin {number}", for_circle=True)
    return meeting, [seat.key for seat in seats]


def play(meeting: Meeting, seat: str, **asked: Any) -> None:
    """One ask that has to work."""
    done = actions.play(room.of(meeting), seat, asked, f"key {seat} {json.dumps(asked)}"[:80])
    assert done.refused is None, done.refused


def everything_stored() -> str:
    """Every row of every table, as the database has it."""
    with connection.cursor() as cursor:
        tables = [model._meta.db_table for model in apps.get_models(include_auto_created=True)]
        rows = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [repr(row) for row in cursor.fetchall()]
    return "\n".join(rows)


@pytest.mark.parametrize("record", ["E", "K"])
def test_a_vote_is_never_in_the_database(linde: House, record: str) -> None:
    meeting, seats = seated(linde, record)
    held = room.of(meeting)
    cards = [card["card"] for card in _cards(held)]
    before = MeetingEvent.objects.filter(meeting=meeting).count()
    for number, seat in enumerate(seats):
        play(meeting, seat, kind="vote", card=cards[number % CARDS], vote="agree")
        play(meeting, seat, kind="stand", choice="team")
    kinds = list(MeetingEvent.objects.order_by("number").values_list("kind", flat=True))
    assert kinds[before:] == ([] if record == "E" else ["sheet.written"])
    votes = room_votes(held)
    assert len(votes) == PEOPLE
    stored = everything_stored()
    assert not [token for token in votes if token in stored]
    assert "vote.cast" not in stored
    assert "stand.taken" not in stored
    in_memory = json.dumps([*volatile.store().read(held.topic, Cursor()).items])
    assert not [seat for seat in seats if f'"{seat}"' in in_memory]


def _cards(held: room.Room) -> list[dict[str, str]]:
    view = see(held.state, audience(held.state, None, "board"))
    return list(view["cards"])  # type: ignore[arg-type]


def room_votes(held: room.Room) -> list[str]:
    """The tokens under which people voted."""
    return [*room_of(held.state, held.state.visit or "").votes]


@pytest.mark.parametrize("record", ["E", "K"])
def test_when_voting_is_done_the_store_forgets_every_vote(linde: House, record: str) -> None:
    meeting, seats = seated(linde, record)
    held = room.of(meeting)
    cards = [card["card"] for card in _cards(held)]
    for number, seat in enumerate(seats):
        for card in cards:
            play(meeting, seat, kind="vote", card=card, vote=("agree", "disagree")[number % 2])
    tokens = room_votes(held)
    assert "vote.cast" in json.dumps([*volatile.store().read(held.topic, Cursor()).items])
    play(meeting, held.state.here()[0], kind="finish_map", confirmed=True)
    left = json.dumps([*volatile.store().read(held.topic, Cursor()).items])
    assert not [word for word in (*tokens, "vote.cast", "opinions.opened") if word in left]
    state = held.state
    room.forget_all()
    assert room.of(meeting).state == state  # nothing that matters was in what was forgotten


def test_the_clock_of_the_room_draws_for_nobody(linde: House) -> None:
    """A map drawn by the clock is volatile and carries no receipt of a person."""
    meeting, seats = seated(linde, "K")
    held = room.of(meeting)
    card = _cards(held)[0]["card"]
    for seat in seats:
        play(meeting, seat, kind="vote", card=card, vote="agree")
    number = held.number
    later = clock.now() + timedelta(seconds=30)
    with patch("kring.base.clock.now", return_value=later):
        assert keeper.due(held) is not None
        keeper.draw(held)
        assert keeper.due(held) is None
    assert held.number == number
    picture = _picture(held)
    assert picture["people"] == PEOPLE


def _picture(held: room.Room) -> Any:
    return see(held.state, audience(held.state, None, "board"))["part"]["picture"]


def test_nobody_outside_the_meeting_finds_a_map(linde: House) -> None:
    """The administrator has no seat, so no screen, no ask and no live token."""
    meeting, _ = seated(linde, "K")
    with pytest.raises((NotThere, Refused)):
        actions.do(
            linde.actor("ali"), meeting, {"kind": "vote", "card": "x", "vote": "agree"}, "k" * 9
        )
