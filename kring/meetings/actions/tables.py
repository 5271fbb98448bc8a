"""Tables in a large group: everybody at one, people who come to theirs, a device for a whole table."""

import secrets

from django.utils.translation import gettext as _

from kring.base import clock, scope
from kring.base.policy import Actor, Refused, require
from kring.meetings import room
from kring.meetings.actions.join import _language, join_as_guest
from kring.meetings.engine import Who, read_ask
from kring.meetings.engine.seating import stays
from kring.meetings.models import Meeting, Seat, SeatState
from kring.meetings.room.jobs import Job, receipt_for
from kring.people import trail
from kring.people.actors import running
from kring.people.models import Person


def keeps_tables(meeting: Meeting) -> bool:
    """Do people of this meeting keep one table all along?"""
    return stays(meeting.script)


def lay_tables(actor: Actor, meeting: Meeting, *, size: int, key: str) -> None:
    """Everybody who is here at a table, with layers and teams spread over the tables.

    Layers and teams are looked up now and forgotten: the log says only who sits where.
    """
    require(actor, "meetings.moderate", meeting)
    if not (meeting.is_open and keeps_tables(meeting)):
        raise Refused(_("There are no tables in this meeting now."))
    asked = read_ask({"kind": "lay_tables", "size": size, "parts": _parts(meeting)})
    _carry(meeting, Job(Who(None), asked, receipt_for(meeting.pk, "", f"{key} tables")))
    trail.note(actor, "meeting.tables_laid", f"meeting {meeting.pk}")


def _parts(meeting: Meeting) -> dict[str, str]:
    """Seat key to a label of layer and team; guests together. Two questions, for any number."""
    seats = meeting.seats.filter(state=SeatState.JOINED)
    labels = {f"s{place}": "guest" for place in seats.values_list("place", flat=True)}
    today = clock.now().date()
    rows = (
        Person.objects.filter(running(today, "memberships__starts_on", "memberships__ends_on"))
        .filter(seats__in=seats)
        .order_by("pk", "memberships__team")
        .values_list("seats__place", "seats__meeting", "layer", "memberships__team")
    )
    for place, its_meeting, layer, team in rows:
        if its_meeting == meeting.pk:
            labels[f"s{place}"] = f"{layer or 0:09d} {team or 0:09d}"
    return labels


def sit_at(meeting: Meeting, seat: Seat, *, table: int, host: bool = False) -> None:
    """Somebody who just came in sits at the table whose sign they scanned. ``table`` from 1."""
    asked = read_ask({"kind": "sit_at", "number": table, "host": host})
    key = f"{secrets.token_hex(8)} table"
    _carry(meeting, Job(Who(seat.key), asked, receipt_for(meeting.pk, seat.key, key)))


def join_as_table(meeting: Meeting, *, table: int, code: str) -> tuple[Seat, str]:
    """The device in the middle of a table: one chair, which writes for all who sit around it."""
    with scope.inside(meeting.organisation_id):
        named = _("Table %(number)d") % {"number": table}
        seat, secret = join_as_guest(meeting, name=named, code=code)
        sit_at(meeting, seat, table=table, host=True)
        return seat, secret


def _carry(meeting: Meeting, job: Job) -> None:
    done = room.of(meeting).carry(job)
    if done.refused is not None:
        raise Refused(done.refused.text.say(_language()))
