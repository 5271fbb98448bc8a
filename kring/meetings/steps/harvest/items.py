"""What is proposed to leave the circle, as long as it lies on the table. All of it volatile:

what is not released is wiped, and who said no is not even in the room.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kring.meetings.engine.shape import Data
from kring.meetings.engine.state import Sheet, State
from kring.methods.format.outputs import OUTPUTS, OutputType
from kring.methods.format.shapes import Output, Visibility

CONTRIBUTOR = "contributor"

#: A proposal may go to these readers; anything narrower stays in the circle.
WIDER = (Visibility.TEAM, Visibility.STEERING, Visibility.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Item:
    """One proposal. ``source``: whom it came from, if the room knows; ``agreed``: by the circle."""

    id: str
    output: str
    fields: Mapping[str, str]
    card: str | None
    source: str | None
    proposer: str | None
    visibility: str
    yes: bool = False
    agreed: bool = False
    kept: bool = False
    named: bool = False

    @property
    def type(self) -> OutputType:
        """The output type, with its fields."""
        return OUTPUTS[self.output]


@dataclass(frozen=True, slots=True)
class Basket:
    """The proposals of one visit."""

    items: Mapping[str, Item] = field(default_factory=dict)


def basket(state: State, visit: str) -> Mapping[str, Item]:
    """The proposals on the table, by id."""
    return _own(state.room_sheet(visit)).items


def _own(sheet: Sheet) -> Basket:
    return sheet.own if isinstance(sheet.own, Basket) else Basket()


def _with(sheet: Sheet, item: Item) -> Sheet:
    return replace(sheet, own=Basket({**_own(sheet).items, item.id: item}))


def _proposed(sheet: Sheet, data: Data) -> Sheet:
    item = Item(
        id=data["item"],
        output=data["output"],
        fields=data["fields"],
        card=data["card"],
        source=data["source"],
        proposer=data["proposer"],
        visibility=data["visibility"],
        yes=data["yes"],
        agreed=data["agreed"],
    )
    return _with(sheet, item)


def _allowed(sheet: Sheet, data: Data) -> Sheet:
    return _with(sheet, replace(_own(sheet).items[data["item"]], yes=data["allowed"]))


def _kept_inside(sheet: Sheet, data: Data) -> Sheet:
    return _with(sheet, replace(_own(sheet).items[data["item"]], kept=True))


def _filled(sheet: Sheet, data: Data) -> Sheet:
    """A changed text asks its source again (``yes`` as the event says)."""
    item = _own(sheet).items[data["item"]]
    fields = {**item.fields, **data["fields"]}
    filled = {name: value for name, value in fields.items() if value is not None}
    return _with(sheet, replace(item, fields=filled, yes=data["yes"]))


def _audience_set(sheet: Sheet, data: Data) -> Sheet:
    item = _own(sheet).items[data["item"]]
    changed = replace(item, visibility=data["visibility"], named=data["named"], yes=data["yes"])
    return _with(sheet, changed)


FOLDS = {
    "item.proposed": _proposed,
    "item.allowed": _allowed,
    "item.kept": _kept_inside,
    "item.filled": _filled,
    "item.audience_set": _audience_set,
}


def output_of(state: State, output: str) -> Output | None:
    """How this protocol releases an output type, if it has it."""
    found = next((one for one in state.protocol.outputs if one.type == output), None)
    return found if found is not None and output in OUTPUTS else None


def first_visibility(output: Output) -> str:
    """Who reads it unless the circle chooses otherwise; never narrower than the team."""
    chosen = output.default_visibility
    return (chosen if chosen in WIDER else Visibility.TEAM).value


def missing(item: Item) -> tuple[str, ...]:
    """Required fields that are still empty."""
    return tuple(one.id for one in item.type.fields if one.required and not item.fields.get(one.id))


def stage_of(state: State, item: Item) -> str:
    """Where an item is on its way out."""
    if item.id in state.record.released:
        return "released"
    if item.kept:
        return "kept"
    if item.source is not None and not item.yes:
        return "asking"
    return "open" if missing(item) else "ready"
