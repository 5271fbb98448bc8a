"""Moving through the script. Phases are soft: next, back, skip, repeat, reorder, more time, undo.

Every move says from which visit it was made. When the meeting already moved on (two moderators
pressed at once), nothing happens and nobody gets an error.
"""

from kring.methods.format.shapes import Phase, Protocol, Step

from .asks import (
    BringBack,
    Close,
    EnterNext,
    GoBack,
    LayQuestion,
    MoreTime,
    PickQuestion,
    Reorder,
    Repeat,
    SkipPhase,
    Start,
    Undo,
)
from .kinds import kind_of
from .moment import Moment
from .shape import Answer, Data, Decided, Event, Events, Refused, kept
from .state import State, phase_by_id, phase_of, step_of
from .words import no

#: How a meeting as a whole goes from one state to another, and by which ask.
MOVES = (
    ("waiting", "start", "running"),
    ("running", "undo", "waiting"),
    ("running", "pause", "paused"),
    ("running", "undo", "paused"),
    ("paused", "resume", "running"),
    ("paused", "undo", "running"),
    ("running", "close", "closed"),
    ("paused", "close", "closed"),
)


def planned_steps(state: State) -> tuple[Step, ...]:
    """The steps of the plan in playing order, without skipped phases."""
    phases = (phase_by_id(state.protocol, phase) for phase in state.flow.plan)
    return tuple(
        step
        for phase in phases
        if phase is not None and phase.id not in state.flow.skipped
        for step in phase.steps
    )


def phases_ahead(state: State) -> tuple[str, ...]:
    """The phases after the present one that were not entered yet, skipped ones too."""
    plan, entered = state.flow.plan, _entered(state)
    at = plan.index(_phase(state).id) + 1
    return tuple(phase for phase in plan[at:] if phase not in entered)


def _entered(state: State) -> frozenset[str]:
    return frozenset(phase_of(state.protocol, step).id for step in state.flow.latest)


def _phase(state: State) -> Phase:
    assert state.step is not None
    return phase_of(state.protocol, state.step.id)


def enter(
    m: Moment, step: Step, ask: str | None, *, fresh: bool = False, forget: tuple[str, ...] = ()
) -> Events:
    """Enter a step: in the visit it had, or in a new one; and let its kind open it."""
    seen = None if fresh else m.state.flow.latest.get(step.id)
    visit = seen or f"v{len(m.state.record.visits) + 1}"
    entered = kept(
        "step.entered",
        visit=visit,
        step=step.id,
        at=m.at.isoformat(),
        forget=list(forget),
        ask=ask,
    )
    inside = m.after((entered,))
    return (entered, *kind_of(step).open(inside, visit, step))


def start(m: Moment, ask: Start) -> Answer:
    """Begin with the first step; beginning twice is beginning once."""
    if m.state.flow.stage == "running":
        return Decided()
    started = kept("meeting.started", at=m.at.isoformat(), ask=ask.kind)
    begun = m.after((started,))
    return Decided((started, *enter(begun, planned_steps(m.state)[0], None)))


def _moved_on(m: Moment, from_visit: str) -> bool:
    return m.state.visit != from_visit


def _following(state: State) -> Step | None:
    """The next step in the plan, also when the present phase was just skipped."""
    assert state.step is not None
    steps = planned_steps(state)
    if state.step in steps:
        at = steps.index(state.step) + 1
        return steps[at] if at < len(steps) else None
    plan = state.flow.plan
    later = set(plan[plan.index(_phase(state).id) + 1 :])
    return next((s for s in steps if phase_of(state.protocol, s.id).id in later), None)


def enter_next(m: Moment, ask: EnterNext) -> Answer:
    """To the next step."""
    if _moved_on(m, ask.from_visit):
        return Decided()
    step = _following(m.state)
    return Decided(enter(m, step, ask.kind)) if step else no("last_step")


def go_back(m: Moment, ask: GoBack) -> Answer:
    """To the step before that we have been in; its visit is the one we left."""
    if _moved_on(m, ask.from_visit):
        return Decided()
    steps = planned_steps(m.state)
    before = steps[: steps.index(m.step)] if m.step in steps else steps
    seen = [step for step in before if step.id in m.state.flow.latest]
    return Decided(enter(m, seen[-1], ask.kind)) if seen else no("first_step")


def repeat(m: Moment, ask: Repeat) -> Answer:
    """The step (or its whole phase) once more, with an empty table; the old one is kept.

    A phase that is played per role is played again with somebody else in it.
    """
    if _moved_on(m, ask.from_visit):
        return Decided()
    if ask.what == "step":
        return Decided(enter(m, m.step, ask.kind, fresh=True))
    phase = _phase(m.state)
    forget = tuple(step.id for step in phase.steps)
    had = m.state.holders(phase.per) if phase.per else ()
    stands: Events = tuple(kept("role.dropped", seat=seat, role=phase.per) for seat in had)
    left = m.after(stands)
    return Decided((*stands, *enter(left, phase.steps[0], ask.kind, fresh=True, forget=forget)))


def skip_phase(m: Moment, ask: SkipPhase) -> Answer:
    """Leave out a phase that is not core: the present one or one ahead."""
    if _moved_on(m, ask.from_visit):
        return Decided()
    present = _phase(m.state).id
    phase = phase_by_id(m.state.protocol, ask.phase or present)
    plan = m.state.flow.plan
    if phase is None or plan.index(phase.id) < plan.index(present):
        return no("no_such_phase")
    if phase.core or not phase.may_skip:
        return no("core")
    if phase.id in m.state.flow.skipped:
        return Decided()
    skipped = kept("phase.skipped", phase=phase.id, ask=ask.kind)
    if phase.id != present:
        return Decided((skipped,))
    left = m.after((skipped,))
    step = _following(left.state)
    return Decided((skipped, *enter(left, step, None))) if step else no("last_step")


