"""Who may read the library, and who may make the organisation's own copy of a protocol."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule

STEWARDS = frozenset({"trainer", "administrator"})
KEEPERS = frozenset({"facilitator", "trainer", "administrator"})


@rule("methods.read", about="protocol")
def read(actor: Actor, thing: Any) -> Reason | None:
    """Everybody who belongs to the organisation reads the library, and its own copies."""
    return None if actor.kind == "person" else LOG_IN_FIRST


@rule("methods.adapt", about="protocol")
def adapt(actor: Actor, thing: Any) -> Reason | None:
    """Facilitators, trainers and administrators of the organisation make and change own copies."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if any(grant.role in KEEPERS for grant in actor.grants):
        return None
    return _("Only a facilitator or an administrator makes an own version. Ask one of them.")


@rule("methods.keep_training", about="organisation")
def keep_training(actor: Actor, thing: Any) -> Reason | None:
    """Trainers and administrators of the whole organisation keep who is trained for what."""
    if actor.holds_any(*STEWARDS):
        return None
    return _("Only a trainer or an administrator keeps who is trained. Ask one of them.")


@rule("methods.end_training", about="trained")
def end_training(actor: Actor, thing: Any) -> Reason | None:
    """Whoever keeps the register, and the person themselves, take a line away."""
    if actor.kind == "person" and actor.person == thing.person_id:
        return None
    return keep_training(actor, thing)
