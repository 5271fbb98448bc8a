"""Every write: loading what is shipped, and making, changing and withdrawing own copies."""

import uuid
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused, require
from kring.methods import library
from kring.methods.format.package import Package
from kring.methods.format.shapes import Protocol
from kring.methods.models import (
    MethodVersion,
    OwnProtocol,
    ProtocolVersion,
    Trained,
    TrainingRegister,
)
from kring.methods.rules import Draft, Problem, adapt
from kring.methods.shelf import shipped
from kring.people.models import Person
from kring.people.trail import note


class Unfit(Exception):
    """A draft breaks the rules; ``problems`` says where and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.words.en for problem in problems))
        self.problems = problems


def load_shipped() -> int:
    """Remember the content of every shipped package. Returns how many rows are new; 0 when known."""
    return sum(load_package(package) for package in shipped().packages.values())


def load_package(package: Package) -> int:
    """Remember one package and its protocols, unless this very content is known."""
    with transaction.atomic():
        _row, new = MethodVersion.objects.get_or_create(
            method=package.method.id,
            fingerprint=package.fingerprint,
            defaults={
                "version": package.method.version,
                "content": package.model_dump(mode="json"),
                "loaded_at": clock.now(),
            },
        )
        return int(new) + sum(_load(package.method.id, one) for one in package.protocols)


def _load(method: str, protocol: Protocol) -> int:
    _row, new = ProtocolVersion.objects.get_or_create(
        protocol=protocol.id,
        fingerprint=library.fingerprint(protocol),
        defaults={
            "method": method,
            "version": protocol.version,
            "content": protocol.model_dump(mode="json"),
        },
    )
    return int(new)


def copy_protocol(actor: Actor, base: Protocol, draft: Draft) -> OwnProtocol:
    """Make the organisation's own copy of a shipped protocol. Raises `Unfit` with the problems."""
    require(actor, "methods.adapt", base)
    with transaction.atomic():
        made = _edition(actor, uuid.uuid4(), 1, base, draft)
        note(actor, "protocol.copied", f"protocol {made.pin}")
    return made


def change_copy(actor: Actor, copy: OwnProtocol, draft: Draft) -> OwnProtocol:
    """A new edition of a copy. Meetings that began with an earlier one keep it."""
    require(actor, "methods.adapt", copy)
    base = library.protocol_for(copy.base_version)
    try:
        with transaction.atomic():
            made = _edition(actor, copy.lineage, copy.edition + 1, base, draft)
            note(actor, "protocol.changed", f"protocol {made.pin}")
    except IntegrityError:
        raise Refused(_("Somebody else just changed this version. Look at theirs first.")) from None
    return made


def withdraw_copy(actor: Actor, copy: OwnProtocol) -> None:
    """No longer offered. Meetings planned with it go on. Withdrawing twice is withdrawing once."""
    require(actor, "methods.adapt", copy)
    with transaction.atomic():
        still = OwnProtocol.objects.filter(lineage=copy.lineage, withdrawn_at=None)
        if still.update(withdrawn_at=clock.now()):
            note(actor, "protocol.withdrawn", f"protocol {copy.pin}")


def restore_copy(actor: Actor, copy: OwnProtocol) -> None:
    """Undo a withdrawal."""
    require(actor, "methods.adapt", copy)
    with transaction.atomic():
        gone = OwnProtocol.objects.filter(lineage=copy.lineage, withdrawn_at__isnull=False)
        if gone.update(withdrawn_at=None):
            note(actor, "protocol.restored", f"protocol {copy.pin}")


def _edition(
    actor: Actor, lineage: uuid.UUID, edition: int, base: Protocol, draft: Draft
) -> OwnProtocol:
    protocol, problems = adapt(base, draft)
    if protocol is None:
        raise Unfit(problems)
    _load(base.package or "", base)  # what it is based on can be read for good
    made = OwnProtocol(
        lineage=lineage,
        edition=edition,
        method=base.package or "",
        protocol=base.id,
        base_version=library.pin_of(base),
        name=draft.name,
        reason=draft.reason,
        content=protocol.model_dump(mode="json"),
        made_by_id=actor.person,
        made_at=clock.now(),
    )
    made.save()
    return made


def words_of(problems: list[Problem]) -> dict[str, list[str]]:
    """Problems by phase ("" for the whole), in the reader's language."""
    said: dict[str, list[Any]] = {}
    for problem in problems:
        said.setdefault(problem.phase, []).append(problem.words.say(get_language() or "nl"))
    return said


def open_register(actor: Actor, *, decided_on: date, words: str) -> TrainingRegister:
    """Write down what the works council decided; from then on people can be recorded as trained.

    Once opened it stays as it was written: opening twice is opening once.
    """
    require(actor, "methods.keep_training")
    if decided_on > clock.now().date():
        raise Refused(_("That day is still to come. Write down the day it was decided."))
    with transaction.atomic():
        row, new = TrainingRegister.objects.get_or_create(
            organisation_id=actor.organisation or 0,
            defaults={
                "decided_on": decided_on,
                "words": words.strip()[:300],
                "opened_by_id": actor.person,
                "opened_at": clock.now(),
            },
        )
        if new:
            note(actor, "training.register_opened", f"register {row.pk}")
    return row


def record_trained(
    actor: Actor, person: Person, *, method: str, protocol: str = "", until: date | None = None
) -> Trained:
    """``person`` is trained for a protocol, or for all of a method. Again: only ``until`` changes.

    Nobody records themselves; who is on record can always take it away (`end_trained`).
    """
    require(actor, "methods.keep_training")
    package = shipped().package(method)
    if person.organisation_id != actor.organisation or package is None:
        raise NotThere
    if protocol and package.protocol(protocol) is None:
        raise NotThere
    _may_be_recorded(actor, person, until)
    with transaction.atomic():
        row, _new = Trained.objects.update_or_create(
            person=person,
            method=method,
            protocol=protocol,
            defaults={
                "until": until,
                "recorded_by_id": actor.person,
                "recorded_at": clock.now(),
                "organisation_id": person.organisation_id,
            },
        )
        note(actor, "training.recorded", f"trained {row.pk}")
    return row


def _may_be_recorded(actor: Actor, person: Person, until: date | None) -> None:
    if not TrainingRegister.objects.exists():
        raise Refused(_("First write down what the works council decided about keeping this list."))
    if person.pk == actor.person:
        raise Refused(_("Nobody records themselves. Ask another trainer or an administrator."))
    if until is not None and until < clock.now().date():
        raise Refused(
            _("That day has passed. Choose one that is still to come, or leave it empty.")
        )


def end_trained(actor: Actor, row: Trained) -> None:
    """Take a line away. A meeting that has begun goes on; one that has not waits for a trained lead."""
    require(actor, "methods.end_training", row)
    with transaction.atomic():
        gone, _each = Trained.objects.filter(pk=row.pk).delete()
        if gone:
            note(actor, "training.ended", f"trained {row.pk}")
