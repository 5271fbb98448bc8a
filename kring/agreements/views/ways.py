"""What the views of this feature share: finding, submitting once, and saying it is done."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise

from kring.agreements.actions.ground import today
from kring.agreements.models import Agreement, Sign
from kring.base import clock
from kring.base.policy import Actor, NotThere
from kring.people.receipts import once


def actor_of(request: HttpRequest) -> Actor:
    """Who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    return actor


def slug_of(request: HttpRequest) -> str:
    """The organisation's word in the address."""
    return str(request.organisation.slug)  # type: ignore[attr-defined]  # set at the door


def day() -> date:
    """Today, on the wall of this installation."""
    return today(clock.now())


def find(request: HttpRequest, number: int) -> Agreement:
    """An agreement this actor may see; anything else does not exist."""
    found: Agreement | None = (
        Agreement.objects.visible_to(actor_of(request)).with_people().filter(pk=number).first()
    )
    if found is None:
        raise NotThere
    return found


def address(request: HttpRequest, name: str, *numbers: int) -> str:
    """Address of a page of this feature."""
    return reverse(f"agreements:{name}", args=[slug_of(request), *numbers])


def submit(request: HttpRequest, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do the work once per client-made key, however often the form arrives."""
    key = request.POST.get("key", "").strip()
    if not key:
        raise BadRequest("A form carries a key of its own.")
    return once(f"person {actor_of(request).person} {request.path}", key, do)


def say(request: HttpRequest, words: str | Promise, sign: int | None = None) -> None:
    """Tell what happened, with a way back when it was a click by mistake."""
    way_back = address(request, "undo", sign) if sign else ""
    messages.success(request, str(words), extra_tags=way_back)


def did(sign: Sign) -> dict[str, Any]:
    """What a receipt keeps of a sign."""
    return {"sign": sign.pk, "agreement": sign.agreement_id}


def to_agreement(request: HttpRequest, number: int) -> HttpResponse:
    """Back to the page of the agreement."""
    return redirect(address(request, "agreement", number))
