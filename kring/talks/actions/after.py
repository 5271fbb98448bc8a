"""After a talk: how agreements go, and the look-back (1.10)."""

import secrets
from datetime import date, datetime, timedelta

from django.utils.timezone import get_current_timezone, localtime

from kring.base import clock
from kring.base.policy import Actor, NotThere, require
from kring.meetings.actions.plan import fingerprint
from kring.methods.shelf import shipped
from kring.talks.actions.keeping import change
from kring.talks.actions.planning import hang_plates
from kring.talks.models import Talk, number_for
from kring.talks.rules import Agreement, Chair, Paper, Status, ends_on, needs_choice, parties
from kring.talks.rules.ending import NEVER_HELD


def change_status(actor: Actor, talk: Talk, key: str, *, number: int, status: Status) -> Talk:
    """One word about an agreement, by a party or the facilitator. Never a reason, never by whom."""
    require(actor, "talks.read_agreements", talk)
    today = clock.now().date()

    def moved(one: Agreement) -> Agreement:
        if one.number != number:
            return one
        done = today if status is Status.DONE else None
        return one.model_copy(update={"status": status, "done_on": done})

    def work(paper: Paper) -> Paper:
        if number not in {one.number for one in paper.agreements}:
            raise NotThere
        some = tuple(moved(one) for one in paper.agreements)
        last = ends_on(some, paper.closed_on or today)
        return paper.model_copy(update={"agreements": some, "ends_on": last})

    change(talk, f"status {number} {status}", key, work)
    end = last_moment(talk.paper)
    if talk.due_at is None or end < talk.due_at:
        Talk.objects.filter(pk=talk.pk).update(due_at=end)
    return talk


def last_moment(paper: Paper) -> datetime:
    """When the key of these agreements is shredded: the night after their last day."""
    assert paper.ends_on is not None
    night = paper.ends_on + timedelta(days=1)
    return datetime.combine(night, datetime.min.time(), tzinfo=get_current_timezone())


def plan_look_back(talk: Talk, on: date) -> int | None:
    """The look-back (1.10) with the same facilitator and people, at the same hour. Its number."""
    script = shipped().protocol("restorative_follow_up")
    before = talk.paper
    if script is None or talk.script.id == "conference_preparation":
        return None
    theirs = {chair.number for chair in parties(before)}
    chairs = tuple(_again(chair, chair.number in theirs) for chair in before.chairs)
    hour = localtime(before.starts_at).timetz()
    frozen = script.model_dump(mode="json")
    paper = Paper(
        protocol=frozen,
        protocol_hash=fingerprint(frozen),
        starts_at=datetime.combine(on, hour.replace(tzinfo=None), tzinfo=get_current_timezone()),
        minutes=script.minutes.normal,
        place=before.place,
        one_device=before.one_device,
        chairs=chairs,
        declared=before.declared,
        after=talk.pk,
    )
    made = Talk(pk=number_for(f"after {talk.pk} {secrets.token_hex(8)}"))
    made.organisation_id = talk.organisation_id
    made.due_at = paper.starts_at + NEVER_HELD
    made.seal(paper)
    made.save(force_insert=True)
    hang_plates(made, chairs)
    return made.pk


def _again(chair: Chair, party: bool) -> Chair:
    roles = ("moderator",) if chair.leads else ("party",) if party else ("supporter",)
    return Chair(
        number=chair.number,
        name=chair.name,
        person=chair.person,
        code=chair.code,
        roles=roles,
        beside=chair.beside,
    )


def mark_prepared(talk: Talk) -> None:
    """A preparation talk that was held shows on the page of the talk it was for."""
    if talk.script.id != "conference_preparation" or talk.paper.after is None:
        return
    whole = Talk.objects.filter(pk=talk.paper.after).first()
    if whole is None or whole.is_over or not needs_choice(whole.script.id):
        return
    with_whom = [(chair.person, chair.code) for chair in parties(talk.paper)]

    def work(paper: Paper) -> Paper:
        for chair in paper.others:
            if (chair.person, chair.code) in with_whom:
                paper = paper.with_chair(chair.model_copy(update={"prepared": True}))
        return paper

    change(whole, "prepared", secrets.token_hex(8), work)
