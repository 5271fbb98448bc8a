"""Who may do what with people, teams and roles."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule
from kring.people.models import Person, Team
from kring.people.rules import needs_second_factor

BODIES = frozenset({"works_council", "client_council", "privacy_officer"})


@rule("people.enter", about="organisation")
def enter(actor: Actor, thing: Any) -> Reason | None:
    """Administrators, privacy officers, trainers and people from outside show a second step."""
    roles = {grant.role for grant in actor.grants}
    if actor.second_factor or not needs_second_factor(roles=roles, is_external=actor.external):
        return None
    return _("Your role asks for a second step when you log in. Set it up first.")


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


@rule("people.invite", about="person")
def invite(actor: Actor, thing: Any) -> Reason | None:
    """Administrators invite everybody; who leads a team invites its members without other roles."""
    if actor.holds("administrator"):
        return None
    if any(grant.role == "manager" for grant in actor.grants):
        paths = [one.team.path for one in thing.memberships.select_related("team")]
        in_my_teams = any(actor.holds("manager", path) for path in paths)
        if in_my_teams and not thing.is_external and not thing.grants.exists():
            return None
    return _("Only an administrator of your organisation can do this.")


def _works_at(actor: Actor, path: str) -> bool:
    places = {*actor.team_paths, *(grant.path for grant in actor.grants)}
    return any(path.startswith(place) for place in places if place)


@rule("people.see_team", about="team")
def see_team(actor: Actor, team: Team) -> Reason | None:
    """Members see every team; people from outside only those they work for."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if not actor.external or team.pk in actor.teams:
        return None
    holds = any(grant.path and team.path.startswith(grant.path) for grant in actor.grants)
    return None if holds else _("You see only the teams you work for.")


@rule("people.see_person", about="person")
def see_person(actor: Actor, person: Person) -> Reason | None:
    """Members see everybody's name; people from outside only the teams they work for."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if not actor.external or person.pk == actor.person:
        return None
    paths = person.memberships.values_list("team__path", flat=True)
    if any(_works_at(actor, path) for path in paths):
        return None
    return _("You see only the people of the teams you work for.")


@rule("people.change_team", about="team")
def change_team(actor: Actor, thing: Any) -> Reason | None:
    """Administrators, and who leads the team or stands in the line above it, keep its list."""
    if actor.holds("administrator") or actor.holds("manager", thing.path):
        return None
    return _("Only who leads this team can change the list.")


@rule("people.change_me", about="person")
def change_me(actor: Actor, thing: Any) -> Reason | None:
    """Everybody keeps their own details, and nobody else's."""
    if actor.kind == "person" and actor.person == thing.pk:
        return None
    return _("You can only change your own details.")


@rule("people.see_history", about="person")
def see_history(actor: Actor, thing: Any) -> Reason | None:
    """Dates and former teams: the person, administrators, and the line above a team of theirs."""
    if actor.person == thing.pk or actor.holds("administrator"):
        return None
    if any(grant.role == "manager" for grant in actor.grants):
        memberships = thing.memberships.select_related("team")
        if any(actor.holds("manager", one.team.path) for one in memberships):
            return None
    return _("Only the person, the line and an administrator see this.")


@rule("people.see_sheet", about="organisation")
def see_sheet(actor: Actor, thing: Any) -> Reason | None:
    """Works council, client council and privacy officer read what is kept and who may read it."""
    if any(grant.role in BODIES for grant in actor.grants):
        return None
    return _("This page is for works council, client council and privacy officer.")
