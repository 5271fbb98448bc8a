"""Everything that can be asked in a meeting.

``ClientAsk`` is what a person's device (page or API) may send. ``AnyAsk`` adds what only the
actions make, after their own checks: who sits down, who leaves, who takes over.
"""

import unicodedata
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from kring.methods.format.shapes import Visibility


def _clean(text: str) -> str:
    """NFC, without control and bidi characters (safety §5), trimmed."""
    text = unicodedata.normalize("NFC", text)
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in _UNWANTED).strip()


def _filled(text: str) -> str:
    text = _clean(text)
    if not text:
        raise ValueError("empty text")
    return text


_UNWANTED = ("Cc", "Cf", "Cs", "Co", "Cn")
Words = Annotated[str, Field(max_length=2000), AfterValidator(_filled)]
Short = Annotated[str, Field(max_length=400), AfterValidator(_clean)]
Ref = Annotated[str, Field(min_length=1, max_length=60)]


class Ask(BaseModel):
    """Base of every ask.

    ``by``: who may ask it at all. ``when``: at which stage. ``in_step``: only steps of a kind that
    answers it. ``parked_may``: also a parked seat (it can always leave or ask for a pause).
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: str
    by: ClassVar[Literal["moderator", "anyone", "inside"]] = "anyone"
    when: ClassVar[frozenset[str]] = frozenset({"running"})
    in_step: ClassVar[bool] = False
    parked_may: ClassVar[bool] = False

    @property
    def data(self) -> dict[str, Any]:
        """The ask without its kind, as plain JSON."""
        return self.model_dump(mode="json", exclude={"kind"})


class Leads(Ask):
    """Asked by a moderator."""

    by = "moderator"
    parked_may = True


class InStep(Ask):
    """Answered by the step going on. ``visit`` is the visit the person was looking at."""

    in_step = True
    visit: Ref | None = None


# --- seats and roles -----------------------------------------------------------------------------
ALWAYS = frozenset({"waiting", "running"})


class TakeSeat(Ask):
    """Somebody sits down, or comes back. ``roles`` as planned; the actions checked the invitation."""

    kind: Literal["take_seat"] = "take_seat"
    is_manager: bool = False
    has_device: bool = True
    roles: tuple[Ref, ...] = ()
    by = "inside"
    when = ALWAYS
    parked_may = True


class LeaveSeat(Ask):
    """I go. No reason is asked, nothing else is stored (R1)."""

    kind: Literal["leave_seat"] = "leave_seat"
    when = ALWAYS
    parked_may = True


class TakeOver(Ask):
    """The moderator dropped out; the actions checked the lease. ``from_seat`` stops leading."""

    kind: Literal["take_over"] = "take_over"
    from_seat: Ref | None = None
    by = "inside"
    when = ALWAYS
    parked_may = True


class HandOver(Leads):
    """Somebody else leads from now on. With ``together`` both do."""

    kind: Literal["hand_over"] = "hand_over"
    to: Ref
    together: bool = False
    when = ALWAYS


class GiveRole(Ask):
    """A role for a seat: by a moderator, or to oneself where the role is self-chosen."""

    kind: Literal["give_role"] = "give_role"
    role: Ref
    seat: Ref
    when = ALWAYS


class DropRole(Ask):
    """A seat no longer has a role; its own holder may always ask that."""

    kind: Literal["drop_role"] = "drop_role"
    role: Ref
    seat: Ref
    when = ALWAYS
    parked_may = True


class OrderSeats(Leads):
    """People sit somewhere else: the whole order, every seat once."""

    kind: Literal["order_seats"] = "order_seats"
    order: tuple[Ref, ...]
    when = ALWAYS


class SetDevices(Leads):
    """One device for the whole room, or a phone for everybody."""

    kind: Literal["set_devices"] = "set_devices"
    one: bool
    when = ALWAYS


# --- the flow ------------------------------------------------------------------------------------
class Start(Leads):
    """Begin with the first step."""

    kind: Literal["start"] = "start"
    when = frozenset({"waiting", "running"})


class Moves(Leads):
    """A move from a visit. When the meeting already moved on, nothing happens and nobody is blamed."""

    from_visit: Ref


class EnterNext(Moves):
    """To the next step."""

    kind: Literal["enter_next"] = "enter_next"


class GoBack(Moves):
    """To the step before; everything still lies there."""

    kind: Literal["go_back"] = "go_back"


class Repeat(Moves):
    """The same step (or phase) once more, with a fresh table."""

    kind: Literal["repeat"] = "repeat"
    what: Literal["step", "phase"] = "step"


class SkipPhase(Moves):
    """Leave out a phase: this one, or one ahead."""

    kind: Literal["skip_phase"] = "skip_phase"
    phase: Ref | None = None


class BringBack(Leads):
    """A phase left out comes back in the plan."""

    kind: Literal["bring_back"] = "bring_back"
    phase: Ref


class Reorder(Leads):
    """Another order for the phases ahead: all of them, each once."""

    kind: Literal["reorder"] = "reorder"
    phases: tuple[Ref, ...]


class MoreTime(Leads):
    """More (or fewer) minutes for the phase going on."""

    kind: Literal["more_time"] = "more_time"
    minutes: int = Field(ge=-60, le=60)


class Undo(Leads):
    """Put the last move, skip, order, time or pause back as it was."""

    kind: Literal["undo"] = "undo"


class Close(Leads):
    """End the meeting. Volatile input is wiped at once, so it must be confirmed (and R9)."""

    kind: Literal["close"] = "close"
    confirmed: bool = False
    look_back_on: date | None = None
    no_follow_up: bool = False


class PickQuestion(Leads):
    """A question from the step's bank; none takes it away again."""

    kind: Literal["pick_question"] = "pick_question"
    question: Ref | None


