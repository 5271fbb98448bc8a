"""A question from a shared bank, put in the phase that is going on."""

from django.utils.translation import gettext as _

from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings import room
from kring.meetings.engine import Who, read_ask
from kring.meetings.models import Meeting
from kring.meetings.policy import seat_of
from kring.meetings.room import Done, Job
from kring.meetings.room.jobs import receipt_for
from kring.methods.format.banks import find
from kring.methods.shelf import banks


def lay_question(actor: Actor, meeting: Meeting, *, question: str, key: str) -> Done:
    """Everybody sees ``question`` (``bank.question``) instead of what the phase asked.

    Raises `NotThere` when no bank has it, `Refused` for a facilitator who is not in the circle.
    """
    require(actor, "meetings.moderate", meeting)
    asked = find(banks(), question)
    if asked is None:
        raise NotThere
    seat = seat_of(actor, meeting)
    if seat is None:
        raise Refused(_("Come into the circle first; then you can put a question in it."))
    held = room.of(meeting)
    laid = read_ask({"kind": "lay_question", "nl": asked.text.nl, "en": asked.text.en})
    return held.carry(Job(Who(seat.key), laid, receipt_for(meeting.pk, seat.key, key)))
