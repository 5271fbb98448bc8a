"""Who is in a series, and its meetings."""

from django.db import models
from django.db.models import Q

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.series.models.series import KNOWS, Series
from kring.series.rules import Chair

MEMBERS = "members of the series"


class Member(Tenant):
    """Somebody in a series. ``led``: number of the last meeting they led (0 = never), nothing else
    of who did what is kept. ``away_until``: cannot lead before this day; nobody is told why.
    """

    DATA = (
        data(
            Level.K1,
            "id organisation series person role place joined_on left_on",
            readers=KNOWS,
            until="24 m after the group stopped",
            owner="the person",
        ),
        data(
            Level.K2,
            "led leads away_until",
            readers=MEMBERS,
            until="when somebody leaves the series, or 24 m after it stopped",
            owner="the person",
        ),
    )

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="series_memberships"
    )
    role = models.CharField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField()
    led = models.PositiveIntegerField(default=0)
    leads = models.BooleanField(default=True)
    away_until = models.DateField(null=True, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["series", "person"], name="once_in_a_series")
        ]

    def chair(self, day: object) -> Chair:
        """This member in the rotation, seen from ``day`` (when the next meeting is due)."""
        away = self.away_until is not None and (day is None or day < self.away_until)  # type: ignore[operator]  # a date or None
        return Chair(self.person_id, self.place, self.led, self.leads, away)


class Sitting(Tenant):
    """A meeting of a series. ``number`` counts from 1; ``place``: id in the ordered part, or empty."""

    DATA = (
        data(
            Level.K1,
            "id organisation series meeting number place held_on",
            readers=KNOWS,
            until="24 m after the group stopped",
        ),
    )

    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="sittings")
    meeting = models.OneToOneField(
        "meetings.Meeting", on_delete=models.CASCADE, related_name="sitting"
    )
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=60, blank=True)
    held_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=Q(held_on__isnull=False),
                name="one_meeting_per_number",
            )
        ]
