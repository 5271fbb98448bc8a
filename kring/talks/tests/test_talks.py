"""A talk from its opening to its last day, through the actions."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kring.base import clock, keys, volatile
from kring.base.policy import Actor, Refused, ask
from kring.meetings import room
from kring.meetings.models import MeetingEvent, Seat, Stage
from kring.people.models import Receipt
from kring.talks import actions, panels
from kring.talks.actions import holding
from kring.talks.actions.holding import room_of
from kring.talks.clock import due
from kring.talks.models import Plate, Talk
from kring.talks.rules import Choice, Status
from kring.talks.tests.conftest import guest_of, wish
from kring.talks.tests.playing import agree, another, everything, go_to, lines, start
from tests.cast import House, log_in

SAID = "Kanarie zei dat het haar spijt"


def test_roles_do_not_move_during_a_talk(linde: House, fleur: Actor, ready: Talk) -> None:
    start(linde, fleur, ready)
    for asked in (
        {"kind": "hand_over", "to": "s2"},
        {"kind": "give_role", "role": "moderator", "seat": "s2"},
        {"kind": "drop_role", "role": "moderator", "seat": "s1"},
    ):
        assert actions.do(fleur, ready, asked, f"key {asked['kind']}").refused is not None
    assert room_of(ready).state.holders("moderator") == ("s1",)


def test_support_sits_next_to_whom_they_support(linde: House, fleur: Actor, ready: Talk) -> None:
    wim = ready.paper.chair_of(linde.people["wim"].pk)
    sister = next(one for one in ready.paper.chairs if one.name == "Zus van Riet")
    riet = next(one for one in ready.paper.chairs if one.name == "Riet")
    assert wim is not None
    for chair, beside in ((sister, riet.number), (wim, 2)):
        actions.prepare(
            fleur, ready, f"beside {chair.number}", number=chair.number, prepared=True,
            checks=chair.checks, wishes="", beside=beside,
        )  # fmt: skip
    start(linde, fleur, ready)
    names = room_of(ready).names
    assert [names[seat] for seat in room_of(ready).state.record.order] == [
        "Fleur", "Noor", "Wim", "Riet", "Zus van Riet",
    ]  # fmt: skip


def test_nothing_of_the_talk_is_ever_written(linde: House, fleur: Actor, ready: Talk) -> None:
    start(linde, fleur, ready)
    go_to(fleur, ready, "needed_together")
    visit = room_of(ready).state.visit
    asked = {"kind": "contribute", "visit": visit, "text": SAID}
    assert actions.do(linde.actor("noor"), ready, asked, "said-key-1").refused is None
    assert SAID in str(room_of(ready).state)
    assert SAID not in everything()
    assert not MeetingEvent.objects.exists()
    assert not Seat.objects.exists()
    assert not Receipt.objects.exists()
    before = ready.version
    assert Talk.objects.get(pk=ready.pk).version == before  # not even a count of clicks
    # the same click, sent again, is the same click
    assert actions.do(linde.actor("noor"), ready, asked, "said-key-1").refused is None
    assert str(room_of(ready).state).count(SAID) == str(room_of(ready).state).count(SAID)
    assert len(room_of(ready).state.room_sheet(visit or "").cards) == 1


def test_only_what_every_party_said_yes_to_is_kept(linde: House, fleur: Actor, ready: Talk) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Noor belt Riet elke vrijdag.", ("noor", "Riet", "wim"))
    another(linde, fleur, ready)
    day = (clock.now() + timedelta(days=21)).date()
    assert actions.close_talk(fleur, ready, "close-key", look_back_on=day).refused is None
    ready.refresh_from_db()
    assert (ready.state, [one.text for one in ready.paper.agreements]) == (
        Stage.CLOSED, ["Noor belt Riet elke vrijdag."],
    )  # fmt: skip
    assert ready.paper.look_back_on == day
    following = Talk.objects.get(pk=ready.paper.next)
    assert following.paper.after == ready.pk
    assert following.script.id == "restorative_follow_up"
    assert [one.name for one in following.paper.chairs] == [one.name for one in ready.paper.chairs]


def test_at_close_the_room_and_every_choice_are_gone(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    before = ready.place
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))
    actions.close_talk(fleur, ready, "close-key", look_back_on=None)
    ready.refresh_from_db()
    assert list(volatile.store().read(f"meeting:{ready.pk}", volatile.Cursor()).items) == []
    assert before in set(keys.shredded())  # so an older backup can be told what must go
    assert ready.place != before
    left = json.loads(ready.paper.model_dump_json(exclude={"protocol"}))
    assert {one["choice"] for one in left["chairs"]} == {""}
    assert {role for one in left["chairs"] for role in one["roles"]} == {"moderator"}
    assert "raam" not in str(left)
    held = room.of_id(ready.pk, ready.organisation_id)
    assert held.state.flow.stage == "closed"
    assert "groeten" not in str(held.snap.state.record)


def test_who_never_came_said_no_yes(linde: House, fleur: Actor, ready: Talk) -> None:
    actions.open_talk(fleur, ready, "open-key")
    for actor in (fleur, linde.actor("noor"), linde.actor("wim")):
        actions.join_talk(actor, ready)
    assert actions.do(fleur, ready, {"kind": "start"}, "start-key").refused is None
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "wim"))
    actions.close_talk(fleur, ready, "close-key", look_back_on=None)
    ready.refresh_from_db()
    assert (ready.state, ready.paper.agreements) == (Stage.CLOSED, ())


def test_a_yes_taken_back_while_it_closes_is_not_kept(
    linde: House, fleur: Actor, ready: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))
    here: Any = room_of(ready)
    card = lines(ready)[-1]
    room.forget(ready.pk)  # as another process sees it
    there = room_of(ready)
    assert there is not here
    decide, once = type(here)._answer, []

    def meanwhile(self: Any, state: Any, job: Any) -> Any:
        answer = decide(self, state, job)
        if self is here and not once:
            once.append(True)
            noor = linde.actor("noor")
            took = {"kind": "object", "card": card}
            assert actions.do(noor, ready, took, "object-key").refused is None
        return answer

    monkeypatch.setattr(type(here), "_answer", meanwhile)
    monkeypatch.setattr(holding, "room_of", lambda one: there if once else here)
    actions.close_talk(fleur, ready, "close-key", look_back_on=None)
    ready.refresh_from_db()
    assert once == [True]
    assert (ready.state, ready.paper.agreements) == (Stage.CLOSED, ())


def test_what_could_not_be_sealed_did_not_close(
    linde: House, fleur: Actor, ready: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))

    def full(*_any: Any) -> None:
        raise OSError("No space left")

    with monkeypatch.context() as broken:
        broken.setattr(keys, "shred", full)
        with pytest.raises(OSError, match="space"):
            actions.close_talk(fleur, ready, "close-key", look_back_on=None)
    ready.refresh_from_db()
    assert ready.is_open
    assert room_of(ready).state.flow.stage != "closed"
    assert actions.close_talk(fleur, ready, "close-key", look_back_on=None).refused is None
    ready.refresh_from_db()
    assert [one.text for one in ready.paper.agreements] == ["Wij groeten elkaar."]


def test_one_talk_that_does_not_open_keeps_no_other_from_its_end(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    start(linde, fleur, ready)
    broken = actions.plan_talk(fleur, wish(linde), "another")
    now = clock.now()
    long_ago = now - timedelta(days=1)
    Talk.objects.filter(pk=broken.pk).update(key=b"lost", state=Stage.CLOSED, due_at=long_ago)
    later = now + timedelta(hours=13)
    assert due(later) == 1
    ready.refresh_from_db()
    assert ready.state == Stage.CLOSED
    assert Talk.objects.get(pk=broken.pk).due_at == later + timedelta(minutes=10)


def test_one_talk_that_does_not_open_keeps_no_page_away(
    linde: House, fleur: Actor, talk: Talk
) -> None:
    broken = actions.plan_talk(fleur, wish(linde), "another")
    Talk.objects.filter(pk=broken.pk).update(key=b"lost")
    noor, person = linde.actor("noor"), linde.people["noor"]
    today = clock.now().date()
    assert len(list(panels.my_talks(noor, "linde", today))) == 1
    assert len(list(panels.in_calendars(noor, None, "linde"))) == 1
    assert len(list(panels.chairs(person))) == 1
    page = log_in(Client(), linde.account("noor")).get("/linde/meetings/talks/")
    assert page.status_code == 200


@pytest.mark.parametrize("how", ["no", "not_yet", "leaves"])
def test_one_word_stops_it_for_everybody_and_nobody_hears_whose(
    linde: House, fleur: Actor, ready: Talk, how: str
) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))
    riet = guest_of(ready, "Riet")
    if how == "leaves":
        assert actions.do(riet, ready, {"kind": "leave_seat"}, "leave-key").refused is None
    else:
        actions.choose(riet, ready, "word", choice=Choice(how))
    ready.refresh_from_db()
    assert (ready.state, ready.paper.stopped, ready.paper.agreements) == (Stage.CLOSED, True, ())
    assert {one.choice for one in ready.paper.chairs} == {Choice.OPEN}
    assert list(volatile.store().read(f"meeting:{ready.pk}", volatile.Cursor()).items) == []
    assert room.of_id(ready.pk, ready.organisation_id).state.flow.stage == "closed"
    assert actions.do is not None
    with pytest.raises(Refused):
        actions.do(linde.actor("noor"), ready, {"kind": "ask_pause"}, "after-key")


def test_agreements_are_for_the_parties_until_their_last_day(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))
    actions.close_talk(fleur, ready, "close-key", look_back_on=None)
    ready.refresh_from_db()
    readers = {
        name: bool(ask(actor, "talks.read_agreements", ready))
        for name, actor in {
            "noor": linde.actor("noor"), "wim": linde.actor("wim"), "fleur": fleur,
            "joke": linde.actor("joke"), "ali": linde.actor("ali"), "Riet": guest_of(ready, "Riet"),
            "sister": guest_of(ready, "Zus van Riet"),
        }.items()
    }  # fmt: skip
    assert readers == {
        "noor": True, "wim": False, "fleur": True, "joke": False, "ali": False, "Riet": True,
        "sister": False,
    }  # fmt: skip
    now = clock.now()
    assert due(now + timedelta(days=31)) == 1
    ready.refresh_from_db()
    assert [one.name for one in ready.paper.chairs] == ["Fleur", "Noor", "Riet"]
    assert Plate.objects.filter(talk=ready).count() == 3
    assert Talk.objects.filter(pk=ready.pk).exists()
    assert due(now + timedelta(days=364)) == 0
    place = ready.place
    assert due(now + timedelta(days=367)) == 1
    assert not Talk.objects.filter(pk=ready.pk).exists()
    assert place in set(keys.shredded())


def test_done_agreements_go_after_three_months(linde: House, fleur: Actor, ready: Talk) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))
    actions.close_talk(fleur, ready, "close-key", look_back_on=None)
    ready.refresh_from_db()
    actions.change_status(linde.actor("noor"), ready, "done", number=1, status=Status.DONE)
    with pytest.raises(Refused):
        actions.change_status(linde.actor("wim"), ready, "w", number=1, status=Status.DONE)
    now = clock.now()
    due(now + timedelta(days=31))
    assert due(now + timedelta(days=89)) == 0
    assert due(now + timedelta(days=92)) == 1
    assert not Talk.objects.exists()


def test_without_agreements_it_is_shredded_after_a_month(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    start(linde, fleur, ready)
    actions.close_talk(fleur, ready, "close-key", look_back_on=None)
    ready.refresh_from_db()
    sealed = keys.Sealed(bytes(ready.box), bytes(ready.key))
    assert keys.unseal(sealed, ready.place)
    assert due(clock.now() + timedelta(days=29)) == 0
    assert due(clock.now() + timedelta(days=31)) == 1
    assert (Talk.objects.count(), Plate.objects.count()) == (0, 0)


def test_an_abandoned_talk_stops_by_itself(linde: House, fleur: Actor, ready: Talk) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))
    assert due(clock.now() + timedelta(hours=11)) == 0
    assert due(clock.now() + timedelta(hours=13)) == 1
    ready.refresh_from_db()
    assert (ready.state, ready.paper.agreements) == (Stage.CLOSED, ())
    assert list(volatile.store().read(f"meeting:{ready.pk}", volatile.Cursor()).items) == []


def test_a_preparation_that_was_held_shows_and_is_forgotten(
    linde: House, fleur: Actor, talk: Talk
) -> None:
    noor = talk.paper.chair_of(linde.people["noor"].pk)
    assert noor is not None
    assert not noor.prepared
    small = actions.plan_preparation(fleur, talk, "prepare-key", number=noor.number)
    again = actions.plan_preparation(fleur, talk, "prepare-key", number=noor.number)
    assert small.pk == again.pk
    actions.open_talk(fleur, small, "open-small")
    actions.join_talk(fleur, small)
    actions.join_talk(linde.actor("noor"), small)
    assert actions.do(fleur, small, {"kind": "start"}, "start-small").refused is None
    assert actions.close_talk(fleur, small, "close-small", look_back_on=None).refused is None
    talk.refresh_from_db()
    noor = talk.paper.chair_of(linde.people["noor"].pk)
    assert noor is not None
    assert noor.prepared
    assert due(clock.now() + timedelta(days=2)) == 1
    assert not Talk.objects.filter(pk=small.pk).exists()


def test_asked_again_in_another_process_the_talk_goes_on(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    start(linde, fleur, ready)
    go_to(fleur, ready, "needed_together")
    here: Any = room_of(ready)
    room.forget(ready.pk)  # as another process sees it: loaded anew from the shared memory
    there = room_of(ready)
    assert there is not here
    assert there.state == here.state
    assert there.names == here.names
