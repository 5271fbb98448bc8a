"""COLUMNS: tables fill columns together, such as "we do mean" and "we do not mean", per big word.

With ``uses`` the words are the cards of that step, and those named here; without, there is one list.
V2a: nothing is seen by other tables until all is shown at once, and then it has no table. What says
the same is laid together without losing a word. In an H step each list leaves by itself, after
whoever wanted kept a text inside (one no is enough).

``view.part``: ``columns``, ``words`` (card and text; card None where there is one list; ``lists`` of
stacks per column, ``released``), ``pointed`` and, for moderators, ``silent`` (numbers of tables that
wrote nothing yet). ``mine.part``: ``table``, ``hosts`` and ``ours`` (the table's own texts).
"""

from random import Random
from typing import Any

from kring.meetings.engine import cards, lists, reveal, seating
from kring.meetings.engine.asks import (
    Ask,
    KeepHere,
    LayUnder,
    NameWord,
    PointAt,
    PutIn,
    ReleaseList,
    Reveal,
    TakeOut,
)
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.see import basis, card_view, say
from kring.meetings.engine.shape import Answer, Audience, Decided, Events, Refused, kept
from kring.meetings.engine.state import Card, State, step_of
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Record, Step, Visibility

from . import leaving, play

MOST_WORDS = 12


def step_at(state: State, visit: str) -> Step:
    """The step of a visit."""
    return step_of(state.protocol, state.record.visits[visit].step)


def hides(step: Step) -> bool:
    """Is what tables write hidden until all is shown?"""
    return step.visibility is Visibility.CIRCLE_UNNAMED_AFTER_REVEAL


def is_open(state: State, visit: str) -> bool:
    """Can everybody read it?"""
    shown = state.kept_sheet(visit).revealed or state.room_sheet(visit).revealed
    return shown or not hides(step_at(state, visit))


def words(state: State, visit: str) -> tuple[Card, ...]:
    """The big words: those of the step this one works on, and those named here."""
    step = step_at(state, visit)
    if step.uses is None:
        return ()
    return (*basis(state, step), *lists.lists(state, visit).words.values())


