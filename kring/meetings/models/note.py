"""A private note in a meeting: only its author can read it (V1, record class P)."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.meetings.models.meeting import Meeting


class PrivateNote(Tenant):
    """``box`` is the sealed text; without ``key`` (shredded) nobody can ever read it again."""

    DATA = (
        data(
            Level.K3,
            "id organisation meeting seat step box",
            readers="its author",
            until="6 weeks after close, or at once when its author says so; shred",
            owner="author",
        ),
        data(Level.K4, "key", readers="nobody", until="shred of the note"),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    seat = models.ForeignKey("meetings.Seat", on_delete=models.CASCADE, related_name="notes")
    step = models.CharField(max_length=60)
    box = models.BinaryField()
    key = models.BinaryField(null=True)

    class Meta:
        ordering = ["meeting_id", "seat_id", "step"]
        constraints = [models.UniqueConstraint(fields=["seat", "step"], name="one_note_per_step")]
