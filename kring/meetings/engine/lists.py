"""What tables write together: whose table, what lies under what, what stays, and what was replied.

Shared by the kinds for large groups. Whose table a text is of is only known in the room (for the host
to mend it); in the lasting log a text has neither author nor table. Nothing here is a count of people.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from . import cards, seating
from .moment import Moment
from .shape import Answer, Data, Decided, Event, Refused, kept, passing
from .state import Card, Sheet, State, lasts
from .words import no


@dataclass(frozen=True, slots=True)
class Said:
    """A reply: the word (yes, no, unknown), in whose name, and before which day (ISO)."""

    word: str
    text: str = ""
    before: str | None = None
    how_noticed: str = ""
    by: str | None = None
    on: str = ""


@dataclass(frozen=True, slots=True)
class Lists:
    """``ours``: a table's own texts, newest last (room only). ``pointed``: what all look at (room).

    ``under``: a text and the one it lies under. ``stays``: texts that do not go outside.
    """

    ours: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    pointed: str | None = None
    under: Mapping[str, str] = field(default_factory=dict)
    stays: frozenset[str] = frozenset()
    words: Mapping[str, Card] = field(default_factory=dict)
    replies: Mapping[str, Said] = field(default_factory=dict)


NONE = Lists()
CIRCLE = -1
"""The table of what a moderator or scribe writes for all."""


def own(sheet: Sheet) -> Lists:
    """The lists of one sheet."""
    return sheet.own if isinstance(sheet.own, Lists) else NONE


def lists(state: State, visit: str) -> Lists:
    """What is known of a visit: the lasting part, and from the room whose table and where we look."""
    stays, room = own(state.kept_sheet(visit)), own(state.room_sheet(visit))
    if stays is NONE:
        return room
    return replace(stays, ours=room.ours, pointed=room.pointed)


# --- folding ---------------------------------------------------------------------------------------
def _of_table(sheet: Sheet, data: Data) -> Sheet:
    was = own(sheet)
    mine = (*was.ours.get(data["table"], ()), data["card"])
    return replace(sheet, own=replace(was, ours={**was.ours, data["table"]: mine}))


def _laid_under(sheet: Sheet, data: Data) -> Sheet:
    was = own(sheet)
    under = {card: top for card, top in was.under.items() if card != data["card"]}
    if data["under"] is not None:
        under[data["card"]] = data["under"]
    return replace(sheet, own=replace(was, under=under))


def _stays(sheet: Sheet, data: Data) -> Sheet:
    was = own(sheet)
    return replace(sheet, own=replace(was, stays=was.stays | {data["card"]}))


def _named(sheet: Sheet, data: Data) -> Sheet:
    was, word = own(sheet), Card(id=data["card"], text=data["text"])
    return replace(sheet, own=replace(was, words={**was.words, word.id: word}))


def _pointed(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, own=replace(own(sheet), pointed=data["card"]))


def _replied(sheet: Sheet, data: Data) -> Sheet:
    was, card = own(sheet), data["card"]
    replies = {other: said for other, said in was.replies.items() if other != card}
    if data["word"] is not None:
        replies[card] = Said(**{name: data[name] for name in Said.__slots__})
    return replace(sheet, own=replace(was, replies=replies))


FOLDS: Mapping[str, Callable[[Sheet, Data], Sheet]] = {
    "card.of_table": _of_table,
    "card.laid_under": _laid_under,
    "card.stays": _stays,
    "card.replied": _replied,
    "word.named": _named,
    "thing.pointed": _pointed,
}


# --- who writes ------------------------------------------------------------------------------------
def may_write(state: State, seat: str | None) -> Refused | None:
    """The host of a table, or whoever writes for the circle."""
    return cards.may_write(state, seat, seating.hosts(state, seat), "only_host")


def table_for(m: Moment) -> int:
    """Whose text it is: the writer's own table, or the circle's."""
    table = seating.table_of(m.state, m.seat)
    return table if table is not None and seating.hosts(m.state, m.seat) else CIRCLE


def ours(state: State, visit: str, table: int) -> tuple[Card, ...]:
    """The texts of one table that are still there, hidden or shown. Costs that table only."""
    known = lists(state, visit).ours.get(table, ())
    found = (cards.card_in(state, visit, card) for card in known)
    return tuple(card for card in found if card is not None and not card.removed)


def is_ours(m: Moment, ref: str) -> bool:
    """Is this a text of the asker's table?"""
    return ref in {card.id for card in ours(m.state, m.visit, table_for(m))}


