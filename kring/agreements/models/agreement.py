"""An agreement, who took it on, and its signs of life."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Prefetch, Q

from kring.agreements import words
from kring.agreements.rules import (
    LEAST_RHYTHM,
    MOST_RHYTHM,
    USUAL_RHYTHM,
    Kind,
    Moments,
    Pulse,
    Status,
    Visibility,
    moments,
)
from kring.base.classes import Level, data
from kring.base.policy import Actor
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant
from kring.people.models import Team

UNTIL = "12 months after it stopped; between parties 90 days"
READERS = "the team, or only who takes part; facilitators of the team"


# What one line in a list says of an agreement.
IN_A_LINE = (
    "what",
    "status",
    "rhythm_days",
    "look_back_on",
    "taken_on_by_team",
    "made_at",
    "last_sign_at",
    "rung_at",
    "ended_at",
)


class Agreements(ScopedQuerySet["Agreement"]):
    """Questions about agreements; every list is a constant number of queries."""

    def visible_to(self, actor: Actor) -> "Agreements":
        """What ``actor`` may see: the policy ``agreements.see`` as a condition."""
        if actor.kind == "clock":
            return self
        if actor.kind != "person" or actor.person is None:
            return self.none()
        mine = Q(bell_ringer_id=actor.person) | Q(pk__in=self.taken_on_by(actor.person))
        mine |= Q(visibility=Visibility.PARTIES, made_by_id=actor.person)
        mine |= Q(visibility=Visibility.TEAM, team_id__in=actor.teams)
        for path in (grant.path for grant in actor.grants if grant.role == "facilitator"):
            teams = Team.objects.filter(path__startswith=path).values("pk")
            mine |= Q(visibility=Visibility.TEAM, team_id__in=teams)
        return self.filter(mine)  # each part has an index of its own; keep it a flat "or"

    def asking(self, actor: Actor) -> "Agreements":
        """Those this person took on or minds the bell of: what may ask something of them."""
        if actor.person is None:
            return self.none()
        return self.filter(
            Q(pk__in=self.taken_on_by(actor.person))
            | Q(bell_ringer_id=actor.person)
            | Q(team_id__in=actor.teams, taken_on_by_team=True)
        )

    @staticmethod
    def taken_on_by(person: int) -> Any:
        """Ids of the agreements somebody took on."""
        return Taker.objects.filter(person_id=person).values("agreement")

    def open(self) -> "Agreements":
        """Those that still run."""
        return self.filter(ended_at__isnull=True)

    def open_for_team(self, team: int) -> "Agreements":
        """What comes back on the table in the team's next meeting: rung first, then oldest date.

        Only what the whole team may see; agreements between parties never appear in a room.
        """
        return self.open().filter(team_id=team, visibility=Visibility.TEAM).most_asking_first()

    def most_asking_first(self) -> "Agreements":
        """Rung bells first, then by look-back date."""
        return self.order_by(F("rung_at").asc(nulls_last=True), "look_back_on", "id")

    def with_people(self) -> "Agreements":
        """Team, bell ringer and takers in a fixed number of queries."""
        return self.select_related("team", "bell_ringer").prefetch_related("takers__person")

    def for_list(self, *, with_team: bool = True) -> "Agreements":
        """Only what a line in a list says, with takers (and team) by name: two queries."""
        takers = Taker.objects.select_related("person").only(
            "agreement_id", "guest_name", "person__name"
        )
        rows = self.prefetch_related(Prefetch("takers", takers))
        if with_team:
            return rows.select_related("team").only(*IN_A_LINE, "team__name")
        return rows.only(*IN_A_LINE, "team_id")


class Agreement(Tenant):
    """Visible behaviour that people chose themselves, with a day to look back and a bell.

    ``came_from`` is a plain reference such as "meeting 12" (meetings stand above agreements).
    ``bell_at``, ``remind_at`` and ``close_at`` are worked out by ``rules.moments``; the clock reads
    nothing else. ``version`` grows with every change (calendar feeds need it).
    """

    DATA = (
        data(
            Level.K2,
            "id organisation team what how_noticed visibility taken_on_by_team status rhythm_days"
            " look_back_on ends_on bell_ringer made_by came_from made_at changed_at version",
            readers=READERS,
            until=UNTIL,
            owner="those who made it",
        ),
        data(
            Level.K2,
            "last_sign_at reminded_on rung_at bells ended_at bell_at remind_at close_at",
            readers=READERS,
            until=UNTIL,
            owner="those who made it",
        ),
    )

    team = models.ForeignKey(
        "people.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    what = models.CharField(max_length=400)
    how_noticed = models.CharField(max_length=400, blank=True)
    visibility = models.CharField(
        max_length=10, choices=words.choices(words.VISIBILITY), default=Visibility.TEAM.value
    )
    taken_on_by_team = models.BooleanField(default=False)
    status = models.CharField(
        max_length=20, choices=words.choices(words.STATUS), default=Status.NOT_YET.value
    )
    rhythm_days = models.PositiveSmallIntegerField(default=USUAL_RHYTHM)
    look_back_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    bell_ringer = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    came_from = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    last_sign_at = models.DateTimeField()
    reminded_on = models.DateField(null=True, blank=True)
    rung_at = models.DateTimeField(null=True, blank=True)  # since when a bell waits for an answer
    bells = models.PositiveSmallIntegerField(default=0)  # since the agreement last changed
    ended_at = models.DateTimeField(null=True, blank=True)
    bell_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    close_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(Agreements)()  # type: ignore[misc]  # its own questions

    class Meta:
        ordering = ["look_back_on", "id"]
        indexes = [
            models.Index(
                fields=["bell_at"], condition=Q(bell_at__isnull=False), name="agreement_bell_due"
            ),
            models.Index(
                fields=["remind_at"], condition=Q(remind_at__isnull=False), name="agreement_remind"
            ),
            models.Index(
                fields=["close_at"], condition=Q(close_at__isnull=False), name="agreement_close_due"
            ),
            models.Index(fields=["team", "ended_at", "look_back_on"], name="agreement_of_team"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility=Visibility.PARTIES.value) | Q(team__isnull=False),
                name="agreement_of_a_team_names_it",
            ),
            models.CheckConstraint(
                condition=Q(rhythm_days__gte=LEAST_RHYTHM) & Q(rhythm_days__lte=MOST_RHYTHM),
                name="agreement_rhythm_fits",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(bell_at__isnull=True),
                name="agreement_ended_is_quiet",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_rung(self) -> bool:
        """Whether a bell waits for an answer."""
        return self.rung_at is not None

    @property
    def is_open(self) -> bool:
        """Whether it still runs."""
        return self.ended_at is None

    @property
    def status_word(self) -> str:
        """How it goes, in words."""
        return str(words.STATUS[Status(self.status)])

    def taker_ids(self) -> frozenset[int]:
        """Persons who took it on themselves (one query unless prefetched)."""
        return frozenset(t.person_id for t in self.takers.all() if t.person_id is not None)

    def pulse(self) -> Pulse:
        """What the rules need to know."""
        return Pulse(
            rhythm_days=self.rhythm_days,
            last_sign_at=self.last_sign_at,
            look_back_on=self.look_back_on,
            reminded_on=self.reminded_on,
            is_rung=self.is_rung,
            ends_on=self.ends_on,
            ended_at=self.ended_at,
            visibility=Visibility(self.visibility),
        )

    def set_moments(self) -> Moments:
        """Work out again when the clock must look at this agreement (does not save)."""
        due = moments(self.pulse(), ZoneInfo(settings.TIME_ZONE))
        self.bell_at, self.remind_at, self.close_at = due.bell_at, due.remind_at, due.close_at
        return due


class Taker(Tenant):
    """Somebody who took an agreement on by their own choice; a guest only by the name they gave."""

    DATA = (
        data(
            Level.K2,
            "id organisation agreement person guest_name",
            readers=READERS,
            until=UNTIL,
            owner="person",
        ),
    )

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="takers")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    guest_name = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person"],
                condition=Q(person__isnull=False),
                name="taker_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) ^ Q(guest_name=""), name="taker_is_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.person.name if self.person else self.guest_name


# What an undo puts back.
REMEMBERED = (
    "what",
    "how_noticed",
    "taken_on_by_team",
    "status",
    "rhythm_days",
    "look_back_on",
    "ends_on",
    "bell_ringer_id",
    "last_sign_at",
    "reminded_on",
    "rung_at",
    "bells",
    "ended_at",
)
DAYS = {"look_back_on", "ends_on", "reminded_on"}
MOMENTS = {"last_sign_at", "rung_at", "ended_at"}


def remember(agreement: Agreement) -> dict[str, Any]:
    """The state of an agreement as plain JSON."""

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, date | datetime) else value

    return {name: plain(getattr(agreement, name)) for name in REMEMBERED}


def put_back(agreement: Agreement, before: dict[str, Any]) -> None:
    """Give an agreement the state that ``remember`` kept (does not save)."""
    for name in REMEMBERED:
        value = before[name]
        if value is not None and name in DAYS:
            value = date.fromisoformat(value)
        elif value is not None and name in MOMENTS:
            value = datetime.fromisoformat(value)
        setattr(agreement, name, value)


class Sign(Tenant):
    """One thing that happened to an agreement.

    Deliberately without a person: no activity per person exists (safety §5), the group gives one
    answer. ``before`` is what an undo puts back.
    """

    DATA = (
        data(
            Level.K2,
            "id organisation agreement kind status words at before bell undone_at",
            readers=READERS,
            until=UNTIL,
            owner="those who made it",
        ),
    )

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signs")
    kind = models.CharField(max_length=20, choices=words.choices(words.KIND))
    status = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    bell = models.ForeignKey(
        "agreements.Bell", on_delete=models.CASCADE, null=True, blank=True, related_name="signs"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["agreement", "-at"], name="signs_of_agreement")]

    def __str__(self) -> str:
        return str(words.KIND[Kind(self.kind)])

    @property
    def status_word(self) -> str:
        """The word that was given, or the empty string."""
        return str(words.STATUS[Status(self.status)]) if self.status else ""
