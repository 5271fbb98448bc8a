"""The outbox: mail waits here, written in the same transaction as its cause."""

from django.db import models
from django.db.models import Q

from kring.base.classes import Level, data


class Letter(models.Model):
    """One mail. ``dedupe_key`` makes a second letter for the same cause impossible.

    The body is deleted when the letter is sent; ``lease_until`` is how a clock claims it.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation person to_email subject body language dedupe_key send_after sent_at"
            " attempts lease_until failed_at",
            readers="mail worker",
            until="body deleted on sending; row 30 d",
            owner="person",
        ),
    )

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, null=True, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, null=True)
    to_email = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="nl")
    dedupe_key = models.CharField(max_length=120, unique=True)
    send_after = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["send_after", "id"]
        indexes = [
            models.Index(
                fields=["send_after"],
                condition=Q(sent_at__isnull=True, failed_at__isnull=True),
                name="letters_waiting",
            )
        ]
