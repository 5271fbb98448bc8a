"""What every action on an agreement does the same way."""

import unicodedata
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kring.agreements.models import Agreement, Bell, Sign
from kring.agreements.rules import Answered, Kind
from kring.base.policy import LOG_IN_FIRST, Actor, Refused
from kring.people import trail
from kring.people.actors import running
from kring.people.models import Organisation, Person

TOO_LONG = _("This text is too long. Make it one or two sentences.")


def tidy(text: str, most: int) -> str:
    """Typed text as it is kept: normal form, single spaces, no longer than the field."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    if len(text) > most:
        raise Refused(TOO_LONG)
    return text


def myself(actor: Actor) -> int:
    """The person behind the actor; guests and visitors take nothing on themselves."""
    if actor.person is None:
        raise Refused(LOG_IN_FIRST)
    return actor.person


def today(now: datetime) -> date:
    """The day on the wall of this installation."""
    return now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


def fresh(agreement: Agreement) -> Agreement:
    """The agreement as it is now, held until the transaction ends."""
    rows = Agreement.objects.select_for_update(of=("self",)).select_related("team")
    found: Agreement = rows.get(pk=agreement.pk)
    return found


def settle(agreement: Agreement, now: datetime) -> None:
    """Save with new due moments; ``version`` tells calendars that something moved."""
    agreement.set_moments()
    agreement.changed_at = now
    agreement.version += 1
    agreement.save()


def sign(
    agreement: Agreement,
    kind: Kind,
    now: datetime,
    before: dict[str, Any],
    *,
    status: str = "",
    words: str = "",
    bell: Bell | None = None,
) -> Sign:
    """Write down what happened."""
    made = Sign(
        agreement=agreement,
        organisation_id=agreement.organisation_id,
        kind=kind.value,
        status=status,
        words=words,
        at=now,
        before=before,
        bell=bell,
    )
    made.save()
    return made


def note(actor: Actor, verb: str, agreement: Agreement) -> None:
    """One line in the trail: verb and id."""
    trail.note(actor, f"agreement.{verb}", f"agreement {agreement.pk}")


def close_bell(
    agreement: Agreement, answer: Answered, now: datetime, words: str = "", meeting: str = ""
) -> Bell | None:
    """Answer the bell that waits, if one does."""
    bell = Bell.objects.filter(
        agreement=agreement, answered_at__isnull=True, withdrawn_at__isnull=True
    ).first()
    agreement.rung_at = None
    if bell is None:
        return None
    bell.answer, bell.answer_words, bell.meeting = answer.value, words, meeting
    bell.answered_at = now
    bell.save(update_fields=["answer", "answer_words", "meeting", "answered_at"])
    return bell


def those_who_agreed(agreement: Agreement, today: date) -> list[Person]:
    """Who hears of it first: who took it on (in person or as the team) and who minds the bell.

    A manager hears of it only as somebody who agreed (reference E23).
    """
    wanted = set(agreement.taker_ids())
    wanted |= {agreement.bell_ringer_id} if agreement.bell_ringer_id else set()
    people = Person.objects.filter(running(today)).select_related("account")
    found = {one.pk: one for one in people.filter(pk__in=wanted)}
    if agreement.taken_on_by_team and agreement.team_id:
        members = people.filter(
            running(today, "memberships__starts_on", "memberships__ends_on"),
            memberships__team_id=agreement.team_id,
        )
        found |= {one.pk: one for one in members}
    if not found and agreement.made_by_id:
        found = {one.pk: one for one in people.filter(pk=agreement.made_by_id)}
    return [found[number] for number in sorted(found)]


def page_of(agreement: Agreement, name: str = "agreements:agreement", *args: int) -> str:
    """Address of a page about this agreement."""
    slug = Organisation.objects.values_list("slug", flat=True).get(pk=agreement.organisation_id)
    return reverse(name, args=[slug, *(args or (agreement.pk,))])
