"""ONE: only the holder of the step's role speaks and enters; a scribe may write it down."""

from random import Random

from kring.meetings.engine import cards, playing
from kring.meetings.engine.asks import Ask, Contribute
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Refused
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no


def speaks(state: State, seat: str | None) -> bool:
    """Does this seat hold the role that speaks now?"""
    step = state.step
    return step is not None and (step.role is None or step.role in state.roles_of(seat))


class One(Kind):
    """One person tells; the others listen."""

    over_days = True
    asks = frozenset({"contribute"})
    moves = (("going", "contribute", "going"),)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Only who tells, or whoever writes down what is told."""
        return cards.may_write(state, seat, speaks(state, seat), "only_role")

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Put a card on the table."""
        if isinstance(ask, Contribute):
            return cards.contribute(m, ask, entitled=speaks(m.state, m.seat))
        return no("wrong_step")

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """The teller writes; nobody else does."""
        return playing.write_some(state, visit, seat, chance) if speaks(state, seat) else None


KIND = One()
