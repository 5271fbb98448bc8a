"""Ways in: an invitation, and the faces on the login page of a demonstration."""

from django.db import models
from django.db.models import Q

from kring.base.classes import Level, data
from kring.base.scope import Tenant


class Invitation(Tenant):
    """An invitation by mail, bound to organisation, person (with their roles) and address.

    Only a fingerprint of the key is kept. It ends when it is accepted, withdrawn or too old; at
    most one of a person is open.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation person email invited_by made_at expires_at accepted_at withdrawn_at",
            readers="administrator, whoever invited",
            until="expiry + 30 d",
            owner="person",
        ),
        data(Level.K4, "key_digest", readers="nobody", until="until used", owner="person"),
    )

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField()
    invited_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    key_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            )
        ]


class DemoFace(models.Model):
    """Somebody the login page of a demonstration offers with one click (``KRING_DEMO=1`` only)."""

    DATA = (
        data(
            Level.K0,
            "id account name words rank",
            readers="everybody who sees the demonstration",
            until="the demonstration's end",
        ),
    )

    account = models.OneToOneField(
        "people.Account", on_delete=models.CASCADE, related_name="demo_face"
    )
    name = models.CharField(max_length=120)
    words = models.JSONField(default=dict)  # {"nl": "begeleider, Team Vuurtoren", "en": …}
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "id"]
