"""PAIRS and TRIOS, drawn by chance. Nothing is entered unless the step says so.

``view.part.groups``: lists of seats. ``mine.part.group``: the seats of my own group.
"""

from random import Random
from typing import Any

from kring.meetings.engine import cards, grouping, playing
from kring.meetings.engine.asks import Ask, Contribute, Draw
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Audience, Events, Refused
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Speaking, Step


def size_of(step: Step) -> int:
    """Two or three."""
    return 3 if step.speaking == Speaking.TRIOS else 2


class Groups(Kind):
    """Nobody stays alone; the moderator fills in where one is missing."""

    asks = frozenset({"contribute", "draw"})
    folds = grouping.FOLDS
    moves = (
        ("lost", "draw", "divided"),
        ("divided", "draw", "divided"),
        ("divided", "contribute", "divided"),
    )

    def open(self, m: Moment, visit: str, step: Step) -> Events:
        """Drawn on entering; the same groups on coming back."""
        if grouping.division(m.state, visit) is not None:
            return ()
        return grouping.opened(m, visit, step, size_of(step))

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Everybody may enter where something is entered."""
        return cards.may_write(state, seat, True, "") if ask == "contribute" else None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Draw again, or put a card on the table."""
        match ask:
            case Contribute():
                return cards.contribute(m, ask)
            case Draw():
                return grouping.draw_again(m, ask, size_of(m.step))
            case _:
                return no("wrong_step")

    def joins(self, m: Moment, seat: str) -> Events:
        """To the smallest group."""
        return grouping.joins(m, seat)

    def leaves(self, m: Moment, seat: str) -> Events:
        """Nobody stays alone."""
        return grouping.leaves(m, seat)

    def stage(self, state: State, visit: str) -> str:
        """Lost (after a crash) or divided."""
        return "lost" if grouping.division(state, visit) is None else "divided"

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """Who sits with whom."""
        known = grouping.division(state, visit)
        return {"groups": [list(group) for group in known.groups if group] if known else []}

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """My own group."""
        known = grouping.division(state, visit)
        number = known.of.get(seat) if known else None
        return {"group": list(known.groups[number]) if known and number is not None else []}

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Draw when the room was lost; write where something is entered."""
        if grouping.division(state, visit) is None:
            return Draw() if state.is_moderator(seat) else None
        return playing.write_some(state, visit, seat, chance, most=1)


KIND = Groups()
