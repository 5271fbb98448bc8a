"""Who leads now: the lease of the moderator's screen, and taking over when it ran out."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kring.base import clock, wake
from kring.base.policy import Actor, Refused, require
from kring.meetings import room
from kring.meetings.actions.trained import lead_is_trained
from kring.meetings.engine import Who, read_ask
from kring.meetings.models import Lease, Meeting, Seat
from kring.meetings.policy import seat_of
from kring.meetings.room import Done, Job
from kring.meetings.room.jobs import receipt_for
from kring.people import trail

LEASE = timedelta(seconds=20)


def renew_lease(meeting: int, seat: str) -> bool:
    """The moderator's screen is still there. False when another one leads at this moment.

    Called inside the scope of the organisation, about every 8 seconds, by the event stream.
    """
    chair = Seat.objects.filter(meeting_id=meeting, place=int(seat.removeprefix("s"))).first()
    if chair is None:
        return False
    now = clock.now()
    mine = Lease.objects.filter(meeting_id=meeting, seat=chair)
    if mine.update(until=now + LEASE):
        return True
    free = Lease.objects.filter(meeting_id=meeting, until__lt=now)
    if free.update(seat=chair, until=now + LEASE):
        return True
    try:
        with transaction.atomic():
            Lease(meeting_id=meeting, seat=chair, until=now + LEASE).save()
    except IntegrityError:
        return False
    return True


def hold_lease(meeting: Meeting) -> Lease | None:
    """Who leads at this moment; None when no moderator's screen was seen for 20 seconds."""
    return Lease.objects.filter(meeting=meeting, until__gte=clock.now()).first()


def take_over(actor: Actor, meeting: Meeting, key: str) -> Done:
    """Somebody of the organisation who is in the room leads on, when nobody does (explicitly).

    A moderator may take the lead from another moderator at any time; both stay moderators.
    """
    require(actor, "meetings.take_over", meeting)
    seat = seat_of(actor, meeting)
    assert seat is not None  # the rule just said so
    lead_is_trained(actor, meeting, seat.person_id)
    held = room.of(meeting)
    lease = hold_lease(meeting)
    leads = held.state.is_moderator(seat.key)
    if lease is not None and lease.seat_id != seat.pk and not leads:
        raise Refused(
            _("%(name)s leads this meeting now. Ask them to hand over.") % {"name": lease.seat.name}
        )
    done = Done(held.number)
    if not leads:
        asked = read_ask({"kind": "take_over"})
        done = held.carry(Job(Who(seat.key), asked, receipt_for(meeting.pk, seat.key, key)))
    if done.refused is None:
        with transaction.atomic():
            until = clock.now() + LEASE
            Lease.objects.update_or_create(meeting=meeting, defaults={"seat": seat, "until": until})
            trail.note(actor, "meeting.taken_over", f"meeting {meeting.pk}")
            wake.ring_after_commit(held.topic)
    return done
