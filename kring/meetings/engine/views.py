"""The shape of what people see. Plain JSON-able data; every text in both languages.

Seats appear as seat ids only: whoever shows a view puts the names beside them (names live in the
database, never in the log).
"""

from typing import Any, Literal, NotRequired, TypedDict

Say = dict[Literal["nl", "en"], str]


class CardView(TypedDict):
    """A card on the table. ``seat`` only where a name belongs to it; ``table`` from 0."""

    card: str
    text: str
    seat: str | None
    table: int | None


class SeatView(TypedDict):
    """A chair of the ring, in seating order."""

    seat: str
    here: bool
    parked: bool
    moderator: bool
    roles: list[str]


class PhaseView(TypedDict):
    """The part of the meeting going on; ``number`` of ``count`` counts from 1."""

    id: str
    title: Say
    number: int
    count: int
    screens_away: bool


class PromptView(TypedDict):
    """A question to the people."""

    text: Say
    easy: Say | None
    picture: str | None
    asked_by: str | None
    answered_by: str | None
    optional: bool


class EntryView(TypedDict):
    """What can be entered."""

    label: Say
    hint: Say | None
    output: str | None
    most_per_seat: int
    case_hint: bool


class StepView(TypedDict):
    """The step going on. ``privacy``: who sees an entry, and until when."""

    id: str
    kind: str
    speaking: str
    visibility: str
    record: str
    role: str | None
    prompts: list[PromptView]
    question: Say | None
    entry: EntryView | None
    choices: list[dict[str, Any]]
    keep_at_most: int | None
    low: Say | None
    high: Say | None
    low_picture: str | None
    high_picture: str | None
    privacy: Say


class TurnView(TypedDict):
    """The round going on. Who passed is not in it; ``again``: offered once more."""

    order: list[str]
    holder: str | None
    next: str | None
    again: bool
    over: bool


class PlanView(TypedDict):
    """One line of the moderator's plan."""

    phase: str
    title: Say
    minutes: int
    stage: Literal["been", "now", "ahead", "skipped"]
    core: bool
    may_skip: bool


class ScriptView(TypedDict):
    """For the moderator only. ``minutes`` planned for this phase, ``since`` its first entering.

    ``again``: the whole phase can be played once more: "phase", with somebody "else" (``per``), or "".
    """

    tip: Say | None
    minutes: int
    since: str
    plan: list[PlanView]
    pauses: list[str]
    undo: str | None
    is_last: bool
    step_done: bool
    again: Literal["", "phase", "else"]
    bank: list[dict[str, Any]]
    empty_roles: list[dict[str, Any]]
    goes_at_close: list[Say]


class View(TypedDict):
    """What one audience sees. Without ``inside`` only ``stage``, ``title`` and ``inside``.

    ``part``: what the step kind adds (see the README of the engine). ``basis``: cards of the
    earlier step this one works on. ``tables``: how many there are where people keep
    one all along (0: nobody sits at one yet). ``lost``: something volatile was here and is gone.
    """

    stage: Literal["waiting", "running", "paused", "closed"]
    title: Say
    inside: bool
    one_device: NotRequired[bool]
    visit: NotRequired[str]
    phase: NotRequired[PhaseView]
    step: NotRequired[StepView]
    turn: NotRequired[TurnView | None]
    lost: NotRequired[bool]
    needs: NotRequired[list[dict[str, Any]]]
    ring: NotRequired[list[SeatView]]
    tables: NotRequired[int]
    cards: NotRequired[list[CardView]]
    basis: NotRequired[list[CardView]]
    part: NotRequired[dict[str, Any]]
    days: NotRequired[dict[str, Any]]
    script: NotRequired[ScriptView]
    released: NotRequired[list[dict[str, Any]]]
    kept: NotRequired[list[dict[str, Any]]]


class MyCard(TypedDict):
    """A card of my own. ``hidden``: nobody else sees it yet."""

    card: str
    text: str
    hidden: bool
    removed: bool


class Mine(TypedDict):
    """What only this seat sees. ``part``: what the step kind adds.

    ``table`` (from 0) and ``hosts`` (writes for it): where people keep a table for the whole meeting.
    """

    seat: str
    roles: list[str]
    pause: bool
    note: bool
    cards: list[MyCard]
    part: dict[str, Any]
    table: NotRequired[int]
    hosts: NotRequired[bool]
