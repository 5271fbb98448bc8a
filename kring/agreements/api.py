"""Agreements through the public interface: list, make, look back, ring, answer, change, stop.

An ``Idempotency-Key`` header makes a repeated request the same request.
"""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from kring.agreements import actions
from kring.agreements.models import Agreement
from kring.base.policy import Actor, NotThere, require
from kring.people.api import REFUSALS, actor_of_request, once_for
from kring.people.models import Person, Team

router = Router(tags=["agreements"])

Word = Literal["running", "not_yet", "adapted", "no_longer_needed"]


class AgreementIn(Schema):
    """An agreement to make. You take it on yourself (``i_take_it_on``) or the team does."""

    team: int | None = Field(None, description="without a team it is between the parties only")
    what: str = Field(min_length=1, max_length=400)
    how_noticed: str = Field("", max_length=400)
    rhythm_days: int = Field(42, ge=1, le=400)
    look_back_on: date | None = None
    i_take_it_on: bool = True
    taken_on_by_team: bool = False
    bell_ringer: int | None = None


class ChangeIn(Schema):
    """What becomes different; empty fields stay as they are."""

    what: str | None = Field(None, max_length=400)
    how_noticed: str | None = Field(None, max_length=400)


class LookIn(Schema):
    """How it goes, in a word and perhaps a sentence."""

    status: Word
    noticed: str = Field("", max_length=400)
    look_again_on: date | None = None


class BellIn(Schema):
    """A sentence, if you like; no name and no blame."""

    sentence: str = Field("", max_length=300)


class AnswerIn(Schema):
    """How the bell is answered; ``meeting``: plain reference such as ``meeting 12``."""

    answer: Literal["conversation", "changed", "adapted", "no_longer_needed", "explanation"]
    words: str = Field("", max_length=400)
    what: str = Field("", max_length=400)
    meeting: str = Field("", max_length=60)
    look_again_on: date | None = None


class AgreementOut(Schema):
    """An agreement; the status is a word, never a number."""

    id: int
    team: int | None
    what: str
    how_noticed: str
    status: str
    rhythm_days: int
    look_back_on: date
    rung_since: datetime | None
    taken_on_by: list[str]
    taken_on_by_team: bool
    bell_ringer: str | None
    came_from: str
    stopped: bool


def _agreement(request: HttpRequest, number: int) -> Agreement:
    rows = Agreement.objects.visible_to(actor_of_request(request)).with_people()
    found: Agreement | None = rows.filter(pk=number).first()
    if found is None:
        raise NotThere
    return found


def _shown(agreement: Agreement) -> dict[str, Any]:
    """As plain JSON, because an answer may be kept for a repeated request."""
    out = AgreementOut(
        id=agreement.pk,
        team=agreement.team_id,
        what=agreement.what,
        how_noticed=agreement.how_noticed,
        status=agreement.status,
        rhythm_days=agreement.rhythm_days,
        look_back_on=agreement.look_back_on,
        rung_since=agreement.rung_at,
        taken_on_by=[str(taker) for taker in agreement.takers.all()],
        taken_on_by_team=agreement.taken_on_by_team,
        bell_ringer=agreement.bell_ringer.name if agreement.bell_ringer else None,
        came_from=agreement.came_from,
        stopped=agreement.ended_at is not None,
    )
    return out.model_dump(mode="json")


def _again(request: HttpRequest, number: int) -> dict[str, Any]:
    return _shown(_agreement(request, number))


@router.get("/agreements", response={200: list[AgreementOut], **REFUSALS})
def list_agreements(
    request: HttpRequest, team: int | None = None, stopped: bool = False, limit: int = 50
) -> Any:
    """Agreements I may see, rung bells first."""
    actor = actor_of_request(request)
    require(actor, "people.see_directory")
    rows = Agreement.objects.visible_to(actor).with_people().most_asking_first()
    rows = rows.filter(ended_at__isnull=not stopped)
    if team is not None:
        rows = rows.filter(team_id=team)
    return [_shown(row) for row in rows[: max(1, min(limit, 200))]]


