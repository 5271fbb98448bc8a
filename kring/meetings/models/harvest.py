"""What left the circle: the only thing minutes contain (methods reference A9)."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.meetings.models.meeting import Meeting


class Harvest(Tenant):
    """One released item. ``type`` and ``fields`` as in ``kring.methods.format.outputs``.

    ``names`` says who took it on, by role in the item ({"who": "Noor"}), only where that person
    chose it. ``made`` is what it became ("agreement 12"), empty when nothing was made of it.
    """

    DATA = (
        data(
            Level.K1,
            "id organisation meeting item type text fields visibility names made",
            readers="as the circle chose: team (V4), steering (V5), organisation (V6)",
            until="5 y",
        ),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="harvest")
    item = models.CharField(max_length=60)
    type = models.CharField(max_length=60)
    text = models.TextField()
    fields = models.JSONField(default=dict)
    visibility = models.CharField(max_length=4, default="V4")
    names = models.JSONField(default=dict)
    made = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["meeting_id", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="harvested_once")]
