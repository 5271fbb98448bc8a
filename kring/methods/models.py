"""Versions of what was shipped, and an organisation's own copies of protocols."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from kring.base.classes import Level, data
from kring.base.policy import Actor
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant
from kring.methods.format.shapes import Protocol


class MethodVersion(models.Model):
    """One content of a shipped package. Never changed: other content is another row."""

    DATA = (
        data(
            Level.K0,
            "id method version fingerprint content loaded_at",
            readers="members",
            until="until withdrawn",
        ),
    )

    method = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ["method", "id"]
        constraints = [
            models.UniqueConstraint(fields=["method", "fingerprint"], name="method_content_once")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.version}"


class ProtocolVersion(models.Model):
    """One content of a shipped protocol, so that what somebody pinned can always be read."""

    DATA = (
        data(
            Level.K0,
            "id method protocol version fingerprint content",
            readers="members",
            until="until withdrawn",
        ),
    )

    method = models.CharField(max_length=60)
    protocol = models.CharField(max_length=60)
    version = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()

    class Meta:
        ordering = ["protocol", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocol", "fingerprint"], name="protocol_content_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.protocol} {self.version}"


class OwnProtocols(ScopedQuerySet["OwnProtocol"]):
    """Copies of one organisation."""

    def visible_to(self, actor: Actor) -> "OwnProtocols":
        """Everybody who works here may read how the organisation holds its meetings."""
        return self if actor.kind == "person" else self.none()

    def in_use(self) -> "OwnProtocols":
        """The newest edition of each copy that was not withdrawn."""
        newest = OwnProtocol.objects.filter(
            lineage=models.OuterRef("lineage"), edition__gt=models.OuterRef("edition")
        )
        return self.filter(~models.Exists(newest), withdrawn_at=None)


OwnProtocolsManager = ScopedManager.from_queryset(OwnProtocols)


class OwnProtocol(Tenant):
    """One edition of an organisation's copy of a protocol. A change is a new edition (a new row).

    ``lineage`` is shared by all editions of a copy. ``base_version`` is the pin of the shipped protocol.
    """

    DATA = (
        data(
            Level.K1,
            "id organisation lineage edition method protocol base_version name reason content"
            " made_by made_at withdrawn_at",
            readers="members",
            until="until withdrawn",
        ),
    )

    lineage = models.UUIDField()
    edition = models.PositiveIntegerField()
    method = models.CharField(max_length=60)
    protocol = models.CharField(max_length=60)
    base_version = models.CharField(max_length=140)
    name = models.CharField(max_length=120)
    reason = models.CharField(max_length=600)
    content = models.JSONField()
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[OwnProtocolsManager[Any]] = OwnProtocolsManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "lineage", "edition"], name="own_edition_once"
            ),
            models.CheckConstraint(condition=Q(edition__gte=1), name="own_edition_from_one"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def pin(self) -> str:
        """Names this very edition, for good."""
        return f"own-{self.pk}"

    def read(self) -> Protocol:
        """The protocol of this edition."""
        return Protocol.model_validate(self.content)


class TrainingRegister(Tenant):
    """Opens the register of who is trained for what; without it nothing can be written there.

    A list of what people learnt can be used to watch them (safety §5), so that somebody first
    writes down what the works council decided: ``words`` says where that can be read.
    """

    DATA = (
        data(
            Level.K1,
            "id organisation decided_on words opened_by opened_at",
            readers="members",
            until="until withdrawn",
        ),
    )

    decided_on = models.DateField()
    words = models.CharField(max_length=300)
    opened_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="one_training_register")
        ]


class Trained(Tenant):
    """``person`` is trained to lead ``protocol``, or every talk of ``method`` when that is empty.

    ``until`` is the last day it counts. It says what somebody may lead, never how well, and holds no
    attendance. Taking it away deletes the row.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation person method protocol until recorded_by recorded_at",
            readers="self; colleagues see who can lead a talk; trainer, administrator",
            until="its last day + 30 d, or at once when the person or a trainer takes it away",
            owner="person",
        ),
    )

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="trained")
    method = models.CharField(max_length=60)
    protocol = models.CharField(max_length=60, blank=True)
    until = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["person_id", "method", "protocol", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "method", "protocol"], name="trained_once")
        ]
        indexes = [
            models.Index(fields=["method", "protocol"], name="trained_for"),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="trained_until"),
        ]
