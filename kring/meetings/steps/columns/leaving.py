"""How a list leaves the circle: word by word, in the words of the tables, without what stays."""

from typing import Any

from kring.meetings.engine import cards, lists
from kring.meetings.engine.asks import ReleaseList
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Decided, kept
from kring.meetings.engine.state import Card
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Record

OUTPUT = "table_list"


def item_of(visit: str, about: str | None) -> str:
    """The released item of one list; the same list is the same item."""
    return f"{visit}-{about or 'all'}"


def release(m: Moment, ask: ReleaseList, words: tuple[Card, ...]) -> Answer:
    """Let one list go, or take it back."""
    by_id = {word.id: word.text for word in words}
    if m.step.record is not Record.HARVEST or (m.step.uses and ask.about not in by_id):
        return no("no_such_output")
    item = item_of(m.visit, ask.about)
    if not ask.released:
        there = item in m.state.record.released
        return Decided((kept("item.taken_back", item=item),) if there else ())
    lines = _lines(m, ask.about, ask.language)
    if not lines:
        return no("empty_list")
    if not ask.confirmed:
        return no("confirm_list")
    about = by_id.get(ask.about or "") or m.step.prompts[0].text.say(ask.language)
    data: dict[str, Any] = {
        "item": item,
        "output": OUTPUT,
        "fields": {"about": about, "lines": lines},
        "visibility": _readers(m),
        "named": None,
    }
    if m.state.record.released.get(item) == data:
        return Decided()
    return Decided((kept("item.released", **data),))


def _readers(m: Moment) -> str:
    """As the protocol says for lists; the team when it says nothing."""
    for output in m.state.protocol.outputs:
        if output.type == OUTPUT:
            return str(output.default_visibility.value)
    return "V4"


def _lines(m: Moment, about: str | None, language: str) -> str:
    """Heading and lines per column; what lies under a text follows it in its own words."""
    known = lists.lists(m.state, m.visit)
    shown = tuple(card for card in cards.on_table(m.state, m.visit) if card.about == about)
    told: list[str] = []
    for column in m.step.choices:
        rows = [
            line
            for top, below in lists.stacks(known, shown)
            if top.column == column.id
            for line in _stack(known, top, below)
        ]
        if rows:
            told += [f"{column.text.say(language)}:", *rows, ""]
    return "\n".join(told).strip()


def _stack(known: lists.Lists, top: Card, below: list[Card]) -> list[str]:
    also = [f"    ~ {card.text}" for card in below if card.id not in known.stays]
    if top.id in known.stays:
        return [f"  - {line.strip(' ~')}" for line in also]
    return [f"  - {top.text}", *also]
