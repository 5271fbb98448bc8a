"""Who may do what with a series. Its meetings keep their own rules."""

from django.utils.translation import gettext_lazy as _

from kring.base import clock
from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule
from kring.meetings.models.meeting import Existence
from kring.people.actors import running
from kring.people.models import Team
from kring.series.models import LogLine, Member, Series
from kring.series.rules import State

MEMBERS_ONLY = _("Only who is in this series can do this.")
STOPPED = _("This series has stopped.")


def member_of(actor: Actor, series: Series) -> Member | None:
    """This actor's place in the series today. One query."""
    if actor.person is None:
        return None
    today = running(clock.now().date(), "joined_on", "left_on")
    found: Member | None = series.members.filter(today, person=actor.person).first()
    return found


@rule("series.start", about="team")
def start(actor: Actor, team: Team) -> Reason | None:
    """Members of a team, its facilitators and its managers start a series for it."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if team.pk in actor.teams or actor.holds_any("facilitator", "manager", path=team.path):
        return None
    return _("Only people of this team, its facilitator or its manager start a series for it.")


@rule("series.see", about="series")
def see(actor: Actor, series: Series) -> Reason | None:
    """Its members and who started it; others as far as its existence may be known."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if series.started_by_id == actor.person or member_of(actor, series) is not None:
        return None
    if series.existence_visible_to == Existence.ORGANISATION and not actor.external:
        return None
    if series.existence_visible_to == Existence.TEAM and (
        series.team_id in actor.teams
        or actor.holds_any("facilitator", "manager", path=series.team.path)
    ):
        return None
    return _("This series is for the people in it.")


@rule("series.take_part", about="series")
def take_part(actor: Actor, series: Series) -> Reason | None:
    """Its members: reading and writing the log, offering to lead, being away."""
    return None if member_of(actor, series) is not None else MEMBERS_ONLY


@rule("series.plan", about="series")
def plan(actor: Actor, series: Series) -> Reason | None:
    """Members and who started it; the team's facilitator or manager too where the team may know."""
    if series.state == State.STOPPED:
        return STOPPED
    return change(actor, series)


@rule("series.change", about="series")
def change(actor: Actor, series: Series) -> Reason | None:
    """Whoever may plan it lets it rest, stops it, takes it up again and says who is in it."""
    if series.started_by_id == actor.person or member_of(actor, series) is not None:
        return None
    known = series.existence_visible_to != Existence.PARTICIPANTS
    if known and actor.holds_any("facilitator", "manager", path=series.team.path):
        return None
    return MEMBERS_ONLY


@rule("series.read_log", about="line of a log")
def read_log(actor: Actor, line: LogLine) -> Reason | None:
    """Only the members read the log of their trial."""
    return take_part(actor, line.series)
