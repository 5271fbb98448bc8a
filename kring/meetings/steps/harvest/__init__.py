"""HARVEST (A9): what may leave the circle, for whom, and with whose yes.

``view.part``: ``items`` (item, output, fields, card, stage: asking, open, ready, kept or released;
visibility, named, missing), ``table`` (phases with the cards still there) and ``outputs`` (types
with their fields). ``mine.part``: ``waiting`` (items that wait for my yes) and ``own``.
"""

from random import Random
from typing import Any

from kring.meetings.engine.asks import (
    Allow,
    Ask,
    FillItem,
    KeepInside,
    Propose,
    Release,
    SetAudience,
    TakeBack,
    TakeOn,
)
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Audience, Events
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no

from . import consent, filling, play, table
from .items import FOLDS, basket


class Harvest(Kind):
    """Propose, yes of the source, one no is enough, readers and names, release."""

    over_days = True
    asks = frozenset(
        {
            "propose",
            "allow",
            "keep_inside",
            "fill_item",
            "take_on",
            "set_audience",
            "release",
            "take_back",
        }
    )
    folds = FOLDS
    moves = (
        ("empty", "propose", "gathering"),
        ("gathering", "propose", "gathering"),
        ("gathering", "allow", "gathering"),
        ("gathering", "keep_inside", "gathering"),
        ("gathering", "fill_item", "gathering"),
        ("gathering", "take_on", "gathering"),
        ("gathering", "set_audience", "gathering"),
        ("gathering", "release", "gathering"),
        ("gathering", "take_back", "gathering"),
    )

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Each ask of the harvest."""
        match ask:
            case Propose():
                return consent.propose(m, ask)
            case Allow():
                return consent.allow(m, ask)
            case KeepInside():
                return consent.keep_inside(m, ask)
            case FillItem():
                return filling.fill(m, ask)
            case TakeOn():
                return filling.take_on(m, ask)
            case SetAudience():
                return filling.set_audience(m, ask)
            case Release():
                return consent.release(m, ask)
            case TakeBack():
                return consent.take_back(m, ask)
            case _:
                return no("wrong_step")

    def shut(self, m: Moment) -> Events:
        """Over days: everything with its yes, all fields and no no leaves when the window closes."""
        return consent.released_together(m)

    def stage(self, state: State, visit: str) -> str:
        """Empty until something is proposed."""
        return "gathering" if basket(state, visit) else "empty"

    def done(self, state: State, visit: str) -> bool:
        """When nothing waits any more."""
        return not any(
            item["stage"] in ("asking", "open", "ready") for item in table.items(state, visit)
        )

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """The proposals, what still lies on the table, and what the protocol can bring forth."""
        return {
            "items": table.items(state, visit),
            "table": table.on_the_table(state),
            "outputs": table.outputs(state.protocol),
        }

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """What waits for me, and what I brought or proposed."""
        items = basket(state, visit).values()
        return {
            "waiting": [
                item.id
                for item in items
                if item.source == seat
                and not (item.yes or item.kept or item.id in state.record.released)
            ],
            "own": [item.id for item in items if seat in (item.source, item.proposer)],
        }

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Propose, say yes, now and then no, fill in and release."""
        return play.bot(state, visit, seat, chance)


KIND = Harvest()
