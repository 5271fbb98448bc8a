"""The log of a trial: what people did, what happened, what they change."""

from django.db import models
from django.db.models import Q

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.series.models.people import MEMBERS
from kring.series.models.series import Series


class LogLine(Tenant):
    """One line. ``words``: question of the trial to what was written. Who wrote it is not kept (A5, K).

    ``trial``: the meeting of the plan after which this trial runs. ``prototype``: what it is about,
    where the circle let one out. ``forget_at``: six weeks after the meeting that closed the trial.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation series trial prototype day words at forget_at",
            readers=MEMBERS,
            until="6 weeks after the meeting that closes the trial",
            owner="the circle",
        ),
    )

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="lines")
    trial = models.CharField(max_length=60)
    prototype = models.ForeignKey(
        "stories.Story", on_delete=models.SET_NULL, null=True, blank=True, related_name="log"
    )
    day = models.DateField()
    words = models.JSONField(default=dict)
    at = models.DateTimeField()
    forget_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(
                fields=["forget_at"], condition=Q(forget_at__isnull=False), name="log_forgotten"
            )
        ]
