"""Private notes: sealed, for their author only, thrown away when the author says so."""

from django.db import transaction
from django.utils.translation import gettext as _

from kring.base import keys
from kring.base.policy import Actor, NotThere, Refused
from kring.meetings.models import Meeting, PrivateNote, Seat
from kring.meetings.policy import seat_of

MOST = 4_000


def _mine(actor: Actor, meeting: Meeting) -> Seat:
    seat = seat_of(actor, meeting)
    if seat is None:
        raise NotThere
    return seat


def _place(note: PrivateNote) -> str:
    return keys.place(
        "meetings_privatenote", "box", f"{note.seat_id}.{note.step}", note.organisation_id
    )


def write_note(actor: Actor, meeting: Meeting, *, step: str, text: str) -> None:
    """Keep a note with a step of the meeting; an empty text throws it away."""
    seat = _mine(actor, meeting)
    if meeting.is_over:
        raise Refused(_("This meeting is over."))
    if step not in {one.id for one in meeting.script.steps}:
        raise NotThere
    text = text.strip()
    if len(text) > MOST:
        raise Refused(_("This note is too long. Make it shorter; nothing was lost."))
    if not text:
        shred_note(actor, meeting, step=step)
        return
    with transaction.atomic():
        note = PrivateNote.objects.filter(seat=seat, step=step).first() or PrivateNote(
            organisation_id=meeting.organisation_id, meeting=meeting, seat=seat, step=step
        )
        note.box, note.key = keys.seal(text, _place(note))
        note.save()


def read_note(actor: Actor, meeting: Meeting, *, step: str) -> str:
    """The author's own note; empty when there is none (any more)."""
    note = PrivateNote.objects.filter(seat=_mine(actor, meeting), step=step).first()
    if note is None or note.key is None:
        return ""
    try:
        return keys.unseal(keys.Sealed(bytes(note.box), bytes(note.key)), _place(note))
    except keys.Unreadable:
        return ""


def shred_note(actor: Actor, meeting: Meeting, *, step: str) -> None:
    """Throw a note away for good: its key is destroyed, also for every backup."""
    for note in PrivateNote.objects.filter(seat=_mine(actor, meeting), step=step):
        shred(note)


def shred(note: PrivateNote) -> None:
    """Destroy the key, note the place in the ledger, delete the row."""
    keys.shred(_place(note))
    note.delete()
