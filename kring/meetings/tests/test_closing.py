"""Leading, notes, closing, what stays and what time takes away."""

import json
from datetime import timedelta

import pytest

from kring.base import clock, keys, scope, volatile
from kring.base.policy import NotThere, Refused
from kring.base.volatile import Cursor
from kring.meetings import actions, room
from kring.meetings.actions import closing
from kring.meetings.clock import due
from kring.meetings.models import Harvest, Meeting, MeetingEvent, PrivateNote, Seat, Stage
from kring.meetings.stream import looks
from kring.meetings.tests.conftest import plan_of
from kring.meetings.tests.test_playing import say, step_on
from kring.meetings.tests.test_stream import read_event, whole_news
from tests.cast import Cast, House


def tell(house: House, meeting: Meeting, name: str, **asked: object) -> None:
    key = f"{name} {json.dumps(asked, default=str)}"[:70]
    done = actions.do(house.actor(name), meeting, asked, key)
    assert done.refused is None, done.refused


def close(house: House, meeting: Meeting) -> None:
    tell(house, meeting, "sami", kind="close", confirmed=True, no_follow_up=True)
    meeting.refresh_from_db()


def harvest(house: House, meeting: Meeting, output: str, text: str, **wider: object) -> str:
    """Noor proposes and Sami releases, with the circle's yes."""
    before = set(room.of(meeting).state.record.released)
    tell(house, meeting, "sami", kind="propose", output=output, text=text)
    state = room.of(meeting).state
    items = state.room_sheet(state.visit or "").own.items  # type: ignore[union-attr]  # a basket
    item = next(one for one in items.values() if text in one.fields.values()).id
    tell(house, meeting, "sami", kind="allow", item=item)
    if output == "agreement":
        day = (clock.now() + timedelta(days=21)).date().isoformat()
        tell(house, meeting, "sami", kind="fill_item", item=item, fields={"look_back_on": day})
        tell(house, meeting, "noor", kind="take_on", item=item)
        tell(house, meeting, "daan", kind="take_on", item=item, what="bell_ringer")
    if wider:
        tell(house, meeting, "sami", kind="set_audience", item=item, **wider)
        tell(house, meeting, "sami", kind="allow", item=item)
    tell(house, meeting, "sami", kind="release", item=item, confirmed=True)
    assert set(room.of(meeting).state.record.released) - before == {item}
    return item


def test_closing_wipes_what_was_volatile_at_once(linde: House, meeting: Meeting) -> None:
    seat, _secret = actions.join_as_guest(meeting, name="Bea", code=meeting.code)
    step_on(linde, meeting, 2)
    say(linde, meeting, "noor", "vluchtig")
    topic, code = room.of(meeting).topic, meeting.code
    close(linde, meeting)
    assert volatile.store().read(topic, Cursor()).items in ((), [])
    assert (meeting.state, meeting.code, meeting.is_over) == (Stage.CLOSED, "", True)
    assert meeting.keep_until == clock.now().date() + timedelta(days=42)
    assert actions.find_by_code(code, "9.9.9.9") is None
    assert Seat.objects.get(pk=seat.pk).pass_hash == ""
    refused = actions.do(linde.actor("noor"), meeting, {"kind": "ask_pause"}, "after-close").refused
    assert refused is not None
    assert refused.code == "closed"


def test_the_harvest_is_kept_and_minutes_hold_nothing_else(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "noor", "blijft in de kring")
    step_on(linde, meeting, 3)
    harvest(linde, meeting, "working_factor", "Elke avond om acht uur samen thee")
    back = harvest(linde, meeting, "working_factor", "Toch maar niet")
    tell(linde, meeting, "sami", kind="take_back", item=back)
    wide = {"visibility": "V6", "with_names": False}
    harvest(linde, meeting, "working_factor", "Voor iedereen", **wide)
    close(linde, meeting)
    texts = {row.text: row.visibility for row in Harvest.objects.filter(meeting=meeting)}
    assert texts == {"Elke avond om acht uur samen thee": "V4", "Voor iedereen": "V6"}
    seen = {
        name: sorted(item.text for item in actions.minutes(linde.actor(name), meeting).items)
        for name in ("noor", "sami")
    }
    assert seen == dict.fromkeys(seen, sorted(texts))
    with pytest.raises(Refused):
        actions.minutes(linde.actor("fleur"), meeting)
    log = json.dumps(list(MeetingEvent.objects.filter(meeting=meeting).values_list("data")))
    assert "Toch maar niet" not in log  # taken back: blanked, it does not wait six weeks


