"""A meeting over days: planned, opened and closed by the clock, with restarts and silence in between."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from kring.base import clock, keys, scope
from kring.base.policy import Refused
from kring.meetings import actions, room
from kring.meetings.clock import due, forget
from kring.meetings.models import Meeting, MeetingEvent, SealedRoom, SeatState, Stage
from kring.meetings.rules import days
from kring.meetings.tests.conftest import plan_of
from kring.meetings.tests.scripts import talk
from kring.methods.format.shapes import Speaking, StepKind
from kring.people.models import Notice

BEGIN = datetime(2030, 1, 7, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))  # a Monday
CANARY = "zeer geheime kanarie"


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def planned(linde):
    with clock.pretend(BEGIN - timedelta(days=1)):
        return actions.plan_meeting(
            linde.actor("sami"), plan_of(linde, mode="days", starts_at=BEGIN, protocol=talk())
        )


def pass_time(moment):
    """The clock of the house ticks, in a process that knows nothing yet."""
    room.forget_all()
    with clock.pretend(moment), scope.everywhere("the clock serves every organisation"):
        return due(moment)


def at(linde, name, meeting, kind, moment, **data):
    with clock.pretend(moment):
        meeting.refresh_from_db()
        if meeting.seats.get(person=linde.people[name]).state != SeatState.JOINED:
            actions.join(linde.actor(name), meeting)
        key = f"{name} {kind} {data} {moment}"
        return actions.do(linde.actor(name), meeting, {"kind": kind, **data}, key[:80])


def closes(meeting):
    meeting.refresh_from_db()
    return [one.closes_at for one in days.from_json(meeting.windows)]


def state(meeting):
    meeting.refresh_from_db()
    return room.of(meeting).state


def test_sensible_windows_and_nothing_opens_by_hand(linde, planned):
    windows = days.from_json(planned.windows)
    assert [one.phase for one in windows] == ["talk", "write", "round", "harvest"]
    assert [one.closes_at.isoweekday() for one in windows] == [3, 5, 1, 3]
    assert {one.closes_at.hour for one in windows} == {9}
    assert planned.due_at == BEGIN
    with pytest.raises(Refused, match="opens by itself"):
        actions.open_meeting(linde.actor("sami"), planned)
    with pytest.raises(Refused, match="opens by itself"):
        actions.join(linde.actor("sami"), planned)
    assert pass_time(BEGIN - timedelta(seconds=1)) == 0


def test_the_clock_opens_it_fills_every_chair_and_tells_everybody_once(linde, planned):
    assert pass_time(BEGIN) == 1
    assert pass_time(BEGIN) == 0
    planned.refresh_from_db()
    assert planned.state == Stage.OPEN
    now = state(planned)
    assert now.step.id == "talk_open"
    assert now.here() == ("s1", "s2", "s3", "s4")
    told = Notice.objects.filter(kind="meetings.days_open").values_list("person__name", flat=True)
    assert sorted(told) == ["Daan", "Joke", "Noor", "Sami"]


def test_what_is_volatile_survives_a_restart_sealed_and_is_shown_when_the_window_closes(
    linde, planned
):
    pass_time(BEGIN)
    opened = closes(planned)[0]
    pass_time(opened)
    for name in ("sami", "noor", "daan", "joke"):
        assert (
            at(linde, name, planned, "contribute", opened, text=f"{CANARY} {name}").refused is None
        )
        room.forget_all()
    sealed = SealedRoom.objects.get()
    assert CANARY.encode() not in bytes(sealed.box)
    assert len(bytes(sealed.box)) % 4096 == 28  # the nonce and the tag of the box
    assert CANARY not in str(list(MeetingEvent.objects.values_list("data", flat=True)))
    visit = state(planned).visit
    assert len(state(planned).room_sheet(visit).hand) == 4
    pass_time(closes(planned)[1])
    sheet = state(planned).room_sheet(visit)
    assert (len(sheet.cards), sheet.hand, sheet.owners) == (4, {}, {})
    assert CANARY not in str(list(MeetingEvent.objects.values_list("data", flat=True)))


def test_the_same_key_is_the_same_word_also_after_a_restart(linde, planned):
    pass_time(BEGIN)
    opened = closes(planned)[0]
    pass_time(opened)
    for _again in range(2):
        assert at(linde, "noor", planned, "contribute", opened, text="eens").refused is None
        room.forget_all()
    assert len(state(planned).room_sheet(state(planned).visit).hand) == 1


def test_a_reminder_goes_once_to_who_has_not_looked_and_says_nothing(linde, planned):
    pass_time(BEGIN)
    visit = state(planned).visit
    at(linde, "noor", planned, "look", BEGIN, visit=visit)
    at(linde, "daan", planned, "contribute", BEGIN, text="een kaart")
    remind_at = days.from_json(planned.windows)[0].remind_at
    assert pass_time(remind_at) == 1
    pass_time(remind_at)
    told = Notice.objects.filter(kind="meetings.days_reminder")
    assert sorted(told.values_list("person__name", flat=True)) == ["Joke", "Sami"]
    assert "Een gesprek" not in str(list(told.values()))


def test_it_ends_with_what_is_ready_and_its_lead_closes_it(linde, planned):
    for moment in [BEGIN, *closes(planned)[:3]]:
        pass_time(moment)
    opened = closes(planned)[2]
    assert state(planned).step.id == "harvest_it"
    at(linde, "noor", planned, "propose", opened, output="agreement", text="We bellen eerst")
    item = next(iter(state(planned).room_sheet(state(planned).visit).own.items))
    fields = {"how_noticed": "rust", "look_back_on": "2030-03-01"}
    assert at(linde, "noor", planned, "fill_item", opened, item=item, fields=fields).refused is None
    at(linde, "noor", planned, "take_on", opened, item=item)
    assert at(linde, "sami", planned, "release", opened, item=item).refused.code == "by_the_clock"
    end = closes(planned)[3]
    pass_time(end)
    pass_time(end)
    assert list(state(planned).record.released) == [item]
    assert Notice.objects.filter(kind="meetings.days_over").get().person.name == "Sami"
    assert SealedRoom.objects.count() == 1
    done = at(linde, "sami", planned, "close", end, confirmed=True, no_follow_up=True)
    assert done.refused is None
    assert SealedRoom.objects.count() == 0
    assert f"meetings_sealedroom:box:{planned.pk}:{planned.organisation_id}" in set(keys.shredded())
    assert planned.harvest.get().text == "We bellen eerst"


def test_nobody_closed_it_for_two_weeks(linde, planned):
    for moment in [BEGIN, *closes(planned)]:
        pass_time(moment)
    last = closes(planned)[-1]
    pass_time(last + days.WAITS - timedelta(seconds=1))
    assert Meeting.objects.get().state == Stage.OPEN
    pass_time(last + days.WAITS)
    planned.refresh_from_db()
    assert planned.state == Stage.CLOSED
    assert SealedRoom.objects.count() == 0
    assert forget(planned) == 1


def test_a_clock_that_slept_for_a_week_shows_each_part_in_its_turn(linde, planned):
    pass_time(BEGIN)
    opened = closes(planned)[0]
    pass_time(opened)
    for name in ("sami", "noor", "daan", "joke"):
        at(linde, name, planned, "contribute", opened, text=f"van {name}")
    visit = state(planned).visit
    pass_time(closes(planned)[-1])
    assert state(planned).flow.over
    assert len(state(planned).room_sheet(visit).cards) == 4


def test_the_days_move_for_what_is_still_open_or_to_come(linde, planned):
    pass_time(BEGIN)
    sami, first = linde.actor("sami"), closes(planned)[0]
    with clock.pretend(BEGIN + timedelta(hours=1)):
        planned.refresh_from_db()
        moved = actions.move_windows(
            sami, planned, version=planned.version, closes={"talk": first + timedelta(days=1)}
        )
        assert closes(moved)[0] == first + timedelta(days=1)
        with pytest.raises(Refused, match="after the one before"):
            actions.move_windows(
                sami, moved, version=moved.version, closes={"talk": first + timedelta(days=9)}
            )
        with pytest.raises(Refused, match="changed this meeting"):
            actions.move_windows(sami, moved, version=1, closes={"talk": first})
        with pytest.raises(Refused, match="moderates it"):
            actions.move_windows(linde.actor("fleur"), moved, version=moved.version, closes={})
    pass_time(first)
    assert state(planned).step.id == "talk_open"
    pass_time(first + timedelta(days=1))
    assert state(planned).step.id == "write_cards"


def test_the_mode_changes_until_it_begins(linde, planned):
    sami = linde.actor("sami")
    with clock.pretend(BEGIN - timedelta(days=1)):
        live = actions.change_meeting(sami, planned, version=planned.version, mode="phones")
        assert (live.windows, live.script.paced, live.due_at) == (
            [],
            "live",
            BEGIN + timedelta(hours=12),
        )
        assert room.of(live).state.protocol.paced == "live"
        again = actions.change_meeting(sami, live, version=live.version, mode="days", each=3)
        assert room.of(again).state.protocol.paced == "days"
        assert closes(again)[0] == BEGIN + timedelta(days=3)
        later = actions.change_meeting(
            sami, again, version=again.version, starts_at=BEGIN + timedelta(days=1)
        )
        assert closes(later)[0] == BEGIN + timedelta(days=4)
    pass_time(BEGIN + timedelta(days=1))
    planned.refresh_from_db()
    with pytest.raises(Refused, match="has begun"):
        actions.change_meeting(sami, planned, version=planned.version, mode="phones")


def test_a_talk_that_needs_everybody_is_not_planned_over_days(linde):
    piece = talk()
    first = piece.phases[0].model_copy(update={"core": True})
    speaking = first.steps[0].model_copy(
        update={"speaking": Speaking.PIECE, "kind": StepKind.ROUND}
    )
    piece = piece.model_copy(
        update={"phases": (first.model_copy(update={"steps": (speaking,)}), *piece.phases[1:])}
    )
    with pytest.raises(Refused, match="talking piece"):
        actions.plan_meeting(linde.actor("sami"), plan_of(linde, mode="days", protocol=piece))
