"""How the events about the whole meeting fold: seats, roles, flow, pauses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .shape import Data
from .state import Division, Flow, Record, Room, Seat, Visit

UNDO_DEPTH = 20


def _moved(record: Record, data: Data, flow: Flow) -> Record:
    """Another flow. The first event of a moderator's ask (``ask``) can be undone."""
    before = record.before
    if data.get("ask"):
        before = (*before[-(UNDO_DEPTH - 1) :], (data["ask"], record.flow))
    return replace(record, flow=flow, before=before)


def _seat_taken(record: Record, data: Data) -> Record:
    seat = Seat(data["seat"], data["is_manager"], data["has_device"])
    seats = {**record.seats, seat.id: seat}
    return replace(record, seats=seats, order=(*record.order, seat.id))


def _seat_here(here: bool) -> Callable[[Record, Data], Record]:
    def change(record: Record, data: Data) -> Record:
        seat = replace(record.seats[data["seat"]], here=here)
        return replace(record, seats={**record.seats, seat.id: seat})

    return change


def _seats_ordered(record: Record, data: Data) -> Record:
    return replace(record, order=tuple(data["order"]))


def _role_given(record: Record, data: Data) -> Record:
    seat = data["seat"]
    held = record.roles.get(seat, frozenset()) | {data["role"]}
    return replace(record, roles={**record.roles, seat: held})


def _role_dropped(record: Record, data: Data) -> Record:
    seat = data["seat"]
    held = record.roles.get(seat, frozenset()) - {data["role"]}
    return replace(record, roles={**record.roles, seat: held})


def _devices_set(record: Record, data: Data) -> Record:
    return replace(record, one_device=data["one"])


def _started(record: Record, data: Data) -> Record:
    return _moved(record, data, replace(record.flow, stage="running"))


def _step_entered(record: Record, data: Data) -> Record:
    """``forget``: steps of a repeated phase that will get a fresh visit too."""
    flow, visit = record.flow, Visit(data["visit"], data["step"], data["at"])
    latest = {step: seen for step, seen in flow.latest.items() if step not in data["forget"]}
    latest[visit.step] = visit.id
    visits = record.visits if visit.id in record.visits else {**record.visits, visit.id: visit}
    moved = _moved(record, data, replace(flow, current=visit.id, latest=latest))
    return replace(moved, visits=visits)


def _phase_skipped(record: Record, data: Data) -> Record:
    skipped = record.flow.skipped | {data["phase"]}
    return _moved(record, data, replace(record.flow, skipped=skipped))


def _phase_brought_back(record: Record, data: Data) -> Record:
    skipped = record.flow.skipped - {data["phase"]}
    return _moved(record, data, replace(record.flow, skipped=skipped))


def _phases_ordered(record: Record, data: Data) -> Record:
    return _moved(record, data, replace(record.flow, plan=tuple(data["plan"])))


def _time_added(record: Record, data: Data) -> Record:
    phase, extra = data["phase"], record.flow.extra
    extra = {**extra, phase: extra.get(phase, 0) + data["minutes"]}
    return _moved(record, data, replace(record.flow, extra=extra))


def _pause_set(paused: bool) -> Callable[[Record, Data], Record]:
    def change(record: Record, data: Data) -> Record:
        return _moved(record, data, replace(record.flow, paused=paused))

    return change


def _undone(record: Record, data: Data) -> Record:
    """As it was; but a visit in which something was entered since is found again on entering."""
    flow = record.before[-1][1]
    since = {
        step: visit
        for step, visit in record.flow.latest.items()
        if step not in flow.latest and visit in record.sheets
    }
    if since:
        flow = replace(flow, latest={**flow.latest, **since})
    return replace(record, flow=flow, before=record.before[:-1])


def _days_over(record: Record, data: Data) -> Record:
    return replace(record, flow=replace(record.flow, over=True))


def _closed(record: Record, data: Data) -> Record:
    flow = replace(record.flow, stage="closed", paused=False)
    return replace(
        record,
        flow=flow,
        before=(),
        look_back_on=data["look_back_on"],
        no_follow_up=data["no_follow_up"],
    )


def _item_released(record: Record, data: Data) -> Record:
    item: dict[str, Any] = {key: value for key, value in data.items() if key != "visit"}
    return replace(record, released={**record.released, data["item"]: item})


def _item_taken_back(record: Record, data: Data) -> Record:
    released = {item: value for item, value in record.released.items() if item != data["item"]}
    return replace(record, released=released)


def _pause_asked(room: Room, data: Data) -> Room:
    return replace(room, pauses=room.pauses | {data["seat"]})


def _pause_dropped(room: Room, data: Data) -> Room:
    return replace(room, pauses=room.pauses - {data["seat"]})


def _tables_laid(record: Record, data: Data) -> Record:
    groups = tuple(tuple(group) for group in data["groups"])
    of = {seat: number for number, group in enumerate(groups) for seat in group}
    return replace(record, seating=Division(groups, of, dict(enumerate(data["hosts"]))))


def _table_taken(record: Record, data: Data) -> Record:
    seat, table = data["seat"], data["table"]
    known = record.seating or Division((), {})
    groups = [*known.groups, *[()] * (table + 1 - len(known.groups))]
    before = known.of.get(seat)
    if before is not None and before != table:
        groups[before] = tuple(other for other in groups[before] if other != seat)
    if before != table:
        groups[table] = (*groups[table], seat)
    hosts_now = {at: host for at, host in known.hosts.items() if host != seat or at == table}
    if data["host"]:
        hosts_now[table] = seat
    return replace(record, seating=Division(tuple(groups), {**known.of, seat: table}, hosts_now))


RECORD: Mapping[str, Callable[[Record, Data], Record]] = {
    "seat.taken": _seat_taken,
    "seat.left": _seat_here(False),
    "seat.returned": _seat_here(True),
    "seats.ordered": _seats_ordered,
    "role.given": _role_given,
    "role.dropped": _role_dropped,
    "devices.set": _devices_set,
    "tables.laid": _tables_laid,
    "table.taken": _table_taken,
    "meeting.started": _started,
    "step.entered": _step_entered,
    "phase.skipped": _phase_skipped,
    "phase.brought_back": _phase_brought_back,
    "phases.ordered": _phases_ordered,
    "time.added": _time_added,
    "meeting.paused": _pause_set(True),
    "meeting.resumed": _pause_set(False),
    "flow.undone": _undone,
    "days.over": _days_over,
    "meeting.closed": _closed,
    "item.released": _item_released,
    "item.taken_back": _item_taken_back,
}

ROOM: Mapping[str, Callable[[Room, Data], Room]] = {
    "pause.asked": _pause_asked,
    "pause.dropped": _pause_dropped,
}
