"""How a bot harvests."""

from datetime import date
from random import Random

from kring.meetings.engine.asks import (
    Allow,
    Ask,
    FillItem,
    KeepInside,
    Propose,
    Release,
    SetAudience,
    TakeOn,
)
from kring.meetings.engine.cards import on_table
from kring.meetings.engine.playing import some_words
from kring.meetings.engine.state import State
from kring.methods.format.outputs import OUTPUTS, OutputField

from .consent import agreed_cards
from .items import CONTRIBUTOR, Item, basket, missing, output_of, stage_of

LATER = date(2999, 1, 31)


def bot(state: State, visit: str, seat: str, chance: Random) -> Ask | None:
    """Say yes to one's own, propose once, take something on; the releaser fills in and releases."""
    items = list(basket(state, visit).values())
    for item in items:
        if item.source == seat and stage_of(state, item) == "asking":
            return Allow(item=item.id)
    if not any(item.proposer == seat for item in items) and len(items) < 5:
        return _propose(state, visit, seat, chance)
    for item in items:
        answer = _next(state, item, seat, chance)
        if answer is not None:
            return answer
    return None


def _propose(state: State, visit: str, seat: str, chance: Random) -> Ask | None:
    outputs = [one.type for one in state.protocol.outputs if one.type in OUTPUTS]
    if not outputs:
        return None
    agreed = list(agreed_cards(state).items())
    table = agreed or [
        (card.id, card.text) for one in state.record.visits for card in on_table(state, one)
    ]
    inside = {item.card for item in basket(state, visit).values() if item.kept}
    table = [(card, text) for card, text in table if card not in inside]
    card, text = chance.choice(table) if table else (None, some_words(chance))
    return Propose(output=chance.choice(outputs), text=text, card=card)


def _next(state: State, item: Item, seat: str, chance: Random) -> Ask | None:
    stage = stage_of(state, item)
    if stage in ("released", "kept", "asking"):
        return None
    if stage == "ready" and chance.random() < 0.03:
        return KeepInside(item=item.id)
    if not _lets_go(state, item, seat):
        return None
    for field in item.type.fields:
        if field.id in missing(item):
            return _fill(item, field, chance)
    if "who" in {field.id for field in item.type.fields} and not item.fields.get("who"):
        return TakeOn(item=item.id)
    if item.visibility == "V6" and chance.random() < 0.2:
        return SetAudience(item=item.id, visibility="V4")
    return Release(item=item.id, confirmed=True)


def _lets_go(state: State, item: Item, seat: str) -> bool:
    """Does this seat fill in and release?"""
    output = output_of(state, item.output)
    holders = () if state.one_device else state.holders(CONTRIBUTOR)
    if output is not None and output.released_by == "contributor" and holders:
        return seat in holders
    return state.is_moderator(seat)


def _fill(item: Item, field: OutputField, chance: Random) -> Ask:
    match field.kind:
        case "date":
            value = LATER.isoformat()
        case "days":
            value = "42"
        case "scale":
            value = "7"
        case "choice":
            value = field.choices[0].id
        case "yes_no":
            value = "yes"
        case "seat":
            return TakeOn(item=item.id, what="who")
        case _:
            value = some_words(chance)
    return FillItem(item=item.id, fields={field.id: value})
