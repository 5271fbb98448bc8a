"""The shapes of a protocol (methods reference A2–A9).

A *protocol* is the script of one kind of meeting. It is made of *phases* (what people in the room
notice) and every phase of one or more *steps* (what the engine plays). All shapes are frozen:
a meeting pins the protocol it began with.
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{1,59}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=600, strip_whitespace=True)]
Language = Literal["nl", "en"]


class Shape(BaseModel):
    """Base of every shape: unknown keys are mistakes, values never change after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Shape):
    """One text in both languages; both are compulsory."""

    nl: Sentence
    en: Sentence

    def say(self, language: str) -> str:
        """The text in ``language`` (``nl`` or ``en``; anything unknown reads Dutch)."""
        return self.en if language.startswith("en") else self.nl


class NotWhen(Text):
    """When not to hold a talk. ``instead``: what to do then, as ``package/id`` of other talks."""

    instead: tuple[
        Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]+/[a-z][a-z0-9_]+$")], ...
    ] = ()


class Speaking(StrEnum):
    """Speaking rules, reference A3."""

    LEAD = "LEAD"
    ROUND = "ROUND"
    PIECE = "PIECE"
    OPEN = "OPEN"
    SILENT = "SILENT"
    ONE = "ONE"
    ASK = "ASK"
    PARKED = "PARKED"
    PAIRS = "PAIRS"
    TRIOS = "TRIOS"
    TABLES = "TABLES"


class Visibility(StrEnum):
    """Who sees an entry, reference A4."""

    NOBODY = "V0"
    AUTHOR = "V1"
    CIRCLE_NAMED_AFTER_REVEAL = "V2"
    CIRCLE_UNNAMED_AFTER_REVEAL = "V2a"
    CIRCLE = "V3"
    TEAM = "V4"
    STEERING = "V5"
    ORGANISATION = "V6"


class Record(StrEnum):
    """What is kept of an entry, reference A5."""

    NOTHING = "N"
    EPHEMERAL = "E"
    PRIVATE = "P"
    CIRCLE = "K"
    HARVEST = "H"


class StepKind(StrEnum):
    """The kinds of step the engine can play; each is one folder in ``meetings/steps/``."""

    LEAD = "lead"  # the moderator says something; nothing is entered
    ROUND = "round"  # everybody once, in seating order (ROUND) or with the piece (PIECE)
    OPEN = "open"  # anybody may enter (OPEN); with `role`, everybody except those parked
    WRITE = "write"  # SILENT: each writes for themselves, all is revealed at once
    ONE = "one"  # only role x speaks and enters
    ASK = "ask"  # x asks, y answers; no advice
    PARKED = "parked"  # role x listens and cannot enter; the others speak about the subject
    GROUPS = "groups"  # PAIRS or TRIOS; nothing entered unless the step says so
    TABLES = "tables"  # tables of 5-8; only the host enters, for the table
    CHOOSE = "choose"  # the circle picks which of the cards of an earlier step go on
    RATE = "rate"  # every card gets one of a few words, by a role or by the circle
    SCALE = "scale"  # 0-10 with described ends, revealed together
    ASSENT = "assent"  # per item: yes, or no-because which reopens the sentence
    COLUMNS = "columns"  # tables fill columns (do, do not), per word where it `uses` a step
    MARKET = "market"  # questions of tables and of a box without names, answered by role x
    OPINIONS = "opinions"  # short statements, a vote on each, and the map of opinions
    HARVEST = "harvest"  # what may leave the circle, with consent per item (A9)


class Prompt(Shape):
    """A question shown to people. ``core`` prompts may be reworded but not removed.

    ``easy``: the same in the fewest and simplest words; ``picture``: a name of
    ``kring.web.pictures``. Both are for who chose easy reading.
    """

    text: Text
    easy: Text | None = None
    picture: Id | None = None
    asked_by: Id | None = None
    answered_by: Id | None = None
    optional: bool = False


class Choice(Shape):
    """One of the few words a `rate` step offers."""

    id: Id
    text: Text


class Entry(Shape):
    """What can be entered in a step. Without it nothing is entered: people only talk."""

    label: Text
    hint: Text | None = None
    output: Id | None = None  # output type (A6) an entry becomes when it is harvested
    most_per_seat: int = Field(default=20, ge=1, le=50)
    case_hint: bool = False  # R3: warn about dates, numbers, names, mail addresses


class Step(Shape):
    """What the engine plays. ``id`` is unique within the protocol.

    ``role``: ONE speaks, PARKED is parked, ASK answers, RATE decides. ``asked_by``: who asks in
    ASK (default: everybody without ``role``). ``stay_with``: groups and tables of that earlier step
    stay together instead of being drawn anew. ``uses``: id of the earlier step whose entries this
    step works on (choose, rate, assent); ``also_uses``: more of them. ``keep_at_most``: choose.
    """

    id: Id
    kind: StepKind
    speaking: Speaking
    visibility: Visibility = Visibility.NOBODY
    record: Record = Record.NOTHING
    role: Id | None = None
    asked_by: Id | None = None
    prompts: tuple[Prompt, ...] = ()
    bank: Id | None = None  # question bank from which the moderator picks the question
    entry: Entry | None = None
    uses: Id | None = None
    also_uses: tuple[Id, ...] = ()
    choices: tuple[Choice, ...] = ()
    keep_at_most: int | None = Field(default=None, ge=1, le=20)
    stay_with: Id | None = None
    low: Text | None = None  # scale: what 0 means
    high: Text | None = None  # scale: what 10 means
    low_picture: Id | None = None
    high_picture: Id | None = None
    shown_from: int | None = Field(default=None, ge=4, le=30)  # scale: from so many numbers
    voices: tuple[Id, ...] = ()  # scale: roles shown apart, only when each has enough people
    tip: Text | None = None  # for the moderator only
    note: Id | None = (
        None  # this role may keep a private note (V1, P) meanwhile; "participant" = all
    )

    @property
    def works_on(self) -> tuple[Id, ...]:
        """The earlier steps whose entries this one works on."""
        return () if self.uses is None else (self.uses, *self.also_uses)


