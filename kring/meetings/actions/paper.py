"""A meeting held on paper: marked as held, and afterwards only its harvest is entered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings import room
from kring.meetings.actions.join import EARLY
from kring.meetings.actions.modes import PAPER_WAITS
from kring.meetings.engine import Who, read_ask
from kring.meetings.models import Meeting, Mode, Seat, SeatState, Stage
from kring.meetings.room import Done, Job
from kring.meetings.room.jobs import receipt_for
from kring.people import trail


@dataclass(frozen=True, kw_only=True)
class FromPaper:
    """One thing the circle let out. ``seats``: who took something on, by the field that says so."""

    output: str
    fields: Mapping[str, str | None]
    seats: Mapping[str, str] = field(default_factory=dict)
    visibility: str = "V4"
    asked_aloud: bool = False


def _scribe(actor: Actor, meeting: Meeting) -> Seat:
    """Whoever leads it on paper enters the harvest; in the engine that is the moderator's chair."""
    require(actor, "meetings.change", meeting)
    if meeting.mode != Mode.PAPER:
        raise Refused(_("This meeting is not held on paper."))
    seats = meeting.seats.exclude(state=SeatState.WITHDRAWN)
    own = seats.filter(person_id=actor.person or 0).first()
    if own is not None and "moderator" in own.roles:
        return own
    led: Seat | None = next(
        (one for one in seats.order_by("place") if "moderator" in one.roles), None
    )
    if led is None:
        raise NotThere
    return led


def hold_on_paper(actor: Actor, meeting: Meeting, *, there: frozenset[int], key: str) -> Meeting:
    """It was held, with these people (seat ids). From now on its harvest can be entered.

    The same ``key`` is the same word. Who was not there gets the agreements, not the talk (R8).
    """
    scribe = _scribe(actor, meeting)
    if meeting.is_over:
        raise Refused(_("This meeting is over."))
    if meeting.starts_at - EARLY > clock.now():
        raise Refused(_("This meeting is still to come. Come back after it."))
    now = clock.now()
    with transaction.atomic():
        opened = Meeting.objects.filter(pk=meeting.pk, state=Stage.PLANNED).update(
            state=Stage.OPEN, opened_at=now, due_at=now + PAPER_WAITS, version=meeting.version + 1
        )
        if opened:
            trail.note(actor, "meeting.held_on_paper", f"meeting {meeting.pk}")
    meeting.refresh_from_db()
    if room.of(meeting).state.flow.stage != "waiting":
        return meeting
    _sit(meeting, scribe, f"{key} scribe")
    for seat in meeting.seats.exclude(state=SeatState.WITHDRAWN).order_by("place"):
        if seat.pk in there and seat.pk != scribe.pk:
            _sit(meeting, seat, f"{key} {seat.key}")
    _carry(meeting, scribe, {"kind": "set_devices", "one": True}, f"{key} one")
    _carry(meeting, scribe, {"kind": "start"}, f"{key} start")
    return meeting


def _sit(meeting: Meeting, seat: Seat, key: str) -> None:
    asked = {
        "kind": "take_seat",
        "is_manager": seat.is_manager,
        "has_device": False,
        "roles": tuple(seat.roles),
    }
    _carry(meeting, seat, asked, key)


def _carry(meeting: Meeting, seat: Seat, asked: dict[str, object], key: str) -> Done:
    job = Job(Who(seat.key), read_ask(asked), receipt_for(meeting.pk, seat.key, key))
    done = room.of(meeting).carry(job)
    meeting.refresh_from_db()
    return done


def harvest_from_paper(actor: Actor, meeting: Meeting, what: FromPaper, *, key: str) -> Done:
    """Enter one thing the circle let out: asked aloud, and nobody said no."""
    scribe = _scribe(actor, meeting)
    _is_held(meeting)
    asked: dict[str, object] = {
        "kind": "harvest_paper",
        "output": what.output,
        "fields": dict(what.fields),
        "seats": dict(what.seats),
        "visibility": what.visibility,
        "asked_aloud": what.asked_aloud,
    }
    return _carry(meeting, scribe, asked, key)


def take_back_from_paper(actor: Actor, meeting: Meeting, *, item: str, key: str) -> Done:
    """It comes back inside, until the meeting is closed."""
    scribe = _scribe(actor, meeting)
    _is_held(meeting)
    return _carry(meeting, scribe, {"kind": "take_back_paper", "item": item}, key)


def close_paper(
    actor: Actor, meeting: Meeting, *, look_back_on: str | None, no_follow_up: bool, key: str
) -> Done:
    """The harvest is complete: it goes where it belongs (R9: a day to look back, or none needed)."""
    scribe = _scribe(actor, meeting)
    _is_held(meeting)
    asked: dict[str, object] = {
        "kind": "close",
        "confirmed": True,
        "look_back_on": None if no_follow_up else look_back_on,
        "no_follow_up": no_follow_up,
    }
    return _carry(meeting, scribe, asked, key)


def _is_held(meeting: Meeting) -> None:
    if meeting.is_over:
        raise Refused(_("This meeting is over."))
    if meeting.state != Stage.OPEN:
        raise Refused(_("First say that it was held."))