class Columns(Kind):
    """Only hosts write, for their table; moderators and scribes for the circle."""

    asks = frozenset(
        {
            "put_in",
            "take_out",
            "name_word",
            "reveal",
            "lay_under",
            "point_at",
            "keep_here",
            "release_list",
        }
    )
    folds = lists.FOLDS
    moves = (
        ("writing", "put_in", "writing"),
        ("writing", "take_out", "writing"),
        ("writing", "name_word", "writing"),
        ("writing", "point_at", "writing"),
        ("writing", "reveal", "shown"),
        ("shown", "put_in", "shown"),
        ("shown", "take_out", "shown"),
        ("shown", "name_word", "shown"),
        ("shown", "lay_under", "shown"),
        ("shown", "point_at", "shown"),
        ("shown", "keep_here", "shown"),
        ("shown", "release_list", "shown"),
    )

    def open(self, m: Moment, visit: str, step: Step) -> Events:
        """Everybody has a table."""
        return seating.ready(m)

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Hosts write; whoever writes for the circle orders; anybody keeps a text inside."""
        visit = state.visit or ""
        if ask in ("put_in", "take_out"):
            return _may_put(state, visit, seat)
        if ask in ("name_word", "lay_under") and not cards.scribes(state, seat):
            return no("not_moderator")
        if ask == "reveal":
            return no("revealed") if is_open(state, visit) else None
        if ask in ("lay_under", "keep_here", "release_list") and not is_open(state, visit):
            return no("not_revealed")
        return None

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Write, show, order, and let go."""
        match ask:
            case PutIn():
                return _put(m, ask)
            case TakeOut():
                return lists.take_out(m, ask.card)
            case NameWord():
                return _name(m, ask)
            case Reveal():
                return _reveal(m, ask)
            case LayUnder():
                table = {card.id: card for card in cards.on_table(m.state, m.visit)}
                return lists.lay_under(m, ask.card, ask.under, table)
            case PointAt():
                return _point(m, ask)
            case KeepHere():
                return _keep(m, ask)
            case ReleaseList():
                return leaving.release(m, ask, words(m.state, m.visit))
            case _:
                return no("wrong_step")

    def cards(self, state: State, visit: str) -> tuple[Card, ...]:
        """What lies by itself and may go on: what was laid under another goes with that one."""
        known = lists.lists(state, visit)
        shown = cards.on_table(state, visit)
        return tuple(top for top, _ in lists.stacks(known, shown) if top.id not in known.stays)

    def stage(self, state: State, visit: str) -> str:
        """Writing (hidden) or shown."""
        return "shown" if is_open(state, visit) else "writing"

    def done(self, state: State, visit: str) -> bool:
        """When there is something to see and nothing is hidden."""
        return bool(cards.on_table(state, visit)) and not reveal.hand(state, visit)

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """The columns; texts only once shown. How it goes at the tables is for moderators."""
        step, known = step_at(state, visit), lists.lists(state, visit)
        part: dict[str, Any] = {
            "columns": [{"id": one.id, "text": say(one.text)} for one in step.choices],
            "words": _lists(state, visit, known),
            "pointed": known.pointed,
            "leaves": step.record is Record.HARVEST,
        }
        if audience.moderator:
            part["tables"] = len(seating.in_use(state))
            part["silent"] = list(lists.silent_tables(state, visit))
        return part

    def mine(self, state: State, visit: str, seat: str) -> dict[str, Any]:
        """My table and what it wrote."""
        return mine_at_table(state, visit, seat)

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Hosts write one text in each column; the moderator shows, orders and lets go."""
        return play.bot(state, visit, seat, chance, words(state, visit), is_open(state, visit))


def mine_at_table(state: State, visit: str, seat: str) -> dict[str, Any]:
    """A seat's own table: number, whether it writes for it, and the table's texts."""
    table = seating.table_of(state, seat)
    found: dict[str, Any] = {"table": table, "hosts": seating.hosts(state, seat), "ours": []}
    wrote = () if table is None else lists.ours(state, visit, table)
    if cards.scribes(state, seat):
        wrote = (*wrote, *lists.ours(state, visit, lists.CIRCLE))
    found["ours"] = [
        {"card": card.id, "text": card.text, "column": card.column, "about": card.about}
        for card in wrote
    ]
    return found


def _lists(state: State, visit: str, known: lists.Lists) -> list[dict[str, Any]]:
    """Every word with its columns, and in each the stacks. Costs the number of texts."""
    step = step_at(state, visit)
    named: list[Card | None] = [*words(state, visit)] if step.uses is not None else [None]
    place: dict[tuple[str | None, str | None], list[dict[str, Any]]] = {}
    for top, below in lists.stacks(known, cards.on_table(state, visit)):
        also = [{"card": card.id, "text": card.text} for card in below]
        place.setdefault((top.about, top.column), []).append(
            {**card_view(top), "also": also, "stays": top.id in known.stays}
        )
    return [
        {
            "card": word.id if word else None,
            "text": word.text if word else None,
            "lists": [
                {"column": one.id, "cards": place.get((word.id if word else None, one.id), [])}
                for one in step.choices
            ],
            "released": leaving.item_of(visit, word.id if word else None) in state.record.released,
        }
        for word in named
    ]


def _may_put(state: State, visit: str, seat: str | None) -> Refused | None:
    if hides(step_at(state, visit)) and is_open(state, visit) and not cards.scribes(state, seat):
        return no("revealed")
    return lists.may_write(state, seat)


def _put(m: Moment, ask: PutIn) -> Answer:
    if ask.card is not None:
        return lists.change(m, ask.card, ask.text)
    about = {word.id for word in words(m.state, m.visit)} if m.step.uses else {None}
    if ask.column not in {one.id for one in m.step.choices} or ask.about not in about:
        return no("no_such_column")
    hidden = not is_open(m.state, m.visit)
    return lists.put(m, ask.text, hidden=hidden, column=ask.column, about=ask.about)


def _name(m: Moment, ask: NameWord) -> Answer:
    if m.step.uses is None or not ask.text:
        return no("no_such_column")
    there = words(m.state, m.visit)
    if ask.text.casefold() in {word.text.casefold() for word in there}:
        return Decided()
    if len(there) >= MOST_WORDS:
        return no("enough_cards")
    return Decided((lists.mark(m, "word.named", card=m.fresh(), text=ask.text),))


def _reveal(m: Moment, ask: Reveal) -> Answer:
    """All at once, in random order, under fresh ids and without a table."""
    hidden = list(reveal.hand(m.state, m.visit))
    if not hidden:
        return no("nothing_written")
    if not ask.confirmed:
        return no("confirm_reveal")
    m.chance.shuffle(hidden)
    shown = [
        {"card": m.fresh(), "text": card.text, "column": card.column, "about": card.about}
        for card in hidden
    ]
    return Decided(reveal.shown_events(m, "cards.revealed", "hand.emptied", cards=shown))


def _point(m: Moment, ask: PointAt) -> Answer:
    if ask.card is not None and ask.card not in {word.id for word in words(m.state, m.visit)}:
        return no("no_such_column")
    return lists.point(m, ask.card)


def _keep(m: Moment, ask: KeepHere) -> Answer:
    card = cards.card_in(m.state, m.visit, ask.card)
    if card is None or card.removed or ask.card in m.state.room_sheet(m.visit).hand:
        return no("no_such_card")
    if ask.card in lists.lists(m.state, m.visit).stays:
        return Decided()
    stays: Events = (lists.mark(m, "card.stays", card=ask.card),)
    item = leaving.item_of(m.visit, card.about)
    if item in m.state.record.released:
        stays = (*stays, kept("item.taken_back", item=item))
    return Decided(stays)


KIND = Columns()
