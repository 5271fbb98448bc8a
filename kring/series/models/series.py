"""One series of meetings of one group, with the plan it began with."""

from functools import lru_cache
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kring.base import clock
from kring.base.classes import Level, data
from kring.base.policy import Actor
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant
from kring.meetings.models.meeting import Existence
from kring.methods.format.series import Series as Plan
from kring.people.actors import running
from kring.series.rules import State

KNOWS = "whoever may know the series exists (existence_visible_to)"
STATES = {
    State.RUNNING: _("running"),
    State.RESTING: _("resting"),
    State.STOPPED: _("stopped"),
}


class SeriesRows(ScopedQuerySet["Series"]):
    """Questions about series."""

    def visible_to(self, actor: Actor) -> "SeriesRows":
        """Series whose existence this actor may know (same answer as ``series.see``)."""
        if actor.kind != "person":
            return self.none()
        wanted = Q(pk__in=_current().filter(person=actor.person).values("series"))
        wanted |= Q(started_by=actor.person)
        wanted |= Q(existence_visible_to=Existence.TEAM, team__in=actor.teams)
        held = {one.path for one in actor.grants if one.role in ("facilitator", "manager")}
        for path in sorted(held.difference(actor.team_paths)):  # one's own teams are in already
            wanted |= Q(existence_visible_to=Existence.TEAM, team__path__startswith=path)
        if not actor.external:
            wanted |= Q(existence_visible_to=Existence.ORGANISATION)
        return self.filter(wanted)

    def of_member(self, actor: Actor) -> "SeriesRows":
        """Series this person is in now."""
        now = running(clock.now().date(), "members__joined_on", "members__left_on")
        return self.filter(now, members__person=actor.person or 0)  # once in a series: one row

    def going_on(self) -> "SeriesRows":
        """Running or resting."""
        return self.exclude(state=State.STOPPED)


def _current() -> Any:
    from kring.series.models.people import Member

    return Member.objects.filter(running(clock.now().date(), "joined_on", "left_on"))


class Series(Tenant):
    """A series. ``plan`` is its own frozen copy of what the package said (``methods/format/series``).

    ``held``: meetings that were held; ``last_on``: day of the last one, or of the start; ``due_on``:
    when the next is due. ``stays``: who leads every meeting, where the method says so. ``offered``:
    who said "let me lead the next one". ``remind_at``, ``nudge_at``, ``end_at``: when the clock must
    look again (a date is asked for; the log is asked for; a rest is over, or all is forgotten).
    """

    DATA = (
        data(
            Level.K1,
            "id organisation team method plan plan_hash title rhythm_days state held started_on"
            " last_on due_on rests_until stopped_on existence_visible_to started_by stays offered"
            " remind_at nudge_at end_at version",
            readers=KNOWS,
            until="24 m after the group stopped",
        ),
        data(
            Level.K1,
            "words",
            readers=KNOWS,
            until="24 m after the group stopped",
            owner="the circle",
        ),
    )

    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="series")
    method = models.CharField(max_length=125)
    plan = models.JSONField()
    plan_hash = models.CharField(max_length=64)
    title = models.CharField(max_length=160)
    rhythm_days = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10,
        choices=[(state.value, said) for state, said in STATES.items()],
        default=State.RUNNING.value,
    )
    held = models.PositiveIntegerField(default=0)
    started_on = models.DateField()
    last_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    rests_until = models.DateField(null=True, blank=True)
    stopped_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=600, blank=True)
    existence_visible_to = models.CharField(
        max_length=12, choices=Existence.choices, default=Existence.TEAM
    )
    started_by = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    stays = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    offered = models.ForeignKey(
        "people.Person", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    remind_at = models.DateTimeField(null=True, blank=True)
    nudge_at = models.DateTimeField(null=True, blank=True)
    end_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedManager.from_queryset(SeriesRows)()  # type: ignore[misc]  # its own questions

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["team", "state"], name="series_of_team"),
            *(
                models.Index(
                    fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"series_{name}"
                )
                for name in ("remind_at", "nudge_at", "end_at")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.STOPPED.value) | Q(stopped_on__isnull=False),
                name="stopped_series_has_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def script(self) -> Plan:
        """What the package said when this series began."""
        return _read(self.plan_hash, _Frozen(self.plan))

    @property
    def is_running(self) -> bool:
        """Neither resting nor stopped."""
        return self.state == State.RUNNING


class _Frozen:
    """Carries the JSON past the cache, which compares hashes only."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Frozen)


@lru_cache(maxsize=64)
def _read(fingerprint: str, frozen: _Frozen) -> Plan:
    return Plan.model_validate(frozen.value)
