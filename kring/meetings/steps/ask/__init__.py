"""ASK: some ask, one answers; no advice, no judgement, no own story."""

from random import Random

from kring.meetings.engine import cards, playing
from kring.meetings.engine.asks import Ask as AnAsk
from kring.meetings.engine.asks import Contribute
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Refused
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no


def takes_part(state: State, seat: str | None) -> bool:
    """Does this seat ask or answer? Without ``asked_by`` everybody does."""
    step = state.step
    assert step is not None
    if step.asked_by is None:
        return True
    return bool({step.asked_by, step.role} & state.roles_of(seat))


class Asking(Kind):
    """Questions from one side, answers from the other; both may be noted."""

    asks = frozenset({"contribute"})
    moves = (("going", "contribute", "going"),)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Who asks, who answers, or whoever writes it down."""
        return cards.may_write(state, seat, takes_part(state, seat), "only_asking")

    def decide(self, m: Moment, ask: AnAsk) -> Answer:
        """Put a card on the table."""
        if isinstance(ask, Contribute):
            return cards.contribute(m, ask, entitled=takes_part(m.state, m.seat))
        return no("wrong_step")

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> AnAsk | None:
        """Ask something, or answer."""
        return playing.write_some(state, visit, seat, chance) if takes_part(state, seat) else None


KIND = Asking()