class Phase(Shape):
    """What people in the room notice as one part of the meeting.

    ``minutes`` is for the ideal group size and shown to the moderator only (R7).
    ``core`` phases can be reworded by an organisation, never dropped. ``before``: done alone, before
    people come together, so its minutes are not those of the meeting; whoever did not get to it does
    it in the room, or the moderator goes on.
    """

    id: Id
    title: Text
    minutes: int = Field(ge=0, le=240)
    core: bool = False
    may_skip: bool = True
    screens_away: bool = False
    before: bool = False
    per: Id | None = None  # played once for each holder of this role: again is with somebody else
    together: bool = False  # everybody has to be there at the same moment, also where people write
    minutes_each: float | None = Field(default=None, gt=0, le=30)  # per person, added to `minutes`
    shared: Id | None = None  # the reusable phase (A9) this one was written from
    steps: tuple[Step, ...] = Field(min_length=1)


class Role(Shape):
    """A role in one meeting; ``moderator`` and ``participant`` always exist."""

    id: Id
    title: Text
    min: int = Field(default=0, ge=0)
    max: int | None = Field(default=None, ge=1)
    excludes: tuple[Id, ...] = ()
    appointed_by: Literal["planner", "moderator", "self", "group"] = "moderator"
    rotates: bool = False
    description: Text | None = None


class Size(Shape):
    """Smallest, ideal and largest number (people or minutes)."""

    min: int = Field(ge=1)
    normal: int = Field(ge=1)
    max: int = Field(ge=1)


class Output(Shape):
    """What a meeting can bring forth (A6) and who may see it at first."""

    type: Id
    released_by: Literal["circle", "contributor", "moderator"] = "circle"
    default_visibility: Visibility = Visibility.TEAM
    optional: bool = True
    review_after_days: int | None = Field(default=42, ge=1, le=400)


class FollowUp(Shape):
    """What happens afterwards, in days after the meeting."""

    after_days: int = Field(ge=0, le=400)
    what: Text
    who: Id | None = None


class Attribution(Shape):
    """Where the wording comes from. Compulsory: the importer refuses a protocol without it."""

    inspired_by: Sentence
    licence: Sentence
    trademark_note: Text | None = None
    wording: Literal["own", "quoted"]


class Question(Shape):
    """One question of a bank."""

    id: Id
    text: Text
    depth: Literal["light", "medium", "deep", "closing"] = "light"
    tags: tuple[Id, ...] = ()


class Tag(Shape):
    """What a question is for, in words people search with."""

    id: Id
    title: Text


class QuestionBank(Shape):
    """Questions a moderator can pick from: of a protocol, or shared (see ``banks.py``)."""

    id: Id
    title: Text
    about: Text | None = None  # when to use it, and how to ask
    tags: tuple[Tag, ...] = ()
    questions: tuple[Question, ...] = Field(min_length=1)


class Variant(Shape):
    """How an organisation's own copy differs; shown on its card (reference E25)."""

    name: Sentence
    reason: Sentence
    based_on: Sentence  # title and version of the shipped protocol
    changes: tuple[Text, ...] = ()


class Protocol(Shape):
    """The script of one kind of meeting (A2)."""

    id: Id
    title: Text
    version: int = Field(ge=1)
    purpose: Text
    use_when: tuple[Text, ...] = ()
    not_when: tuple[NotWhen, ...] = ()
    preconditions: tuple[Text, ...] = ()
    existence_visible_to: Literal["participants", "team", "organisation"] = "team"
    quiet: bool = False  # lives in memory only; planned apart, with everybody's own yes (1.7-1.10)
    manager_may_join: bool = True
    moderator_trained: bool = False  # only who is on record as trained for it may lead it
    roles: tuple[Role, ...] = ()
    group: Size
    minutes: Size
    phases: tuple[Phase, ...] = Field(min_length=1)
    outputs: tuple[Output, ...] = ()
    never_record: tuple[Text, ...] = ()
    follow_up: tuple[FollowUp, ...] = ()
    banks: tuple[QuestionBank, ...] = ()
    core_note: Text
    attribution: Attribution
    package: Id | None = None  # filled by the reader
    number: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+[a-z]?$")] | None = None  # "4.1"
    prepare: tuple[Text, ...] = ()  # what the moderator does or lays out before people come
    materials: tuple[Text, ...] = ()
    variant: "Variant | None" = None
    paced: Literal["live", "days", "paper"] = "live"  # set by the meeting, never in a package

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps in playing order."""
        return tuple(step for phase in self.phases for step in phase.steps)
