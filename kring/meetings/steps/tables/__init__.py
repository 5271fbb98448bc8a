"""TABLES of five to eight, each with a host who enters for the table.

``view.part.tables``: seats and host of each. ``mine.part``: ``table`` (from 0), ``seats``, ``host``.
"""

from random import Random
from typing import Any

from kring.meetings.engine import cards, grouping, playing, seating
from kring.meetings.engine.asks import Ask, Contribute, Draw, SetHost
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Audience, Decided, Events, Refused
from kring.meetings.engine.state import Division, State
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Step


def sits(state: State, visit: str) -> Division | None:
    """Who sits where: for the whole meeting in a large group, else as drawn for this visit."""
    return grouping.division(state, visit) or state.record.seating


def hosts(state: State, seat: str | None) -> bool:
    """Does this seat write for its table?"""
    known = grouping.division(state, state.visit or "")
    if known is None:
        return seating.hosts(state, seat)
    return seat is not None and known.is_host(seat)


class Tables(Kind):
    """Cards carry the number of their table, never an author."""

    asks = frozenset({"contribute", "draw", "set_host"})
    folds = grouping.FOLDS
    moves = (
        ("lost", "draw", "divided"),
        ("lost", "contribute", "lost"),
        ("divided", "draw", "divided"),
        ("divided", "set_host", "divided"),
        ("divided", "contribute", "divided"),
    )

    def open(self, m: Moment, visit: str, step: Step) -> Events:
        """Drawn on entering; the same tables on coming back."""
        if sits(m.state, visit) is not None:
            return ()
        if seating.stays(m.state.protocol):
            return seating.ready(m)
        return grouping.opened(m, visit, step, None)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """The host enters; the others say it at the table."""
        if ask == "contribute":
            return cards.may_write(state, seat, hosts(state, seat), "only_host")
        if ask == "set_host" and sits(state, state.visit or "") is None:
            return no("no_groups")
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Draw again, change hosts, or enter for a table."""
        known = sits(m.state, m.visit)
        match ask:
            case Contribute():
                table = known.of.get(m.seat or "") if known and hosts(m.state, m.seat) else None
                return cards.contribute(m, ask, entitled=table is not None, table=table)
            case Draw():
                return _draw(m, ask)
            case SetHost() if known is not None:
                return _set_host(m, ask, known)
            case _:
                return no("wrong_step")

    def joins(self, m: Moment, seat: str) -> Events:
        """To the smallest table."""
        return grouping.joins(m, seat)

    def leaves(self, m: Moment, seat: str) -> Events:
        """Nobody stays alone; a table gets another host."""
        return grouping.leaves(m, seat)

    def stage(self, state: State, visit: str) -> str:
        """Lost (after a crash) or divided."""
        return "lost" if sits(state, visit) is None else "divided"

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """Who sits where, and who hosts."""
        known = sits(state, visit)
        if known is None:
            return {"tables": []}
        return {
            "tables": [
                {"table": number, "seats": list(here), "host": _host(state, visit, number)}
                for number, group in enumerate(known.groups)
                if (here := [seat for seat in group if state.is_here(seat)])
            ]
        }

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """My own table."""
        known = sits(state, visit)
        number = known.of.get(seat) if known else None
        if known is None or number is None:
            return {"table": None, "seats": [], "host": None}
        return {
            "table": number,
            "seats": [one for one in known.groups[number] if state.is_here(one)],
            "host": _host(state, visit, number),
        }

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Draw when the room was lost; a host writes."""
        if sits(state, visit) is None:
            return Draw() if state.is_moderator(seat) else None
        if not hosts(state, seat) and not state.one_device:
            return None
        return playing.write_some(state, visit, seat, chance)


def _host(state: State, visit: str, table: int) -> str | None:
    known = grouping.division(state, visit)
    return seating.host_of(state, table) if known is None else known.hosts.get(table)


def _draw(m: Moment, ask: Draw) -> Answer:
    """Other tables: for the whole meeting when people keep them."""
    if m.state.record.seating is None:
        return grouping.draw_again(m, ask, None)
    if not ask.confirmed:
        return no("confirm_draw")
    events = seating.laid(m, {}, seating.USUAL)
    return Decided(events if m.after(events).state != m.state else ())


def _set_host(m: Moment, ask: SetHost, known: Division) -> Answer:
    """The host hands over, or a moderator chooses; somebody of that table."""
    if ask.table >= len(known.groups) or ask.seat not in known.groups[ask.table]:
        return no("not_at_table")
    now = _host(m.state, m.visit, ask.table)
    if not m.leads and now != m.seat:
        return no("only_host")
    if now == ask.seat:
        return Decided()
    if grouping.division(m.state, m.visit) is None:
        return Decided((seating.taken(ask.seat, ask.table, host=True),))
    return Decided((grouping.host_set(m, ask.table, ask.seat),))


KIND = Tables()
