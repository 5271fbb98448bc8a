"""Chairs, roles, the devices in the room, and pauses."""

from kring.methods.format.shapes import Protocol, Role

from .asks import (
    AskPause,
    DropPause,
    DropRole,
    GiveRole,
    HandOver,
    LeaveSeat,
    OrderSeats,
    Pause,
    Resume,
    SetDevices,
    TakeOver,
    TakeSeat,
)
from .kinds import present_kind
from .moment import Moment
from .shape import Answer, Decided, Events, Refused, kept, passing
from .state import MODERATOR, SCRIBE, State
from .words import no

#: Up to this many people anybody may stop the meeting for a moment (R6).
SMALL_CIRCLE = 20


def take(m: Moment, ask: TakeSeat) -> Answer:
    """Sit down or come back. Also made for people without a device, by the actions."""
    seat = m.seat
    if seat is None:
        return no("no_such_seat")
    if ask.is_manager and not m.state.protocol.manager_may_join:
        return no("no_manager")
    chair = m.state.record.seats.get(seat)
    if chair is not None and chair.here:
        return Decided()
    events: Events
    if chair is None:
        events = (
            kept("seat.taken", seat=seat, is_manager=ask.is_manager, has_device=ask.has_device),
        )
    else:
        events = (kept("seat.returned", seat=seat),)
    for role in ask.roles:
        now = m.after(events).state
        if _refusal(now, seat, role) is None and role not in now.roles_of(seat):
            events = (*events, kept("role.given", seat=seat, role=role))
    inside = m.after(events)
    if m.state.visit is not None and m.state.flow.stage == "running":
        events = (*events, *present_kind(inside.state).joins(inside, seat))
    return Decided(events)


def leave(m: Moment, ask: LeaveSeat) -> Answer:
    """Go. The chair stays, empty. The last moderator hands over first."""
    seat = m.seat
    assert seat is not None
    leads = m.state.holders(MODERATOR)
    if leads == (seat,) and len(m.state.here()) > 1:
        return no("last_moderator")
    events: Events = (kept("seat.left", seat=seat),)
    if seat in m.state.room.pauses:
        events = (*events, passing("pause.dropped", seat=seat))
    gone = m.after(events)
    if m.state.visit is not None and m.state.flow.stage == "running":
        events = (*events, *present_kind(gone.state).leaves(gone, seat))
    return Decided(events)


def hand_over(m: Moment, ask: HandOver) -> Answer:
    """Another leads from now on, or both together."""
    if not m.state.is_here(ask.to):
        return no("no_such_seat")
    refusal = _refusal(m.state, ask.to, MODERATOR)
    if refusal is not None:
        return refusal
    events: Events = ()
    if MODERATOR not in m.state.roles_of(ask.to):
        events = (kept("role.given", seat=ask.to, role=MODERATOR),)
    if not ask.together and ask.to != m.seat:
        events = (*events, kept("role.dropped", seat=m.seat, role=MODERATOR))
    return Decided(events)


def take_over(m: Moment, ask: TakeOver) -> Answer:
    """The moderator is gone and the lease ran out: somebody who is here goes on."""
    if not m.state.is_here(m.seat):
        return no("not_here")
    events: Events = ()
    if MODERATOR not in m.state.roles_of(m.seat):
        events = (kept("role.given", seat=m.seat, role=MODERATOR),)
    if ask.from_seat not in (None, m.seat) and MODERATOR in m.state.roles_of(ask.from_seat):
        events = (*events, kept("role.dropped", seat=ask.from_seat, role=MODERATOR))
    return Decided(events)


def role_by_id(protocol: Protocol, role: str) -> Role | None:
    """The role with this id in the protocol."""
    return next((found for found in protocol.roles if found.id == role), None)


