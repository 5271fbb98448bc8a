"""Asks carried into a meeting: durable, once, in order, and without a trace of who."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kring.base import scope, volatile
from kring.base.policy import Refused
from kring.base.volatile import Cursor
from kring.meetings import actions, engine, room
from kring.meetings.actions.plan import add_seat
from kring.meetings.models import Meeting, MeetingEvent, Seat
from kring.meetings.tests.conftest import plan_of
from kring.people.models import Receipt
from tests.cast import Cast, House

SEATS = {"sami": "s1", "noor": "s2", "daan": "s3", "joke": "s4"}


def step_on(house: House, meeting: Meeting, times: int = 1) -> None:
    for _time in range(times):
        visit = room.of(meeting).state.visit
        asked = {"kind": "enter_next", "from_visit": visit}
        assert actions.do(house.actor("sami"), meeting, asked, f"next {visit}").refused is None


def say(house: House, meeting: Meeting, name: str, text: str, key: str = "") -> actions.play:
    asked = {"kind": "contribute", "text": text}
    return actions.do(house.actor(name), meeting, asked, key or f"key-{name}-{text}")


def table(meeting: Meeting) -> list[str]:
    """Texts a participant's phone shows."""
    state = room.of(meeting).state
    view = engine.see(state, engine.audience(state, "s3", "phone"))
    return [card["text"] for card in view["cards"]]


def log_of(meeting: Meeting) -> str:
    rows = MeetingEvent.objects.filter(meeting=meeting).values_list("kind", "data", "at")
    return json.dumps([list(row) for row in rows], default=str)


def test_the_log_is_the_meeting(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "noor", "Licht in de gang")
    live = room.of(meeting)
    room.forget_all()
    meeting.refresh_from_db()
    loaded = room.of(meeting)
    assert loaded is not live
    assert (loaded.state, loaded.number) == (live.state, meeting.number)
    assert table(meeting) == ["Licht in de gang"]
    numbers = MeetingEvent.objects.filter(meeting=meeting).values_list("number", flat=True)
    assert list(numbers) == list(range(1, meeting.number + 1))


def test_a_repeated_ask_is_the_same_ask_also_after_a_restart(
    linde: House, meeting: Meeting
) -> None:
    step_on(linde, meeting)
    first = say(linde, meeting, "noor", "Een", key="the-same-key")
    again = say(linde, meeting, "noor", "Een", key="the-same-key")
    room.forget_all()
    late = say(linde, meeting, "noor", "Een", key="the-same-key")
    assert (again, late) == (first, first)
    say(linde, meeting, "daan", "Een", key="the-same-key")  # another person's key is another key
    assert table(meeting) == ["Een", "Een"]


def test_a_repeated_volatile_ask_is_the_same_ask(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting, 2)
    for _time in range(3):
        say(linde, meeting, "noor", "Stil", key="the-same-key")
    state = room.of(meeting).state
    assert len(state.room_sheet(state.visit or "").hand) == 1


def test_two_moderators_press_next_at_once_and_it_moves_one_step(
    linde: House, meeting: Meeting
) -> None:
    asked = {"kind": "hand_over", "to": "s2", "together": True}
    actions.do(linde.actor("sami"), meeting, asked, "together-1")
    before = room.of(meeting).state.visit
    asked = {"kind": "enter_next", "from_visit": before}
    for name in ("sami", "noor"):
        assert actions.do(linde.actor(name), meeting, asked, f"next of {name}").refused is None
    state = room.of(meeting).state
    assert state.step is not None
    assert state.step.id == "talk_open"
    assert Seat.objects.get(meeting=meeting, place=2).roles == ["moderator"]


def test_another_process_wrote_meanwhile(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    stale = room.of(meeting)
    room.forget_all()  # from here on "the other process"
    say(linde, meeting, "noor", "Van de ander")
    asked = {"kind": "contribute", "text": "Van hier"}
    assert actions.play(stale, "s3", asked, "key-of-here").refused is None
    meeting.refresh_from_db()
    assert (stale.number, table(meeting)) == (meeting.number, ["Van de ander", "Van hier"])


def test_nothing_volatile_and_nobody_s_name_is_in_the_database(
    linde: House, meeting: Meeting
) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "noor", "blijvend woord")
    step_on(linde, meeting)
    for name in SEATS:
        say(linde, meeting, name, f"vluchtig woord van {name}")
    words = log_of(meeting) + json.dumps(list(Receipt.objects.values_list("key", "answer")))
    assert "blijvend woord" in words
    assert "vluchtig" not in words
    card = MeetingEvent.objects.get(meeting=meeting, kind="card.added")
    assert sorted(card.data) == ["card", "text", "visit"]
    assert card.at is None


def test_only_moves_of_the_whole_meeting_carry_a_time(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "noor", "Iets")
    timed = MeetingEvent.objects.filter(meeting=meeting, at__isnull=False)
    assert set(timed.values_list("kind", flat=True)) == {"meeting.started", "step.entered"}


