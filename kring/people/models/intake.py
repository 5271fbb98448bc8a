"""A staff file on its way in."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant


class StaffFile(Tenant):
    """One uploaded staff file: read, looked at, confirmed, worked through, and then emptied.

    ``rows`` (the readable rows) and ``mistakes`` go as soon as the work is done or the file is put
    aside. ``lease_until`` is how one worker claims the work; a worker that dies loses its lease
    and the next one goes on where it stopped, for the work is "make it as the file says".
    """

    DATA = (
        data(
            Level.K2,
            "id organisation name made_by made_at confirmed_at state rows mistakes notes seen"
            " ends_missing done total lease_until finished_at result",
            readers="administrator",
            until="rows and mistakes when done or after 7 d; line 24 months",
            owner="organisation",
        ),
    )

    class State(models.TextChoices):
        """Its life, one way."""

        SEEN = "seen"
        CONFIRMED = "confirmed"
        DONE = "done"
        PUT_ASIDE = "put_aside"

    name = models.CharField(max_length=120)
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SEEN)
    rows = models.JSONField(default=list)
    mistakes = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    seen = models.CharField(max_length=64, blank=True)  # digest of the changes that were shown
    ends_missing = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=models.Q(state="confirmed"),
                name="staff_files_at_work",
            )
        ]
