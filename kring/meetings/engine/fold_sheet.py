"""How the shared events about one visit fold into its sheet."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from .shape import Data
from .state import Card, Sheet, Turns


def _card(data: Data) -> Card:
    return Card(
        id=data["card"],
        text=data["text"],
        seat=data.get("named"),
        table=data.get("table"),
        column=data.get("column"),
        about=data.get("about"),
    )


def _owned(sheet: Sheet, data: Data) -> Sheet:
    seat, card = data.get("seat"), data["card"]
    if seat is None:
        return sheet
    mine = (*sheet.by_seat.get(seat, ()), card)
    return replace(
        sheet,
        owners={**sheet.owners, card: seat},
        by_seat={**sheet.by_seat, seat: mine},
    )


def _added(sheet: Sheet, data: Data) -> Sheet:
    card = _card(data)
    return _owned(replace(sheet, cards={**sheet.cards, card.id: card}), data)


def _written(sheet: Sheet, data: Data) -> Sheet:
    card = _card(data)
    return _owned(replace(sheet, hand={**sheet.hand, card.id: card}), data)


def _change(sheet: Sheet, card: str, **changes: str | bool) -> Sheet:
    if card in sheet.hand:
        return replace(sheet, hand={**sheet.hand, card: replace(sheet.hand[card], **changes)})  # type: ignore[arg-type]  # names and types of Card
    return replace(sheet, cards={**sheet.cards, card: replace(sheet.cards[card], **changes)})  # type: ignore[arg-type]  # names and types of Card


def _changed(sheet: Sheet, data: Data) -> Sheet:
    return _change(sheet, data["card"], text=data["text"])


def _removed(sheet: Sheet, data: Data) -> Sheet:
    return _change(sheet, data["card"], removed=True)


def _restored(sheet: Sheet, data: Data) -> Sheet:
    return _change(sheet, data["card"], removed=False)


def _revealed(sheet: Sheet, data: Data) -> Sheet:
    """Everything at once; who wrote what is gone from here on, except where it is named."""
    cards = [_card(item) for item in data["cards"]]
    shown = replace(sheet, cards={**sheet.cards, **{card.id: card for card in cards}})
    return _emptied(shown, data)


def _emptied(sheet: Sheet, data: Data) -> Sheet:
    """All is shown. ``written`` too: the events that wrote it are pruned from the room's log."""
    return replace(sheet, hand={}, owners={}, by_seat={}, revealed=True, written=True)


def _shown(sheet: Sheet, data: Data) -> Sheet:
    """One author shows their own cards, named."""
    cards = {item["card"]: _card(item) for item in data["cards"]}
    return replace(_left_hand(sheet, data), cards={**sheet.cards, **cards})


def _left_hand(sheet: Sheet, data: Data) -> Sheet:
    """These cards are no longer in anybody's hand."""
    gone = set(data["gone"])
    return replace(
        sheet,
        hand={card: value for card, value in sheet.hand.items() if card not in gone},
        owners={card: seat for card, seat in sheet.owners.items() if card not in gone},
        by_seat={
            seat: left
            for seat, cards in sheet.by_seat.items()
            if (left := tuple(card for card in cards if card not in gone))
        },
    )


def _turns_opened(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, turns=Turns(order=tuple(data["order"]), holder=data["holder"]))


def _turn_moved(sheet: Sheet, data: Data) -> Sheet:
    """``had``: who just had the turn; ``passed``: who passed it; ``again``: the second offer."""
    turns = sheet.turns
    assert turns is not None
    had, passed = turns.had, turns.passed
    if data["had"] is not None:
        had, passed = had | {data["had"]}, passed - {data["had"]}
    if data["passed"] is not None:
        passed = passed | {data["passed"]}
    order = turns.order
    if data["last"] is not None:
        order = (*(seat for seat in order if seat != data["last"]), data["last"])
    moved = Turns(order, data["holder"], had, passed, data["again"])
    return replace(sheet, turns=moved)


def _turns_ordered(sheet: Sheet, data: Data) -> Sheet:
    assert sheet.turns is not None
    return replace(sheet, turns=replace(sheet.turns, order=tuple(data["order"])))


def _turn_joined(sheet: Sheet, data: Data) -> Sheet:
    turns = sheet.turns
    assert turns is not None
    order = turns.order if data["seat"] in turns.order else (*turns.order, data["seat"])
    return replace(sheet, turns=replace(turns, order=order, holder=data["holder"]))


def _question(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, question=data["question"], laid=None)


def _laid(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, question=None, laid=data["text"])


def _looked(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, looked=sheet.looked | {data["seat"]})


def _marked_written(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, written=True)


def _marked_lost(sheet: Sheet, data: Data) -> Sheet:
    return replace(sheet, lost=True)


SHEET: Mapping[str, Callable[[Sheet, Data], Sheet]] = {
    "card.added": _added,
    "card.owned": _owned,
    "card.written": _written,
    "card.changed": _changed,
    "card.removed": _removed,
    "card.restored": _restored,
    "cards.revealed": _revealed,
    "cards.shown": _shown,
    "hand.emptied": _emptied,
    "hand.left": _left_hand,
    "turns.opened": _turns_opened,
    "turn.moved": _turn_moved,
    "turn.joined": _turn_joined,
    "turns.ordered": _turns_ordered,
    "question.picked": _question,
    "question.laid": _laid,
    "visit.looked": _looked,
    "sheet.written": _marked_written,
    "sheet.lost": _marked_lost,
}