def test_an_agreement_leaves_with_its_people_and_its_bell(linde: House, meeting: Meeting) -> None:
    from kring.agreements.models import Agreement

    step_on(linde, meeting, 4)
    harvest(linde, meeting, "agreement", "We bellen voor acht uur")
    close(linde, meeting)
    agreement = Agreement.objects.get()
    row = Harvest.objects.get(meeting=meeting)
    assert (row.made, row.names) == (
        f"agreement {agreement.pk}",
        {"who": "Noor", "bell_ringer": "Daan"},
    )
    day = (clock.now() + timedelta(days=21)).date()
    assert (agreement.what, agreement.team, agreement.bell_ringer, agreement.look_back_on) == (
        "We bellen voor acht uur",
        linde.teams["vuurtoren"],
        linde.people["daan"],
        day,
    )
    assert [taker.person for taker in agreement.takers.all()] == [linde.people["noor"]]
    assert agreement.came_from == f"meeting {meeting.pk}"
    following = actions.start_now(linde.actor("sami"), plan_of(linde))
    assert list(actions.on_the_table(following)) == [(agreement.pk, agreement.what)]


def test_a_note_is_for_its_author_only_and_can_be_destroyed(linde: House, meeting: Meeting) -> None:
    noor, daan = linde.actor("noor"), linde.actor("daan")
    actions.write_note(noor, meeting, step="talk_open", text="Niet vergeten: sleutel")
    actions.write_note(noor, meeting, step="talk_open", text="Niet vergeten: sleutel en fiets")
    assert actions.read_note(noor, meeting, step="talk_open") == "Niet vergeten: sleutel en fiets"
    assert actions.read_note(daan, meeting, step="talk_open") == ""
    with pytest.raises(NotThere):
        actions.read_note(linde.actor("fleur"), meeting, step="talk_open")
    row = PrivateNote.objects.get()
    assert b"sleutel" not in bytes(row.box) + bytes(row.key or b"")
    actions.shred_note(noor, meeting, step="talk_open")
    row.save()  # as from a backup, without its key file's ledger replayed
    assert any(f"{row.seat_id}.talk_open" in place for place in keys.shredded())
    with pytest.raises(NotThere):
        actions.write_note(noor, meeting, step="nergens", text="x")


def test_the_lease_and_taking_over(linde: House, meeting: Meeting) -> None:
    begin = clock.now()
    assert actions.renew_lease(meeting.pk, "s1") is True
    assert actions.renew_lease(meeting.pk, "s2") is False
    with pytest.raises(Refused, match="Sami"):
        actions.take_over(linde.actor("noor"), meeting, "take-over-1")
    with clock.pretend(begin + timedelta(seconds=21)):
        assert actions.hold_lease(meeting) is None
        assert actions.take_over(linde.actor("noor"), meeting, "take-over-2").refused is None
        lease = actions.hold_lease(meeting)
        assert lease is not None
        assert lease.seat.key == "s2"
        assert room.of(meeting).state.is_moderator("s2") is True
        actions.take_over(linde.actor("sami"), meeting, "take-over-3")  # a moderator always may
        assert actions.renew_lease(meeting.pk, "s2") is False
    seat, _secret = actions.join_as_guest(meeting, name="Bea", code=meeting.code)
    from kring.base.policy import Actor

    bea = Actor(kind="guest", organisation=linde.organisation.pk, seat=seat.pk, name="Bea")
    with clock.pretend(begin + timedelta(hours=1)), pytest.raises(Refused):
        actions.take_over(bea, meeting, "take-over-4")


