"""Dividing a circle in pairs, trios or tables, by chance, and what to do with who is left over."""

from dataclasses import replace
from math import ceil

from kring.methods.format.shapes import Step

from .asks import Draw
from .moment import Moment
from .shape import Answer, Data, Decided, Event, Events, passing
from .state import MODERATOR, Division, Sheet, State
from .words import no

AT_A_TABLE = 8
TABLE_HOST = "table_host"


def division(state: State, visit: str) -> Division | None:
    """The division of a visit, if the room knows one."""
    own = state.room_sheet(visit).own
    return own if isinstance(own, Division) else None


def small(seats: tuple[str, ...], size: int) -> list[list[str]]:
    """Pairs or trios. Nobody alone: a third joins a pair; four make two pairs."""
    count = len(seats)
    if size == 3 and count % 3 == 1 and count > 1:
        head, tail = seats[: count - 4], seats[count - 4 :]
        return [*_cut(head, 3), *_cut(tail, 2)]
    groups = _cut(seats, size)
    if size == 2 and len(groups) > 1 and len(groups[-1]) == 1:
        groups[-2:] = [groups[-2] + groups[-1]]
    return groups


def tables(seats: tuple[str, ...]) -> list[list[str]]:
    """Tables of five to eight, as even as can be."""
    count = max(1, ceil(len(seats) / AT_A_TABLE))
    return [list(seats[start::count]) for start in range(count)]


def _cut(seats: tuple[str, ...], size: int) -> list[list[str]]:
    return [list(seats[at : at + size]) for at in range(0, len(seats), size)]


def who_joins(state: State, size: int) -> tuple[str, ...]:
    """Everybody but the moderators; one of them fills in where one is missing."""
    here = state.here()
    others = tuple(seat for seat in here if MODERATOR not in state.roles_of(seat))
    leads = tuple(seat for seat in here if seat not in others)
    if leads and len(others) % size == size - 1:
        return (*others, leads[0])
    return others or here


def draw(m: Moment, visit: str, size: int | None) -> Events:
    """Groups of ``size`` (2 or 3), or tables when it is None, by chance."""
    seats = list(who_joins(m.state, size) if size else who_joins(m.state, AT_A_TABLE))
    if not seats:
        return ()
    m.chance.shuffle(seats)
    groups = small(tuple(seats), size) if size else tables(tuple(seats))
    hosts = [] if size else [host_for(m.state, group) for group in groups]
    return (passing("groups.drawn", visit=visit, groups=groups, hosts=hosts),)


def opened(m: Moment, visit: str, step: Step, size: int | None) -> Events:
    """On entering: the people of the earlier step it stays with, otherwise by chance."""
    before = m.state.flow.latest.get(step.stay_with) if step.stay_with else None
    known = division(m.state, before) if before else None
    stayed = _still(m.state, known) if known else None
    if known is None or stayed is None:
        return draw(m, visit, size)
    old = [known.hosts.get(number) for number in stayed]
    hosts = [
        host if host in group else host_for(m.state, group)
        for host, group in zip(old, stayed.values(), strict=True)
    ]
    groups = list(stayed.values())
    return (passing("groups.drawn", visit=visit, groups=groups, hosts=[] if size else hosts),)


def _still(state: State, known: Division) -> dict[int, list[str]] | None:
    """Who of each group is still here, newcomers in the smallest; None when somebody is alone."""
    here = state.here()
    groups = {
        number: [seat for seat in group if seat in here]
        for number, group in enumerate(known.groups)
    }
    groups = {number: group for number, group in groups.items() if group}
    leads = {seat for seat in here if MODERATOR in state.roles_of(seat)}
    for seat in here:
        if groups and seat not in known.of and seat not in leads:
            min(groups.values(), key=len).append(seat)
    alone = len(groups) > 1 and any(len(group) == 1 for group in groups.values())
    return None if alone or not groups else groups


def draw_again(m: Moment, ask: Draw, size: int | None) -> Answer:
    """Other groups; chance may draw the same ones, then nothing happened."""
    if division(m.state, m.visit) is not None and not ask.confirmed:
        return no("confirm_draw")
    events = draw(m, m.visit, size)
    return Decided(events if m.after(events).state != m.state else ())


def host_for(state: State, group: list[str]) -> str:
    """Whoever has that role, or somebody with a phone."""

    def fit(seat: str) -> tuple[bool, bool]:
        return TABLE_HOST in state.roles_of(seat), state.record.seats[seat].has_device

    return max(group, key=fit)


def joins(m: Moment, seat: str) -> Events:
    """A late joiner goes to the smallest group."""
    known = division(m.state, m.visit)
    if known is None or seat in known.of:
        return ()
    return _joined(known, m.visit, seat)


def _joined(known: Division, visit: str, seat: str, but: int | None = None) -> Events:
    sizes = [
        (len(group), number)
        for number, group in enumerate(known.groups)
        if number != but and (group or but is None)
    ]
    if not sizes:
        return ()
    return (passing("group.joined", visit=visit, seat=seat, group=min(sizes)[1]),)


def leaves(m: Moment, seat: str) -> Events:
    """Somebody leaves: nobody stays alone, and a table gets another host."""
    known = division(m.state, m.visit)
    if known is None or seat not in known.of:
        return ()
    number = known.of[seat]
    events: Events = (passing("group.left", visit=m.visit, seat=seat),)
    rest = [other for other in known.groups[number] if other != seat]
    if len(rest) == 1:
        return (*events, *_joined(known, m.visit, rest[0], but=number))
    if rest and known.hosts.get(number) == seat:
        host = host_for(m.state, rest)
        events = (*events, passing("host.set", visit=m.visit, table=number, seat=host))
    return events


def host_set(m: Moment, table: int, seat: str) -> Event:
    """Another host for a table."""
    return passing("host.set", visit=m.visit, table=table, seat=seat)


def _drawn(sheet: Sheet, data: Data) -> Sheet:
    groups = tuple(tuple(group) for group in data["groups"])
    of = {seat: number for number, group in enumerate(groups) for seat in group}
    return replace(sheet, own=Division(groups, of, dict(enumerate(data["hosts"]))))


def _without(known: Division, seat: str) -> Division:
    number = known.of.get(seat)
    if number is None:
        return known
    groups = list(known.groups)
    groups[number] = tuple(other for other in groups[number] if other != seat)
    of = {other: group for other, group in known.of.items() if other != seat}
    hosts = {table: host for table, host in known.hosts.items() if host != seat}
    return Division(tuple(groups), of, hosts)


def _fold_left(sheet: Sheet, data: Data) -> Sheet:
    assert isinstance(sheet.own, Division)
    return replace(sheet, own=_without(sheet.own, data["seat"]))


def _fold_joined(sheet: Sheet, data: Data) -> Sheet:
    assert isinstance(sheet.own, Division)
    known, seat, number = _without(sheet.own, data["seat"]), data["seat"], data["group"]
    groups = list(known.groups)
    groups[number] = (*groups[number], seat)
    hosts = dict(known.hosts)
    if sheet.own.hosts:
        hosts.setdefault(number, seat)
    return replace(sheet, own=Division(tuple(groups), {**known.of, seat: number}, hosts))


def _fold_host(sheet: Sheet, data: Data) -> Sheet:
    assert isinstance(sheet.own, Division)
    hosts = {**sheet.own.hosts, data["table"]: data["seat"]}
    return replace(sheet, own=replace(sheet.own, hosts=hosts))


FOLDS = {
    "groups.drawn": _drawn,
    "group.left": _fold_left,
    "group.joined": _fold_joined,
    "host.set": _fold_host,
}