def test_after_the_reveal_nothing_links_a_text_to_a_person(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting, 2)
    for name in SEATS:
        say(linde, meeting, name, f"tekst van {name}")
    topic = room.of(meeting).topic
    before = json.dumps(list(volatile.store().read(topic, Cursor()).items))
    assert '"seat": "s2"' in before
    asked = {"kind": "reveal", "confirmed": True}
    assert actions.do(linde.actor("sami"), meeting, asked, "reveal-1").refused is None
    after = json.dumps(list(volatile.store().read(topic, Cursor()).items))
    assert "tekst van noor" in after
    assert [key for key in SEATS.values() if f'"{key}"' in after] == []
    assert sorted(table(meeting)) == sorted(f"tekst van {name}" for name in SEATS)
    held = room.of(meeting).state
    room.forget_all()
    assert room.of(meeting).state == held
    assert say(linde, meeting, "noor", "tekst van noor").refused is None  # the receipt still holds
    assert len(table(meeting)) == 4


def test_after_a_crash_what_was_volatile_is_gone_and_the_screen_says_so(
    linde: House, meeting: Meeting
) -> None:
    step_on(linde, meeting, 2)
    say(linde, meeting, "noor", "Stil")
    volatile.store().drop(room.of(meeting).topic)  # as when memory, or Redis, is gone
    room.forget_all()
    state = room.of(meeting).state
    view = engine.see(state, engine.audience(state, "s3", "phone"))
    assert (view["lost"], view["cards"]) == (True, [])


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "contribute", "text": " "}, "empty"),
        ({"kind": "contribute", "text": "x" * 2001}, "too_long"),
        ({"kind": "contribute"}, "unclear"),
        ({"kind": "no_such_ask"}, "unclear"),
        ({"kind": "take_seat", "roles": ["moderator"]}, "unclear"),
        ({"kind": "take_over"}, "unclear"),
        ({}, "unclear"),
    ],
)
def test_wrong_input_gets_a_sentence_and_changes_nothing(
    linde: House, meeting: Meeting, asked: dict[str, object], code: str
) -> None:
    step_on(linde, meeting)
    number = room.of(meeting).number
    done = actions.do(linde.actor("noor"), meeting, asked, "wrong-input")
    assert done.refused is not None
    assert (done.refused.code, room.of(meeting).number) == (code, number)


def test_who_has_no_seat_cannot_ask(linde: House, meeting: Meeting) -> None:
    for name in ("fleur", "hester", "ali"):
        with pytest.raises(Refused):
            say(linde, meeting, name, "Mag ik?")


def test_a_meeting_of_another_organisation_is_not_there(cast: Cast, meeting: Meeting) -> None:
    with pytest.raises(room.Gone):
        room.of_id(meeting.pk, cast.waterkant.organisation.pk)
    with scope.inside(cast.waterkant.organisation.pk):
        assert Meeting.objects.filter(pk=meeting.pk).count() == 0


@pytest.mark.parametrize("many", [1, 3])
def test_a_batch_costs_the_same_number_of_queries(
    linde: House, meeting: Meeting, many: int
) -> None:
    step_on(linde, meeting)
    held = room.of(meeting)
    from kring.meetings.actions.play import job_of

    jobs = [
        job_of(held, "s2", {"kind": "contribute", "text": f"{n}"}, f"batch-key-{n}")
        for n in range(many)
    ]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        held.carry_all(jobs)  # type: ignore[arg-type]  # none is wrong input
    words = [query["sql"].split(" ")[0] for query in queries.captured_queries]
    assert words == ["SELECT", "SAVEPOINT", "UPDATE", "INSERT", "INSERT", "RELEASE"]
    assert len(table(meeting)) == many


def test_on_one_device_everybody_who_was_asked_sits_in_the_circle(linde: House) -> None:
    """Nobody else can come in with a phone, so the round would pass only who holds the device."""
    meeting = actions.start_now(linde.actor("sami"), plan_of(linde, mode="one_device"))
    for _twice in range(2):
        actions.join(linde.actor("sami"), meeting)
    record = room.of(meeting).state.record
    assert record.one_device
    assert [room.of(meeting).names[seat] for seat in record.order] == [
        linde.people[name].name for name in ("sami", "noor", "daan", "joke")
    ]
    assert [record.seats[seat].has_device for seat in record.order] == [True, False, False, False]


def test_with_phones_only_who_comes_in_sits_in_the_circle(linde: House) -> None:
    meeting = actions.start_now(linde.actor("sami"), plan_of(linde))
    actions.join(linde.actor("sami"), meeting)
    record = room.of(meeting).state.record
    assert (len(record.order), record.one_device) == (1, False)


def test_a_guests_name_cannot_turn_the_page_around(linde: House) -> None:
    meeting = actions.start_now(linde.actor("sami"), plan_of(linde))
    with scope.inside(linde.organisation.pk):
        seat = add_seat(meeting, name=" \u202eTruus\u200f\x00 ")
    assert seat.name == "Truus"
