"""Meetings that are not one sitting: spread over days, or held on paper.

Over days the clock of the house turns the pages: when a window closes, what was hidden is shown
together, what nobody objects to is settled or released, and the next step opens. Nobody moves the
meeting by hand. On paper only the harvest is entered, afterwards.
"""

from .asks import EnterNext, HarvestPaper, Look, TakeBackPaper, TurnPage
from .flow import enter, planned_steps
from .kinds import present_kind
from .moment import Moment
from .shape import Answer, Decided, Events, Refused, kept, passing
from .state import MODERATOR, State
from .words import no

__all__ = ["BY_THE_CLOCK", "harvest_paper", "look", "take_back_paper", "turn_page"]

#: What nobody asks for over days: the clock does it for everybody at the same moment.
BY_THE_CLOCK = frozenset(
    {
        "start", EnterNext.model_fields["kind"].default, "go_back", "repeat", "skip_phase",
        "bring_back", "reorder", "more_time", "undo", "pause", "resume", "set_devices", "reveal",
        "settle", "release",
    }
)  # fmt: skip
#: What can still be asked once the last window closed: one no is enough, also then.
AFTERWARDS = frozenset({"keep_inside", "take_back", "allow"})
DAYS, PAPER = "days", "paper"
_ONLY = {"look": DAYS, "turn_page": DAYS, "harvest_paper": PAPER, "take_back_paper": PAPER}


def closed_to(state: State, ask: str, *, in_step: bool) -> Refused | None:
    """Why the pace of this meeting has no room for this ask; None when it has."""
    paced = state.protocol.paced
    if ask in _ONLY and paced != _ONLY[ask]:
        return no("wrong_step")
    if paced != DAYS:
        return None
    if ask in BY_THE_CLOCK:
        return no("by_the_clock")
    if state.flow.over and in_step and ask not in AFTERWARDS:
        return no("days_over")
    return None


def look(m: Moment, ask: Look) -> Answer:
    """Seen: once per seat and visit. It lives in the room and is shown to nobody."""
    if m.seat is None or ask.visit != m.state.visit:
        return Decided()
    if m.seat in m.state.room_sheet(ask.visit).looked:
        return Decided()
    return Decided((passing("visit.looked", visit=ask.visit, seat=m.seat),))


def turn_page(m: Moment, ask: TurnPage) -> Answer:
    """Close the window going on and open the next; only ever forward, twice is once."""
    steps = [step.id for step in planned_steps(m.state)]
    if ask.step is not None and ask.step not in steps:
        return no("no_such_phase")
    if m.state.flow.stage == "waiting":
        begun = kept("meeting.started", at=m.at.isoformat(), ask=None)
        return Decided((begun, *_open_up_to(m.after((begun,)), ask.step or steps[0])))
    if m.state.flow.over:
        return Decided()
    if ask.step is None:
        closing = shut(m)
        return Decided((*closing, kept("days.over")))
    if steps.index(ask.step) <= steps.index(m.step.id):
        return Decided()
    closing = shut(m)
    return Decided((*closing, *_open_up_to(m.after(closing), ask.step)))


def _open_up_to(m: Moment, target: str) -> Events:
    """Go through what is only read, and stop at ``target``."""
    steps = planned_steps(m.state)
    now = m.state.step
    at = steps.index(now) + 1 if now in steps else 0
    events: Events = ()
    for step in steps[at:]:
        entered = enter(m, step, None)
        events, m = (*events, *entered), m.after(entered)
        if step.id == target:
            break
    return events


def shut(m: Moment) -> Events:
    """What the step going on does when its window closes. Led by whoever moderates."""
    leads = m.state.holders(MODERATOR)
    seat = leads[0] if leads else m.seat
    return present_kind(m.state).shut(Moment(m.state, seat, m.chance, m.at))


def harvest_paper(m: Moment, ask: HarvestPaper) -> Answer:
    """One thing the circle let out, with every field the output asks for."""
    from kring.meetings.steps.harvest import paper  # the fields of outputs belong to that step

    return paper.released(m, ask)


def take_back_paper(m: Moment, ask: TakeBackPaper) -> Answer:
    """It was entered by mistake, or somebody said no after all."""
    if ask.item not in m.state.record.released:
        return no("no_such_item")
    return Decided((kept("item.taken_back", item=ask.item),))
