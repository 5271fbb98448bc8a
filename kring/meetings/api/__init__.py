"""Meetings through the public interface: everything a person can do with one, other software can.

A whole meeting can be run from here: plan, join, ask (contribute, pass, reveal, park, harvest …),
read the screen a seat would see, and read the minutes. Permissions are those of the pages, because
the same actions and rules answer. Guests come in with a code and get a pass of their own.
"""

from typing import Any

from django.http import HttpRequest
from ninja import Router, Status

from kring.base import clock
from kring.base.policy import NotThere, Refused, ask, require
from kring.meetings import actions, room
from kring.meetings.api import modes
from kring.meetings.api.found import meeting_of, seat_out, shown
from kring.meetings.api.shapes import (
    AskIn,
    ChangeIn,
    DoneOut,
    GuestIn,
    GuestJoinIn,
    GuestOut,
    InvitedIn,
    ItemOut,
    JoinIn,
    MeetingOut,
    NoteIn,
    PlanIn,
    Screen,
    ScreenOut,
    SeatOut,
)
from kring.meetings.doors import guest_pass
from kring.meetings.engine import audience, mine, see
from kring.meetings.models import Meeting
from kring.meetings.policy import seat_of
from kring.methods import library
from kring.people.api import REFUSALS, actor_of_request, once_for
from kring.people.models import Person, Team

router = Router(tags=["meetings"])
router.add_router("", modes.router)


def _person(number: int) -> Person:
    person = Person.objects.filter(pk=number).first()
    if person is None:
        raise NotThere
    return person


@router.get("/meetings", response={200: list[MeetingOut], **REFUSALS})
def list_meetings(request: HttpRequest, state: str = "", limit: int = 50) -> Any:
    """Meetings I may know of, the next one first; ``state``: planned, open, closed, cancelled."""
    require(actor_of_request(request), "people.see_directory")
    rows = Meeting.objects.visible_to(actor_of_request(request)).order_by("-starts_at", "-id")
    if state:
        rows = rows.filter(state=state)
    return [{**_shown_short(row)} for row in rows[: max(1, min(limit, 200))]]


def _shown_short(meeting: Meeting) -> dict[str, Any]:
    """A line of the list: no code and no seats, so that the list is one query."""
    return {
        **{
            field: getattr(meeting, field)
            for field in ("title", "starts_at", "minutes", "place", "state", "mode", "version")
        },
        "id": meeting.pk,
        "team": meeting.team_id,
        "protocol": meeting.protocol_id,
        "code": "",
        "seats": [],
    }


@router.post("/meetings", response={201: MeetingOut, **REFUSALS})
def plan_meeting(request: HttpRequest, wish: PlanIn) -> Any:
    """Plan a meeting, or start one now."""
    actor = actor_of_request(request)
    team = Team.objects.filter(pk=wish.team).first()
    if team is None:
        raise NotThere
    protocol = library.protocol_for(wish.protocol)
    people = tuple((_person(one.person), tuple(one.roles)) for one in wish.people)
    plan = actions.Plan(
        team=team,
        protocol=protocol,
        starts_at=wish.starts_at or clock.now(),
        title=wish.title,
        about=wish.about,
        minutes=wish.minutes,
        place=wish.place,
        mode=wish.mode,
        each=wish.each,
        people=people,
        guests=tuple((one.name, tuple(one.roles)) for one in wish.guests),
    )
    begin = actions.start_now if wish.start_now else actions.plan_meeting

    def do() -> dict[str, Any]:
        made = MeetingOut.model_validate(shown(request, begin(actor, plan)))
        return made.model_dump(mode="json")

    return Status(201, once_for(request, do))


@router.get("/meetings/{number}", response={200: MeetingOut, **REFUSALS})
def one_meeting(request: HttpRequest, number: int) -> Any:
    """One meeting."""
    return shown(request, meeting_of(request, number))


@router.patch("/meetings/{number}", response={200: MeetingOut, **REFUSALS})
def change_meeting(request: HttpRequest, number: int, wish: ChangeIn) -> Any:
    """Change the plan; refused when somebody else changed it meanwhile."""
    changed = wish.dict(exclude={"version"}, exclude_none=True)
    meeting = actions.change_meeting(
        actor_of_request(request), meeting_of(request, number), version=wish.version, **changed
    )
    return shown(request, meeting)


@router.post("/meetings/{number}/open", response={200: MeetingOut, **REFUSALS})
def open_meeting(request: HttpRequest, number: int) -> Any:
    """Open the room."""
    meeting = meeting_of(request, number)
    return shown(request, actions.open_meeting(actor_of_request(request), meeting))


@router.post("/meetings/{number}/cancel", response={200: MeetingOut, **REFUSALS})
def cancel_meeting(request: HttpRequest, number: int) -> Any:
    """Call it off; ``bring-back`` undoes it."""
    meeting = meeting_of(request, number)
    actions.cancel_meeting(actor_of_request(request), meeting)
    return shown(request, meeting_of(request, number))


