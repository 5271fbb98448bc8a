"""Inviting people and guests, and the roles planned for them."""

from django.db import transaction
from django.utils.translation import gettext as _

from kring.base import wake
from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings.actions.plan import MOST_SEATS, add_seat, managers
from kring.meetings.actions.trained import lead_is_trained
from kring.meetings.models import Meeting, Seat, SeatState
from kring.people import trail
from kring.people.models import Person


def invite_person(
    actor: Actor, meeting: Meeting, person: Person, *, roles: tuple[str, ...] = ()
) -> Seat:
    """Invite somebody of the organisation; inviting again gives the same seat."""
    require(actor, "meetings.change", meeting)
    if person.organisation_id != meeting.organisation_id:
        raise NotThere
    with transaction.atomic():
        seat = meeting.seats.filter(person=person).first()
        if seat is not None:
            if seat.state == SeatState.WITHDRAWN:
                seat.state = SeatState.INVITED
                seat.save(update_fields=["state"])
            return seat
        _room_for_one(meeting)
        _may_lead(actor, meeting, person.pk, roles)
        manager = managers(meeting.team, [person])[0]
        seat = add_seat(meeting, person=person, roles=roles, is_manager=manager)
        _noted(actor, "meeting.invited", meeting, seat)
    return seat


def invite_guest(actor: Actor, meeting: Meeting, *, name: str, roles: tuple[str, ...] = ()) -> Seat:
    """Keep a chair for a guest (a client, a relative); they come in with the code."""
    require(actor, "meetings.change", meeting)
    with transaction.atomic():
        _room_for_one(meeting)
        _may_lead(actor, meeting, None, roles)
        seat = add_seat(meeting, name=name, roles=roles)
        _noted(actor, "meeting.guest_invited", meeting, seat)
    return seat


def plan_roles(actor: Actor, meeting: Meeting, seat: Seat, roles: tuple[str, ...]) -> Seat:
    """Plan the roles of a seat; once somebody is in, roles move inside the meeting."""
    require(actor, "meetings.change", meeting)
    if seat.meeting_id != meeting.pk:
        raise NotThere
    if seat.state == SeatState.JOINED:
        raise Refused(_("This person is in the meeting. Give or take the role there."))
    known = {role.id for role in meeting.script.roles} | {"moderator", "scribe"}
    if not set(roles) <= known:
        raise Refused(_("This role does not exist in this way of working."))
    others = meeting.seats.exclude(pk=seat.pk).exclude(state=SeatState.WITHDRAWN)
    led = any("moderator" in other.roles for other in others)
    if "moderator" not in roles and not led:
        raise Refused(_("Somebody has to moderate. First choose who."))
    _may_lead(actor, meeting, seat.person_id, roles)
    seat.roles = list(dict.fromkeys(roles))
    with transaction.atomic():
        seat.save(update_fields=["roles"])
        _noted(actor, "meeting.roles_planned", meeting, seat)
    return seat


def withdraw_invitation(actor: Actor, meeting: Meeting, seat: Seat) -> Seat:
    """Take an invitation back. Whoever is in already stays until they go."""
    require(actor, "meetings.change", meeting)
    if seat.meeting_id != meeting.pk:
        raise NotThere
    if seat.state == SeatState.JOINED:
        raise Refused(_("This person is in the meeting already."))
    if seat.person_id is not None and seat.person_id == actor.person:
        raise Refused(_("You cannot take back your own invitation."))
    seat.state = SeatState.WITHDRAWN
    with transaction.atomic():
        seat.save(update_fields=["state"])
        _noted(actor, "meeting.invitation_withdrawn", meeting, seat)
    return seat


def _may_lead(actor: Actor, meeting: Meeting, person: int | None, roles: tuple[str, ...]) -> None:
    if "moderator" in roles:
        lead_is_trained(actor, meeting, person)


def _room_for_one(meeting: Meeting) -> None:
    if meeting.seats.count() >= MOST_SEATS:
        raise Refused(_("More people than fit in one meeting."))


def _noted(actor: Actor, verb: str, meeting: Meeting, seat: Seat) -> None:
    trail.note(actor, verb, f"meeting {meeting.pk} seat {seat.pk}")
    wake.ring_after_commit(f"meeting:{meeting.pk}")
