"""What somebody promised in front of others, and when we look at it."""

from django.db import models

from kring.base.classes import Level, data
from kring.base.scope import Tenant
from kring.stories.models.story import Story


class Promise(Tenant):
    """Beside a story of the kind "promise": whose it is and the day to look at it.

    Words, readers and status are the story's. Nothing here counts or compares people.
    """

    DATA = (
        data(
            Level.K1,
            "id organisation story promiser test_on",
            readers="whoever may read the promise; the promiser is asked on the day",
            until="as long as the promise",
            owner="promiser",
        ),
    )

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="promise")
    promiser = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="promises"
    )
    test_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["test_on", "id"]
        indexes = [models.Index(fields=["promiser", "test_on"], name="promises_of_somebody")]

    def __str__(self) -> str:
        return str(self.story)
