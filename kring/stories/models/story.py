"""What left a circle and may be read by others."""

from django.db import models
from django.db.models import Q

from kring.base.classes import Level, data
from kring.base.policy import Actor
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant
from kring.methods.format.outputs import OUTPUTS, OutputType
from kring.stories.rules import WAITING


class Stories(ScopedQuerySet["Story"]):
    """Questions about stories."""

    def visible_to(self, actor: Actor) -> "Stories":
        """What ``actor`` may read: the policy ``stories.see`` as a condition."""
        if actor.kind != "person":
            return self.none()
        wanted = Q(visibility__in=["V4", "V5"], team__in=actor.teams)
        if not actor.external:
            wanted |= Q(visibility="V6")
        held = {one.path for one in actor.grants if one.role in ("manager", "board")}
        for path in sorted(held.difference(actor.team_paths)):  # one's own teams are in already
            wanted |= Q(visibility="V5", team__path__startswith=path)
        return self.filter(wanted, withdrawn_at=None)

    def waiting(self) -> "Stories":
        """What still has no final reply, longest first."""
        rows = self.filter(kind__in=WAITING, answered_at=None, withdrawn_at=None)
        return rows.order_by("released_on", "id")


class Story(Tenant):
    """One item. ``fields`` as in ``kring.methods.format.outputs``; ``names`` only with a yes.

    ``came_from`` is a plain reference such as "meeting 12". ``due_at``: when the clock wipes a
    withdrawn text. ``status``: one of the words of its type (prototype), else empty.
    ``answered_at``: when a final reply came, of a kind that waits for one.
    """

    DATA = (
        data(
            Level.K1,
            "id organisation team kind text fields visibility names came_from released_on"
            " withdrawn_at due_at status answered_at",
            readers="as the circle chose: team (V4), steering (V5), organisation (V6)",
            until="withdrawal: at once out of everything, wiped after an hour; else 24 months",
            owner="the circle",
        ),
    )

    team = models.ForeignKey("people.Team", on_delete=models.PROTECT, related_name="stories")
    kind = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    fields = models.JSONField(default=dict)
    visibility = models.CharField(max_length=4, default="V4")
    names = models.JSONField(default=dict)
    came_from = models.CharField(max_length=60)
    released_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=40, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager.from_queryset(Stories)()  # type: ignore[misc]  # its own questions

    class Meta:
        ordering = ["-released_on", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-released_on"], name="stories_newest"),
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="stories_due"),
            models.Index(
                fields=["organisation", "released_on"],
                condition=Q(kind__in=sorted(WAITING), answered_at=None, withdrawn_at=None),
                name="stories_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def type(self) -> OutputType:
        """What kind of output this is, with its words."""
        return OUTPUTS[self.kind]

    @property
    def waits(self) -> bool:
        """Somebody still waits for a reply."""
        return self.kind in WAITING and self.answered_at is None and self.withdrawn_at is None

    def status_word(self, language: str) -> str:
        """The status in words; empty without one."""
        words = {word.id: word.text for word in self.type.statuses}
        return words[self.status].say(language) if self.status in words else ""
