"""Opening the room, coming in, every click, stopping and closing."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.base import clock, keys, wake
from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings import room as rooms
from kring.meetings.actions.play import play
from kring.meetings.engine import State, Who, read_ask
from kring.meetings.models import Stage
from kring.meetings.room import Done, Job
from kring.meetings.room.jobs import receipt_for
from kring.meetings.steps import assent
from kring.methods.format.banks import find
from kring.methods.format.shapes import StepKind
from kring.methods.shelf import banks
from kring.talks import facts, room
from kring.talks.actions.keeping import change
from kring.talks.actions.planning import without_manager
from kring.talks.models import Talk
from kring.talks.room import QuietRoom
from kring.talks.rules import (
    Chair,
    Choice,
    Line,
    Missing,
    Paper,
    bare,
    ends_on,
    keep_agreements,
    missing,
    needs_choice,
    parties,
)
from kring.talks.rules.ending import BARE
from kring.talks.words import MISSING, WHY_NOT

ABANDONED = timedelta(hours=12)
"""Without a word this long everything is gone (hard stop, safety §1.3)."""
PREPARED_KNOWN = timedelta(days=1)
"""A preparation talk is forgotten after a day: the conference it was for knows enough."""


def room_of(talk: Talk) -> QuietRoom:
    """The room of a talk, as fresh as the row that was read."""
    held = rooms.of_id(talk.pk, talk.organisation_id)
    assert isinstance(held, QuietRoom)  # numbers of talks are talks'
    if held.snap.about.get("version") != talk.version:
        held.refresh()
    return held


def say_missing(talk: Talk, lacking: Sequence[Missing]) -> list[str]:
    """What is not arranged yet, in words for the facilitator."""
    titles = {role.id: role.title.say(get_language() or "nl") for role in talk.script.roles}
    names = {chair.number: chair.name for chair in talk.paper.chairs}
    return [
        str(MISSING[one.code])
        % {"name": names.get(one.chair, ""), "role": titles.get(one.role, one.role)}
        if "%" in str(MISSING[one.code])
        else str(MISSING[one.code])
        for one in lacking
    ]


def open_talk(actor: Actor, talk: Talk, key: str) -> Talk:
    """Open the room. Only when everybody is prepared and said yes, and nobody's line changed."""
    require(actor, "talks.lead", talk)
    if talk.is_open:
        return talk
    _checked(actor, talk)
    now = clock.now()

    def work(paper: Paper) -> Paper:
        lacking = missing(paper, talk.script)  # once more, on what is in the box at this moment
        if lacking:
            raise Refused(" ".join(say_missing(talk, lacking)))
        return paper

    return change(talk, "open", key, work, state=Stage.OPEN, due_at=now + ABANDONED)


def _checked(actor: Actor, talk: Talk) -> None:
    others = [chair.person for chair in talk.paper.others if chair.person]
    why = facts.why_not(actor, talk.script, others, declared=True)
    if why:
        raise Refused(WHY_NOT[why])
    without_manager(talk.script, others)


def join_talk(actor: Actor, talk: Talk) -> Chair:
    """Sit down on one's own chair, by one's own yes."""
    require(actor, "talks.take_part", talk)
    chair = talk.chair_of(actor)
    if chair is None:
        raise NotThere
    if not chair.leads and needs_choice(talk.script.id) and chair.choice is not Choice.YES:
        raise Refused(_("First say yes yourself. You may always take it back."))
    _sit(talk, chair, has_device=True)
    if chair.leads and talk.paper.one_device:
        _ask(talk, chair, {"kind": "set_devices", "one": True})
        for other in talk.paper.others:
            _sit(talk, other, has_device=False)
    _in_order(talk)
    return chair


def seat_without_phone(actor: Actor, talk: Talk, *, number: int) -> None:
    """Somebody in the talk who has no phone sits down; their yes was given on paper or a screen."""
    require(actor, "talks.lead", talk)
    chair = talk.paper.chair(number)
    if chair is None or chair.leads or not talk.is_open:
        raise NotThere
    _sit(talk, chair, has_device=False)
    _in_order(talk)


def _sit(talk: Talk, chair: Chair, *, has_device: bool) -> None:
    wish = {"kind": "take_seat", "has_device": has_device, "roles": chair.roles}
    done = _ask(talk, chair, wish)
    if done.refused is not None:
        raise Refused(done.refused.text.say(get_language() or "nl"))


def _ask(talk: Talk, chair: Chair, wish: dict[str, Any]) -> Done:
    receipt = receipt_for(talk.pk, chair.key, secrets.token_hex(8))
    return room_of(talk).carry(Job(Who(chair.key), read_ask(wish), receipt))


def _in_order(talk: Talk) -> None:
    """Chairs as they were agreed in the preparation, support persons next to who they support."""
    held = room_of(talk)
    here = set(held.state.record.seats)
    leader = next((one for one in talk.paper.leaders if held.state.is_moderator(one.key)), None)
    order: list[str] = []
    for chair in talk.paper.chairs:
        if chair.beside is None:
            order.append(chair.key)
            order += [one.key for one in talk.paper.chairs if one.beside == chair.number]
    wanted = [key for key in dict.fromkeys(order) if key in here]
    if leader is not None and len(wanted) == len(here):
        _ask(talk, leader, {"kind": "order_seats", "order": tuple(wanted)})


