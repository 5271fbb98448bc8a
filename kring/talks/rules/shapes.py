"""What is known of a talk: one document, sealed as a whole. Nothing of what is said is in it.

There is no field for a cause, an offence or blame, and none may be added (safety §2).
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Check = Literal["yes", "no", "unsure"]
CHECKS = (
    "own_share",
    "no_threat",
    "power",
    "not_pressed",
    "no_procedure",
    "language_and_pace",
    "not_used_against",
    "aftercare",
)
"""The eight questions of go or no-go (reference 1.8), for the facilitator only."""
MODERATOR, SUPPORTER = "moderator", "supporter"


class Choice(StrEnum):
    """What somebody chose in writing. All three are fine."""

    OPEN = ""
    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


class Status(StrEnum):
    """How an agreement goes: words only (A6)."""

    RUNNING = "running"
    NOT_YET = "not_yet"
    CHANGED = "changed"
    DONE = "done"


class Frozen(BaseModel):
    """Base of every shape here."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Chair(Frozen):
    """Somebody in the talk. ``person``: id of a colleague; a guest has a paper code instead.

    ``choice_by``: on the own screen, or on paper (guests only). ``beside``: number of the chair a
    support person sits next to. ``wishes``: practical ones only (chair, order, break, language).
    """

    number: int = Field(ge=1, le=40)
    name: str = Field(max_length=120)
    person: int | None = None
    code: str = ""
    roles: tuple[str, ...] = ()
    choice: Choice = Choice.OPEN
    choice_on: date | None = None
    choice_by: Literal["", "screen", "paper"] = ""
    prepared: bool = False
    checks: dict[str, Check] = Field(default_factory=dict)
    wishes: str = Field(default="", max_length=1000)
    beside: int | None = None

    @property
    def key(self) -> str:
        """What the engine calls this chair."""
        return f"s{self.number}"

    @property
    def leads(self) -> bool:
        """Facilitates this talk."""
        return MODERATOR in self.roles

    @property
    def supports(self) -> bool:
        """Sits next to somebody."""
        return SUPPORTER in self.roles


class Agreement(Frozen):
    """One sentence to which every party said yes. ``status`` is a word, never a reason."""

    number: int
    text: str = Field(max_length=2000)
    status: Status = Status.RUNNING
    done_on: date | None = None


class Paper(Frozen):
    """The document. ``done``: fingerprints of commands that were carried out already.

    ``stage`` stands here as well as in the row, so that a box of another moment is recognised.
    ``consulted``: a second trained facilitator was asked where something was unsure. ``declared``:
    each facilitator said to have no interest, be no part of it and no line manager of anybody.
    """

    protocol: dict[str, Any]
    protocol_hash: str
    starts_at: datetime
    minutes: int = Field(ge=5, le=480)
    place: str = Field(default="", max_length=160)
    one_device: bool = False
    chairs: tuple[Chair, ...]
    declared: tuple[int, ...] = ()
    consulted: bool = False
    notes: dict[str, str] = Field(default_factory=dict)
    after: int | None = None  # the talk this one prepares or looks back on
    next: int | None = None  # the look-back that was planned from it
    parties: tuple[int, ...] = ()  # chairs whose agreements these are; filled at close
    agreements: tuple[Agreement, ...] = ()
    look_back_on: date | None = None
    ends_on: date | None = None
    closed_on: date | None = None
    stopped: bool = False
    done: tuple[str, ...] = ()

    def chair(self, number: int) -> Chair | None:
        """The chair with this number."""
        return next((one for one in self.chairs if one.number == number), None)

    def chair_of(self, person: int | None) -> Chair | None:
        """The chair of a colleague."""
        return next((c for c in self.chairs if person is not None and c.person == person), None)

    @property
    def leaders(self) -> tuple[Chair, ...]:
        """Who facilitates."""
        return tuple(chair for chair in self.chairs if chair.leads)

    @property
    def others(self) -> tuple[Chair, ...]:
        """Everybody but who facilitates."""
        return tuple(chair for chair in self.chairs if not chair.leads)

    def with_chair(self, chair: Chair) -> "Paper":
        """The document with this chair in place of the one with its number."""
        chairs = tuple(chair if one.number == chair.number else one for one in self.chairs)
        return self.model_copy(update={"chairs": chairs})
