"""Who is trained to lead which talk: the pure answer, and the questions to the register.

For most talks it is advice ("you are trained for this"). A protocol with ``moderator_trained`` is led
by nobody else: :func:`must_be_trained` is asked wherever somebody becomes moderator.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, Refused
from kring.methods.format.shapes import Protocol
from kring.methods.models import Trained, TrainingRegister
from kring.people.actors import running
from kring.people.models import Person

MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Learnt:
    """One line of the register, as plain values. ``protocol`` "": every talk of the method."""

    method: str
    protocol: str = ""
    until: date | None = None


def covers(learnt: Iterable[Learnt], *, method: str, protocol: str, on: date) -> bool:
    """Does one of these lines cover this protocol on this day? The last day still counts."""
    return any(
        one.method == method
        and one.protocol in ("", protocol)
        and (one.until is None or one.until >= on)
        for one in learnt
    )


def learnt_by(person: int) -> tuple[Learnt, ...]:
    """What the register says of one person. One query."""
    rows = Trained.objects.filter(person=person).values_list("method", "protocol", "until")
    return tuple(Learnt(*row) for row in rows)


def original(protocol: Protocol) -> tuple[str, str]:
    """Method and id of a protocol; an own version keeps those of what it was made from."""
    return protocol.package or "", protocol.id


def is_trained(person: int, protocol: Protocol, *, on: date | None = None) -> bool:
    """Is this person on record as trained for this protocol?"""
    method, name = original(protocol)
    day = on or clock.now().date()
    return covers(learnt_by(person), method=method, protocol=name, on=day)


def who_can_lead(actor: Actor, protocol: Protocol) -> list[Person]:
    """Colleagues who are trained for it and whom this actor may see, by name. One query."""
    method, name = original(protocol)
    today = clock.now().date()
    counts = Q(trained__until__isnull=True) | Q(trained__until__gte=today)
    return list(
        Person.objects.visible_to(actor)
        .filter(counts, running(today), trained__method=method, trained__protocol__in=["", name])
        .distinct()
        .order_by("name", "id")
    )


def register() -> TrainingRegister | None:
    """The open register of this organisation, or None while nothing was decided."""
    return TrainingRegister.objects.first()


def must_be_trained(protocol: Protocol, people: Iterable[int | None], actor: Actor) -> None:
    """Raise ``Refused`` unless everybody in ``people`` may lead this protocol.

    Somebody who is not of the organisation (None: a guest) never leads one that asks for training.
    """
    if not protocol.moderator_trained:
        return
    if all(person is not None and is_trained(person, protocol) for person in people):
        return
    names = [one.name for one in who_can_lead(actor, protocol)][:MOST_NAMES]
    if names:
        raise Refused(
            _("Only somebody trained for this talk leads it. Plan it together with %(names)s.")
            % {"names": ", ".join(names)}
        )
    raise Refused(
        _(
            "Only somebody trained for this talk leads it. Nobody here is on record yet: ask the trainer."
        )
    )
