"""Signs of life: looking back, changing, stopping, handing over, and taking a click back."""

from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kring.agreements.actions.ground import (
    close_bell,
    fresh,
    myself,
    note,
    settle,
    sign,
    tidy,
    today,
)
from kring.agreements.actions.making import SAY_WHAT
from kring.agreements.models import Agreement, Bell, Sign, Taker
from kring.agreements.models.agreement import put_back, remember
from kring.agreements.policy import takes_part
from kring.agreements.rules import (
    Answered,
    Kind,
    Status,
    is_answered_by_looking_back,
    may_look_again_on,
    may_undo,
    next_look_back,
    rhythm_within,
)
from kring.base import clock
from kring.base.policy import Actor, Refused, require
from kring.people.models import Person
from kring.people.post import untell

ANOTHER_DAY = _("Choose a day after today, at most half a year ahead.")
TOO_LATE = _("This can no longer be undone: something happened since, or it was too long ago.")
NOT_IN_TEAM = _("Only somebody who takes part can mind the bell.")


def chosen_day(agreement: Agreement, on: date | None, day: date) -> date:
    """The next look-back date: the chosen one, or after one rhythm."""
    if on is None:
        return next_look_back(day, agreement.rhythm_days)
    if not may_look_again_on(day, on):
        raise Refused(ANOTHER_DAY)
    return on


def check_in(
    actor: Actor,
    agreement: Agreement,
    *,
    status: str,
    noticed: str = "",
    look_again_on: date | None = None,
) -> Sign:
    """Look back in a word and perhaps a sentence. Answers a bell that rang out of silence."""
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.check_in", agreement)
        if status == Status.NO_LONGER_NEEDED:
            return end(actor, agreement, words=noticed)
        now, before = clock.now(), remember(agreement)
        agreement.status = Status(status).value
        agreement.last_sign_at = now
        agreement.look_back_on = chosen_day(agreement, look_again_on, today(now))
        waiting = Bell.objects.filter(
            agreement=agreement, answered_at__isnull=True, withdrawn_at__isnull=True
        ).first()
        bell = None
        if waiting and is_answered_by_looking_back(rang_by_itself=waiting.rang_by_itself):
            bell = close_bell(agreement, Answered.LOOKED_BACK, now)
        settle(agreement, now)
        words = tidy(noticed, 400)
        made = sign(
            agreement,
            Kind.LOOKED_BACK,
            now,
            before,
            status=agreement.status,
            words=words,
            bell=bell,
        )
        note(actor, "looked_back", agreement)
    return made


def look_again(actor: Actor, agreement: Agreement, *, on: date) -> Sign:
    """ "We look again on …": after a holiday or a busy month. A sign of life, no answer to a bell."""
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.check_in", agreement)
        now, before = clock.now(), remember(agreement)
        agreement.last_sign_at = now
        agreement.look_back_on = chosen_day(agreement, on, today(now))
        settle(agreement, now)
        made = sign(agreement, Kind.LOOK_AGAIN, now, before)
        note(actor, "look_again", agreement)
    return made


def change(
    actor: Actor,
    agreement: Agreement,
    *,
    what: str | None = None,
    how_noticed: str | None = None,
    rhythm_days: int | None = None,
    look_back_on: date | None = None,
    ends_on: date | Literal["keep"] | None = "keep",
    taken_on_by_team: bool | None = None,
) -> Sign:
    """Change what is given; ``ends_on=None`` takes the end date away. Answers a waiting bell."""
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.change", agreement)
        now, before = clock.now(), remember(agreement)
        text = agreement.what if what is None else tidy(what, 400)
        if not text:
            raise Refused(SAY_WHAT)
        if text != agreement.what:
            agreement.what, agreement.bells = text, 0
            agreement.status = Status.ADAPTED.value
        if how_noticed is not None:
            agreement.how_noticed = tidy(how_noticed, 400)
        if rhythm_days is not None:
            agreement.rhythm_days = rhythm_within(rhythm_days)
        if taken_on_by_team is not None:
            agreement.taken_on_by_team = taken_on_by_team
        if ends_on != "keep":
            agreement.ends_on = ends_on
        agreement.last_sign_at = now
        if look_back_on != agreement.look_back_on:
            agreement.look_back_on = chosen_day(agreement, look_back_on, today(now))
        bell = close_bell(agreement, Answered.CHANGED, now)
        settle(agreement, now)
        made = sign(agreement, Kind.CHANGED, now, before, bell=bell)
        note(actor, "changed", agreement)
    return made


