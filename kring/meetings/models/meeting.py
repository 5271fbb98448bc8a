"""One planned, running or closed meeting, with the protocol it began with."""

from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.base.classes import Level, data
from kring.base.policy import Actor
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant
from kring.meetings.rules.modes import as_played
from kring.methods.format.shapes import Protocol

PARTICIPANTS = "participants of the meeting"
KEPT = "6 weeks after close unless harvested"


class Stage(models.TextChoices):
    """Where a meeting is in its life, one way."""

    PLANNED = "planned", _("planned")
    OPEN = "open", _("going on")
    CLOSED = "closed", _("closed")
    CANCELLED = "cancelled", _("cancelled")


class Mode(models.TextChoices):
    """How people take part: phones, one device on which one writes, paper, or spread over days."""

    PHONES = "phones", _("everybody on their own phone")
    ONE_DEVICE = "one_device", _("one device in the room")
    PAPER = "paper", _("on paper")
    DAYS = "days", _("spread over days")


class Existence(models.TextChoices):
    """Who may know that this meeting exists."""

    PARTICIPANTS = "participants", _("only who is invited")
    TEAM = "team", _("the team")
    ORGANISATION = "organisation", _("everybody in the organisation")


class Meetings(ScopedQuerySet["Meeting"]):
    """Questions about meetings."""

    def visible_to(self, actor: Actor) -> "Meetings":
        """Meetings whose existence this actor may know (same answer as ``meetings.see``)."""
        if actor.kind == "guest":
            return self.filter(seats__pk=actor.seat or 0, seats__in=_at_the_table()).distinct()
        if actor.kind != "person":
            return self.none()
        invited = Q(pk__in=_at_the_table().filter(person=actor.person).values("meeting"))
        team = Q(existence_visible_to=Existence.TEAM, team__in=actor.teams)
        everybody = Q(existence_visible_to=Existence.ORGANISATION)
        planned = Q(planned_by=actor.person)
        return self.filter(invited | team | (everybody if not actor.external else Q()) | planned)

    def not_over(self) -> "Meetings":
        """Planned or going on."""
        return self.filter(state__in=[Stage.PLANNED, Stage.OPEN])


def _at_the_table() -> Any:
    from kring.meetings.models.seat import Seat, SeatState

    return Seat.objects.exclude(state=SeatState.WITHDRAWN)


class Meeting(Tenant):
    """A meeting. ``number`` counts the lasting events; ``version`` counts changes of the plan.

    ``protocol`` is this meeting's own frozen copy; a later version of the method never changes it.
    ``due_at`` is when the clock must look again (hard stop, or deletion of what was kept).
    """

    DATA = (
        data(
            Level.K1,
            "id organisation team protocol protocol_id protocol_version protocol_hash title"
            " starts_at minutes place state mode code existence_visible_to planned_by opened_at"
            " closed_at keep_until due_at number version windows",
            readers="whoever may know the meeting exists (existence_visible_to)",
            until="employment + 24 m, then counts; what was said: " + KEPT,
        ),
        data(Level.K2, "about", readers=PARTICIPANTS, until=KEPT),
    )

    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="meetings")
    protocol = models.JSONField()
    protocol_id = models.CharField(max_length=60)
    protocol_version = models.PositiveIntegerField()
    protocol_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=160)
    about = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    place = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    mode = models.CharField(max_length=12, choices=Mode.choices, default=Mode.PHONES)
    code = models.CharField(max_length=6, blank=True)
    existence_visible_to = models.CharField(
        max_length=12, choices=Existence.choices, default=Existence.TEAM
    )
    planned_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    keep_until = models.DateField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    windows = models.JSONField(default=list)  # over days: see rules/days.py

    objects = ScopedManager.from_queryset(Meetings)()  # type: ignore[misc]  # its own questions

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["team", "starts_at"], name="meetings_of_team"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="meetings_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code=""), name="one_meeting_per_code"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Going on now."""
        return self.state == Stage.OPEN

    @property
    def is_over(self) -> bool:
        """Closed or cancelled."""
        return self.state in (Stage.CLOSED, Stage.CANCELLED)

    @property
    def script(self) -> Protocol:
        """The pinned protocol, as a meeting in this mode plays it."""
        return _played(self.protocol_hash, self.mode, _Frozen(self.protocol))

    @property
    def pinned(self) -> Protocol:
        """The pinned protocol, as it was chosen."""
        return read_script(self.protocol_hash, self.protocol)


def read_script(fingerprint: str, frozen: Any) -> Protocol:
    """A frozen protocol, read once per process for each fingerprint."""
    return _read(fingerprint, _Frozen(frozen))


class _Frozen:
    """Carries the JSON past the cache, which compares hashes only."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen)


@lru_cache(maxsize=128)
def _read(fingerprint: str, frozen: _Frozen) -> Protocol:
    return Protocol.model_validate(frozen.value)


@lru_cache(maxsize=256)
def _played(fingerprint: str, mode: str, frozen: _Frozen) -> Protocol:
    return as_played(_read(fingerprint, frozen), mode)