def do(actor: Actor, talk: Talk, asked: dict[str, Any], key: str) -> Done:
    """Answer one ask of this actor, in memory. A refusal of the engine is returned."""
    require(actor, "talks.take_part", talk)
    chair = talk.chair_of(actor)
    assert chair is not None  # the rule just said so
    return play(room_of(talk), chair.key, asked, key)


def lay_question(actor: Actor, talk: Talk, *, question: str, key: str) -> Done:
    """Everybody sees ``question`` (``bank.question``) instead of what the phase asked.

    In memory only, as everything of a talk. Raises `NotThere` when no bank has it.
    """
    require(actor, "talks.lead", talk)
    chair, asked = talk.chair_of(actor), find(banks(), question)
    if chair is None or asked is None:
        raise NotThere
    laid = read_ask({"kind": "lay_question", "nl": asked.text.nl, "en": asked.text.en})
    return room_of(talk).carry(Job(Who(chair.key), laid, receipt_for(talk.pk, chair.key, key)))


def close_talk(actor: Actor, talk: Talk, key: str, *, look_back_on: date | None) -> Done:
    """End the talk: the room is wiped, agreements everybody said yes to are sealed."""
    require(actor, "talks.lead", talk)
    asked = {
        "kind": "close",
        "confirmed": True,
        "look_back_on": look_back_on.isoformat() if look_back_on else None,
        "no_follow_up": look_back_on is None,
    }
    return do(actor, talk, asked, key)


def stop_talk(talk: Talk) -> None:
    """It stops, kindly and for everybody at once. Nothing is kept, nor because of whom."""
    with transaction.atomic():
        row = Talk.objects.select_for_update().filter(pk=talk.pk, state=Stage.OPEN).first()
        if row is not None:
            _seal_end(row, row.paper.model_copy(update={"stopped": True, "look_back_on": None}), ())
    talk.refresh_from_db()
    held = rooms.of_id(talk.pk, talk.organisation_id)
    held.refresh()  # the talk is over: this wipes the room
    wake.bell().ring(f"meeting:{talk.pk}")


def lines_of(state: State) -> list[Line]:
    """Every sentence people could say yes to, as it stands."""
    found = []
    for step in state.protocol.steps:
        visit = state.flow.latest.get(step.id)
        if step.kind is StepKind.ASSENT and visit is not None:
            for one in assent.standing(state, visit):
                found.append(
                    Line(one.text, yes=one.yes, settled=one.settled, objected=one.objected)
                )
    return found


def screens_of(state: State) -> frozenset[str]:
    """Who has a screen of their own; nobody has one when there is one device in the room."""
    if state.one_device:
        return frozenset()
    return frozenset(key for key, seat in state.record.seats.items() if seat.has_device)


def _closed(talk: Talk, state: State) -> None:
    """Called by the room in one transaction, just before it is wiped."""
    row = Talk.objects.select_for_update().get(pk=talk.pk)
    if row.state != Stage.OPEN:
        return
    theirs = parties(row.paper)
    seats = [chair.key for chair in theirs]
    kept = keep_agreements(lines_of(state), seats, screens_of(state), state.record.seats)
    said = state.record.look_back_on
    look_back_on = date.fromisoformat(said) if said else None
    paper = row.paper.model_copy(update={"look_back_on": look_back_on})
    from kring.talks.actions.after import mark_prepared, plan_look_back

    following = plan_look_back(row, look_back_on) if look_back_on else None
    mark_prepared(row)
    _seal_end(row, paper.model_copy(update={"next": following}), kept)
    talk.refresh_from_db()


def _seal_end(row: Talk, paper: Paper, kept: Sequence[Any]) -> None:
    """The box as it is from now on: a fresh key, and nothing of choices, roles or wishes."""
    today = clock.now().date()
    end = bare(paper, parties(paper), today)
    end = end.model_copy(
        update={"agreements": tuple(kept), "ends_on": ends_on(kept, today) if kept else None}
    )
    keys.shred(row.place)  # what was known before goes on the list of erased places
    row.state = Stage.CLOSED
    row.seal(end)
    Talk.objects.filter(pk=row.pk).update(
        box=row.box,
        key=row.key,
        version=row.version + 1,
        state=Stage.CLOSED,
        due_at=clock.now() + (PREPARED_KNOWN if _is_preparation(row) else BARE),
    )


def _is_preparation(talk: Talk) -> bool:
    return talk.paper.protocol.get("id") == "conference_preparation"


def hard_stop(talk: Talk, now: datetime) -> bool:
    """Nobody came back for twelve hours: it stops by itself. True when it did."""
    if talk.due_at is None or talk.due_at > now:
        return False
    stop_talk(talk)
    return True


room.on_close.append(_closed)
room.on_leave.append(stop_talk)