def put(m: Moment, text: str, *, hidden: bool, column: str | None, about: str | None) -> Answer:
    """A text of a table on its list: in the hand until all is shown, or for all to see."""
    entry, table = m.step.entry, table_for(m)
    assert entry is not None
    if table != CIRCLE and _in_place(m, table, column, about) >= entry.most_per_seat:
        return no("enough_of_table")
    card = m.fresh()
    data = {"visit": m.visit, "card": card, "text": text, "column": column, "about": about}
    of_table = passing("card.of_table", visit=m.visit, card=card, table=table)
    if hidden:
        return Decided((passing("card.written", **data, seat=None), of_table))
    make = kept if lasts(m.step) else passing
    return Decided((make("card.added", **data), of_table))


def _in_place(m: Moment, table: int, column: str | None, about: str | None) -> int:
    here = ours(m.state, m.visit, table)
    return sum(1 for card in here if (card.column, card.about) == (column, about))


def change(m: Moment, ref: str, text: str) -> Answer:
    """A table says one of its own texts differently."""
    card = cards.card_in(m.state, m.visit, ref)
    if card is None or card.removed or not is_ours(m, ref):
        return no("no_such_card")
    if card.text == text:
        return Decided()
    return Decided((_on(m, "card.changed", ref, text=text),))


def take_out(m: Moment, ref: str) -> Answer:
    """A table takes one of its own texts away."""
    if not is_ours(m, ref):
        return no("no_such_card")
    return Decided((_on(m, "card.removed", ref),))


def _on(m: Moment, kind: str, ref: str, **data: str) -> Event:
    make = kept if ref in m.state.kept_sheet(m.visit).cards else passing
    return make(kind, visit=m.visit, card=ref, **data)


# --- ordering what was shown -----------------------------------------------------------------------
def lay_under(m: Moment, ref: str, under: str | None, table: Mapping[str, Card]) -> Answer:
    """Put what says the same together; the words underneath stay readable."""
    if ref not in table or (under is not None and under not in table):
        return no("no_such_card")
    known = lists(m.state, m.visit)
    if known.under.get(ref) == under:
        return Decided()
    apart = under is not None and (table[ref].column, table[ref].about) != (
        table[under].column,
        table[under].about,
    )
    if under is not None and (ref == under or under in known.under or apart):
        return no("not_under_that")
    if under is not None and ref in known.under.values():
        return no("not_under_that")
    return Decided((mark(m, "card.laid_under", card=ref, under=under),))


def mark(m: Moment, kind: str, **data: object) -> Event:
    """An event in the log where this step's texts are."""
    return (kept if lasts(m.step) else passing)(kind, visit=m.visit, **data)


def point(m: Moment, ref: str | None) -> Answer:
    """Where everybody looks now. Only in the room."""
    if lists(m.state, m.visit).pointed == ref:
        return Decided()
    return Decided((passing("thing.pointed", visit=m.visit, card=ref),))


def silent_tables(state: State, visit: str) -> tuple[int, ...]:
    """Tables with people at which nothing was written yet, for a moderator who walks around."""
    known = lists(state, visit).ours
    return tuple(table for table in seating.in_use(state) if not known.get(table))


def stacks(known: Lists, shown: tuple[Card, ...]) -> list[tuple[Card, list[Card]]]:
    """Each text that lies by itself, with those under it. Costs the number of texts."""
    there = {card.id: card for card in shown}
    below: dict[str, list[Card]] = {}
    for card in shown:
        top = known.under.get(card.id)
        if top in there:
            below.setdefault(top, []).append(card)
    return [
        (card, below.get(card.id, [])) for card in shown if known.under.get(card.id) not in there
    ]
