"""The organisation and its tree of units and teams.

``path`` is the place in the tree as ids between slashes, "/3/7/" for a unit and "/3/7/t12/" for a
team below it; a role at a path counts for everything that starts with it, so that a question about
the line above a team is a comparison of texts and never a walk through the tree.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from kring.base.classes import Level, data
from kring.base.policy import Actor
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant

EMPLOYMENT = "employment + 24 months, then counts"


class Organisation(models.Model):
    """A tenant: owns its data and settings."""

    DATA = (
        data(
            Level.K1,
            "id slug name created_at brand_hue font logo_digest terms language",
            readers="members",
            until="until withdrawn",
        ),
    )

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, default="nl")
    brand_hue = models.PositiveSmallIntegerField(null=True, blank=True)
    font = models.CharField(max_length=10, blank=True)  # a letter of ``tokens.css``; "" = Kring's
    logo_digest = models.CharField(max_length=16, blank=True)  # which picture ``Logo`` holds
    terms = models.JSONField(default=dict, blank=True)  # own words for visible terms (web.terms)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def logo_href(self) -> str:
        """Address of the own logo; empty where there is none."""
        return f"/{self.slug}/logo-{self.logo_digest}.png" if self.logo_digest else ""


class Logo(Tenant):
    """The organisation's own logo, drawn anew by Kring from what was uploaded."""

    DATA = (data(Level.K1, "id organisation image", readers="members", until="until replaced"),)

    image = models.BinaryField()  # PNG, at most 512 × 128, on white

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_logo")]


class Layer(Tenant):
    """Board, leaders, professionals, support, participation bodies, people served."""

    DATA = (
        data(
            Level.K1, "id organisation code name rank", readers="members", until="until withdrawn"
        ),
    )

    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="layer_code_once")
        ]

    def __str__(self) -> str:
        return self.name


class Unit(Tenant):
    """A part of the organisation: region, location, service."""

    DATA = (
        data(
            Level.K1,
            "id organisation parent kind code name path closed_on",
            readers="members",
            until="until withdrawn",
        ),
    )

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(max_length=40, default="location")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    path = models.CharField(max_length=200, db_index=True, editable=False)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["path"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="unit_code_once")
        ]

    def __str__(self) -> str:
        return self.name

    def place(self) -> None:
        """Work out ``path`` (after the first save, when the id is known)."""
        above = self.parent.path if self.parent else "/"
        self.path = f"{above}{self.pk}/"


class Teams(ScopedQuerySet["Team"]):
    """Teams of one organisation."""

    def visible_to(self, actor: Actor) -> "Teams":
        """Members see every team; people from outside only those they work for."""
        if actor.kind != "person":
            return self.none()
        if not actor.external:
            return self
        theirs = Q(pk__in=actor.teams)
        for grant in actor.grants:
            if grant.path:
                theirs |= Q(path__startswith=grant.path)
        return self.filter(theirs)


TeamsManager = ScopedManager.from_queryset(Teams)


class Team(Tenant):
    """The smallest lasting working group."""

    DATA = (
        data(
            Level.K1,
            "id organisation unit code name about path closed_on",
            readers="members",
            until="until withdrawn",
        ),
    )

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="teams")
    code = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    about = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=220, db_index=True, editable=False)
    closed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[TeamsManager[Any]] = TeamsManager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "code"], name="team_code_once")
        ]

    def __str__(self) -> str:
        return self.name

    def place(self) -> None:
        """Work out ``path`` (after the first save, when the id is known)."""
        self.path = f"{self.unit.path}t{self.pk}/"


class Membership(Tenant):
    """A person belongs to a team from a day, until a day when it ended."""

    DATA = (
        data(
            Level.K2,
            "id organisation person team starts_on ends_on is_manager",
            readers="own team, line, administrator",
            until=EMPLOYMENT,
            owner="person",
        ),
    )

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="memberships"
    )
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # last day
    is_manager = models.BooleanField(default=False)  # leads this team; speaks last in a round

    class Meta:
        ordering = ["team_id", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "team"],
                condition=Q(ends_on__isnull=True),
                name="one_open_membership_per_team",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
            ),
        ]