def bring_back(m: Moment, ask: BringBack) -> Answer:
    """A skipped phase is in the plan again."""
    if phase_by_id(m.state.protocol, ask.phase) is None:
        return no("no_such_phase")
    if ask.phase not in m.state.flow.skipped:
        return Decided()
    return Decided((kept("phase.brought_back", phase=ask.phase, ask=ask.kind),))


def reorder(m: Moment, ask: Reorder) -> Answer:
    """Another order for what is ahead. The core keeps its order, and uses what came before."""
    ahead = phases_ahead(m.state)
    if sorted(ask.phases) != sorted(ahead):
        return no("phase_order")
    if ask.phases == ahead:
        return Decided()
    rest = tuple(phase for phase in m.state.flow.plan if phase not in ahead)
    at = rest.index(_phase(m.state).id) + 1
    plan = (*rest[:at], *ask.phases, *rest[at:])
    refusal = _bad_order(m.state.protocol, ahead, ask.phases, plan)
    return refusal or Decided((kept("phases.ordered", plan=list(plan), ask=ask.kind),))


def _bad_order(
    protocol: Protocol, ahead: tuple[str, ...], wanted: tuple[str, ...], plan: tuple[str, ...]
) -> Refused | None:
    core = {phase.id for phase in protocol.phases if phase.core}
    if [p for p in ahead if p in core] != [p for p in wanted if p in core]:
        return no("core_order")
    place = {phase: number for number, phase in enumerate(plan)}
    for step in protocol.steps:
        here = place[phase_of(protocol, step.id).id]
        if any(place[phase_of(protocol, used).id] > here for used in step.works_on):
            return no("needs_earlier")
    return None


def more_time(m: Moment, ask: MoreTime) -> Answer:
    """Time is soft (R7): the moderator's clock gets more minutes, or fewer."""
    if ask.minutes == 0:
        return Decided()
    event = kept("time.added", phase=_phase(m.state).id, minutes=ask.minutes, ask=ask.kind)
    return Decided((event,))


def undo(m: Moment, ask: Undo) -> Answer:
    """Put back how it was before the last move, skip, order, time or pause."""
    if not m.state.record.before:
        return no("nothing_to_undo")
    return Decided((kept("flow.undone", what=m.state.record.before[-1][0]),))


def pick_question(m: Moment, ask: PickQuestion) -> Answer:
    """A question from the bank of this step."""
    banks = {bank.id: bank for bank in m.state.protocol.banks}
    bank = banks.get(m.step.bank) if m.step.bank else None
    if ask.question is not None and (
        bank is None or ask.question not in {question.id for question in bank.questions}
    ):
        return no("no_such_question")
    sheet = m.state.kept_sheet(m.visit)
    if sheet.question == ask.question and sheet.laid is None:
        return Decided()
    return Decided((kept("question.picked", visit=m.visit, question=ask.question),))


def lay_question(m: Moment, ask: LayQuestion) -> Answer:
    """A question from a shared bank. Its words go along: banks change, a log does not."""
    text = {"nl": ask.nl, "en": ask.en}
    if m.state.kept_sheet(m.visit).laid == text:
        return Decided()
    return Decided((kept("question.laid", visit=m.visit, text=text),))


def close(m: Moment, ask: Close) -> Answer:
    """End. With outputs only with a look-back day or an explicit "no follow-up" (R9)."""
    if ask.look_back_on is not None and ask.look_back_on < m.at.date():
        return no("past_day")
    if m.state.protocol.outputs and not (ask.look_back_on or ask.no_follow_up or _planned(m.state)):
        return no("follow_up")
    if not ask.confirmed:
        return no("confirm_close", *_before_closing(m.state))
    return Decided((_closed(ask, m),))


def _closed(ask: Close, m: Moment) -> Event:
    return kept(
        "meeting.closed",
        at=m.at.isoformat(),
        look_back_on=ask.look_back_on.isoformat() if ask.look_back_on else None,
        no_follow_up=ask.no_follow_up and ask.look_back_on is None,
    )


def _before_closing(state: State) -> tuple[tuple[str, str], ...]:
    """What is wiped, and which core was not reached: by name, so that nobody is surprised."""
    entered = _entered(state)
    missed = [one.title for one in state.protocol.phases if one.core and one.id not in entered]
    wiped = written_phases(state)
    told = []
    if missed:
        names = [", ".join(title.say(language) for title in missed) for language in ("nl", "en")]
        told.append((f"Nog niet gedaan: {names[0]}.", f"Not done yet: {names[1]}."))
    if wiped:
        names = [", ".join(phase.title.say(one) for phase in wiped) for one in ("nl", "en")]
        told.append((f"Dit is straks weg: {names[0]}.", f"This will be gone: {names[1]}."))
    return tuple(told)


def written_phases(state: State) -> tuple[Phase, ...]:
    """The phases in which something was written that is wiped at close."""
    phases = {}
    for visit, sheet in state.record.sheets.items():
        if sheet.written:
            phase = phase_of(state.protocol, state.record.visits[visit].step)
            phases[phase.id] = phase
    return tuple(phases.values())


def leaving(state: State, language: str) -> dict[str, Data]:
    """Everything that leaves the circle: what was released, and what steps let go by themselves."""
    found = dict(state.record.released)
    for visit in state.record.visits.values():
        kind = kind_of(step_of(state.protocol, visit.step))
        found |= kind.goes_along(state, visit.id, language)
    return found


def _planned(state: State) -> bool:
    """Does something that was released carry its own look-back day?"""
    return any(item["fields"].get("look_back_on") for item in state.record.released.values())
