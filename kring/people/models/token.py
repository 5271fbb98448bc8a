"""Personal tokens: how other software acts for a person through the public interface."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant


class ApiToken(Tenant):
    """A key of one person in one organisation. Only its SHA-256 is kept; it always ends."""

    DATA = (
        data(
            Level.K2,
            "id organisation person name created_on ends_on",
            readers="self",
            until="end date + 30 d",
            owner="person",
        ),
        data(Level.K4, "digest", readers="nobody", until="until replaced", owner="person"),
    )

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    created_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-created_on", "-id"]

    def __str__(self) -> str:
        return self.name
