"""Showing everything at once (R4), without names only when one cannot guess them."""

from collections.abc import Iterable
from typing import Any

from kring.methods.format.shapes import Step, Visibility

from .asks import Reveal
from .cards import author_of, has_room
from .moment import Moment
from .shape import Answer, Decided, Event, Events, Refused, kept, passing
from .state import Card, State, lasts
from .words import no

#: From this many different authors a text without a name is shown (safety §3).
ENOUGH_AUTHORS = 4


def write(m: Moment, text: str, for_circle: bool) -> Answer:
    """A card in the hand: nobody else sees it until all are shown."""
    entry = m.step.entry
    assert entry is not None
    if for_circle and not m.scribes:
        return no("not_moderator")
    author = author_of(m, True, for_circle)
    if author and not has_room(m.state, m.visit, author, entry.most_per_seat):
        return no("enough_cards")
    card = m.fresh()
    return Decided((passing("card.written", visit=m.visit, card=card, text=text, seat=author),))


def hand(state: State, visit: str) -> tuple[Card, ...]:
    """The cards still hidden in a visit."""
    return tuple(card for card in state.room_sheet(visit).hand.values() if not card.removed)


def may_show(step: Step, authors: Iterable[str], *, confirmed: bool) -> Refused | None:
    """May what these people wrote be shown now?"""
    different = set(authors)
    unnamed = step.visibility == Visibility.CIRCLE_UNNAMED_AFTER_REVEAL
    if unnamed and 0 < len(different) < ENOUGH_AUTHORS:
        return no("too_few")
    return None if confirmed else no("confirm_reveal")


def reveal(m: Moment, ask: Reveal) -> Answer:
    """All hands at once, in random order and under fresh ids; managers' named cards last (R5)."""
    cards, owners = hand(m.state, m.visit), m.state.room_sheet(m.visit).owners
    if not cards:
        return no("nothing_written")
    authors = [owners[card.id] for card in cards if card.id in owners]
    refusal = may_show(m.step, authors, confirmed=ask.confirmed)
    if refusal is not None:
        return refusal
    named = m.step.visibility == Visibility.CIRCLE_NAMED_AFTER_REVEAL
    shuffled = [(card.text, owners.get(card.id)) for card in cards]
    m.chance.shuffle(shuffled)
    if named:
        shuffled.sort(key=lambda pair: _is_manager(m.state, pair[1]))
    shown: list[dict[str, Any]] = [
        {"card": m.fresh(), "text": text} | ({"named": seat} if named and seat else {})
        for text, seat in shuffled
    ]
    return Decided(shown_events(m, "cards.revealed", "hand.emptied", cards=shown))


def shown_events(m: Moment, kind: str, emptied: str, **data: object) -> Events:
    """One event with what is shown, in the log where it belongs; and the hands are empty."""
    make = kept if lasts(m.step) else passing
    shown: Event = make(kind, visit=m.visit, **data)
    return (shown, passing(emptied, visit=m.visit)) if shown.lasting else (shown,)


def _is_manager(state: State, seat: str | None) -> bool:
    chair = state.record.seats.get(seat) if seat else None
    return chair is not None and chair.is_manager


def show_own(m: Moment) -> Answer:
    """My own hidden cards, with my name: my choice, whoever else wrote."""
    room = m.state.room_sheet(m.visit)
    mine = [card for card in room.by_seat.get(m.seat or "", ()) if card in room.hand]
    cards = [room.hand[card] for card in mine if not room.hand[card].removed]
    if not cards:
        return no("nothing_written")
    shown = [{"card": m.fresh(), "text": card.text, "named": m.seat} for card in cards]
    if not lasts(m.step):
        return Decided((passing("cards.shown", visit=m.visit, cards=shown, gone=mine),))
    return Decided(
        (
            kept("cards.shown", visit=m.visit, cards=shown, gone=[]),
            passing("hand.left", visit=m.visit, gone=mine),
        )
    )


#: Events about hidden things, and the events after which they no longer matter.
_HIDDEN = frozenset(
    {
        "card.written",
        "number.placed",
        "opinions.opened",
        "vote.cast",
        "stand.taken",
        "hands.counted",
        "picture.drawn",
    }
)
_ON_CARDS = frozenset({"card.changed", "card.removed", "card.restored", "hand.left"})
_SHOWN = frozenset(
    {
        "cards.revealed",
        "hand.emptied",
        "numbers.revealed",
        "numbers.emptied",
        "opinions.published",
        "opinions.emptied",
    }
)


def prune(volatile: Iterable[Event]) -> Events:
    """A volatile log without what was revealed: who wrote which card is not in it any more.

    Replaying the pruned log gives the same room. Call it after every reveal, and keep only this.
    """
    events = tuple(volatile)
    last = {event.data["visit"]: at for at, event in enumerate(events) if event.kind in _SHOWN}
    hidden = {event.data["card"] for event in events if event.kind == "card.written"}

    def matters(at: int, event: Event) -> bool:
        if at >= last.get(event.data.get("visit", ""), -1):
            return True
        touches = event.data.get("card") in hidden or event.kind == "hand.left"
        return not (event.kind in _HIDDEN or (event.kind in _ON_CARDS and touches))

    return tuple(event for at, event in enumerate(events) if matters(at, event))