def end(actor: Actor, agreement: Agreement, *, words: str = "") -> Sign:
    """No longer needed: the normal end of an agreement. Answers a waiting bell."""
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.change", agreement)
        now, before = clock.now(), remember(agreement)
        said = tidy(words, 400)
        bell = close_bell(agreement, Answered.NO_LONGER_NEEDED, now, said)
        agreement.status = Status.NO_LONGER_NEEDED.value
        agreement.ended_at = now
        settle(agreement, now)
        made = sign(
            agreement, Kind.ENDED, now, before, status=agreement.status, words=said, bell=bell
        )
        note(actor, "ended", agreement)
    return made


def hand_over_bell(actor: Actor, agreement: Agreement, *, to: Person | None) -> Sign:
    """Somebody else minds the bell from now on, or nobody in particular.

    Everybody may take it on; only who takes part may give it to another member of the team.
    """
    with transaction.atomic():
        agreement = fresh(agreement)
        rule = "agreements.join" if to and to.pk == actor.person else "agreements.change"
        require(actor, rule, agreement)
        in_team = to is not None and to.memberships.filter(team=agreement.team).exists()
        if to and to.pk != actor.person and not in_team and to.pk not in agreement.taker_ids():
            raise Refused(NOT_IN_TEAM)
        now, before = clock.now(), remember(agreement)
        agreement.bell_ringer = to
        agreement.last_sign_at = now
        settle(agreement, now)
        made = sign(agreement, Kind.HANDED_OVER, now, before)
        note(actor, "bell_handed_over", agreement)
    return made


def join(actor: Actor, agreement: Agreement) -> Agreement:
    """Take it on too."""
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.join", agreement)
        Taker.objects.get_or_create(
            agreement=agreement,
            person_id=myself(actor),
            defaults={"organisation_id": agreement.organisation_id},
        )
        note(actor, "joined", agreement)
    return agreement


def leave(actor: Actor, agreement: Agreement) -> Agreement:
    """Let it go again; no reason is asked."""
    with transaction.atomic():
        agreement = fresh(agreement)
        require(actor, "agreements.see", agreement)
        Taker.objects.filter(agreement=agreement, person_id=myself(actor)).delete()
        note(actor, "left", agreement)
    return agreement


def undo(actor: Actor, sign: Sign) -> Agreement | None:
    """Take back the last thing that happened, within a quarter of an hour.

    ``None`` when that was the making itself: the agreement is gone.
    """
    with transaction.atomic():
        agreement = fresh(sign.agreement)
        require(actor, "agreements.see", agreement)
        if sign.kind in (Kind.MADE, Kind.CHANGED, Kind.ANSWERED, Kind.ENDED) and not takes_part(
            actor, agreement
        ):
            raise Refused(TOO_LATE)
        now = clock.now()
        last = Sign.objects.filter(agreement=agreement, undone_at__isnull=True).first()
        by_the_clock = sign.kind == Kind.BELL and not sign.before
        if last is None or last.pk != sign.pk or by_the_clock or not may_undo(sign.at, now):
            raise Refused(TOO_LATE)
        note(actor, "undone", agreement)
        if sign.kind == Kind.MADE:
            agreement.delete()
            return None
        put_back(agreement, sign.before)
        _put_back_bell(last)
        last.undone_at = now
        last.save(update_fields=["undone_at"])
        settle(agreement, now)
    return agreement


def _put_back_bell(sign: Sign) -> None:
    bell = sign.bell
    if bell is None:
        return
    if sign.kind == Kind.BELL:
        bell.withdrawn_at = sign.at
        bell.save(update_fields=["withdrawn_at"])
        untell(f"bell {bell.pk}")
        return
    bell.answer = bell.answer_words = bell.meeting = ""
    bell.answered_at = None
    bell.save(update_fields=["answer", "answer_words", "meeting", "answered_at"])
