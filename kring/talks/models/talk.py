"""A talk is one sealed box; a plate says, to who can make its fingerprint, which box is theirs.

Neither table names a person, a kind of talk or a day. Numbers are drawn by chance from a range no
counter ever reaches, so that no gap in a list tells that something was planned.
"""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from kring.base import keys
from kring.base.classes import Level, data
from kring.base.policy import Actor, NotThere
from kring.base.scope import ScopedManager, ScopedQuerySet, Tenant
from kring.meetings.models import Stage
from kring.meetings.models.meeting import read_script
from kring.methods.format.shapes import Protocol
from kring.talks.rules import Chair, Paper

LOWEST = 2**48
"""Numbers of talks begin here: above what counts, below what a browser can count exactly."""
HIGHEST = 2**53
END = "close + 30 d, shred; with agreements: last one done + 90 d, 12 months at most, shred"


def _fingerprint(words: str) -> str:
    key = hashlib.sha256(b"kring talks" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, words.encode(), hashlib.sha256).hexdigest()


def number_for(words: str) -> int:
    """A number by chance that is the same for the same words (a command's own key)."""
    return LOWEST + int(_fingerprint(f"number {words}")[:24], 16) % (HIGHEST - LOWEST)


def who_is(organisation: int, person: int) -> str:
    """The fingerprint of a colleague."""
    return _fingerprint(f"person {organisation} {person}")


def who_by_code(code: str) -> str:
    """The fingerprint of a paper code."""
    return _fingerprint(f"code {code}")


def called(number: int) -> str:
    """What a talk is called outside Kring, in a calendar: never its number."""
    return _fingerprint(f"called {number}")[:16]


class Talks(ScopedQuerySet["Talk"]):
    """Questions about talks."""

    def visible_to(self, actor: Actor) -> "Talks":
        """Talks in which this actor has a chair, and no others (same answer as ``talks.see``)."""
        if actor.kind == "person":
            who = who_is(actor.organisation or 0, actor.person or 0)
            return self.filter(plates__who=who)  # one plate each: no talk stands here twice
        if actor.kind == "guest":
            return self.filter(pk__in=Plate.objects.filter(pk=actor.seat or 0).values("talk"))
        return self.none()

    def not_over(self) -> "Talks":
        """Planned or going on."""
        return self.filter(state__in=[Stage.PLANNED, Stage.OPEN])


class Talk(Tenant):
    """``box`` and ``key`` hold the document (:class:`kring.talks.rules.Paper`).

    ``due_at`` is when the clock must look again. Without ``key`` nobody can ever read it again.
    """

    DATA = (
        data(
            Level.K4,
            "id organisation state version due_at box",
            readers="who has a chair in it; nobody else, also not who looks after the system",
            until=END,
            owner="parties",
        ),
        data(Level.K4, "key", readers="nobody", until=END, owner="parties"),
    )

    id = models.BigIntegerField(primary_key=True)
    state = models.CharField(max_length=10, choices=Stage.choices, default=Stage.PLANNED)
    version = models.PositiveIntegerField(default=1)
    due_at = models.DateTimeField(null=True, blank=True)
    box = models.BinaryField()
    key = models.BinaryField()

    objects = ScopedManager.from_queryset(Talks)()  # type: ignore[misc]  # its own questions

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="talks_due"),
        ]

    @property
    def place(self) -> str:
        """Where the box belongs: it opens nowhere else.

        The box of before and that of after the talk have places of their own, so that the
        ledger of erased places tells, for an older backup, that its choices and wishes must go.
        """
        when = "after" if self.is_over else "before"
        return keys.place("talks_talk", "box", f"{self.pk}.{when}", self.organisation_id)

    @cached_property
    def paper(self) -> Paper:
        """The document; :class:`NotThere` when its key is gone."""
        try:
            plain = keys.unseal(keys.Sealed(bytes(self.box), bytes(self.key)), self.place)
        except keys.Unreadable:
            raise NotThere from None
        return Paper.model_validate_json(plain)

    def seal(self, paper: Paper) -> None:
        """Put another document in the box, under a fresh key; saving is the caller's."""
        self.box, self.key = keys.seal(paper.model_dump_json(), self.place)
        self.__dict__["paper"] = paper

    def refresh_from_db(self, *args: Any, **named: Any) -> None:
        """See Django; the document is read anew as well."""
        self.__dict__.pop("paper", None)
        super().refresh_from_db(*args, **named)

    @property
    def script(self) -> Protocol:
        """The protocol as it was when the talk was planned."""
        return read_script(self.paper.protocol_hash, self.paper.protocol)

    @property
    def is_open(self) -> bool:
        """Going on now."""
        return self.state == Stage.OPEN

    @property
    def is_over(self) -> bool:
        """Held, stopped or called off."""
        return self.state in (Stage.CLOSED, Stage.CANCELLED)

    def chair_of(self, actor: Actor) -> Chair | None:
        """The chair of this actor."""
        if actor.kind == "person":
            return self.paper.chair_of(actor.person)
        if actor.kind == "guest":
            plate = self.plates.filter(pk=actor.seat or 0).first()
            return self.paper.chair(plate.number) if plate else None
        return None


def readable(talks: Iterable[Talk]) -> Iterator[Talk]:
    """Those whose box still opens: one that does not keeps no other from its page or its end."""
    for talk in talks:
        try:
            talk.paper  # noqa: B018  (opens the box)
        except NotThere:
            continue
        yield talk


class Plate(Tenant):
    """``number`` of the chair that ``who`` may sit on. Its own number is drawn by chance too."""

    DATA = (
        data(
            Level.K4,
            "id organisation talk number who",
            readers="nobody",
            until=END,
            owner="parties",
        ),
    )

    id = models.BigIntegerField(primary_key=True)
    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="plates")
    number = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=64, db_index=True)

    class Meta:
        ordering = ["talk_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["talk", "number"], name="one_plate_per_chair"),
            models.UniqueConstraint(fields=["talk", "who"], name="one_chair_per_plate"),
        ]
