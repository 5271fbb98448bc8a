"""Who may do what with a talk. Whoever has no chair in it cannot even know that it exists."""

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule
from kring.methods.format.shapes import Protocol
from kring.methods.trained import is_trained
from kring.talks.models import Talk

OVER = _("This talk is over.")
NOT_YOURS = _("You are not invited to this talk.")
SECOND_FACTOR = _("Confirm with your second step first. Then you can go on.")


@rule("talks.plan", about="protocol")
def plan(actor: Actor, protocol: Protocol) -> Reason | None:
    """Facilitators who are on record as trained for it, with a second factor."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if not is_trained(actor.me, protocol):
        return _("Only a facilitator who was trained for it prepares such a talk.")
    return None if actor.second_factor else SECOND_FACTOR


@rule("talks.see", about="talk")
def see(actor: Actor, talk: Talk) -> Reason | None:
    """Who has a chair in it, and nobody else: no administrator, manager or privacy officer."""
    return None if talk.chair_of(actor) is not None else NOT_YOURS


@rule("talks.lead", about="talk")
def lead(actor: Actor, talk: Talk) -> Reason | None:
    """Its facilitator, with a second factor, until it is over."""
    chair = talk.chair_of(actor)
    if chair is None or not chair.leads:
        return _("Only the facilitator of this talk can do this.")
    if not actor.second_factor:
        return SECOND_FACTOR
    return OVER if talk.is_over else None


@rule("talks.choose", about="talk")
def choose(actor: Actor, talk: Talk) -> Reason | None:
    """Everybody invited chooses for themselves, as often as they like, until it is over."""
    chair = talk.chair_of(actor)
    if chair is None or chair.leads:
        return NOT_YOURS
    return OVER if talk.is_over else None


@rule("talks.take_part", about="talk")
def take_part(actor: Actor, talk: Talk) -> Reason | None:
    """Who has a chair, once the facilitator opened the room; who leads, with a second factor."""
    chair = talk.chair_of(actor)
    if chair is None:
        return NOT_YOURS
    if chair.leads and not actor.second_factor:
        return SECOND_FACTOR
    if talk.is_over:
        return OVER
    return None if talk.is_open else _("The facilitator has not opened the room yet.")


@rule("talks.read_agreements", about="talk")
def read_agreements(actor: Actor, talk: Talk) -> Reason | None:
    """Those whose agreements they are, and the facilitator; until the last day."""
    chair = talk.chair_of(actor)
    if chair is None or not (chair.leads or chair.number in talk.paper.parties):
        return NOT_YOURS
    if chair.leads and not actor.second_factor:
        return SECOND_FACTOR
    return None if talk.is_over else _("There are no agreements yet.")
