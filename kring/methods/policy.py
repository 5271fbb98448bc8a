"""Who may read the library, and who may make the organisation's own copy of a protocol."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule

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
