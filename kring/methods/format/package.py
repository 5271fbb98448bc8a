"""The shapes of a whole method package: what lies around its protocols (methods reference C, D).

Everything is declarative. Permission fields are compulsory: a package without licence and
attribution, or with something that still needs permission, is refused (reference part F).
"""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints

from kring.methods.format.outputs import OutputField
from kring.methods.format.series import Ref, Series
from kring.methods.format.shapes import (
    Attribution,
    Id,
    Language,
    Output,
    Protocol,
    Record,
    Role,
    Sentence,
    Shape,
    Text,
    Visibility,
)

Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]{1,2}$")]
Permission = Literal["free_with_citation", "open_licence", "own", "needs_permission"]
TranslationStatus = Literal["validated", "official_unvalidated", "working_translation", "original"]
Evidence = Literal["validated", "unvalidated", "conversation", "story_based", "observation_aid",
                   "checklist", "indicator", "after_care"]  # fmt: skip


class Principle(Shape):
    """One thing this way of working stands for."""

    id: Id
    title: Text
    text: Text


class Method(Shape):
    """``method.yaml``: what the package is, where it comes from and who may use it."""

    id: Id
    title: Text
    version: int = Field(ge=1)
    summary: Text
    source: Text
    licence: Sentence
    permission_status: Permission
    attribution: Attribution
    disclaimer: Text | None = None
    languages: tuple[Language, ...] = Field(min_length=1)
    principles: tuple[Principle, ...] = Field(min_length=1)
    roles: tuple[Role, ...] = ()
    order: int = Field(default=50, ge=0, le=999)  # place in the library


class FairCheck(Shape):
    """One of the three questions of a fair process (reference C0), for one step."""

    light: Literal["engagement", "explanation", "expectation_clarity"]
    question: Text


class Moment(Shape):
    """One use of a protocol, training, instrument or decision within a step."""

    id: Id
    title: Text
    kind: Literal["protocol", "instrument", "training", "decision", "practice", "talk"]
    uses: tuple[Ref, ...] = ()  # protocols or instruments, `package/id` when from elsewhere
    not_shipped_yet: tuple[Ref, ...] = ()
    who: Text | None = None
    minutes: int | None = Field(default=None, ge=1, le=600)
    times: int | None = Field(default=None, ge=1, le=60)
    every_days: int | None = Field(default=None, ge=1, le=400)
    after_days: int | None = Field(default=None, ge=0, le=800)
    outputs: tuple[Id, ...] = ()


class TrajectoryStep(Shape):
    """A part of a trajectory. Steps may overlap, loop back and be adapted; nothing is "done"."""

    id: Id
    title: Text
    strand: Id | None = None
    stage: Literal["exploration", "installation", "initial", "full"] | None = None
    who: Text
    layers: tuple[Id, ...] = ()
    preconditions: tuple[Text, ...] = ()
    moments: tuple[Moment, ...] = Field(min_length=1)
    outputs: tuple[Text, ...] = ()
    checks: tuple[FairCheck, ...] = ()
    after: tuple[Id, ...] = ()  # steps that usually come before; a soft order
    weeks: int | None = Field(default=None, ge=0, le=104)


class Strand(Shape):
    """A parallel line of steps."""

    id: Id
    title: Text


class Rhythm(Shape):
    """What remains after the last step: a trajectory never ends with "done"."""

    text: Text
    every_days: int = Field(ge=1, le=400)
    moments: tuple[Moment, ...] = Field(min_length=1)


class Trajectory(Shape):
    """``trajectory.yaml``."""

    id: Id
    title: Text
    version: int = Field(ge=1)
    purpose: Text
    source: Text
    preconditions: tuple[Text, ...] = Field(min_length=1)
    strands: tuple[Strand, ...] = ()
    steps: tuple[TrajectoryStep, ...] = Field(min_length=1)
    rhythm: Rhythm
    ending: Text
    attribution: Attribution


Scale = Literal["AGREE5", "FREQ5", "NOTICE4", "SCALE11", "choice", "open"]


class Option(Shape):
    """One answer of a ``choice`` item."""

    id: Id
    text: Text


class Item(Shape):
    """One question of an instrument. Without ``scale`` it takes the instrument's."""

    id: Id
    text: Text
    scale: Scale | None = None
    scored: bool = True
    reversed: bool = False
    part: Id | None = None
    optional: bool = False
    options: tuple[Option, ...] = ()
    low: Text | None = None  # SCALE11
    high: Text | None = None
    explain: Text | None = None  # what the asker may say when the question is not clear


class Part(Shape):
    """A group of items with a result of its own."""

    id: Id
    title: Text
    at_least: int = Field(default=1, ge=1)  # relevant answers needed for a result


class Scoring(Shape):
    """How answers become a result. ``talk``: nothing is computed."""

    how: Literal["mean", "mean_per_part", "counts", "spread", "chains", "talk"]
    at_least: int = Field(default=1, ge=1)
    note: Text | None = None


