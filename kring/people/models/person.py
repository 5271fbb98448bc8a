"""A person inside one organisation, and the roles they hold there."""

from datetime import time
from typing import Any, ClassVar

from django.db import models

from kring.base.classes import Level, data
from kring.base.policy import Actor
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant
from kring.people.models.organisation import EMPLOYMENT


class Role(models.TextChoices):
    """Roles on a place in the tree. None gives a wider view of what is said in a circle."""

    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy_officer"
    WORKS_COUNCIL = "works_council"
    CLIENT_COUNCIL = "client_council"
    FACILITATOR = "facilitator"
    MANAGER = "manager"
    BOARD = "board"
    TRAINER = "trainer"


class People(ScopedQuerySet["Person"]):
    """Persons of one organisation."""

    def visible_to(self, actor: Actor) -> "People":
        """Members see everybody; people from outside only the teams they work for."""
        if actor.kind != "person":
            return self.none()
        if not actor.external:
            return self
        places = {*actor.team_paths, *(grant.path for grant in actor.grants)}
        theirs = models.Q(pk=actor.person)
        for path in sorted(places - {""}):
            theirs |= models.Q(memberships__team__path__startswith=path)
        return self.filter(theirs).distinct()


PeopleManager = ScopedManager.from_queryset(People)


class Person(Tenant):
    """Somebody in this organisation. ``account`` is empty until they accept an invitation.

    ``starts_on``/``ends_on`` bound their presence; external people always have an ``ends_on``.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation account name email staff_code layer is_external starts_on ends_on",
            readers="self, administrator; colleagues see name and layer",
            until="membership + 30 d",
            owner="person",
        ),
        data(
            Level.K1,
            "ask_me_about pronunciation",
            readers="colleagues",
            until="membership + 30 d",
            owner="person",
        ),
        data(
            Level.K2,
            "digest quiet_from quiet_until time_zone easy_read",
            readers="self",
            until="membership + 30 d",
            owner="person",
        ),
    )

    account = models.ForeignKey(
        "people.Account", on_delete=models.SET_NULL, null=True, blank=True, related_name="persons"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    staff_code = models.CharField(max_length=60, blank=True)  # key of the staff import
    layer = models.ForeignKey("people.Layer", on_delete=models.PROTECT, null=True, blank=True)
    is_external = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    ask_me_about = models.CharField(max_length=300, blank=True)
    pronunciation = models.CharField(max_length=120, blank=True)
    digest = models.CharField(max_length=10, default="daily")  # each, daily, weekly, never
    quiet_from = models.TimeField(default=time(18))
    quiet_until = models.TimeField(default=time(8))
    time_zone = models.CharField(max_length=60, blank=True)  # "" = that of the installation
    easy_read = models.BooleanField(default=False)

    objects: ClassVar[PeopleManager[Any]] = PeopleManager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["organisation", "email"], name="person_by_mail")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "staff_code"],
                condition=~models.Q(staff_code=""),
                name="staff_code_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "account"],
                condition=models.Q(account__isnull=False),
                name="one_person_per_account",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoleGrant(Tenant):
    """``person`` holds ``role`` at a place: the whole organisation, a unit or a team."""

    DATA = (
        data(
            Level.K2,
            "id organisation person role unit team ends_on",
            readers="self, administrator",
            until=EMPLOYMENT,
            owner="person",
        ),
    )

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    unit = models.ForeignKey("people.Unit", on_delete=models.CASCADE, null=True, blank=True)
    team = models.ForeignKey("people.Team", on_delete=models.CASCADE, null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person_id", "role", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(unit__isnull=True) | models.Q(team__isnull=True),
                name="grant_has_one_place",
            )
        ]
