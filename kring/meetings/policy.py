"""Who may do what with a meeting. What may be done *inside* one, the engine decides."""

from django.utils.translation import gettext_lazy as _

from kring.base.policy import LOG_IN_FIRST, Actor, Reason, rule
from kring.meetings.models import Harvest, Meeting, Seat, SeatState
from kring.meetings.models.meeting import Existence
from kring.people.models import Team

NOT_OVER = _("This meeting is over.")


def is_mine(actor: Actor, seat: Seat) -> bool:
    """Whether this is the chair of this actor."""
    if actor.kind == "guest":
        return seat.pk == actor.seat
    return actor.kind == "person" and seat.person_id is not None and seat.person_id == actor.person


def seat_of(actor: Actor, meeting: Meeting) -> Seat | None:
    """The seat of this actor in this meeting, unless it was withdrawn. One query."""
    mine = meeting.seats.exclude(state=SeatState.WITHDRAWN)
    if actor.kind == "guest":
        return mine.filter(pk=actor.seat or 0).first()
    if actor.kind == "person":
        return mine.filter(person_id=actor.person or 0).first()
    return None


def _leads(actor: Actor, meeting: Meeting) -> bool:
    seat = seat_of(actor, meeting)
    return seat is not None and "moderator" in seat.roles


def _planned(actor: Actor, meeting: Meeting) -> bool:
    return actor.person is not None and meeting.planned_by_id == actor.person


@rule("meetings.plan", about="team")
def plan(actor: Actor, team: Team) -> Reason | None:
    """Members of the team, and facilitators and managers for the team, plan its meetings."""
    if actor.kind != "person":
        return LOG_IN_FIRST
    if team.pk in actor.teams or actor.holds_any("facilitator", "manager", path=team.path):
        return None
    return _("Only people of this team, its facilitator or its manager can plan a meeting for it.")


@rule("meetings.see", about="meeting")
def see(actor: Actor, meeting: Meeting) -> Reason | None:
    """Whoever is invited or planned it; others as far as its existence may be known."""
    if _planned(actor, meeting) or seat_of(actor, meeting) is not None:
        return None
    if actor.kind == "person":
        if meeting.existence_visible_to == Existence.ORGANISATION and not actor.external:
            return None
        if meeting.existence_visible_to == Existence.TEAM and meeting.team_id in actor.teams:
            return None
    return _("You are not invited to this meeting.")


@rule("meetings.change", about="meeting")
def change(actor: Actor, meeting: Meeting) -> Reason | None:
    """Whoever planned the meeting or moderates it changes, cancels and invites, until it is over."""
    if not (_planned(actor, meeting) or _leads(actor, meeting)):
        return _("Only who planned this meeting or moderates it can change it.")
    return NOT_OVER if meeting.is_over else None


@rule("meetings.join", about="meeting")
def join(actor: Actor, meeting: Meeting) -> Reason | None:
    """Who is invited, and people of the team where the team may know of it. Others need the code."""
    if meeting.is_over:
        return NOT_OVER
    if seat_of(actor, meeting) is not None:
        return None
    open_to_team = meeting.existence_visible_to != Existence.PARTICIPANTS
    if actor.kind == "person" and open_to_team and meeting.team_id in actor.teams:
        return None
    return _("Ask the facilitator for the code of this meeting.")


@rule("meetings.take_part", about="meeting")
def take_part(actor: Actor, meeting: Meeting) -> Reason | None:
    """Whoever has a seat and came in."""
    seat = seat_of(actor, meeting)
    if seat is None or seat.state != SeatState.JOINED:
        return _("Join the meeting first.")
    return None


@rule("meetings.moderate", about="meeting")
def moderate(actor: Actor, meeting: Meeting) -> Reason | None:
    """Moderators of this meeting: as planned, or as handed over while it goes on."""
    if _leads(actor, meeting):
        return NOT_OVER if meeting.is_over else None
    return _("Only a moderator of this meeting can do this.")


@rule("meetings.take_over", about="meeting")
def take_over(actor: Actor, meeting: Meeting) -> Reason | None:
    """Anybody of the organisation at the table, once no moderator's screen has been seen for 20 s."""
    seat = seat_of(actor, meeting)
    if seat is None or seat.state != SeatState.JOINED or seat.is_guest:
        return _("Only somebody of the organisation who is in the meeting can take over.")
    return None


@rule("meetings.read_item", about="harvested item")
def read_item(actor: Actor, item: Harvest) -> Reason | None:
    """The team reads V4, who steers the team's part of the organisation V5, everybody inside V6."""
    team = item.meeting.team
    if actor.kind != "person":
        return LOG_IN_FIRST
    if item.visibility == "V6" and not actor.external:
        return None
    if item.visibility in ("V4", "V5") and team.pk in actor.teams:
        return None
    if item.visibility == "V5" and actor.holds_any("manager", "board", path=team.path):
        return None
    return _("The circle kept this closer.")