@router.post("/agreements", response={201: AgreementOut, **REFUSALS})
def make(request: HttpRequest, wish: AgreementIn) -> Any:
    """Make an agreement."""
    actor = actor_of_request(request)
    require(actor, "people.see_directory")
    team = Team.objects.filter(pk=wish.team).first() if wish.team is not None else None
    if wish.team is not None and team is None:
        raise NotThere

    def do() -> dict[str, Any]:
        made = actions.make(
            actor,
            team=team,
            what=wish.what,
            how_noticed=wish.how_noticed,
            rhythm_days=wish.rhythm_days,
            look_back_on=wish.look_back_on,
            visibility="team" if team else "parties",
            taken_on_by_team=wish.taken_on_by_team,
            takers=_myself(actor) if wish.i_take_it_on else [],
            bell_ringer=_ringer(wish, team),
        )
        return _again(request, made.pk)

    return Status(201, once_for(request, do))


def _myself(actor: Actor) -> list[Person]:
    return [Person.objects.get(pk=actor.me)]


def _ringer(wish: AgreementIn, team: Team | None) -> Person | None:
    """Who minds the bell: somebody of the team."""
    if wish.bell_ringer is None:
        return None
    person = Person.objects.filter(pk=wish.bell_ringer, memberships__team=team).first()
    if person is None:
        raise NotThere
    return person


@router.get("/agreements/{number}", response={200: AgreementOut, **REFUSALS})
def one(request: HttpRequest, number: int) -> Any:
    """One agreement."""
    return _again(request, number)


@router.patch("/agreements/{number}", response={200: AgreementOut, **REFUSALS})
def change(request: HttpRequest, number: int, wish: ChangeIn) -> Any:
    """Say it differently."""
    actions.change(
        actor_of_request(request),
        _agreement(request, number),
        what=wish.what,
        how_noticed=wish.how_noticed,
    )
    return _again(request, number)


@router.post("/agreements/{number}/look-back", response={200: AgreementOut, **REFUSALS})
def look_back(request: HttpRequest, number: int, wish: LookIn) -> Any:
    """Check in: how does it go?"""
    agreement = _agreement(request, number)

    def do() -> dict[str, Any]:
        actions.check_in(
            actor_of_request(request),
            agreement,
            status=wish.status,
            noticed=wish.noticed,
            look_again_on=wish.look_again_on,
        )
        return _again(request, number)

    return once_for(request, do)


@router.post("/agreements/{number}/bell", response={200: AgreementOut, **REFUSALS})
def ring(request: HttpRequest, number: int, wish: BellIn) -> Any:
    """Ring the bell: this agreement does not run."""
    agreement = _agreement(request, number)

    def do() -> dict[str, Any]:
        actions.ring_bell(actor_of_request(request), agreement, sentence=wish.sentence)
        return _again(request, number)

    return once_for(request, do)


@router.post("/agreements/{number}/bell/answer", response={200: AgreementOut, **REFUSALS})
def answer(request: HttpRequest, number: int, wish: AnswerIn) -> Any:
    """Answer the bell."""
    agreement = _agreement(request, number)

    def do() -> dict[str, Any]:
        actions.answer_bell(actor_of_request(request), agreement, **wish.model_dump())
        return _again(request, number)

    return once_for(request, do)


@router.post("/agreements/{number}/join", response={200: AgreementOut, **REFUSALS})
def join(request: HttpRequest, number: int) -> Any:
    """I take this on too."""
    actions.join(actor_of_request(request), _agreement(request, number))
    return _again(request, number)


@router.post("/agreements/{number}/leave", response={200: AgreementOut, **REFUSALS})
def leave(request: HttpRequest, number: int) -> Any:
    """I let it go again."""
    actions.leave(actor_of_request(request), _agreement(request, number))
    return _again(request, number)
