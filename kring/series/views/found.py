"""What the views share: finding a series, submitting once, and saying what was done."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language

from kring.base.policy import Actor, NotThere
from kring.people.receipts import once
from kring.series.models import Series


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    return actor


def slug_of(request: HttpRequest) -> str:
    """The organisation's word in the address."""
    return str(request.organisation.slug)  # type: ignore[attr-defined]  # set at the door


def href(request: HttpRequest, name: str, *args: Any) -> str:
    """An address of this feature in the reader's organisation."""
    return reverse(f"series:{name}", args=[slug_of(request), *args])


def find(request: HttpRequest, number: int) -> Series:
    """A series this reader may know of; anything else does not exist."""
    rows = Series.objects.visible_to(actor_of(request)).filter(pk=number)
    found: Series | None = rows.select_related("team__unit", "offered", "stays").first()
    if found is None:
        raise NotThere
    return found


def submit(request: HttpRequest, do: Callable[[], Any]) -> dict[str, Any]:
    """Do the work once per client-made key; the answer holds the id of what was made."""
    key = request.POST.get("key", "").strip()
    if not key:
        raise BadRequest("A form carries a key of its own.")
    who = f"person {actor_of(request).person} {request.path}"
    return once(who, key, lambda: {"made": getattr(do(), "pk", None)})


def did(request: HttpRequest, series: Series, words: str = "", undo: str = "") -> HttpResponse:
    """Back to the page of the series, with one sentence (and a way back, where there is one)."""
    if words:
        messages.success(request, words, extra_tags=undo)
    return redirect(href(request, "series", series.pk))


def language() -> str:
    """The reader's language."""
    return get_language() or "nl"


def day_in(text: str) -> date | None:
    """A day as a form sends it; None when empty or unreadable."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
