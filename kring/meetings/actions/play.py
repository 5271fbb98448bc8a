"""Every click of a running meeting."""

from typing import Any

from pydantic import ValidationError

from kring.base.policy import Actor, require
from kring.meetings import room
from kring.meetings.actions.trained import untrained
from kring.meetings.engine import Refused as Refusal
from kring.meetings.engine import Who, read_client_ask
from kring.meetings.models import Meeting
from kring.meetings.policy import seat_of
from kring.meetings.room import Done, Job, Room
from kring.meetings.room.jobs import receipt_for
from kring.methods.format.shapes import Text

TOO_LONG = Refusal(
    "too_long",
    Text(
        nl="Dit is te lang. Maak het korter; er is nog niets verstuurd.",
        en="This is too long. Make it shorter; nothing was sent yet.",
    ),
)
EMPTY = Refusal("empty", Text(nl="Schrijf eerst iets op.", en="Write something first."))
UNCLEAR = Refusal(
    "unclear",
    Text(
        nl="Dit konden we niet lezen. Er is niets verstuurd. Laad de pagina opnieuw en probeer het nog eens.",
        en="We could not read this. Nothing was sent. Reload the page and try again.",
    ),
)


def do(actor: Actor, meeting: Meeting, asked: dict[str, Any], key: str) -> Done:
    """Answer one ask of this actor. The same ``key`` is the same ask, however often it comes.

    A refusal of the engine is returned, a refusal of the policy raised. When this returns without
    a refusal, what lasts is durable.
    """
    require(actor, "meetings.take_part", meeting)
    seat = seat_of(actor, meeting)
    assert seat is not None  # the rule just said so
    return play(room.of(meeting), seat.key, asked, key)


def play(held: Room, seat: str, asked: dict[str, Any], key: str) -> Done:
    """The same for a seat that proved itself already (a signed token, the bots of a rehearsal)."""
    job = job_of(held, seat, asked, key)
    return held.carry(job) if isinstance(job, Job) else job


def job_of(held: Room, seat: str, asked: dict[str, Any], key: str) -> Job | Done:
    """The ask, ready to be carried; or at once its answer, when it is no ask at all."""
    try:
        ask = read_client_ask(asked)
    except ValidationError as error:
        return Done(held.number, _refusal(error))
    refused = untrained(held, asked)
    if refused is not None:
        return Done(held.number, refused)
    return Job(Who(seat), ask, receipt_for(held.id, seat, key))


def _refusal(error: ValidationError) -> Refusal:
    kinds = {line["type"] for line in error.errors(include_url=False, include_input=False)}
    if "string_too_long" in kinds:
        return TOO_LONG
    if "string_too_short" in kinds or "value_error" in kinds:
        return EMPTY
    return UNCLEAR


def explain(done: Done) -> dict[str, Any] | None:
    """A refusal as JSON: its code and its sentence in both languages."""
    if done.refused is None:
        return None
    text = done.refused.text
    return {"code": done.refused.code, "text": {"nl": text.nl, "en": text.en}}
