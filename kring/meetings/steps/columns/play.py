"""How bots fill columns."""

from random import Random

from kring.meetings.engine import cards, lists, reveal, seating
from kring.meetings.engine.asks import (
    Ask,
    KeepHere,
    LayUnder,
    NameWord,
    PutIn,
    ReleaseList,
    Reveal,
)
from kring.meetings.engine.playing import some_words
from kring.meetings.engine.state import Card, State
from kring.methods.format.shapes import Record, Step

from .leaving import item_of

WORDS_FILLED = 2
"""Bots stop after so many words."""


def bot(
    state: State, visit: str, seat: str, chance: Random, words: tuple[Card, ...], shown: bool
) -> Ask | None:
    """Hosts write in every column; the moderator names a word, shows, orders and lets go."""
    step = state.step
    assert step is not None
    leads = state.is_moderator(seat)
    if leads and step.uses is not None and not words:
        return NameWord(text=chance.choice(("Ondernemend", "Dichtbij")))
    about = [word.id for word in words[:WORDS_FILLED]] if step.uses is not None else [None]
    wanted = _writes(state, visit, seat, step, about)
    if wanted is not None:
        return PutIn(text=some_words(chance), column=wanted[1], about=wanted[0])
    if not leads:
        if shown and chance.random() < 0.01 and (table := cards.on_table(state, visit)):
            return KeepHere(card=chance.choice(table).id) if _fresh(state, visit, table) else None
        return None
    if not shown:
        return Reveal(confirmed=True) if reveal.hand(state, visit) else None
    return _orders(state, visit, step, about)


def _fresh(state: State, visit: str, table: tuple[Card, ...]) -> bool:
    return not lists.lists(state, visit).stays and bool(table)


def _writes(
    state: State, visit: str, seat: str, step: Step, about: list[str] | list[None]
) -> tuple[str | None, str] | None:
    """The first empty place of this seat's table; on the one device the moderator's."""
    alone = state.one_device and state.is_moderator(seat)
    if state.kept_sheet(visit).revealed or state.room_sheet(visit).revealed:
        return None
    if not alone and not seating.hosts(state, seat):
        return None
    table = seating.table_of(state, seat) if seating.hosts(state, seat) else lists.CIRCLE
    wrote = lists.ours(state, visit, lists.CIRCLE if table is None else table)
    full = {(card.about, card.column) for card in wrote}
    places = ((word, column.id) for word in about for column in step.choices)
    return next((place for place in places if place not in full), None)


def _orders(state: State, visit: str, step: Step, about: list[str] | list[None]) -> Ask | None:
    """Lay two together once, then let every list go that was not let go."""
    known = lists.lists(state, visit)
    there = cards.on_table(state, visit)
    if not known.under:
        for one in there:
            for other in there:
                if one is not other and (one.about, one.column) == (other.about, other.column):
                    return LayUnder(card=one.id, under=other.id)
            break
    if step.record is not Record.HARVEST:
        return None
    for word in about:
        stays = all(card.id in known.stays for card in there if card.about == word)
        if item_of(visit, word) not in state.record.released and not stays:
            return ReleaseList(about=word, confirmed=True)
    return None
