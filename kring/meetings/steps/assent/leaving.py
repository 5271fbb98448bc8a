"""What the circle settled in a step that is harvested (H) leaves it: everybody said yes to it.

It becomes the output its own step names, otherwise the one the protocol names first. An output
that needs more than its sentence (an agreement wants a look-back day) waits for the harvest. A rating step whose id is a field of that output
fills the field (the three respect tests of a norm). Reopening takes it back.
"""

from typing import Any

from kring.meetings.engine.cards import visit_of
from kring.meetings.engine.shape import Event, Events, kept
from kring.meetings.engine.state import State, step_of
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.shapes import Output, Record, StepKind, Visibility

WIDER = (Visibility.TEAM, Visibility.STEERING, Visibility.ORGANISATION)


def _output(state: State, visit: str, card: str) -> Output | None:
    """The output a settled sentence becomes; None when it stays in the circle for now."""
    step = step_of(state.protocol, state.record.visits[visit].step)
    outputs = [one for one in state.protocol.outputs if one.type in OUTPUTS]
    if step.record is not Record.HARVEST or not outputs:
        return None
    named = _named(state, card)
    output = next((one for one in outputs if one.type == named), outputs[0])
    fields = OUTPUTS[output.type].fields
    alone = all(field.summary or not field.required for field in fields)
    return output if alone and output.default_visibility in WIDER else None


def _named(state: State, card: str) -> str | None:
    """The output that the step a card comes from names, if the card is still there."""
    visit = visit_of(state, card)
    if visit is None:
        return None
    entry = step_of(state.protocol, state.record.visits[visit].step).entry
    return entry.output if entry is not None else None


def _ratings(state: State, card: str) -> dict[str, str]:
    """The word a card got in each rating step, by step id."""
    found = {}
    for step in state.protocol.steps:
        visit = state.flow.latest.get(step.id)
        if step.kind is not StepKind.RATE or visit is None:
            continue
        for sheet in (state.kept_sheet(visit), state.room_sheet(visit)):
            word = getattr(sheet.own, "words", {}).get(card)
            if word is not None:
                found[step.id] = word
    return found


def released(state: State, visit: str, card: str, text: str) -> Events:
    """The settled sentence goes out."""
    output = _output(state, visit, card)
    if output is None:
        return ()
    shape = OUTPUTS[output.type]
    fields: dict[str, Any] = {shape.summary.id: text}
    for name, word in _ratings(state, card).items():
        field = next((one for one in shape.fields if one.id == name), None)
        if field is not None and word in {choice.id for choice in field.choices}:
            fields[name] = word
    event = kept(
        "item.released",
        item=f"{visit}-{card}",
        output=output.type,
        fields=fields,
        visibility=output.default_visibility.value,
        named=None,
    )
    return (event,)


def taken_back(state: State, visit: str, card: str) -> tuple[Event, ...]:
    """The sentence is open again: it does not leave."""
    item = f"{visit}-{card}"
    return (kept("item.taken_back", item=item),) if item in state.record.released else ()
