"""The small shapes everything in the engine speaks with: events, answers and refusals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kring.methods.format.shapes import Text

Data = Mapping[str, Any]
Screen = Literal["phone", "board", "moderator", "table"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in the past tense. ``data`` is plain JSON.

    ``lasting`` events go into the meeting's numbered log and survive a crash. The others live in
    the room (memory only) and are gone when the meeting closes.
    """

    kind: str
    data: Data
    lasting: bool

    def to_json(self) -> dict[str, Any]:
        """The event as JSON; :meth:`from_json` reads it back unchanged."""
        return {"kind": self.kind, "data": dict(self.data), "lasting": self.lasting}

    @classmethod
    def from_json(cls, data: Data) -> "Event":
        """An event as :meth:`to_json` wrote it."""
        return cls(kind=data["kind"], data=data["data"], lasting=data["lasting"])


def kept(kind: str, **data: Any) -> Event:
    """A lasting event."""
    return Event(kind, data, lasting=True)


def passing(kind: str, **data: Any) -> Event:
    """A volatile event: it passes, as a spoken word does."""
    return Event(kind, data, lasting=False)


Events = tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Who:
    """Who asks: a seat of this meeting, or nobody with a seat. Roles live in the state."""

    seat: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """Yes, and this is what happened. No events means: it was so already, all is well."""

    events: Events = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """No, with a stable ``code`` and a sentence for people that says what to do."""

    code: str
    text: Text


Answer = Decided | Refused


@dataclass(frozen=True, slots=True)
class Audience:
    """A kind of seat, as far as it makes a difference to what one sees. Nothing personal.

    Equal audiences see the same, so a view is made once for each and shared. ``screen``: "phone",
    "board" (the big screen), "moderator" (script and tools) or "table" (the one device).
    """

    screen: Screen
    inside: bool = False
    moderator: bool = False
    scribe: bool = False
    role: bool = False
    asks: bool = False
    host: bool = False
    parked: bool = False
    turn: Literal["mine", "other", "none"] = "none"
    may_enter: bool = False
    may_note: bool = False
