"""TABLES of five to eight, each with a host who enters for the table.

``view.part.tables``: seats and host of each. ``mine.part``: ``table`` (from 0), ``seats``, ``host``.
"""

from random import Random
from typing import Any

from kring.meetings.engine import cards, grouping, playing
from kring.meetings.engine.asks import Ask, Contribute, Draw, SetHost
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Audience, Decided, Events, Refused
from kring.meetings.engine.state import State
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Step


def hosts(state: State, seat: str | None) -> bool:
    """Does this seat write for its table?"""
    known = grouping.division(state, state.visit or "")
    return known is not None and seat is not None and known.is_host(seat)


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
        if grouping.division(m.state, visit) is not None:
            return ()
        return grouping.opened(m, visit, step, None)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """The host enters; the others say it at the table."""
        if ask == "contribute":
            return cards.may_write(state, seat, hosts(state, seat), "only_host")
        if ask == "set_host" and grouping.division(state, state.visit or "") is None:
            return no("no_groups")
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Draw again, change hosts, or enter for a table."""
        known = grouping.division(m.state, m.visit)
        match ask:
            case Contribute():
                table = known.of.get(m.seat or "") if known and hosts(m.state, m.seat) else None
                return cards.contribute(m, ask, entitled=table is not None, table=table)
            case Draw():
                return grouping.draw_again(m, ask, None)
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
        return "lost" if grouping.division(state, visit) is None else "divided"

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """Who sits where, and who hosts."""
        known = grouping.division(state, visit)
        if known is None:
            return {"tables": []}
        return {
            "tables": [
                {"table": number, "seats": list(group), "host": known.hosts.get(number)}
                for number, group in enumerate(known.groups)
                if group
            ]
        }

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """My own table."""
        known = grouping.division(state, visit)
        number = known.of.get(seat) if known else None
        if known is None or number is None:
            return {"table": None, "seats": [], "host": None}
        return {
            "table": number,
            "seats": list(known.groups[number]),
            "host": known.hosts.get(number),
        }

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Draw when the room was lost; a host writes."""
        if grouping.division(state, visit) is None:
            return Draw() if state.is_moderator(seat) else None
        if not hosts(state, seat) and not state.one_device:
            return None
        return playing.write_some(state, visit, seat, chance)


def _set_host(m: Moment, ask: SetHost, known: grouping.Division) -> Answer:
    """The host hands over, or a moderator chooses; somebody of that table."""
    if ask.table >= len(known.groups) or ask.seat not in known.groups[ask.table]:
        return no("not_at_table")
    if not m.leads and known.hosts.get(ask.table) != m.seat:
        return no("only_host")
    if known.hosts.get(ask.table) == ask.seat:
        return Decided()
    return Decided((grouping.host_set(m, ask.table, ask.seat),))


KIND = Tables()