@router.post("/meetings/{number}/bring-back", response={200: MeetingOut, **REFUSALS})
def bring_back_meeting(request: HttpRequest, number: int) -> Any:
    """It goes on after all."""
    meeting = meeting_of(request, number)
    actions.bring_back_meeting(actor_of_request(request), meeting)
    return shown(request, meeting_of(request, number))


@router.post("/meetings/{number}/people", response={201: SeatOut, **REFUSALS})
def invite_person(request: HttpRequest, number: int, wish: InvitedIn) -> Any:
    """Invite a colleague."""
    seat = actions.invite_person(
        actor_of_request(request),
        meeting_of(request, number),
        _person(wish.person),
        roles=tuple(wish.roles),
    )
    return Status(201, seat_out(seat))


@router.post("/meetings/{number}/guests", response={201: SeatOut, **REFUSALS})
def invite_guest(request: HttpRequest, number: int, wish: GuestIn) -> Any:
    """Keep a chair for a guest."""
    seat = actions.invite_guest(
        actor_of_request(request),
        meeting_of(request, number),
        name=wish.name,
        roles=tuple(wish.roles),
    )
    return Status(201, seat_out(seat))


@router.post("/meetings/{number}/join", response={200: SeatOut, **REFUSALS})
def join(request: HttpRequest, number: int, wish: JoinIn) -> Any:
    """Sit down. Twice is once."""
    meeting = Meeting.objects.filter(pk=number).first()
    actor = actor_of_request(request)
    if meeting is None or not (ask(actor, "meetings.see", meeting) or wish.code):
        raise NotThere
    try:
        return seat_out(actions.join(actor, meeting, code=wish.code))
    except Refused:
        if ask(actor, "meetings.see", meeting):
            raise
        raise NotThere from None


@router.post("/join", response={200: GuestOut, **REFUSALS}, auth=None)
def join_as_guest(request: HttpRequest, wish: GuestJoinIn) -> Any:
    """Come in as a guest; the token speaks for this one seat in this one meeting."""
    meeting = actions.find_by_code(wish.code, request.META.get("REMOTE_ADDR", ""))
    if meeting is None:
        raise NotThere
    seat, secret = actions.join_as_guest(meeting, name=wish.name, code=meeting.code)
    return {"meeting": meeting.pk, "seat": seat.key, "token": guest_pass(seat, secret)}


@router.post("/meetings/{number}/asks", response={200: DoneOut, **REFUSALS})
def do(request: HttpRequest, number: int, wish: AskIn) -> Any:
    """Ask something in a running meeting: next, contribute, pass, reveal, propose, allow, close …"""
    done = actions.do(actor_of_request(request), meeting_of(request, number), wish.ask, wish.key)
    refused = done.refused and {"code": done.refused.code, **done.refused.text.model_dump()}
    return {"number": done.number, "refused": refused}


@router.get("/meetings/{number}/screen", response={200: ScreenOut, **REFUSALS})
def screen(request: HttpRequest, number: int, screen: Screen = "phone") -> Any:
    """What my seat may know now."""
    actor = actor_of_request(request)
    meeting = meeting_of(request, number)
    require(actor, "meetings.take_part", meeting)
    seat = seat_of(actor, meeting)
    assert seat is not None
    held = room.of(meeting)
    state = held.refresh().state
    return {
        "number": held.number,
        "seat": seat.key,
        "view": see(state, audience(state, seat.key, screen)),
        "mine": mine(state, seat.key),
        "names": held.names,
    }


@router.get("/meetings/{number}/minutes", response={200: list[ItemOut], **REFUSALS})
def minutes(request: HttpRequest, number: int) -> Any:
    """What left the circle, as far as I may read it."""
    kept = actions.minutes(actor_of_request(request), meeting_of(request, number))
    return [
        {
            "type": item.type,
            "text": item.text,
            "fields": item.fields,
            "visibility": item.visibility,
        }
        for item in kept.items
    ]


@router.put("/meetings/{number}/note", response={204: None, **REFUSALS})
def write_note(request: HttpRequest, number: int, wish: NoteIn) -> Any:
    """My private note at a step; an empty text destroys it."""
    actor, meeting = actor_of_request(request), meeting_of(request, number)
    if wish.text.strip():
        actions.write_note(actor, meeting, step=wish.step, text=wish.text)
    else:
        actions.shred_note(actor, meeting, step=wish.step)
    return Status(204, None)


@router.get("/meetings/{number}/note", response={200: NoteIn, **REFUSALS})
def read_note(request: HttpRequest, number: int, step: str) -> Any:
    """My private note at a step."""
    text = actions.read_note(actor_of_request(request), meeting_of(request, number), step=step)
    return {"step": step, "text": text}
