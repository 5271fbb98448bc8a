"""People through the public interface: who am I, and which teams are mine."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from kring.base.policy import Actor, require
from kring.people.models import Person, Team
from kring.people.receipts import once

router = Router(tags=["people"])


class TeamOut(Schema):
    """A team I belong to."""

    id: int
    name: str


class MeOut(Schema):
    """The person this token speaks for."""

    person: int
    name: str
    organisation: str
    teams: list[TeamOut]


class Refusal(Schema):
    """Why not, in a plain sentence."""

    reason: str


REFUSALS: dict[int, Any] = {401: Refusal, 403: Refusal, 404: Refusal}


def actor_of_request(request: HttpRequest) -> Actor:
    """Who asks; the door made sure that it is known."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set by the door
    return actor


def once_for(request: HttpRequest, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do it once per ``Idempotency-Key`` header; without that header every request is new."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if not key:
        return do()
    actor = actor_of_request(request)
    who = f"{actor.kind} {actor.person or actor.seat} {request.method} {request.path}"
    return once(who, key, do)


@router.get("/me", response={200: MeOut, **REFUSALS})
def me(request: HttpRequest) -> Any:
    """Who am I?"""
    actor = actor_of_request(request)
    require(actor, "people.see_directory")
    person = Person.objects.select_related("organisation").get(pk=actor.me)
    return {
        "person": person.pk,
        "name": person.name,
        "organisation": person.organisation.slug,
        "teams": list(Team.objects.filter(pk__in=actor.teams)),
    }
