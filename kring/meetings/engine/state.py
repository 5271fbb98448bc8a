"""What a meeting is at one moment: the record (lasting) and the room (volatile).

The two are folded from two logs that never look at each other, so it does not matter how their
events were interleaved. Everything here is frozen; mappings are never changed after they are made.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from kring.methods.format.shapes import Phase, Protocol, Step, StepKind
from kring.methods.format.shapes import Record as RecordClass

from .shape import Data

MODERATOR = "moderator"
SCRIBE = "scribe"


@dataclass(frozen=True, slots=True)
class Seat:
    """One chair. A seat that left stays, as an empty chair (``here`` is false)."""

    id: str
    is_manager: bool = False
    has_device: bool = True
    here: bool = True


@dataclass(frozen=True, slots=True)
class Visit:
    """One entering of a step. Going back gives the same visit, repeating gives a new one."""

    id: str
    step: str
    at: str


@dataclass(frozen=True, slots=True)
class Card:
    """A text on the table. ``seat`` only where the author's name belongs to it (V2).

    ``column`` and ``about``: in which column it lies, and under which word (large groups).
    """

    id: str
    text: str
    seat: str | None = None
    table: int | None = None
    removed: bool = False
    column: str | None = None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Division:
    """Who sits where. ``of``: the number of each seat's group. ``hosts``: of tables only."""

    groups: tuple[tuple[str, ...], ...]
    of: Mapping[str, int]
    hosts: Mapping[int, str] = field(default_factory=dict)

    def is_host(self, seat: str) -> bool:
        """Does this seat host its table?"""
        number = self.of.get(seat)
        return number is not None and self.hosts.get(number) == seat


@dataclass(frozen=True, slots=True)
class Turns:
    """A round going on. ``passed`` are those who still get the turn offered once more."""

    order: tuple[str, ...]
    holder: str | None
    had: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What lies on the table in one visit. The record and the room each have one per visit.

    ``hand``: cards written but not revealed (room only). ``owners`` and ``by_seat``: whose card is
    whose (room only). ``question``: picked from the bank of this step; ``laid``: from a shared bank,
    its words per language. ``own``: what the step kind itself keeps. ``looked``: who saw it, over
    days (room only). ``written``: something volatile was entered here. ``lost``: it was, and it is
    gone.
    """

    cards: Mapping[str, Card] = field(default_factory=dict)
    hand: Mapping[str, Card] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    by_seat: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    turns: Turns | None = None
    revealed: bool = False
    written: bool = False
    lost: bool = False
    looked: frozenset[str] = frozenset()
    question: str | None = None
    laid: Mapping[str, str] | None = None
    own: object = None


BLANK = Sheet()


@dataclass(frozen=True, slots=True)
class Flow:
    """Where the meeting is in its script. Undo puts an earlier flow back.

    ``over``: spread over days, and the last window closed.
    """

    plan: tuple[str, ...]
    stage: Literal["waiting", "running", "closed"] = "waiting"
    paused: bool = False
    current: str | None = None
    skipped: frozenset[str] = frozenset()
    latest: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, int] = field(default_factory=dict)
    over: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """The fold of the lasting events. ``before``: what undo can put back, newest last.

    ``order``: the seats as people sit in the circle. ``seating``: who sits at which table for the
    whole meeting (large groups), None as long as nobody does.
    """

    flow: Flow
    before: tuple[tuple[str, Flow], ...] = ()
    seats: Mapping[str, Seat] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    visits: Mapping[str, Visit] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    released: Mapping[str, Data] = field(default_factory=dict)
    one_device: bool = False
    seating: Division | None = None
    look_back_on: str | None = None
    no_follow_up: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """The fold of the volatile events: sheets per visit, and who privately asks for a pause."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    pauses: frozenset[str] = frozenset()


EMPTY_ROOM = Room()