def tick(at: timedelta) -> int:
    with clock.pretend(clock.now() + at), scope.everywhere("the clock, in a test"):
        return due(clock.now())


def test_an_abandoned_meeting_stops_after_twelve_hours_without_a_word(
    linde: House, meeting: Meeting
) -> None:
    assert tick(timedelta(hours=11)) == 0
    assert tick(timedelta(hours=13)) == 1
    meeting.refresh_from_db()
    assert (meeting.state, meeting.code) == (Stage.CLOSED, "")
    assert room.of(meeting).state.flow.stage == "closed"
    assert tick(timedelta(hours=14)) == 0


def test_a_meeting_whose_words_cannot_be_wiped_is_not_called_closed(
    linde: House, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closed and wiped go together: else the clock would never come back for what was said."""

    def fails(_meeting: Meeting) -> None:
        raise OSError("the store is away")

    with monkeypatch.context() as broken:
        broken.setattr(closing, "wipe", fails)
        with clock.pretend(clock.now() + timedelta(hours=13)), pytest.raises(OSError, match="away"):
            closing.hard_stop(Meeting.objects.get(pk=meeting.pk), clock.now())
    assert Meeting.objects.get(pk=meeting.pk).state == Stage.OPEN
    assert tick(timedelta(hours=14)) == 1
    assert Meeting.objects.get(pk=meeting.pk).state == Stage.CLOSED


def test_what_was_drawn_is_gone_when_the_clock_closes(linde: House, meeting: Meeting) -> None:
    step_on(linde, meeting)
    say(linde, meeting, "sami", "Alleen vandaag")
    assert "Alleen vandaag" in read_event(whole_news(meeting)["s2"])[2]
    assert any(b"Alleen vandaag" in drawn.plain for drawn in looks._drawn.values())
    with clock.pretend(clock.now() + timedelta(hours=13)):
        meeting.refresh_from_db()
        assert closing.hard_stop(meeting, clock.now()) is True
    assert not any(b"Alleen vandaag" in drawn.plain for drawn in looks._drawn.values())
    assert not any(key[0] == meeting.pk for key in looks._pieces)


def test_after_six_weeks_only_the_harvest_is_left(linde: House, meeting: Meeting) -> None:
    noise = actions.start_now(linde.actor("sami"), plan_of(linde))
    step_on(linde, meeting, 4)
    harvest(linde, meeting, "working_factor", "Thee")
    actions.write_note(linde.actor("noor"), meeting, step="talk_open", text="Voor mij")
    close(linde, meeting)
    assert tick(timedelta(days=41)) == 1  # the noise: nobody came back to it
    assert MeetingEvent.objects.filter(meeting=meeting).exists() is True
    assert tick(timedelta(days=43)) == 1
    left = [
        model.objects.filter(meeting=meeting).count()
        for model in (MeetingEvent, Seat, PrivateNote, Harvest)
    ]
    assert left == [0, 0, 0, 1]
    assert Meeting.objects.get(pk=noise.pk).state == Stage.CLOSED


def test_a_planned_meeting_nobody_came_to_frees_its_code(linde: House) -> None:
    meeting = actions.plan_meeting(linde.actor("sami"), plan_of(linde))
    assert (tick(timedelta(hours=11)), tick(timedelta(hours=13))) == (0, 1)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.code) == (Stage.CANCELLED, "")


def test_clocks_of_other_organisations_do_not_mix(cast: Cast) -> None:
    with scope.inside(cast.waterkant.organisation.pk):
        house = cast.waterkant
        plan = plan_of(
            cast.linde, team=house.teams["kern"], people=((house.people["waterkant_lid"], ()),)
        )
        other = actions.start_now(house.actor("waterkant_lid"), plan)
    assert tick(timedelta(hours=13)) == 1
    with scope.inside(cast.waterkant.organisation.pk):
        assert Meeting.objects.get(pk=other.pk).state == Stage.CLOSED
