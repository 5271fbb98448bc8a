"""What people see of a meeting over days, beyond the step that is open: what they read first, what
came before, and whether all windows are over. The same for everybody in the circle."""

from typing import Any

from kring.methods.format.shapes import Step

from .cards import on_table
from .reveal import hand
from .state import State, phase_of, step_of


def seen(state: State, step: Step) -> dict[str, Any]:
    """``first``: texts to read before; ``earlier``: what was shown, by phase; ``unshown``: phases in
    which too few people wrote to show it without names; ``over``: the last window closed."""
    from kring.meetings.rules.days import read_first  # rules know the engine, not the other way

    first = read_first(state.protocol, step.id)
    return {
        "first": [
            {"title": _say(title), "texts": [_say(text) for text in texts]}
            for title, texts in first
        ],
        "earlier": _earlier(state),
        "unshown": _unshown(state),
        "over": state.flow.over,
    }


def _say(text: Any) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def _earlier(state: State) -> list[dict[str, Any]]:
    found = []
    for visit in state.record.visits.values():
        if visit.id == state.visit:
            continue
        cards = on_table(state, visit.id)
        if cards:
            title = phase_of(state.protocol, visit.step).title
            texts = [{"text": card.text, "seat": card.seat} for card in cards]
            found.append({"phase": _say(title), "cards": texts})
    return found


def _unshown(state: State) -> list[dict[str, str]]:
    return [
        _say(phase_of(state.protocol, step_of(state.protocol, visit.step).id).title)
        for visit in state.record.visits.values()
        if visit.id != state.visit and hand(state, visit.id)
    ]