@dataclass(frozen=True, slots=True)
class State:
    """A meeting at one moment. The protocol is pinned; two states are compared without it."""

    protocol: Protocol = field(compare=False, repr=False)
    record: Record
    room: Room = EMPTY_ROOM

    @property
    def flow(self) -> Flow:
        """Where we are."""
        return self.record.flow

    @property
    def visit(self) -> str | None:
        """The id of the visit going on, if any."""
        return self.record.flow.current

    @property
    def step(self) -> Step | None:
        """The step going on, if any."""
        if self.visit is None:
            return None
        return step_of(self.protocol, self.record.visits[self.visit].step)

    @property
    def one_device(self) -> bool:
        """Is there only one device in the room, on which one person writes for all?"""
        return self.record.one_device

    def kept_sheet(self, visit: str) -> Sheet:
        """The lasting sheet of a visit."""
        return self.record.sheets.get(visit, BLANK)

    def room_sheet(self, visit: str) -> Sheet:
        """The volatile sheet of a visit."""
        return self.room.sheets.get(visit, BLANK)

    def roles_of(self, seat: str | None) -> frozenset[str]:
        """The roles a seat holds."""
        return self.record.roles.get(seat, frozenset()) if seat else frozenset()

    def is_here(self, seat: str | None) -> bool:
        """Does this seat take part now?"""
        chair = self.record.seats.get(seat) if seat else None
        return chair is not None and chair.here

    def is_moderator(self, seat: str | None) -> bool:
        """May this seat lead?"""
        return MODERATOR in self.roles_of(seat) and self.is_here(seat)

    def here(self) -> tuple[str, ...]:
        """Everybody who takes part now, in seating order."""
        seats = self.record.seats
        return tuple(seat for seat in self.record.order if seats[seat].here)

    def holders(self, role: str | None) -> tuple[str, ...]:
        """Who holds a role now, in seating order."""
        if role is None:
            return ()
        return tuple(seat for seat in self.here() if role in self.roles_of(seat))

    def is_lost(self, visit: str) -> bool:
        """Was something volatile written in this visit that is gone now?"""
        kept_sheet = self.kept_sheet(visit)
        return kept_sheet.lost or (kept_sheet.written and not self.room_sheet(visit).written)

    def without_room(self) -> "State":
        """The same meeting after the volatile part is gone (crash or close)."""
        return replace(self, room=EMPTY_ROOM)


def begin(protocol: Protocol) -> State:
    """A meeting that nobody has entered yet."""
    plan = tuple(phase.id for phase in protocol.phases)
    return State(protocol=protocol, record=Record(flow=Flow(plan=plan)))


class _Index:
    """Look-ups in one protocol, made once."""

    def __init__(self, protocol: Protocol) -> None:
        self.phases = {phase.id: phase for phase in protocol.phases}
        self.steps = {step.id: step for step in protocol.steps}
        self.phase_of = {step.id: phase for phase in protocol.phases for step in phase.steps}


class _Same:
    """Compares protocols by identity: hashing a whole protocol at every look-up is too slow."""

    __slots__ = ("protocol",)

    def __init__(self, protocol: Protocol) -> None:
        self.protocol = protocol

    def __hash__(self) -> int:
        return id(self.protocol)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.protocol is self.protocol


@lru_cache(maxsize=256)
def _index_of(same: _Same) -> _Index:
    return _Index(same.protocol)


def _index(protocol: Protocol) -> _Index:
    return _index_of(_Same(protocol))


def step_of(protocol: Protocol, step: str) -> Step:
    """The step with this id; KeyError when the protocol has none."""
    return _index(protocol).steps[step]


def phase_of(protocol: Protocol, step: str) -> Phase:
    """The phase a step belongs to."""
    return _index(protocol).phase_of[step]


def phase_by_id(protocol: Protocol, phase: str) -> Phase | None:
    """The phase with this id, if the protocol has it."""
    return _index(protocol).phases.get(phase)


def lasts(step: Step) -> bool:
    """Are entries of this step kept (K or H), or are they gone at close?"""
    return step.record in (RecordClass.CIRCLE, RecordClass.HARVEST)


def parks(step: Step | None) -> bool:
    """Does this step park the holders of its role (A3, PARKED)?"""
    return (
        step is not None
        and step.role is not None
        and (step.kind in (StepKind.PARKED, StepKind.OPEN) or step.speaking == "PARKED")
    )


def is_parked(state: State, seat: str | None) -> bool:
    """Is this seat parked now? On the one device in the room nobody is: it belongs to all."""
    step = state.step
    if step is None or not parks(step) or step.role not in state.roles_of(seat):
        return False
    return not (state.one_device and state.is_moderator(seat))
