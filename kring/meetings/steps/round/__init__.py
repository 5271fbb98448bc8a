"""ROUND and PIECE: everybody once, in order. With a ``role`` its holder only receives."""

from random import Random

from kring.meetings.engine import cards, playing, turns
from kring.meetings.engine.asks import Ask, Contribute, EndTurn, GiveTurn, PassTurn, PostponeTurn
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Events, Refused
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Speaking, Step


def circle(state: State) -> tuple[str, ...]:
    """Who takes part in the round: everybody here, except the one it is given to."""
    step, here = state.step, state.here()
    if step is None or step.role is None:
        return here
    return tuple(seat for seat in here if step.role not in state.roles_of(seat)) or here


def may_speak(state: State, seat: str | None) -> bool:
    """Does this seat hold the floor, or did it have it in this round?"""
    going = turns.turns_of(state, state.visit or "")
    return going is not None and (seat == going.holder or seat in going.had)


class Round(Kind):
    """Only the holder speaks. Passing is neutral and offered once more at the end."""

    asks = frozenset({"contribute", "end_turn", "pass_turn", "postpone_turn", "give_turn"})
    moves = (
        ("lost", "give_turn", "going"),
        ("going", "end_turn", "going"),
        ("going", "pass_turn", "going"),
        ("going", "postpone_turn", "going"),
        ("going", "give_turn", "going"),
        ("going", "contribute", "going"),
        ("going", "end_turn", "over"),
        ("going", "pass_turn", "over"),
        ("over", "give_turn", "going"),
        ("over", "contribute", "over"),
    )

    def open(self, m: Moment, visit: str, step: Step) -> Events:
        """The first one gets the floor."""
        return turns.opened(m.state, visit, circle(m.state))

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """The holder, and moderators; entering also after one's turn."""
        if ask == "contribute":
            return cards.may_write(state, seat, may_speak(state, seat), "not_your_turn")
        going = turns.turns_of(state, state.visit or "")
        if ask == "give_turn":
            return None
        if going is None or going.holder is None:
            return no("no_turns")
        if going.holder != seat and not state.is_moderator(seat):
            return no("not_your_turn")
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Turns and cards."""
        match ask:
            case Contribute():
                return cards.contribute(m, ask, entitled=may_speak(m.state, m.seat))
            case EndTurn():
                return turns.end(m, ask, any_next=m.step.speaking == Speaking.PIECE)
            case PassTurn():
                return turns.pass_on(m)
            case PostponeTurn():
                return turns.postpone(m)
            case GiveTurn():
                return turns.give(m, ask, circle(m.state))
            case _:
                return no("wrong_step")

    def joins(self, m: Moment, seat: str) -> Events:
        """A late joiner is appended."""
        if turns.turns_of(m.state, m.visit) is None:
            return ()
        return turns.joined(m, seat)

    def leaves(self, m: Moment, seat: str) -> Events:
        """The floor goes on when its holder leaves."""
        return turns.left(m, seat)

    def stage(self, state: State, visit: str) -> str:
        """Lost (after a crash), going or over."""
        going = turns.turns_of(state, visit)
        if going is None:
            return "lost"
        return "over" if going.holder is None else "going"

    def done(self, state: State, visit: str) -> bool:
        """When everybody had the chance."""
        return self.stage(state, visit) == "over"

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """The holder writes something, then passes, postpones or ends the turn."""
        going = turns.turns_of(state, visit)
        if going is None:
            return GiveTurn(seat=seat) if state.is_moderator(seat) else None
        if going.holder != seat:
            return playing.move_absent(state, going.holder, seat)
        written = playing.write_some(state, visit, seat, chance, most=1)
        if written is not None:
            return written
        dice = chance.random()
        if dice < 0.15:
            return PassTurn()
        return PostponeTurn() if dice < 0.2 and going.order[-1] != seat else EndTurn()


KIND = Round()
