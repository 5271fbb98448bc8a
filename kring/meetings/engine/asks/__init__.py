"""Everything that can be asked in a meeting.

``ClientAsk`` is what a person's device (page or API) may send. ``AnyAsk`` adds what only the
actions make, after their own checks: who sits down, who leaves, who takes over; and the clock.
"""

from typing import Annotated, Any, get_args

from pydantic import Field, TypeAdapter

from .base import Ask, InStep
from .flow import (
    AskPause,
    BringBack,
    Close,
    DropPause,
    DropRole,
    EnterNext,
    GiveRole,
    GoBack,
    HandOver,
    LayQuestion,
    LeaveSeat,
    MoreTime,
    OrderSeats,
    Pause,
    PickQuestion,
    Reorder,
    Repeat,
    Resume,
    SetDevices,
    SkipPhase,
    Start,
    TakeOver,
    TakeSeat,
    Undo,
)
from .harvest import Allow, FillItem, KeepInside, Propose, Release, SetAudience, TakeBack, TakeOn
from .large import (
    GiveToTable,
    IntoBox,
    KeepHere,
    LayTables,
    LayUnder,
    NameWord,
    PointAt,
    PutIn,
    ReleaseList,
    Reply,
    SitAt,
    TakeOut,
)
from .pace import HarvestPaper, Look, TakeBackPaper, TurnPage
from .steps import (
    Agree,
    Contribute,
    CountHands,
    Draw,
    EditCard,
    EndTurn,
    FinishMap,
    GiveTurn,
    Hold,
    Object,
    PassTurn,
    Pick,
    Place,
    PostponeTurn,
    PutTogether,
    Rate,
    Redraw,
    RemoveCard,
    RestoreCard,
    Reveal,
    Reword,
    SetHost,
    Settle,
    ShowMine,
    Stand,
    Vote,
)

__all__ = [
    "ASKS",
    "Agree",
    "Allow",
    "AnyAsk",
    "Ask",
    "AskPause",
    "BringBack",
    "ClientAsk",
    "Close",
    "Contribute",
    "CountHands",
    "Draw",
    "DropPause",
    "DropRole",
    "EditCard",
    "EndTurn",
    "EnterNext",
    "FillItem",
    "FinishMap",
    "GiveRole",
    "GiveToTable",
    "GiveTurn",
    "GoBack",
    "HandOver",
    "HarvestPaper",
    "Hold",
    "InStep",
    "IntoBox",
    "KeepHere",
    "KeepInside",
    "LayQuestion",
    "LayTables",
    "LayUnder",
    "LeaveSeat",
    "Look",
    "MoreTime",
    "NameWord",
    "Object",
    "OrderSeats",
    "PassTurn",
    "Pause",
    "Pick",
    "PickQuestion",
    "Place",
    "PointAt",
    "PostponeTurn",
    "Propose",
    "PutIn",
    "PutTogether",
    "Rate",
    "Redraw",
    "Release",
    "ReleaseList",
    "RemoveCard",
    "Reorder",
    "Repeat",
    "Reply",
    "RestoreCard",
    "Resume",
    "Reveal",
    "Reword",
    "SetAudience",
    "SetDevices",
    "SetHost",
    "Settle",
    "ShowMine",
    "SitAt",
    "SkipPhase",
    "Stand",
    "Start",
    "TakeBack",
    "TakeBackPaper",
    "TakeOn",
    "TakeOut",
    "TakeOver",
    "TakeSeat",
    "TurnPage",
    "Undo",
    "Vote",
    "read_ask",
    "read_client_ask",
]

ClientAsk = Annotated[
    LeaveSeat | HandOver | GiveRole | DropRole | OrderSeats | SetDevices
    | Start | EnterNext | GoBack | Repeat | SkipPhase | BringBack | Reorder | MoreTime | Undo | Close
    | PickQuestion | AskPause | DropPause | Pause | Resume
    | EndTurn | PassTurn | PostponeTurn | GiveTurn
    | Look | Contribute | EditCard | RemoveCard | RestoreCard | Reveal | ShowMine | Place
    | Draw | SetHost | Pick | PutTogether | Rate | Agree | Object | Reword | Settle
    | SitAt | PutIn | TakeOut | LayUnder | NameWord | PointAt | KeepHere | ReleaseList
    | IntoBox | GiveToTable | Reply
    | Vote | Stand | Hold | CountHands | FinishMap
    | Propose | Allow | KeepInside | FillItem | TakeOn | SetAudience | Release | TakeBack,
    Field(discriminator="kind"),
]  # fmt: skip
Inside = (
    TakeSeat | TakeOver | TurnPage | Redraw | HarvestPaper | TakeBackPaper | LayTables | LayQuestion
)
AnyAsk = Annotated[ClientAsk | Inside, Field(discriminator="kind")]

_CLIENT: TypeAdapter[Ask] = TypeAdapter(ClientAsk)
_ANY: TypeAdapter[Ask] = TypeAdapter(AnyAsk)


def read_client_ask(data: Any) -> Ask:
    """An ask from a device, from JSON-able data; pydantic's ValidationError when it is no ask."""
    return _CLIENT.validate_python(data)


def read_ask(data: Any) -> Ask:
    """Any ask, also those only the actions make."""
    return _ANY.validate_python(data)


def _classes() -> dict[str, type[Ask]]:
    members = [*get_args(get_args(ClientAsk)[0]), *get_args(Inside)]
    return {member.model_fields["kind"].default: member for member in members}


ASKS: dict[str, type[Ask]] = _classes()
