"""Who may do what with people, teams and roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule


@rule("people.see_directory", about="organisation")
def see_directory(actor: Actor, thing: Any) -> Reason | None:
    """Members see the names and teams of their own organisation."""
    return None if actor.kind == "person" else LOG_IN_FIRST


@rule("people.administer", about="organisation")
def administer(actor: Actor, thing: Any) -> Reason | None:
    """Administrators of the whole organisation keep people, teams and roles."""
    if actor.holds("administrator"):
        return None
    return _("Only an administrator of your organisation can do this.")


@rule("people.keep_tokens", about="person")
def keep_tokens(actor: Actor, thing: Any) -> Reason | None:
    """Everybody with an account may make and end personal tokens of their own."""
    if actor.kind == "person" and actor.account is not None:
        return None
    return LOG_IN_FIRST
