"""The ring: where everybody sits. Pure geometry; the component ``<c-ring>`` draws it as SVG.

Lengths are SVG units around the middle (0, 0); the circle has radius 100. The first seat is at the
top and the order runs clockwise, as people hand on the talking piece.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

RADIUS = 100.0
MOST_DRAWN = 40  # above it a ring of dots says less than a sentence
MOST_NAMED = 12  # above it names beside the ring collide
LARGEST_SEAT = 20.0
NAME_SIZE = 15.0
LETTER = 0.6 * NAME_SIZE  # about as wide as a letter gets on average
LONGEST_LABEL = 12


class Sits(StrEnum):
    """How somebody sits in the circle."""

    HERE = "here"
    AWAY = "away"  # belongs to the circle, the phone is not connected
    PARKED = "parked"  # one step outside the ring: hears everything, says nothing
    EMPTY = "empty"  # a chair kept free on purpose


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One seat. ``has_piece``: this is who speaks now. An empty seat may have a name ("client")."""

    name: str
    sits: Sits = Sits.HERE
    is_me: bool = False
    has_piece: bool = False
    says: str = ""  # what the warm dot means here, when it is not "is speaking"


@dataclass(frozen=True)
class Spot:
    """A seat with its place. ``label_*`` is where the name begins (or ends, by ``anchor``)."""

    seat: Seat
    label: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Ring:
    """A drawn ring. ``spots`` is empty when there are more than ``MOST_DRAWN`` seats."""

    spots: tuple[Spot, ...]
    seat_radius: float
    mark_size: float
    name_size: float
    view_box: str
    piece: tuple[float, float] | None
    is_named: bool
    count: int


def seat_radius(count: int) -> float:
    """As large as fits: neighbours never touch."""
    if count < 2:
        return LARGEST_SEAT
    chord = 2 * RADIUS * math.sin(math.pi / count)
    return round(min(LARGEST_SEAT, 0.42 * chord), 2)


def at(index: int, count: int, distance: float) -> tuple[float, float]:
    """The point of one seat at ``distance`` from the middle."""
    angle = 2 * math.pi * index / count - math.pi / 2
    return round(distance * math.cos(angle), 2), round(distance * math.sin(angle), 2)


def labels(seats: Sequence[Seat]) -> list[str]:
    """First names, short enough to read across a room; the same ones with a letter of the last."""
    firsts = Counter(seat.name.partition(" ")[0] for seat in seats)
    said = []
    for seat in seats:
        first, _, rest = seat.name.partition(" ")
        last = rest.rpartition(" ")[2]
        label = f"{first} {last[:1]}." if last and firsts[first] > 1 else first
        said.append(label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…")
    return said


def _spot(index: int, seats: Sequence[Seat], label: str, radius: float) -> Spot:
    seat = seats[index]
    out = RADIUS + (2.3 * radius if seat.sits is Sits.PARKED else 0)
    x, y = at(index, len(seats), out)
    label_x, label_y = at(index, len(seats), out + radius + 11)
    side = "start" if x > 1 else "end" if x < -1 else "middle"
    return Spot(seat, label, x, y, label_x, label_y, side)


def draw(seats: Sequence[Seat], *, names: bool = False) -> Ring:
    """Place ``seats`` around the circle. ``names``: with names beside the seats, if they fit."""
    count = len(seats)
    radius = seat_radius(count)
    drawn = range(count) if count <= MOST_DRAWN else range(0)
    words = labels(seats)
    spots = tuple(_spot(index, seats, words[index], radius) for index in drawn)
    is_named = names and 0 < count <= MOST_NAMED
    step_out = 2.3 * radius if any(seat.sits is Sits.PARKED for seat in seats) else 0
    high = RADIUS + radius + step_out + (9 + NAME_SIZE if is_named else 3)
    wide = high + (LETTER * max(map(len, words)) if is_named else 0)
    holder = next((index for index in drawn if seats[index].has_piece), None)
    inside = RADIUS - radius - 8
    return Ring(
        spots=spots,
        seat_radius=radius,
        mark_size=round(radius * 0.8, 1),
        name_size=NAME_SIZE,
        view_box=f"{-wide:.1f} {-high:.1f} {2 * wide:.1f} {2 * high:.1f}",
        piece=None if holder is None else at(holder, count, inside),
        is_named=is_named,
        count=count,
    )
