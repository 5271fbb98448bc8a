"""What every view of a meeting begins with: the meeting, or 404 for whoever may not know of it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from kring.base.policy import Actor, NotThere, ask
from kring.meetings.models import Meeting
from kring.meetings.policy import seat_of
from kring.people.door import KringRequest

__all__ = ["actor_of", "found", "href", "seat_of"]


def actor_of(request: HttpRequest) -> Actor:
    """Who asks, as the door found them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door put it there
    return actor


def found(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, if this reader may know it exists; the same 404 otherwise."""
    meeting = Meeting.objects.select_related("team", "organisation").filter(pk=pk).first()
    if meeting is None or not ask(actor_of(request), "meetings.see", meeting):
        raise NotThere
    return meeting


def href(request: HttpRequest, name: str, *args: Any) -> str:
    """An address of this feature in the reader's organisation."""
    coming: KringRequest = request  # type: ignore[assignment]  # it came through the door
    return reverse(f"meetings:{name}", args=[coming.organisation.slug, *args])