class Privacy(Shape):
    """Who may see what, from how many answers (instruments reference I00; k is never under 5).

    ``wave``: anonymous wave; ``live``: shown within a circle and not stored per person;
    ``group``: one entry for the whole group; ``story``: by the author, with consent.
    """

    how: Literal["wave", "live", "group", "story"]
    shown_from: int = Field(default=5, ge=1)
    shown_to: Text
    sensitive: bool = False
    kept: Text


class Instrument(Shape):
    """``instruments/*.yaml``: a questionnaire or a short set of questions for a talk."""

    id: Id
    code: Code
    title: Text
    version: int = Field(ge=1)
    about: Text  # the construct: what it says something about
    purpose: Text
    use_when: tuple[Text, ...] = ()
    not_when: tuple[Text, ...] = ()
    respondents: Text
    minutes: float = Field(gt=0, le=30)
    every_days: int | None = Field(default=None, ge=1, le=800)
    scale: Scale
    intro: Text
    items: tuple[Item, ...] = Field(min_length=1)
    parts: tuple[Part, ...] = ()
    scoring: Scoring
    privacy: Privacy
    reading: tuple[Text, ...] = ()
    talk: tuple[Ref, ...] = ()  # protocols to talk about the result with
    licence: Sentence
    permission_status: Permission
    citation: Sentence
    wording_origin: Literal["own", "quoted", "adapted"]
    translation_status: TranslationStatus
    evidence: Evidence


class AgreementTemplate(Shape):
    """One form of ``agreements.yaml`` (reference D)."""

    id: Id
    code: Code | None = None
    title: Text
    purpose: Text
    output: Id = "agreement"
    fields: tuple[OutputField, ...] = Field(min_length=1)
    visibility: Visibility = Visibility.TEAM
    record: Record = Record.HARVEST
    look_back_days: int = Field(default=42, ge=1, le=400)
    kept_until: Text
    never_record: tuple[Text, ...] = ()


class AgreementForms(Shape):
    """``agreements.yaml``."""

    templates: tuple[AgreementTemplate, ...] = Field(min_length=1)


class CardPart(Shape):
    """A heading with lines on a printed card. ``pictures``: one for each line, for easy reading."""

    heading: Text | None = None
    lines: tuple[Text, ...] = Field(min_length=1)
    pictures: tuple[Id, ...] = ()
    numbered: bool = False


class Card(Shape):
    """``cards/*.yaml``: a loose card for on the table. Protocol cards are made from the protocol."""

    id: Id
    title: Text
    front: tuple[CardPart, ...] = Field(min_length=1)
    back: tuple[CardPart, ...] = ()
    attribution: Attribution


class Also(Shape):
    """Another talk that could fit too, and when."""

    protocol: Ref
    when: Text


class Answer(Shape):
    """One answer in a chooser: a next question, or a protocol and why it fits."""

    id: Id
    text: Text
    next: Id | None = None
    protocol: Ref | None = None
    why: Text | None = None
    also: tuple[Also, ...] = ()  # what else could fit
    not_shipped_yet: Text | None = None  # what to do until that protocol ships


class ChooserQuestion(Shape):
    """One question with two or more answers."""

    id: Id
    text: Text
    help: Text | None = None
    answers: tuple[Answer, ...] = Field(min_length=2)


class Chooser(Shape):
    """``choosers/*.yaml``: a short talk that ends at a protocol. The first question begins."""

    id: Id
    number: str | None = None
    title: Text
    purpose: Text
    questions: tuple[ChooserQuestion, ...] = Field(min_length=1)
    attribution: Attribution

    def question(self, name: str) -> ChooserQuestion | None:
        """The question called ``name``."""
        return next((asked for asked in self.questions if asked.id == name), None)

    def walk(self, chosen: tuple[str, ...]) -> "Walk | None":
        """Follow these answers from the first question; None when that is no way through."""
        said: list[tuple[ChooserQuestion, Answer]] = []
        asked: ChooserQuestion | None = self.questions[0]
        for name in chosen:
            answer = next((a for a in asked.answers if a.id == name), None) if asked else None
            if asked is None or answer is None:
                return None
            said.append((asked, answer))
            asked = self.question(answer.next) if answer.next is not None else None
        return Walk(tuple(said), asked)


class Walk(NamedTuple):
    """A way through a chooser: what was said so far, and what is asked now (None: the end)."""

    said: tuple[tuple[ChooserQuestion, Answer], ...]
    asked: ChooserQuestion | None


class Package(Shape):
    """A whole method, read and checked. ``fingerprint``: SHA-256 of all it says."""

    method: Method
    protocols: tuple[Protocol, ...] = ()
    trajectory: Trajectory | None = None
    instruments: tuple[Instrument, ...] = ()
    agreements: tuple[AgreementTemplate, ...] = ()
    cards: tuple[Card, ...] = ()
    choosers: tuple[Chooser, ...] = ()
    series: tuple[Series, ...] = ()
    fingerprint: str = ""

    def protocol(self, name: str) -> Protocol | None:
        """The protocol called ``name``."""
        return next((one for one in self.protocols if one.id == name), None)

    @property
    def outputs(self) -> tuple[Output, ...]:
        """Everything its protocols can bring forth."""
        return tuple(output for protocol in self.protocols for output in protocol.outputs)