def _refusal(state: State, seat: str, role: str) -> Refused | None:
    """May this seat hold this role, given who holds what?"""
    shape = role_by_id(state.protocol, role)
    if shape is None and role not in (MODERATOR, SCRIBE):
        return no("no_such_role")
    held = state.roles_of(seat)
    if role in held:
        return None
    others = [found for other in held if (found := role_by_id(state.protocol, other))]
    excluded = shape is not None and bool(set(shape.excludes) & held)
    if (excluded or any(role in other.excludes for other in others)) and not state.one_device:
        return no("role_excludes")
    if shape is not None and shape.max is not None and role != MODERATOR:
        taken = [holder for holder in state.holders(role) if holder != seat]
        if len(taken) >= shape.max:
            return no("role_full")
    return None


def give_role(m: Moment, ask: GiveRole) -> Answer:
    """A moderator gives a role; a self-chosen one people take themselves. Leading is handed over."""
    if ask.role == MODERATOR and not m.leads:
        return no("not_moderator")
    shape = role_by_id(m.state.protocol, ask.role)
    own = ask.seat == m.seat and shape is not None and shape.appointed_by in ("self", "group")
    if not m.leads and not own:
        return no("not_moderator")
    if not m.state.is_here(ask.seat):
        return no("no_such_seat")
    refusal = _refusal(m.state, ask.seat, ask.role)
    if refusal is not None:
        return refusal
    if ask.role in m.state.roles_of(ask.seat):
        return Decided()
    return Decided((kept("role.given", seat=ask.seat, role=ask.role),))


def drop_role(m: Moment, ask: DropRole) -> Answer:
    """Take a role away, or lay down one's own (R1). Somebody has to lead."""
    if not m.leads and ask.seat != m.seat:
        return no("not_moderator")
    if ask.role not in m.state.roles_of(ask.seat):
        return Decided()
    if ask.role == MODERATOR and m.state.holders(MODERATOR) in ((ask.seat,), ()):
        return no("last_moderator")
    return Decided((kept("role.dropped", seat=ask.seat, role=ask.role),))


def order_seats(m: Moment, ask: OrderSeats) -> Answer:
    """Seating order, and the order of the round going on."""
    if sorted(ask.order) != sorted(m.state.record.seats):
        return no("seat_order")
    events: Events = ()
    if ask.order != m.state.record.order:
        events = (kept("seats.ordered", order=list(ask.order)),)
    turns = m.state.room_sheet(m.state.visit).turns if m.state.visit else None
    if turns is not None:
        order = [seat for seat in ask.order if seat in turns.order]
        if order != list(turns.order):
            events = (*events, passing("turns.ordered", visit=m.visit, order=order))
    return Decided(events)


def set_devices(m: Moment, ask: SetDevices) -> Answer:
    """One device in the room, or a phone each."""
    if m.state.one_device is ask.one:
        return Decided()
    return Decided((kept("devices.set", one=ask.one),))


def ask_pause(m: Moment, ask: AskPause) -> Answer:
    """A quiet sign to the moderators. Nothing of it lasts."""
    if m.seat in m.state.room.pauses:
        return Decided()
    return Decided((passing("pause.asked", seat=m.seat),))


def drop_pause(m: Moment, ask: DropPause) -> Answer:
    """The sign is taken back, or a moderator has dealt with it."""
    seat = ask.seat or m.seat
    if seat != m.seat and not m.leads:
        return no("not_moderator")
    if seat not in m.state.room.pauses:
        return Decided()
    return Decided((passing("pause.dropped", seat=seat),))


def pause(m: Moment, ask: Pause) -> Answer:
    """Stop for a moment. In a large group that goes through the moderator."""
    if not m.leads and len(m.state.record.seats) > SMALL_CIRCLE:
        return no("pause_quietly")
    if m.state.flow.paused:
        return Decided()
    return Decided((kept("meeting.paused", ask=ask.kind),))


def resume(m: Moment, ask: Resume) -> Answer:
    """Go on."""
    if not m.state.flow.paused:
        return Decided()
    return Decided((kept("meeting.resumed", ask=ask.kind),))
