"""OPEN: anybody may speak and enter. With a ``role`` its holder is parked."""

from random import Random

from kring.meetings.engine import cards, playing
from kring.meetings.engine.asks import Ask, Contribute
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Refused
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no


class Open(Kind):
    """A free conversation; who is parked was already refused."""

    over_days = True
    asks = frozenset({"contribute"})
    moves = (("going", "contribute", "going"),)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Everybody may enter where something is entered."""
        return cards.may_write(state, seat, True, "nothing_entered")

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Put a card on the table."""
        return cards.contribute(m, ask) if isinstance(ask, Contribute) else no("wrong_step")

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Write a card or two."""
        return playing.write_some(state, visit, seat, chance)


KIND = Open()
