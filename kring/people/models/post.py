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
            ),
            models.Index(
                fields=["sent_at"], condition=Q(sent_at__isnull=False), name="letters_sent"
            ),
        ]


class Notice(models.Model):
    """One thing a person may hear about by mail: a kind and a page, never content.

    ``about`` is a plain reference such as "agreement 12"; ``cause`` makes a second notice for the
    same cause impossible. Gathered into a letter at ``gather_at``.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation person kind about page cause gather_at",
            readers="mail worker",
            until="deleted when gathered into a letter",
            owner="person",
        ),
    )

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=60)
    page = models.CharField(max_length=200)
    cause = models.CharField(max_length=120, unique=True)
    gather_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["gather_at", "id"]
        indexes = [models.Index(fields=["person", "gather_at"], name="notices_of_person")]