# --- pauses (R6) ---------------------------------------------------------------------------------
class AskPause(Ask):
    """Privately, to the moderators: I want to stop for a moment."""

    kind: Literal["ask_pause"] = "ask_pause"
    parked_may = True


class DropPause(Ask):
    """I am all right again. A moderator may clear the signal of ``seat``."""

    kind: Literal["drop_pause"] = "drop_pause"
    seat: Ref | None = None
    parked_may = True


class Pause(Ask):
    """The whole meeting stops for a moment. In a small circle anybody may call it."""

    kind: Literal["pause"] = "pause"
    parked_may = True


class Resume(Leads):
    """We go on."""

    kind: Literal["resume"] = "resume"


# --- turns ---------------------------------------------------------------------------------------
class EndTurn(InStep):
    """I have spoken. With the talking piece, ``to`` may be any seat; a moderator may always move it."""

    kind: Literal["end_turn"] = "end_turn"
    to: Ref | None = None


class PassTurn(InStep):
    """I pass. Neutral; offered once more at the end."""

    kind: Literal["pass_turn"] = "pass_turn"


class PostponeTurn(InStep):
    """I speak later: my place is now at the end."""

    kind: Literal["postpone_turn"] = "postpone_turn"


class GiveTurn(InStep):
    """A moderator gives somebody the turn."""

    kind: Literal["give_turn"] = "give_turn"
    seat: Ref
    by = "moderator"
    parked_may = True


# --- cards ---------------------------------------------------------------------------------------
class Contribute(InStep):
    """Put a text on the table. ``for_circle``: a moderator or scribe writes what the group says."""

    kind: Literal["contribute"] = "contribute"
    text: Words
    for_circle: bool = False


class EditCard(Ask):
    """Say it differently."""

    kind: Literal["edit_card"] = "edit_card"
    card: Ref
    text: Words


class RemoveCard(Ask):
    """Take a card off the table."""

    kind: Literal["remove_card"] = "remove_card"
    card: Ref


class RestoreCard(Ask):
    """Put a removed card back."""

    kind: Literal["restore_card"] = "restore_card"
    card: Ref


class Reveal(InStep):
    """Show everything at once. It cannot be hidden again, so it must be confirmed."""

    kind: Literal["reveal"] = "reveal"
    confirmed: bool = False
    by = "moderator"
    parked_may = True


class ShowMine(InStep):
    """Show my own cards with my name (the way out when there are too few authors)."""

    kind: Literal["show_mine"] = "show_mine"


class Place(InStep):
    """My number on the scale; none takes it away."""

    kind: Literal["place"] = "place"
    value: Annotated[int, Field(ge=0, le=10)] | None


# --- groups and tables ---------------------------------------------------------------------------
class Draw(InStep):
    """Make the groups or tables anew, by chance; confirmed, because the old ones are gone then."""

    kind: Literal["draw"] = "draw"
    confirmed: bool = False
    by = "moderator"
    parked_may = True


class SetHost(InStep):
    """Somebody else hosts this table (counted from 0)."""

    kind: Literal["set_host"] = "set_host"
    table: int = Field(ge=0)
    seat: Ref


