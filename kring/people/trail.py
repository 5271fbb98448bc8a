"""The trail: who did what, as verbs and ids, chained by hash so that a missing line shows."""

import hashlib
from dataclasses import replace
from datetime import UTC

from django.db import transaction

from kring.base import clock
from kring.base.policy import Actor
from kring.people.models import Organisation, TrailEntry


def digest(before: str, line: str) -> str:
    """SHA-256 over the digest before and this line."""
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()


def line(entry: TrailEntry) -> str:
    """The text of an entry that the digest covers."""
    moment = entry.at.astimezone(UTC).isoformat()  # as the database gives it back
    return (
        f"{entry.organisation_id}|{entry.number}|{moment}|{entry.actor}|{entry.verb}|{entry.about}"
    )


def note(actor: Actor, verb: str, about: str) -> None:
    """Write one line in the same transaction as its cause. Never content: verbs and ids only."""
    if actor.organisation is None:
        return
    who = f"person {actor.person}" if actor.person else actor.kind
    with transaction.atomic():
        # The organisation's row is the queue in which writers of its trail stand.
        Organisation.objects.select_for_update().get(pk=actor.organisation)
        last = TrailEntry.objects.filter(organisation_id=actor.organisation).last()
        entry = TrailEntry(
            organisation_id=actor.organisation,
            number=last.number + 1 if last else 1,
            at=clock.now(),
            actor=who,
            verb=verb,
            about=about,
        )
        entry.digest = digest(last.digest if last else "", line(entry))
        entry.save()


def unnamed(actor: Actor) -> Actor:
    """For what a team or circle writes: the trail says that it happened, not by whom."""
    return replace(actor, person=None, account=None, name="", kind="clock")


def broken_at(organisation: int) -> int | None:
    """Number of the first line whose digest is wrong, or ``None`` when the chain is whole."""
    before, expected = "", 1
    for entry in TrailEntry.objects.filter(organisation_id=organisation).iterator():
        if entry.number != expected or entry.digest != digest(before, line(entry)):
            return entry.number
        before, expected = entry.digest, expected + 1
    return None
