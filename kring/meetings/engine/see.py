"""What an audience sees. Made once for all seats of the same audience."""

from functools import lru_cache
from operator import is_
from typing import Any

from kring.methods.format.shapes import Step, Text

from . import paced, seating
from .cards import on_table
from .flow import planned_steps, written_phases
from .kinds import kind_of, present_kind
from .privacy import privacy
from .shape import Audience
from .state import MODERATOR, Card, State, lasts, parks, phase_by_id, phase_of, step_of
from .turns import next_holder, turns_of
from .views import (
    CardView,
    PhaseView,
    PlanView,
    Say,
    ScriptView,
    SeatView,
    StepView,
    TurnView,
    View,
)


def say(text: Text) -> Say:
    """A text in both languages."""
    return {"nl": text.nl, "en": text.en}


def maybe(text: Text | None) -> Say | None:
    """A text that may be absent."""
    return say(text) if text else None


def card_view(card: Card) -> CardView:
    """A card as people see it."""
    return {"card": card.id, "text": card.text, "seat": card.seat, "table": card.table}


def see(state: State, audience: Audience) -> View:
    """Everything this audience may know. Never contains an unrevealed text or a passer."""
    flow = state.flow
    view: View = {
        "stage": "paused" if flow.paused else flow.stage,
        "title": say(state.protocol.title),
        "inside": audience.inside,
    }
    if not audience.inside:
        return view
    view["one_device"] = state.one_device
    view["ring"] = ring(state)
    if seating.stays(state.protocol) or state.record.seating is not None:
        view["tables"] = seating.count(state)
    view["released"] = [dict(item) for item in state.record.released.values()]
    if flow.stage == "closed":
        view["kept"] = kept_cards(state)
        return view
    if flow.stage == "running":
        _see_step(state, audience, view)
    return view


def _see_step(state: State, audience: Audience, view: View) -> None:
    step, visit = state.step, state.visit
    assert step is not None
    assert visit is not None
    kind = present_kind(state)
    view["visit"] = visit
    view["phase"] = phase_view(state, step)
    view["step"] = step_view(state, step, visit)
    view["turn"] = turn_view(state, visit)
    view["lost"] = state.is_lost(visit)
    view["needs"] = needs(state, step)
    view["cards"] = [card_view(card) for card in on_table(state, visit)]
    view["basis"] = [card_view(card) for card in basis(state, step)]
    view["part"] = {"stage": kind.stage(state, visit), **kind.see(state, visit, audience)}
    if state.protocol.paced == "days":
        view["days"] = paced.seen(state, step)
    if audience.moderator and audience.screen in ("moderator", "table"):
        view["script"] = script(state, step, visit, alone=audience.screen == "moderator")


def basis(state: State, step: Step) -> tuple[Card, ...]:
    """The cards of the earlier steps this one works on.

    When such a step was skipped, what it would have worked on itself; empty when there is nothing.
    """
    found: list[Card] = []
    for name in step.works_on:
        used = step_of(state.protocol, name)
        visit = state.flow.latest.get(used.id)
        found += basis(state, used) if visit is None else kind_of(used).cards(state, visit)
    return tuple(found)


def ring(state: State) -> list[SeatView]:
    """The chairs in seating order; empty ones stay visible. Shared by everybody: never changed."""
    step = state.step if state.flow.stage == "running" else None
    parked_role = step.role if step is not None and parks(step) else None
    record = state.record
    return _chairs(_Same(record.seats, record.order, record.roles), parked_role)


class _Same:
    """Things that are the same when they are the very same objects.

    Hashing or comparing what they hold costs more than the look; folds never change what they do
    not touch.
    """

    def __init__(self, *things: Any) -> None:
        self.things = things

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.things)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and all(map(is_, self.things, other.things))


@lru_cache(maxsize=32)
def _chairs(same: _Same, parked_role: str | None) -> list[SeatView]:
    seats, order, roles_of = same.things
    nobody: frozenset[str] = frozenset()
    chairs: list[SeatView] = []
    for seat in (seats[one] for one in order):
        roles = roles_of.get(seat.id, nobody)
        chairs.append(
            {
                "seat": seat.id,
                "here": seat.here,
                "parked": parked_role is not None and parked_role in roles and seat.here,
                "moderator": MODERATOR in roles and seat.here,
                "roles": sorted(roles),
            }
        )
    return chairs


def phase_view(state: State, step: Step) -> PhaseView:
    """The phase going on, and how many there are."""
    phase, flow = phase_of(state.protocol, step.id), state.flow
    shown = [one for one in flow.plan if one not in flow.skipped or one == phase.id]
    return {
        "id": phase.id,
        "title": say(phase.title),
        "number": shown.index(phase.id) + 1,
        "count": len(shown),
        "screens_away": phase.screens_away,
    }


def step_view(state: State, step: Step, visit: str) -> StepView:
    """The step and its questions."""
    fixed = dict(_fixed(_Same(step)))
    if state.protocol.quiet:
        fixed["privacy"] = privacy(step, quiet=True)
    sheet = state.kept_sheet(visit)
    laid = sheet.laid
    fixed["question"] = (
        {"nl": laid["nl"], "en": laid["en"]} if laid else question_text(state, step, sheet.question)
    )
    return fixed  # type: ignore[return-value]  # made from the same keys in _fixed


