"""Who may ask what, now. The same answer guards the ask, greys the button and explains it."""

from .asks import ASKS
from .kinds import present_kind
from .pace import closed_to
from .shape import Refused, Who
from .state import State, is_parked
from .words import no


def may(state: State, who: Who, ask: str) -> Refused | None:
    """None when this seat may ask this kind of ask now; otherwise why not. O(1)."""
    rule, seat, stage = ASKS[ask], who.seat, state.flow.stage
    if stage == "closed":
        return no("closed")
    if rule.by != "inside" and not state.is_here(seat):
        return no("not_here")
    if stage not in rule.when:
        return no("not_started")
    if rule.by == "moderator" and not state.is_moderator(seat):
        return no("not_moderator")
    if not rule.parked_may and is_parked(state, seat):
        return no("parked")
    refusal = closed_to(state, ask, in_step=rule.in_step)
    if refusal is not None or not rule.in_step:
        return refusal
    kind = present_kind(state)
    if ask not in kind.asks:
        return no("wrong_step")
    return kind.may(state, seat, ask)
