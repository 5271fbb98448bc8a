"""The harvest of a meeting held on paper: the same fields and consents, asked aloud in the circle."""

from typing import Any

from kring.meetings.engine.asks import HarvestPaper
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.shape import Answer, Decided, kept
from kring.meetings.engine.words import no
from kring.methods.format.outputs import OUTPUTS

from .fields import clean, typed
from .items import output_of


def released(m: Moment, ask: HarvestPaper) -> Answer:
    """It leaves the circle, if everything is filled in and nobody said no."""
    if output_of(m.state, ask.output) is None:
        return no("no_such_output")
    shape = OUTPUTS[ask.output]
    known = {field.id: field for field in shape.fields}
    if not {*ask.fields, *ask.seats} <= set(known):
        return no("no_such_field")
    if any(known[name].kind != "seat" or seat not in m.state.record.seats
           for name, seat in ask.seats.items()):  # fmt: skip
        return no("no_such_seat")
    values: dict[str, Any] = dict(ask.seats)
    try:
        for name, said in ask.fields.items():
            value = clean(known[name], said, m.at.date())
            if value is not None:
                values[name] = typed(known[name], value)
    except ValueError:
        return no("bad_field")
    if any(field.required and not values.get(field.id) for field in shape.fields):
        return no("field_missing")
    if not ask.asked_aloud:
        return no("confirm_circle")
    event = kept(
        "item.released",
        item=m.fresh(),
        output=ask.output,
        fields={field.id: values[field.id] for field in shape.fields if field.id in values},
        visibility=ask.visibility,
        named=None,
    )
    return Decided((event,))
