"""The hash-chained trail of who did what, and receipts that make a repeated submit harmless."""

from django.db import models

from kring.base.classes import Level, data


class TrailEntry(models.Model):
    """One line of the trail of an organisation: verb and ids, never content.

    ``digest`` = SHA-256 over the previous digest and this line, so that a removed or changed line
    shows.
    """

    DATA = (
        data(
            Level.K3,
            "id organisation number at actor verb about digest",
            readers="privacy officer",
            until="24 months",
        ),
    )

    organisation = models.ForeignKey("people.Organisation", on_delete=models.CASCADE)
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["organisation_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="trail_number_once")
        ]


class Receipt(models.Model):
    """The stored answer to a command with a client-made key; a repeat returns it (safety §1.6).

    ``key`` is an HMAC of scope, asker and the client's key, so that the row says nothing about who
    asked what.
    """

    DATA = (
        data(
            Level.K2,
            "key answer day",
            readers="nobody",
            until="7 days",
        ),
    )

    key = models.CharField(max_length=64, primary_key=True)
    answer = models.JSONField()
    day = models.DateField(db_index=True)

    class Meta:
        ordering = ["key"]
