"""Rounds: who has the floor, who comes next, and who passed.

All of it is volatile. Passing is neutral: it leaves nothing in any lasting event, and is offered
once more at the end. Managers come last (R5), moderators just before them.
"""

from .asks import EndTurn, GiveTurn
from .moment import Moment
from .shape import Answer, Decided, Event, Events, passing
from .state import MODERATOR, State, Turns
from .words import no


def round_order(state: State, seats: tuple[str, ...]) -> tuple[str, ...]:
    """Seating order, but moderators after the others and managers last."""

    def place(seat: str) -> int:
        if state.record.seats[seat].is_manager:
            return 2
        return 1 if MODERATOR in state.roles_of(seat) else 0

    return tuple(sorted(seats, key=place))


def opened(state: State, visit: str, seats: tuple[str, ...], holder: str | None = None) -> Events:
    """A round begins, unless one is going on in this visit or there is nobody."""
    if state.room_sheet(visit).turns is not None or not seats:
        return ()
    order = round_order(state, seats)
    return (passing("turns.opened", visit=visit, order=list(order), holder=holder or order[0]),)


def next_holder(state: State, turns: Turns) -> tuple[str | None, bool]:
    """Who comes after the holder, and whether that is the second offer to who passed."""
    waiting = {seat for seat in turns.order if seat not in turns.had and seat not in turns.passed}
    found = _next(state, turns, waiting)
    if found is not None:
        return found, False
    found = _next(state, turns, set(turns.passed))
    return found, found is not None


def _next(state: State, turns: Turns, waiting: set[str]) -> str | None:
    """The first of ``waiting`` after the holder, going round."""
    at = turns.order.index(turns.holder) + 1 if turns.holder in turns.order else 0
    circle = (*turns.order[at:], *turns.order[:at])
    return next(
        (s for s in circle if s in waiting and s != turns.holder and state.is_here(s)), None
    )


def moved(
    state: State,
    visit: str,
    turns: Turns,
    *,
    had: str | None = None,
    passed: str | None = None,
    last: str | None = None,
    to: str | None = None,
) -> Event:
    """The floor goes on: to the next, or to ``to``."""
    had_now = turns.had | {had} if had else turns.had
    passed_now = (turns.passed | {passed} if passed else turns.passed) - had_now
    after = Turns(turns.order, turns.holder, had_now, passed_now)
    holder, again = (to, to in passed_now) if to else next_holder(state, after)
    if holder is None and last is not None:
        holder, again = last, turns.again
    return passing(
        "turn.moved",
        visit=visit,
        holder=holder,
        had=had,
        passed=passed,
        last=last,
        again=again,
    )


def turns_of(state: State, visit: str) -> Turns | None:
    """The round of a visit, if the room knows one."""
    return state.room_sheet(visit).turns


def end(m: Moment, ask: EndTurn, any_next: bool) -> Answer:
    """The holder has spoken, or a moderator moves the piece. ``any_next``: the piece may jump."""
    turns = turns_of(m.state, m.visit)
    if turns is None or turns.holder is None:
        return no("no_turns")
    if turns.holder != m.seat and not m.leads:
        return no("not_your_turn")
    to = ask.to if ask.to != turns.holder else None
    if to is not None:
        if not any_next and not m.leads:
            return no("not_your_turn")
        if to not in turns.order or not m.state.is_here(to):
            return no("not_in_round")
    return Decided((moved(m.state, m.visit, turns, had=turns.holder, to=to),))


def pass_on(m: Moment) -> Answer:
    """The holder passes; the second time it is simply over. A moderator may say it for them."""
    turns = turns_of(m.state, m.visit)
    if turns is None or turns.holder is None:
        return no("no_turns")
    if turns.holder != m.seat and not m.leads:
        return no("not_your_turn")
    if turns.again:
        return Decided((moved(m.state, m.visit, turns, had=turns.holder),))
    return Decided((moved(m.state, m.visit, turns, passed=turns.holder),))


def postpone(m: Moment) -> Answer:
    """The holder speaks later, as the last one."""
    turns = turns_of(m.state, m.visit)
    if turns is None or turns.holder is None:
        return no("no_turns")
    if turns.holder != m.seat and not m.leads:
        return no("not_your_turn")
    event = moved(m.state, m.visit, turns, last=turns.holder)
    if event.data["holder"] == turns.holder and turns.order[-1] == turns.holder:
        return Decided()
    return Decided((event,))


def give(m: Moment, ask: GiveTurn, seats: tuple[str, ...]) -> Answer:
    """A moderator gives somebody the floor; also the way to go on when the room was lost."""
    if ask.seat not in seats or not m.state.is_here(ask.seat):
        return no("not_in_round")
    turns = turns_of(m.state, m.visit)
    if turns is None:
        return Decided(opened(m.state, m.visit, seats, holder=ask.seat))
    if turns.holder == ask.seat:
        return Decided()
    return Decided((moved(m.state, m.visit, turns, to=ask.seat),))


def joined(m: Moment, seat: str) -> Events:
    """A late joiner comes at the end; when the round was over, it is their turn."""
    turns = turns_of(m.state, m.visit)
    if turns is None:
        return ()
    if seat in turns.order and (turns.holder is not None or seat in turns.had):
        return ()
    holder = turns.holder if turns.holder is not None else seat
    return (passing("turn.joined", visit=m.visit, seat=seat, holder=holder),)


def left(m: Moment, seat: str) -> Events:
    """Somebody who holds the floor leaves: it goes on."""
    turns = turns_of(m.state, m.visit)
    if turns is None or turns.holder != seat:
        return ()
    return (moved(m.state, m.visit, turns),)
