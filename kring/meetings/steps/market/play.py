"""How bots ask and answer."""

from datetime import date
from random import Random

from kring.meetings.engine import lists, reveal, seating
from kring.meetings.engine.asks import Ask, IntoBox, PutIn, Reply, Reveal
from kring.meetings.engine.cards import takes_entries
from kring.meetings.engine.playing import some_words
from kring.meetings.engine.state import Card, State
from kring.methods.format.shapes import Step

from .leaving import promises

LATER = date(2999, 1, 31)
SOME = 3
"""Questions a moderator alone writes down for the circle."""


def bot(
    state: State, visit: str, seat: str, chance: Random, step: Step, there: tuple[Card, ...]
) -> Ask | None:
    """Every table one question, everybody else one in the box; then all is answered."""
    leads = state.is_moderator(seat)
    if step.uses is None and takes_entries(step):
        asked = _asks(state, visit, seat, chance)
        if asked is not None:
            return asked
        if leads and _enough(state, visit):
            return Reveal(confirmed=True)
    holders = () if state.one_device else state.holders(step.role)
    if seat not in holders and not (leads and not holders):
        return None
    known = lists.lists(state, visit)
    for top, _ in lists.stacks(known, there):
        if top.id not in known.replies:
            return _answers(top, step, chance)
    return None


def _asks(state: State, visit: str, seat: str, chance: Random) -> Ask | None:
    alone = state.one_device and state.is_moderator(seat)
    if alone or seating.hosts(state, seat):
        table = seating.table_of(state, seat) if seating.hosts(state, seat) else lists.CIRCLE
        wrote = lists.ours(state, visit, lists.CIRCLE if table is None else table)
        return PutIn(text=some_words(chance)) if len(wrote) < (SOME if alone else 1) else None
    opened = state.kept_sheet(visit).revealed or state.room_sheet(visit).revealed
    if opened or state.one_device or seat in state.room_sheet(visit).by_seat:
        return None
    return IntoBox(text=some_words(chance))


def _enough(state: State, visit: str) -> bool:
    hidden = reveal.hand(state, visit)
    owners = state.room_sheet(visit).owners
    return len({owners[card.id] for card in hidden}) >= reveal.ENOUGH_AUTHORS


def _answers(card: Card, step: Step, chance: Random) -> Ask:
    dice = chance.random()
    if dice < 0.5:
        more = {"how_noticed": some_words(chance), "before": LATER} if promises(step) else {}
        return Reply(card=card.id, word="yes", text=some_words(chance), **more)
    if dice < 0.8:
        return Reply(card=card.id, word="no", text=some_words(chance))
    return Reply(card=card.id, word="unknown", before=LATER)