# --- choose, rate, assent ------------------------------------------------------------------------
class Pick(InStep):
    """This card goes on; with ``picked`` false it does not."""

    kind: Literal["pick"] = "pick"
    card: Ref
    picked: bool = True


class PutTogether(InStep):
    """This card belongs under another one; without ``under`` it lies by itself again."""

    kind: Literal["put_together"] = "put_together"
    card: Ref
    under: Ref | None = None


class Rate(InStep):
    """One of the step's words for a card; none takes it away."""

    kind: Literal["rate"] = "rate"
    card: Ref
    choice: Ref | None


class Agree(InStep):
    """I can live with this and work on it."""

    kind: Literal["agree"] = "agree"
    card: Ref


class Object(InStep):
    """No, because … The sentence opens again."""

    kind: Literal["object"] = "object"
    card: Ref
    because: Short = ""


class Reword(InStep):
    """Another sentence; everybody is asked again."""

    kind: Literal["reword"] = "reword"
    card: Ref
    text: Words


class Settle(InStep):
    """The circle said yes aloud; with ``settled`` false the sentence opens again."""

    kind: Literal["settle"] = "settle"
    card: Ref
    settled: bool = True
    by = "moderator"
    parked_may = True


# --- harvest (A9) --------------------------------------------------------------------------------
Released = Literal[Visibility.TEAM, Visibility.STEERING, Visibility.ORGANISATION]
Fields = dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,59}$")], Words | None]


class Propose(InStep):
    """This may leave the circle: a card still on the table, or a new text."""

    kind: Literal["propose"] = "propose"
    output: Ref
    text: Words
    card: Ref | None = None


class Allow(InStep):
    """The person it came from says yes; with ``allowed`` false not (yet)."""

    kind: Literal["allow"] = "allow"
    item: Ref
    allowed: bool = True


class KeepInside(InStep):
    """One no is enough. No reason, and nobody learns who."""

    kind: Literal["keep_inside"] = "keep_inside"
    item: Ref


class FillItem(InStep):
    """Fields of the output type (A6); an empty value clears a field."""

    kind: Literal["fill_item"] = "fill_item"
    item: Ref
    text: Words | None = None
    fields: Fields = Field(default_factory=dict)


class TakeOn(InStep):
    """I take this on, or I ring the bell for it. Nobody is volunteered by somebody else."""

    kind: Literal["take_on"] = "take_on"
    item: Ref
    what: Ref = "who"
    seat: Ref | None = None
    taken: bool = True


class SetAudience(InStep):
    """Who may read it. Names only when the person it came from wants that."""

    kind: Literal["set_audience"] = "set_audience"
    item: Ref
    visibility: Released
    with_names: bool = False


class Release(InStep):
    """It leaves the circle."""

    kind: Literal["release"] = "release"
    item: Ref
    confirmed: bool = False


class TakeBack(InStep):
    """A released item comes back inside (until the meeting closes)."""

    kind: Literal["take_back"] = "take_back"
    item: Ref


ClientAsk = Annotated[
    LeaveSeat | HandOver | GiveRole | DropRole | OrderSeats | SetDevices
    | Start | EnterNext | GoBack | Repeat | SkipPhase | BringBack | Reorder | MoreTime | Undo | Close
    | PickQuestion | AskPause | DropPause | Pause | Resume
    | EndTurn | PassTurn | PostponeTurn | GiveTurn
    | Contribute | EditCard | RemoveCard | RestoreCard | Reveal | ShowMine | Place
    | Draw | SetHost | Pick | PutTogether | Rate | Agree | Object | Reword | Settle
    | Propose | Allow | KeepInside | FillItem | TakeOn | SetAudience | Release | TakeBack,
    Field(discriminator="kind"),
]  # fmt: skip
AnyAsk = Annotated[ClientAsk | TakeSeat | TakeOver, Field(discriminator="kind")]

_CLIENT: TypeAdapter[Ask] = TypeAdapter(ClientAsk)
_ANY: TypeAdapter[Ask] = TypeAdapter(AnyAsk)


def read_client_ask(data: Any) -> Ask:
    """An ask from a device, from JSON-able data; pydantic's ValidationError when it is no ask."""
    return _CLIENT.validate_python(data)


def read_ask(data: Any) -> Ask:
    """Any ask, also those only the actions make."""
    return _ANY.validate_python(data)


def _classes() -> dict[str, type[Ask]]:
    members = [*get_args(get_args(ClientAsk)[0]), TakeSeat, TakeOver]
    return {member.model_fields["kind"].default: member for member in members}


ASKS: dict[str, type[Ask]] = _classes()
