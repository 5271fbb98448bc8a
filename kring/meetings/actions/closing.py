"""The end of a meeting: the harvest is handed out, the rest forgotten, minutes can be read."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from kring.base.policy import Actor, ask, require
from kring.meetings import outputs, room
from kring.meetings.engine import State
from kring.meetings.engine.flow import leaving
from kring.meetings.models import Harvest, Meeting, MeetingEvent, Stage
from kring.meetings.policy import seat_of
from kring.meetings.room import effects
from kring.meetings.room.sealed import wipe
from kring.methods.format.outputs import OUTPUTS
from kring.people import trail

log = logging.getLogger("kring.meetings")


def keep_harvest(meeting: Meeting, state: State, now: datetime) -> None:
    """Every released item becomes a row of its own and goes to who receives its type."""
    seats = {seat.key: seat for seat in meeting.seats.select_related("person")}
    language = meeting.organisation.language
    for name, released in leaving(state, language).items():
        kind, fields = released["output"], released["fields"]
        item = outputs.Harvested(
            meeting=meeting,
            item=name,
            type=kind,
            text=str(fields.get(OUTPUTS[kind].summary.id) or ""),
            fields=fields,
            visibility=released["visibility"],
            named=released.get("named"),
            seats=seats,
        )
        _keep(item)
    blank_what_was_taken_off(meeting, state)


def _keep(item: outputs.Harvested) -> None:
    row, new = Harvest.objects.get_or_create(
        meeting=item.meeting,
        item=item.item,
        defaults={
            "organisation_id": item.meeting.organisation_id,
            "type": item.type,
            "text": item.text,
            "fields": {key: value for key, value in item.fields.items() if not _seats(item, key)},
            "visibility": item.visibility,
            "names": _names(item),
        },
    )
    if not new:
        return
    try:
        with transaction.atomic():
            row.made = outputs.hand_out(item)
    except Exception:
        # The item itself is kept: a receiver that fails must not keep a circle from going home.
        log.exception("Nothing was made of a harvested %s.", item.type)
        return
    row.save(update_fields=["made"])


def _seats(item: outputs.Harvested, field: str) -> bool:
    return bool(item.chosen(field))


def _names(item: outputs.Harvested) -> dict[str, str]:
    """Who chose what. The team knows who took something on; others only with that person's yes."""
    if item.visibility != "V4" and not item.named:
        return {}
    found = {field: item.chosen(field) for field in item.fields}
    names = {field: ", ".join(seat.name for seat in seats) for field, seats in found.items()}
    if item.named and item.named in item.seats:
        names["from"] = item.seats[item.named].name
    return {field: name for field, name in names.items() if name}


def blank_what_was_taken_off(meeting: Meeting, state: State) -> None:
    """Texts that were taken off the table or back inside do not wait six weeks to be deleted."""
    off = {
        card.id
        for sheet in state.record.sheets.values()
        for card in sheet.cards.values()
        if card.removed
    }
    released = set(state.record.released)
    for row in MeetingEvent.objects.filter(meeting=meeting):
        before = str(row.data)
        if row.data.get("card") in off or (
            row.kind == "item.released" and row.data.get("item") not in released
        ):
            row.data = _blanked(row.data)
        elif row.kind == "cards.revealed":
            cards = [_blanked(c) if c["card"] in off else c for c in row.data["cards"]]
            row.data = {**row.data, "cards": cards}
        if str(row.data) != before:
            row.save(update_fields=["data"])


def _blanked(data: dict[str, Any]) -> dict[str, Any]:
    empty: dict[str, Any] = {"text": "", "fields": {}}
    return {**data, **{key: value for key, value in empty.items() if key in data}}


effects.on_close.append(keep_harvest)


def hard_stop(meeting: Meeting, now: datetime) -> bool:
    """Nobody came back: what was released is kept, everything volatile is gone. True when done."""
    with transaction.atomic():
        claimed = Meeting.objects.filter(pk=meeting.pk, state=Stage.OPEN, due_at__lte=now)
        if not claimed.update(state=Stage.CLOSED):
            return False
        number = meeting.number + 1
        if not Meeting.objects.filter(pk=meeting.pk, number=meeting.number).update(number=number):
            raise RuntimeError("The meeting went on while it was being closed.")
        MeetingEvent(
            organisation_id=meeting.organisation_id,
            meeting=meeting,
            number=number,
            kind="meeting.closed",
            data={"at": now.isoformat(), "look_back_on": None, "no_follow_up": True},
            at=now,
        ).save()
        effects.close(meeting, room.of(meeting).state, now)
        trail.note(
            Actor(kind="clock", organisation=meeting.organisation_id),
            "meeting.closed_by_clock",
            f"meeting {meeting.pk}",
        )
        wipe(meeting)  # closed and wiped: both, or neither
    room.let_go(meeting.pk)
    room.forget(meeting.pk)
    return True


@dataclass(frozen=True, slots=True)
class Minutes:
    """Only what was harvested, as far as this reader may see it."""

    meeting: Meeting
    items: tuple[Harvest, ...]


def minutes(actor: Actor, meeting: Meeting) -> Minutes:
    """What left the circle. Who was not there sees only what was released further than the circle."""
    require(actor, "meetings.see", meeting)
    rows = meeting.harvest.all()
    there = actor.kind == "clock" or seat_of(actor, meeting) is not None
    return Minutes(
        meeting, tuple(row for row in rows if there or ask(actor, "meetings.read_item", row))
    )


def on_the_table(meeting: Meeting) -> Any:
    """Open agreements of the team, as (id, words): they come back on the table as the first step."""
    from kring.agreements.models import Agreement

    return Agreement.objects.open_for_team(meeting.team_id).values_list("pk", "what")
