"""Folding events into the state.

A lasting event only touches the record, a volatile one only the room: neither looks at the other,
so replaying the two logs apart gives the same state as living through both. Most events are about
the sheet of one visit, and fold the same way in either.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from kring.methods.format.shapes import Protocol

from . import fold_flow, fold_sheet
from .shape import Data, Event
from .state import BLANK, Record, Room, Sheet, State, begin

FoldSheet = Callable[[Sheet, Data], Sheet]
FoldRecord = Callable[[Record, Data], Record]
FoldRoom = Callable[[Room, Data], Room]

RECORD: Mapping[str, FoldRecord] = fold_flow.RECORD
ROOM: Mapping[str, FoldRoom] = fold_flow.ROOM

#: Volatile events by which something is written that people would miss when it is lost.
WRITING = frozenset(
    {
        "card.added",
        "card.written",
        "number.placed",
        "card.picked",
        "card.rated",
        "item.proposed",
        "vote.cast",
        "hands.counted",
    }
)


@cache
def sheet_folds() -> Mapping[str, FoldSheet]:
    """How every event about a visit folds: the shared ones and those of the step kinds."""
    from .kinds import kinds

    folds: dict[str, FoldSheet] = dict(fold_sheet.SHEET)
    for kind in kinds().values():
        folds |= kind.folds
    return folds


def evolve(state: State, event: Event) -> State:
    """The state after one event. Never fails on an event that ``decide`` made."""
    if event.lasting:
        return State(state.protocol, _record(state.record, event), state.room)
    return State(state.protocol, state.record, _room(state.room, event))


def _record(record: Record, event: Event) -> Record:
    fold_record = RECORD.get(event.kind)
    if fold_record is not None:
        return fold_record(record, event.data)
    visit = event.data["visit"]
    sheet = sheet_folds()[event.kind](record.sheets.get(visit, BLANK), event.data)
    return replace(record, sheets={**record.sheets, visit: sheet})


def _room(room: Room, event: Event) -> Room:
    fold_room = ROOM.get(event.kind)
    if fold_room is not None:
        return fold_room(room, event.data)
    visit = event.data["visit"]
    sheet = sheet_folds()[event.kind](room.sheets.get(visit, BLANK), event.data)
    if event.kind in WRITING and not sheet.written:
        sheet = replace(sheet, written=True)
    return replace(room, sheets={**room.sheets, visit: sheet})


def fold(state: State, events: Iterable[Event]) -> State:
    """The state after some events."""
    for event in events:
        state = evolve(state, event)
    return state


def replay(protocol: Protocol, events: Iterable[Event]) -> State:
    """A meeting from its events, lasting and volatile in any interleaving."""
    return fold(begin(protocol), events)
