"""What is volatile in a live meeting, of a meeting that is spread over days: sealed until it closes."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.meetings.models.meeting import Meeting


class SealedRoom(Tenant):
    """The volatile room of one meeting over days, as one sealed whole.

    It survives a restart, and nothing else: one row, no order of arrival, no times, padded in size. A
    new key with every word; at close the key is destroyed. ``life`` and ``version`` are those of
    ``kring.base.volatile``.
    """

    DATA = (
        data(
            Level.K3,
            "id organisation meeting life version box",
            readers="nobody; the room opens it for the screens of the circle",
            until="close of the meeting, shred",
        ),
        data(Level.K4, "key", readers="nobody", until="close of the meeting, shred"),
    )

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="sealed")
    life = models.CharField(max_length=32)
    version = models.PositiveIntegerField(default=0)
    box = models.BinaryField()
    key = models.BinaryField()

    class Meta:
        ordering = ["meeting_id"]
