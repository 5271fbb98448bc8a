"""What must leave the volatile store before the meeting closes (safety §3, live input).

At a reveal the link between people and unnamed texts or numbers is gone from the folded room, but
the store still holds the items it was folded from. The engine says which of them no longer matter
(:func:`kring.meetings.engine.prune`); a shorter list is used only when it folds to exactly the
same room.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from kring.meetings.engine import Event, State, fold, prune

REVEALS = frozenset(
    {
        "cards.revealed",
        "hand.emptied",
        "numbers.revealed",
        "numbers.emptied",
        "opinions.published",
        "opinions.emptied",
    }
)
Item = dict[str, Any]


def revealed(events: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The visits in which these events (as JSON) showed everything at once."""
    return frozenset(event["data"]["visit"] for event in events if event["kind"] in REVEALS)


def without_hands(state: State, items: Sequence[Item], visits: frozenset[str]) -> list[Item] | None:
    """A list without who wrote what in ``visits`` that folds to the same room; None: no such list."""
    shorter = _shorter(items)
    left = [Event.from_json(event) for item in shorter for event in item["events"]]
    return shorter if fold(state.without_room(), left).room == state.room else None


def _shorter(items: Sequence[Item]) -> list[Item]:
    """Receipts stay (they name nobody); of the events only what still matters."""
    flat = [
        (place, Event.from_json(event))
        for place, item in enumerate(items)
        for event in item["events"]
    ]
    matters = {id(event) for event in prune(event for _, event in flat)}
    kept: list[Item] = [{"receipt": item["receipt"], "events": []} for item in items]
    for place, event in flat:
        if id(event) in matters:
            kept[place]["events"].append(event.to_json())
    return kept
