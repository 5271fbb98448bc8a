"""Chairs for people without a phone, while the meeting goes on. Who has a phone comes and goes by it."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings import room
from kring.meetings.actions.join import _clean, _sit_down
from kring.meetings.actions.plan import MOST_SEATS, add_seat
from kring.meetings.engine import Who, read_ask
from kring.meetings.models import Meeting, Seat, SeatState
from kring.meetings.room.jobs import Job, receipt_for
from kring.people import trail
from kring.people.receipts import once


def add_chair(actor: Actor, meeting: Meeting, *, name: str, key: str) -> Seat:
    """Somebody without a phone sits down, early or late. The same ``key`` is the same chair.

    They get their turn like everybody; what they say for the table, the facilitator writes. A chair
    that was kept for a guest of that name is used. With the code they can take it later.
    """
    _leads(actor, meeting)
    called = _clean(name)

    def work() -> dict[str, int]:
        Meeting.objects.select_for_update().get(pk=meeting.pk)
        seat = _chair_for(meeting, called)
        trail.note(actor, "meeting.chair_added", f"meeting {meeting.pk} seat {seat.pk}")
        return {"seat": seat.pk}

    made = once(f"person {actor.person} meeting {meeting.pk} chair", key, work)
    seat = meeting.seats.get(pk=made["seat"])
    return _sit_down(meeting, seat, has_device=False, key=f"{key} chair")


def _chair_for(meeting: Meeting, called: str) -> Seat:
    guests = meeting.seats.filter(person=None, name__iexact=called)
    if any(_sits(meeting, seat) for seat in guests):
        raise Refused(
            _("Somebody called %(name)s is here already. Add a letter.") % {"name": called}
        )
    kept = guests.filter(state=SeatState.INVITED, pass_hash="").first()
    if kept is None and meeting.seats.count() >= MOST_SEATS:
        raise Refused(_("More people than fit in one meeting."))
    return kept or add_seat(meeting, name=called)


def empty_chair(actor: Actor, meeting: Meeting, seat: Seat, *, key: str) -> Seat:
    """Somebody without a phone went, or was added by mistake. The chair stays, empty.

    Only without a phone: nobody is sent away from their own.
    """
    _without_phone(actor, meeting, seat)
    if not _sits(meeting, seat):
        return seat
    asked = read_ask({"kind": "leave_seat"})
    receipt = receipt_for(meeting.pk, seat.key, f"{key} empty")
    done = room.of(meeting).carry(Job(Who(seat.key), asked, receipt))
    if done.refused is not None:
        raise Refused(done.refused.text.say(get_language() or "nl"))
    trail.note(actor, "meeting.chair_emptied", f"meeting {meeting.pk} seat {seat.pk}")
    meeting.refresh_from_db()
    return seat


def fill_chair(actor: Actor, meeting: Meeting, seat: Seat, *, key: str) -> Seat:
    """They are back after all: undo of :func:`empty_chair`."""
    _without_phone(actor, meeting, seat)
    if _sits(meeting, seat):
        return seat
    sat = _sit_down(meeting, seat, has_device=False, key=f"{key} fill")
    trail.note(actor, "meeting.chair_filled", f"meeting {meeting.pk} seat {seat.pk}")
    return sat


def _leads(actor: Actor, meeting: Meeting) -> None:
    require(actor, "meetings.moderate", meeting)
    if not meeting.is_open:
        raise Refused(_("The room is not open yet. Invite this guest on the page of the meeting."))


def _sits(meeting: Meeting, seat: Seat) -> bool:
    chair = room.of(meeting).state.record.seats.get(seat.key)
    return chair is not None and chair.here


def _without_phone(actor: Actor, meeting: Meeting, seat: Seat) -> None:
    _leads(actor, meeting)
    chair = room.of(meeting).state.record.seats.get(seat.key)
    ours = seat.meeting_id == meeting.pk and seat.state == SeatState.INVITED
    if not ours or chair is None or chair.has_device:
        raise NotThere
