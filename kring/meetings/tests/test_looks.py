"""What is remembered about looks is what the engine would say, whatever people do."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from kring.base.volatile import Cursor
from kring.meetings import engine
from kring.meetings.engine import State, Who
from kring.meetings.engine.kinds import present_kind
from kring.meetings.room import Snap
from kring.meetings.stream import looks
from kring.meetings.stream.tokens import SCREENS
from kring.methods.shelf import shipped

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SEATS = ("s1", "s2", "s3", "s4", "s5")
PROTOCOLS = shipped().protocols


@dataclass
class Player:
    """Plays a protocol with bots, a few asks per step, sometimes leaving or handing over."""

    state: State
    chance: random.Random
    turn: int = 0

    def ask(self, seat: str, data: dict[str, Any] | engine.Ask) -> None:
        asked = engine.read_ask(data) if isinstance(data, dict) else data
        answer = engine.decide(
            self.state,
            Who(seat),
            asked,
            chance=self.chance,
            at=AT + timedelta(seconds=self.turn),
        )
        self.turn += 1
        if isinstance(answer, engine.Decided):
            self.state = engine.fold(self.state, answer.events)

    def step(self) -> None:
        """Somebody does something."""
        seat = self.chance.choice(SEATS)
        state, dice = self.state, self.chance.random()
        if dice < 0.15:
            self.ask("s1", {"kind": "enter_next", "from_visit": state.visit})
        elif dice < 0.2:
            self.ask("s1", {"kind": "reveal", "confirmed": True})
        elif dice < 0.25:
            self.ask(seat, {"kind": self.chance.choice(["ask_pause", "drop_pause"])})
        elif dice < 0.3:
            self.ask("s1", {"kind": "give_turn", "seat": seat})
        elif state.visit is not None:
            asked = present_kind(state).bot(state, state.visit, seat, self.chance)
            if asked is not None:
                self.ask(seat, asked)


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=lambda one: one.id)
def test_a_remembered_look_is_the_look(protocol: Any) -> None:
    player = Player(engine.begin(protocol), random.Random(protocol.id))
    roles = [role.id for role in protocol.roles]
    for place, seat in enumerate(SEATS):
        wanted = ["moderator"] if place == 0 else roles[place - 1 : place]
        player.ask(seat, {"kind": "take_seat", "roles": wanted})
    player.ask("s1", {"kind": "start"})
    room: Any = SimpleNamespace(id=-random.getrandbits(32), lead=None)
    kept = 0
    for _turn in range(150):
        player.step()
        snap = Snap(player.turn, Cursor(), player.state, {}, {})
        before = looks._seatings.get(room.id)
        kept += looks.seating(room, snap) is before
        for seat in (*SEATS, "s9"):
            for screen in SCREENS:
                who = looks.audience_of(room, snap, seat, screen)
                assert who == engine.audience(player.state, seat, screen)
            who = looks.audience_of(room, snap, seat, "phone")
            tag, own = looks.page_of(room, snap, seat, who)
            assert own == looks.mine_of(snap, seat)
            assert tag == looks.page_tag(looks.look(room, snap, who), own)
    assert kept > 0  # something was remembered at all
