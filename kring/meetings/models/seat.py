"""A chair at the table: somebody of the organisation, or a guest."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.meetings.models.meeting import KEPT, PARTICIPANTS, Meeting


class SeatState(models.TextChoices):
    """Invited, came in, or the invitation was withdrawn. Never when, never for how long."""

    INVITED = "invited", _("invited")
    JOINED = "joined", _("here")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Seat(Tenant):
    """``place`` numbers the chairs of one meeting; the engine knows this seat as ``key``.

    ``roles``: ids of the protocol's roles of this seat (``moderator`` included): as planned, and
    while the meeting goes on a copy of what the record says.
    ``pass_hash``: SHA-256 of the secret in a guest's cookie.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation meeting person place name roles is_manager state",
            readers=PARTICIPANTS,
            until=KEPT,
            owner="person",
        ),
        data(Level.K4, "pass_hash", readers="nobody", until="close of the meeting"),
    )

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="seats"
    )
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    is_manager = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=SeatState.choices, default=SeatState.INVITED)
    pass_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["meeting_id", "place"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "place"], name="one_seat_per_place"),
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False),
                name="one_seat_per_person",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What the engine and the log call this seat."""
        return f"s{self.place}"

    @property
    def is_guest(self) -> bool:
        """Came in without being somebody of the organisation."""
        return self.person_id is None
