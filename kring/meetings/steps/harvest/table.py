"""What people see of the harvest."""

from functools import lru_cache
from typing import Any

from kring.meetings.engine.cards import on_table
from kring.meetings.engine.see import card_view, say
from kring.meetings.engine.state import State, phase_of
from kring.methods.format.outputs import OUTPUTS, OutputType
from kring.methods.format.shapes import Protocol

from .consent import agreed_cards
from .items import basket, first_visibility, missing, stage_of


def items(state: State, visit: str) -> list[dict[str, Any]]:
    """The proposals in the order they came. Never who said no; a name only where chosen."""
    return [
        {
            "item": item.id,
            "output": item.output,
            "title": say(item.type.title),
            "text": item.fields.get(item.type.summary.id, ""),
            "fields": dict(item.fields),
            "card": item.card,
            "stage": stage_of(state, item),
            "visibility": item.visibility,
            "named": item.source if item.named else None,
            "missing": list(missing(item)),
            "known_source": item.source is not None,
        }
        for item in basket(state, visit).values()
    ]


def on_the_table(state: State) -> list[dict[str, Any]]:
    """The cards still on the table, by phase; what the circle settled comes with its last words."""
    agreed = agreed_cards(state)
    found: dict[str, dict[str, Any]] = {}
    for visit in state.record.visits.values():
        cards = [card_view(card) for card in on_table(state, visit.id) if card.id not in agreed]
        if cards:
            phase = phase_of(state.protocol, visit.step)
            entry = found.setdefault(phase.id, {"phase": say(phase.title), "cards": []})
            entry["cards"] += cards
    settled = [
        {"card": card, "text": text, "seat": None, "table": None}
        for card, text in agreed.items()
        if not _left(state, card)
    ]
    if not settled:
        return list(found.values())
    return [{"phase": None, "cards": settled}, *found.values()]


def _left(state: State, card: str) -> bool:
    """Did a settled sentence leave the circle with the assent itself?"""
    return any(item.endswith(f"-{card}") for item in state.record.released)


def outputs(protocol: Protocol) -> list[dict[str, Any]]:
    """The output types of this protocol with their fields."""
    return [
        {
            **_type(one.type),
            "released_by": one.released_by,
            "visibility": first_visibility(one),
        }
        for one in protocol.outputs
        if one.type in OUTPUTS
    ]


@lru_cache
def _type(output: str) -> dict[str, Any]:
    shape: OutputType = OUTPUTS[output]
    return {
        "id": shape.id,
        "title": say(shape.title),
        "explanation": say(shape.explanation),
        "fields": [
            {
                "id": field.id,
                "label": say(field.label),
                "kind": field.kind,
                "required": field.required,
                "summary": field.summary,
                "hint": say(field.hint) if field.hint else None,
                "choices": [{"id": word.id, "text": say(word.text)} for word in field.choices],
            }
            for field in shape.fields
        ],
    }
