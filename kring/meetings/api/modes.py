"""Meetings over days and on paper, through the public interface."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from kring.meetings import actions
from kring.meetings.api.found import meeting_of, shown
from kring.meetings.api.shapes import DoneOut, FromPaperIn, HeldIn, MeetingOut, WindowsIn
from kring.meetings.room import Done
from kring.people.api import REFUSALS, actor_of_request

router = Router(tags=["meetings"])


@router.patch("/meetings/{number}/windows", response={200: MeetingOut, **REFUSALS})
def move_windows(request: HttpRequest, number: int, wish: WindowsIn) -> Any:
    """Over days: other ends for the parts that are still open or to come."""
    meeting = actions.move_windows(
        actor_of_request(request),
        meeting_of(request, number),
        version=wish.version,
        closes=wish.closes,
    )
    return shown(request, meeting)


@router.post("/meetings/{number}/held", response={200: MeetingOut, **REFUSALS})
def held(request: HttpRequest, number: int, wish: HeldIn) -> Any:
    """On paper: it was held, with these people."""
    meeting = meeting_of(request, number)
    there = frozenset(seat.pk for seat in meeting.seats.all() if seat.key in set(wish.there))
    actor = actor_of_request(request)
    return shown(request, actions.hold_on_paper(actor, meeting, there=there, key=wish.key))


@router.post("/meetings/{number}/harvest", response={200: DoneOut, **REFUSALS})
def harvest(request: HttpRequest, number: int, wish: FromPaperIn) -> Any:
    """On paper: one thing the circle let out, asked aloud."""
    what = actions.FromPaper(**wish.dict(exclude={"key"}))
    actor = actor_of_request(request)
    done: Done = actions.harvest_from_paper(actor, meeting_of(request, number), what, key=wish.key)
    refused = done.refused and {"code": done.refused.code, **done.refused.text.model_dump()}
    return {"number": done.number, "refused": refused}
