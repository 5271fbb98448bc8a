"""Addresses of calendar feeds."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant


class Feed(Tenant):
    """One person's own address for their calendar, or for that of one of their teams.

    Only a hash of the secret in the address is kept. What it shows is worked out anew each time, as
    that person at that moment; it is not kept when or whether it was read.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation person team made_at",
            readers="self",
            until="until renewed or taken away",
            owner="person",
        ),
        data(Level.K4, "digest", readers="nobody", until="until renewed", owner="person"),
    )

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="feeds")
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(team__isnull=True), name="one_own_feed"
            ),
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=models.Q(team__isnull=False),
                name="one_feed_per_team",
            ),
        ]
