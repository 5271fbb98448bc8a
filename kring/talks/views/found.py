"""What every view of a talk begins with: the talk, or the 404 of one that does not exist."""

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache

from kring.base.policy import NotThere, ask
from kring.meetings.views.found import actor_of
from kring.meetings.views.room import open_to_guests
from kring.people.door import KringRequest
from kring.talks.models import Talk

__all__ = ["actor_of", "day_words", "for_invited", "found", "href", "number_in", "second_step"]

TOO_BIG = 2**53
View = Callable[..., HttpResponseBase]


def for_invited(view: View) -> View:
    """Guests come in with their paper; nothing of the page stays in a browser's store."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        return view(request, *args, **named)

    return never_cache(open_to_guests(guarded))


def found(request: HttpRequest, pk: int) -> Talk:
    """The talk, if this reader has a chair in it."""
    talk = None
    if pk < TOO_BIG:
        talk = Talk.objects.select_related("organisation").filter(pk=pk).first()
    if talk is None or not ask(actor_of(request), "talks.see", talk):
        raise NotThere
    return talk


def href(request: HttpRequest, name: str, *args: Any) -> str:
    """An address of this feature in the reader's organisation."""
    coming: KringRequest = request  # type: ignore[assignment]  # it came through the door
    return reverse(f"talks:{name}", args=[coming.organisation.slug, *args])


def number_in(sent: str) -> int:
    """A small number that was sent; 404 for anything else."""
    if not sent.isdigit() or len(sent) > 4:
        raise NotThere
    return int(sent)


def day_words(talk: Talk) -> str:
    """The day and the time of a talk."""
    local = localtime(talk.paper.starts_at)
    return f"{date_format(local, 'l j F')}, {date_format(local, 'H:i')}"


def second_step(request: HttpRequest, back: str = "") -> str:
    """Where a second factor is shown, and back to ``back`` or here (safety §5: who leads has one)."""
    return f"{reverse('second_step')}?{urlencode({'next': back or request.path})}"
