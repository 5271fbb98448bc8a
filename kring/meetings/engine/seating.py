"""Who sits at which table, for the whole meeting: large groups stay at one table.

Lasting, because people found a chair and a paper sign: a crash must not move three hundred people.
Nothing that is written carries a table in the lasting log, so the log does not tell whose text it is.
Every answer here costs one table, never the whole hall.
"""

from collections.abc import Mapping, Sequence
from math import ceil
from random import Random

from kring.methods.format.shapes import Protocol, StepKind

from .asks import LayTables, SitAt
from .grouping import AT_A_TABLE, TABLE_HOST, host_for, who_joins
from .moment import Moment
from .shape import Answer, Decided, Event, Events, kept
from .state import State
from .words import no

USUAL = 7
"""People at a table when nobody says otherwise."""
LARGE = (StepKind.COLUMNS, StepKind.MARKET)
"""A protocol with one of these keeps people at the same table."""


def stays(protocol: Protocol) -> bool:
    """Do people keep their table in this kind of meeting?"""
    return any(step.kind in LARGE for step in protocol.steps)


def table_of(state: State, seat: str | None) -> int | None:
    """The table of a seat, from 0."""
    known = state.record.seating
    return known.of.get(seat) if known is not None and seat else None


def people_at(state: State, table: int) -> tuple[str, ...]:
    """Who sits at a table now."""
    known = state.record.seating
    if known is None or not 0 <= table < len(known.groups):
        return ()
    return tuple(seat for seat in known.groups[table] if state.is_here(seat))


def host_of(state: State, table: int) -> str | None:
    """Who writes for a table: the chosen host, and when that chair is empty somebody with a phone."""
    known, here = state.record.seating, people_at(state, table)
    if known is None or not here:
        return None
    chosen = known.hosts.get(table)
    return chosen if chosen in here else host_for(state, list(here))


def hosts(state: State, seat: str | None) -> bool:
    """Does this seat write for its table?"""
    table = table_of(state, seat)
    return table is not None and host_of(state, table) == seat


def in_use(state: State) -> tuple[int, ...]:
    """The tables at which somebody sits."""
    known = state.record.seating
    if known is None:
        return ()
    return tuple(table for table in range(len(known.groups)) if people_at(state, table))


def count(state: State) -> int:
    """How many tables there are, empty ones too."""
    return len(state.record.seating.groups) if state.record.seating is not None else 0


def how_many(people: int, size: int) -> int:
    """How many tables: five to eight at each where that can be, near ``size``."""
    count = max(1, ceil(people / size))
    while count > 1 and people // count < 5 and ceil(people / (count - 1)) <= AT_A_TABLE:
        count -= 1
    return count


def deal(
    seats: Sequence[str], parts: Mapping[str, str], size: int, chance: Random
) -> list[list[str]]:
    """Tables with the parts (layers, teams) spread: dealt out like cards, part by part.

    Law: tables differ by at most one chair, and so does every part over the tables. Costs the number
    of people times its logarithm.
    """
    mixed = list(seats)
    chance.shuffle(mixed)
    mixed.sort(key=lambda seat: parts.get(seat, ""))
    count = how_many(len(mixed), size)
    return [mixed[start::count] for start in range(count)]


def laid(m: Moment, parts: Mapping[str, str], size: int) -> Events:
    """Everybody who is here at a table. Hosts by role are dealt first, so each has a table of its own."""
    seats = who_joins(m.state, AT_A_TABLE)
    if not seats:
        return ()
    by_role = {seat: "" for seat in seats if TABLE_HOST in m.state.roles_of(seat)}
    labels = {seat: f"1 {parts.get(seat, '')}" for seat in seats} | by_role
    groups = deal(seats, labels, size, m.chance)
    chosen = [host_for(m.state, group) for group in groups]
    return (kept("tables.laid", groups=groups, hosts=chosen),)


def ready(m: Moment) -> Events:
    """Tables for a step that needs them, when nobody made any."""
    return () if m.state.record.seating is not None else laid(m, {}, USUAL)


def lay_tables(m: Moment, ask: LayTables) -> Answer:
    """Make the tables, or make them anew."""
    events = laid(m, ask.parts, ask.size)
    return Decided(events if m.after(events).state != m.state else ())


def sit(m: Moment, ask: SitAt) -> Answer:
    """Sit down somewhere; the table is there from then on."""
    if ask.seat not in (None, m.seat) and not m.leads:
        return no("not_moderator")
    seat = ask.seat or m.seat
    if not m.state.is_here(seat):
        return no("no_such_seat")
    asked = ask.table if ask.number is None else ask.number - 1
    table = _emptiest(m.state) if asked is None else asked
    same = table_of(m.state, seat) == table
    if same and (not ask.host or hosts(m.state, seat)):
        return Decided()
    return Decided((taken(str(seat), table, host=ask.host),))


def taken(seat: str, table: int, *, host: bool) -> Event:
    """Somebody sits at a table, and perhaps writes for it."""
    return kept("table.taken", seat=seat, table=table, host=host)


def _emptiest(state: State) -> int:
    known = state.record.seating
    if known is None or not known.groups:
        return 0
    return min((len(group), table) for table, group in enumerate(known.groups))[1]