@lru_cache(maxsize=2048)
def _fixed(same: _Same) -> dict[str, Any]:
    """The part of the step view that never changes."""
    (step,) = same.things
    entry = step.entry
    return {
        "id": step.id,
        "kind": step.kind.value,
        "speaking": step.speaking.value,
        "visibility": step.visibility.value,
        "record": step.record.value,
        "role": step.role,
        "prompts": [
            {
                "text": say(prompt.text),
                "easy": maybe(prompt.easy),
                "picture": prompt.picture,
                "asked_by": prompt.asked_by,
                "answered_by": prompt.answered_by,
                "optional": prompt.optional,
            }
            for prompt in step.prompts
        ],
        "entry": entry
        and {
            "label": say(entry.label),
            "hint": maybe(entry.hint),
            "output": entry.output,
            "most_per_seat": entry.most_per_seat,
            "case_hint": entry.case_hint,
        },
        "choices": [{"id": choice.id, "text": say(choice.text)} for choice in step.choices],
        "keep_at_most": step.keep_at_most,
        "low": maybe(step.low),
        "high": maybe(step.high),
        "low_picture": step.low_picture,
        "high_picture": step.high_picture,
        "privacy": privacy(step),
    }


def question_text(state: State, step: Step, question: str | None) -> Say | None:
    """The question the moderator picked from the bank."""
    banks = {bank.id: bank for bank in state.protocol.banks}
    bank = banks.get(step.bank) if step.bank else None
    if bank is None or question is None:
        return None
    return next((say(one.text) for one in bank.questions if one.id == question), None)


def turn_view(state: State, visit: str) -> TurnView | None:
    """The round, without anything about passing."""
    turns = turns_of(state, visit)
    if turns is None:
        return None
    following = next_holder(state, turns)[0] if turns.holder else None
    return {
        "order": [seat for seat in turns.order if state.is_here(seat)],
        "holder": turns.holder,
        "next": following,
        "again": turns.again,
        "over": turns.holder is None,
    }


def needs(state: State, step: Step) -> list[dict[str, Any]]:
    """Roles this step cannot do without and nobody here holds: the circle chooses somebody now.

    ``self``: people may take it themselves; otherwise only a moderator gives it.
    """
    wanted = dict.fromkeys(role for role in (step.role, step.asked_by) if role)
    roles = {role.id: role for role in state.protocol.roles}
    return [
        {
            "role": role,
            "title": say(roles[role].title),
            "self": roles[role].appointed_by in ("self", "group"),
        }
        for role in wanted
        if role in roles and not state.holders(role)
    ]


def script(state: State, step: Step, visit: str, *, alone: bool) -> ScriptView:
    """The moderator's side. On the one device others look along: no private signals there."""
    phase, flow = phase_of(state.protocol, step.id), state.flow
    first = next(
        one.at
        for one in state.record.visits.values()
        if phase_of(state.protocol, one.step).id == phase.id
    )
    steps = planned_steps(state)
    bank = next((one for one in state.protocol.banks if one.id == step.bank), None)
    return {
        "tip": maybe(step.tip),
        "minutes": minutes(state, phase.id),
        "since": first,
        "plan": [plan_line(state, one, phase.id) for one in flow.plan],
        "pauses": sorted(state.room.pauses) if alone else [],
        "undo": state.record.before[-1][0] if state.record.before else None,
        "is_last": bool(steps) and steps[-1].id == step.id,
        "step_done": kind_of(step).done(state, visit),
        "again": "else" if phase.per else "phase" if len(phase.steps) > 1 else "",
        "bank": [
            {"id": one.id, "text": say(one.text), "depth": one.depth}
            for one in (bank.questions if bank else ())
        ],
        "empty_roles": [
            {"role": role.id, "title": say(role.title)}
            for role in state.protocol.roles
            if len(state.holders(role.id)) < role.min
        ],
        "goes_at_close": [say(one.title) for one in written_phases(state)],
    }


def minutes(state: State, phase: str) -> int:
    """Minutes planned for a phase with the people who are here now, and what was added."""
    shape = phase_by_id(state.protocol, phase)
    assert shape is not None
    each = (shape.minutes_each or 0) * len(state.here())
    return max(0, shape.minutes + round(each) + state.flow.extra.get(phase, 0))


def plan_line(state: State, phase: str, now: str) -> PlanView:
    """One phase in the moderator's plan."""
    shape, flow = phase_by_id(state.protocol, phase), state.flow
    assert shape is not None
    been = any(step.id in flow.latest for step in shape.steps)
    return {
        "phase": phase,
        "title": say(shape.title),
        "minutes": minutes(state, phase),
        "stage": "now"
        if phase == now
        else "skipped"
        if phase in flow.skipped
        else "been"
        if been
        else "ahead",
        "core": shape.core,
        "may_skip": shape.may_skip and not shape.core,
    }


def kept_cards(state: State) -> list[dict[str, Any]]:
    """After closing: what stays with the circle, phase by phase, each card once."""
    bare, seen, found = state.without_room(), set[str](), []
    for visit in state.record.sheets:
        step = step_of(state.protocol, state.record.visits[visit].step)
        if not lasts(step):
            continue
        cards = [card for card in kind_of(step).cards(bare, visit) if card.id not in seen]
        seen |= {card.id for card in cards}
        if cards:
            title = phase_of(state.protocol, step.id).title
            found.append({"phase": say(title), "cards": [card_view(card) for card in cards]})
    return found
