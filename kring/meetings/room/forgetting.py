"""What must leave the volatile store before the meeting closes (safety §3, live input).

At a reveal the link between people and unnamed texts is gone from the folded room, but the store
still holds the items it was folded from. They are taken out by proof: a shorter list is used only
when it folds to exactly the same room.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from kring.meetings.engine import Event, State, fold
from kring.meetings.engine.shape import passing

REVEALS = frozenset({"cards.revealed", "hand.emptied", "hand.left", "cards.shown"})
Item = dict[str, Any]


def revealed(events: Iterable[dict[str, Any]]) -> frozenset[str]:
    """The visits in which these events (as JSON) showed cards."""
    return frozenset(event["data"]["visit"] for event in events if event["kind"] in REVEALS)


def without_hands(state: State, items: Sequence[Item], visits: frozenset[str]) -> list[Item] | None:
    """A list without who wrote what in ``visits`` that folds to the same room; None: no such list."""
    for visit in sorted(visits):
        shorter = _shorter(items, visit)
        folded = fold(state.without_room(), [e for item in shorter for e in _events(item)])
        if folded.room != state.room:
            return None
        items = shorter
    return list(items)


def _events(item: Item) -> list[Event]:
    return [Event.from_json(event) for event in item["events"]]


def _shorter(items: Sequence[Item], visit: str) -> list[Item]:
    """Receipts stay (they name nobody); of this visit only the mark, turns and what came after."""
    flat = [(place, event) for place, item in enumerate(items) for event in item["events"]]
    last = max(
        (
            at
            for at, (_, event) in enumerate(flat)
            if event["data"].get("visit") == visit and event["kind"] in REVEALS
        ),
        default=-1,
    )
    first = min(
        (at for at, (_, event) in enumerate(flat) if event["data"].get("visit") == visit),
        default=-1,
    )
    kept: list[Item] = [{"receipt": item["receipt"], "events": []} for item in items]
    for at, (place, event) in enumerate(flat):
        if at == first:
            kept[place]["events"].append(passing("sheet.written", visit=visit).to_json())
        if event["data"].get("visit") != visit or at >= last or event["kind"].startswith("turn"):
            kept[place]["events"].append(event)
    return kept
