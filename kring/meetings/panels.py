"""What meetings show elsewhere, the guests' way in, and what Kring knows about you from meetings."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from kring.meetings.actions.join import guest_at_the_door
from kring.meetings.models import PrivateNote, Seat
from kring.people import door
from kring.people.knows import Fact, knows
from kring.people.models import Person

door.other_ways.append(guest_at_the_door)


@knows("meetings", title=_("Meetings you were in"))
def meetings(person: Person) -> Iterator[Fact]:
    """The chairs somebody had (gone six weeks after the meeting), and how many private notes."""
    for seat in Seat.objects.filter(person=person).select_related("meeting"):
        yield Fact(_("Seat"), f"{seat.meeting.title}, {seat.meeting.starts_at:%d-%m-%Y}")
    notes = PrivateNote.objects.filter(seat__person=person).count()
    if notes:
        yield Fact(_("Private notes only you can read"), str(notes))
