"""The numbered log of lasting events, and who leads at the moment."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.meetings.models.meeting import KEPT, PARTICIPANTS, Meeting


class MeetingEvent(Tenant):
    """One lasting event (see ``kring.meetings.engine``). ``number`` counts from 1 per meeting.

    ``at`` is kept for moves of the whole meeting only (phase, pause, close): with a time on every
    contribution the log would measure who talks how long, and when.
    """

    DATA = (
        data(
            Level.K3,
            "id organisation meeting number kind data at",
            readers=PARTICIPANTS,
            until=KEPT,
        ),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60)
    data = models.JSONField(default=dict)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="event_number_once")
        ]


class Lease(Tenant):
    """Which moderator's screen leads, for 20 seconds at a time. Gone: somebody may take over."""

    DATA = (
        data(
            Level.K2,
            "id organisation meeting seat until",
            readers=PARTICIPANTS,
            until="close of the meeting",
        ),
    )

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="lease")
    seat = models.ForeignKey("meetings.Seat", on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        ordering = ["meeting_id"]
