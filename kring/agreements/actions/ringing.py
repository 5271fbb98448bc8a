"""Ringing the bell: by somebody, or by silence."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from kring.agreements.actions.ground import (
    fresh,
    note,
    page_of,
    settle,
    sign,
    those_who_agreed,
    tidy,
    today,
)
from kring.agreements.models import Agreement, Bell, Sign
from kring.agreements.models.agreement import remember
from kring.agreements.rules import UNDO_WINDOW, Kind
from kring.base import clock, scope
from kring.base.policy import Actor, require
from kring.people.post import tell

A_MOMENT = timedelta(minutes=1)


def tell_of_bell(agreement: Agreement, bell: Bell, at: datetime, but: int | None = None) -> None:
    """Those who agreed hear of it first; whoever rang knows already."""
    people = [p for p in those_who_agreed(agreement, today(at)) if p.pk != but]
    tell(
        people,
        kind="agreements.bell",
        about=f"agreement {agreement.pk}",
        page=page_of(agreement),
        cause=f"bell {bell.pk}",
        at=at,
    )


def ring_bell(actor: Actor, agreement: Agreement, *, sentence: str = "") -> Sign:
    """Say that an agreement does not run, with an optional sentence and without a name.

    The letter waits until a click by mistake can no longer be taken back.
    """
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.ring_bell", agreement)
        now = clock.now()
        before = remember(agreement)
        bell = Bell(
            organisation_id=agreement.organisation_id,
            agreement=agreement,
            sentence=tidy(sentence, 300),
            rang_at=now,
        )
        bell.save()
        agreement.rung_at = now
        agreement.bells += 1
        settle(agreement, now)
        made = sign(agreement, Kind.BELL, now, before, words=bell.sentence, bell=bell)
        note(actor, "rung", agreement)
        tell_of_bell(agreement, bell, now + UNDO_WINDOW + A_MOMENT, but=actor.person)
    return made


def ring_by_itself(number: int, due: datetime, organisation: int, now: datetime) -> bool:
    """Ring the bell of a silent agreement; ``False`` when another clock was first.

    The due moment is the claim: whoever empties it, in the same transaction as the bell, rings.
    """
    with scope.inside(organisation), transaction.atomic():
        claimed = Agreement.objects.filter(pk=number, bell_at=due).update(
            bell_at=None,
            remind_at=None,
            rung_at=now,
            bells=F("bells") + 1,
            version=F("version") + 1,
            changed_at=now,
        )
        if claimed != 1:
            return False
        agreement = Agreement.objects.select_related("team").get(pk=number)
        bell = Bell(organisation_id=organisation, agreement=agreement, rang_at=now, missed_at=due)
        bell.save()
        sign(agreement, Kind.BELL, now, {}, bell=bell)
        note(Actor(kind="clock", organisation=organisation), "rung", agreement)
        tell_of_bell(agreement, bell, now)
    return True
