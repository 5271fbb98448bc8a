"""Answering an ask: yes with events, or no with a reason."""

from collections.abc import Callable, Mapping
from datetime import datetime
from random import Random
from typing import Any

from . import cards, flow, pace, seating, seats
from .asks import Ask, InStep
from .evolve import WRITING
from .kinds import present_kind
from .moment import Moment
from .rules import may
from .shape import Answer, Decided, Event, Events, Refused, Who, kept
from .state import State
from .words import no

#: Every ask that is not answered by the step going on.
ANSWERS: Mapping[str, Callable[[Moment, Any], Answer]] = {
    "take_seat": seats.take,
    "leave_seat": seats.leave,
    "take_over": seats.take_over,
    "hand_over": seats.hand_over,
    "give_role": seats.give_role,
    "drop_role": seats.drop_role,
    "order_seats": seats.order_seats,
    "set_devices": seats.set_devices,
    "sit_at": seating.sit,
    "lay_tables": seating.lay_tables,
    "ask_pause": seats.ask_pause,
    "drop_pause": seats.drop_pause,
    "pause": seats.pause,
    "resume": seats.resume,
    "start": flow.start,
    "enter_next": flow.enter_next,
    "go_back": flow.go_back,
    "repeat": flow.repeat,
    "skip_phase": flow.skip_phase,
    "bring_back": flow.bring_back,
    "reorder": flow.reorder,
    "more_time": flow.more_time,
    "undo": flow.undo,
    "close": flow.close,
    "pick_question": flow.pick_question,
    "lay_question": flow.lay_question,
    "edit_card": cards.edit,
    "remove_card": cards.remove,
    "restore_card": cards.restore,
    "look": pace.look,
    "turn_page": pace.turn_page,
    "harvest_paper": pace.harvest_paper,
    "take_back_paper": pace.take_back_paper,
}


def decide(state: State, who: Who, ask: Ask, *, chance: Random, at: datetime) -> Answer:
    """What happens when ``who`` asks this now. Pure: the same arguments, the same answer."""
    refusal = may(state, who, ask.kind)
    if refusal is not None:
        if isinstance(ask, InStep) and _moved_on(state, ask):
            return no("moved_on")
        return refusal
    m = Moment(state, who.seat, chance, at)
    if not isinstance(ask, InStep):
        return _marked(state, ANSWERS[ask.kind](m, ask))
    if _moved_on(state, ask):
        return no("moved_on")
    return _marked(state, present_kind(state).decide(m, ask))


def _moved_on(state: State, ask: InStep) -> bool:
    return ask.visit is not None and ask.visit != state.visit and state.flow.stage == "running"


def _marked(state: State, answer: Answer) -> Answer:
    """Add the lasting marks that something volatile was written here, or was lost (no counts)."""
    if isinstance(answer, Refused):
        return answer
    writing = (e for e in answer.events if e.kind in WRITING and not e.lasting)
    first: Event | None = next(writing, None)
    if first is None:
        return answer
    visit = first.data["visit"]
    marks: Events = ()
    kept_sheet = state.kept_sheet(visit)
    if not kept_sheet.written:
        marks = (kept("sheet.written", visit=visit),)
    elif not state.room_sheet(visit).written and not kept_sheet.lost:
        marks = (kept("sheet.lost", visit=visit),)
    return Decided((*marks, *answer.events))
