"""Series and what waits for a reply, through the public interface.

Permissions are those of the pages, because the same actions and rules answer. An ``Idempotency-Key``
header makes a repeated request the same request.
"""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from kring.agreements.models import Agreement
from kring.base.policy import NotThere, ask, require
from kring.methods import rhythm
from kring.people.api import REFUSALS, actor_of_request, once_for
from kring.series import actions, table
from kring.series.actions.ground import members
from kring.series.actions.planning import next_leader, planned
from kring.series.models import LogLine, Series
from kring.stories import actions as stories
from kring.stories.models import Story

router = Router(tags=["series"])


class SeriesOut(Schema):
    """A series. ``state`` is running, resting or stopped; ``trial``: id of the trial that runs now."""

    id: int
    title: str
    method: str
    team: int
    state: str
    held: int
    rhythm_days: int
    due_on: date | None
    next_leader: str | None
    meeting: int | None
    trial: str | None


class OpenOut(Schema):
    """One thing on the table: an agreement, or something that waits for a reply, or a prototype."""

    kind: str
    id: int
    text: str
    since: date


class LineIn(Schema):
    """A line in the log: id of a question to what was written."""

    words: dict[str, str] = Field(description="question id to answer", examples=[{"did": "Soup."}])
    day: date | None = None


class LineOut(Schema):
    """A line in the log; who wrote it is not kept."""

    id: int
    day: date
    words: dict[str, str]


class PlanIn(Schema):
    """When the next meeting is; ``protocol`` where the method gives a choice."""

    starts_at: datetime
    protocol: str = ""
    place: str = Field("", max_length=160)


class WaitingOut(Schema):
    """A signal, a question or a request for help without a final reply."""

    id: int
    kind: str
    text: str
    team: int
    since: date
    may_reply: bool


class ReplyIn(Schema):
    """A reply. ``no`` needs a reason in ``text``; ``not_yet`` needs the day in ``answer_by``."""

    word: Literal["answer", "yes", "no", "not_yet"]
    text: str = Field("", max_length=1000)
    answer_by: date | None = None


def _series(request: HttpRequest, number: int) -> Series:
    rows = Series.objects.visible_to(actor_of_request(request)).filter(pk=number)
    found: Series | None = rows.select_related("team__unit").first()
    if found is None:
        raise NotThere
    return found


def _shown(one: Series) -> dict[str, Any]:
    leads, meeting = next_leader(one, list(members(one))), planned(one)
    trial = rhythm.trial_now(one.script, one.held) if one.is_running else None
    out = SeriesOut(
        id=one.pk,
        title=one.title,
        method=one.method,
        team=one.team_id,
        state=one.state,
        held=one.held,
        rhythm_days=one.rhythm_days,
        due_on=one.due_on,
        next_leader=leads.name if leads else None,
        meeting=meeting.pk if meeting else None,
        trial=trial.after if trial else None,
    )
    return out.model_dump(mode="json")


@router.get("/series", response={200: list[SeriesOut], **REFUSALS})
def list_series(request: HttpRequest, limit: int = 20) -> Any:
    """Series I may know of, the one that is due first on top."""
    actor = actor_of_request(request)
    require(actor, "people.see_directory")
    rows = Series.objects.visible_to(actor).order_by("due_on", "id")
    return [_shown(one) for one in rows[: max(1, min(limit, 50))]]


@router.get("/series/{number}", response={200: SeriesOut, **REFUSALS})
def get_series(request: HttpRequest, number: int) -> Any:
    """One series."""
    return _shown(_series(request, number))


@router.get("/series/{number}/table", response={200: list[OpenOut], **REFUSALS})
def on_the_table(request: HttpRequest, number: int) -> Any:
    """What is open since last time, as far as I may read it."""
    one, actor = _series(request, number), actor_of_request(request)
    readable = Story.objects.visible_to(actor).values("pk")
    found = [
        OpenOut(kind=story.kind, id=story.pk, text=story.text, since=story.released_on)
        for story in (
            *table.waiting(one).filter(pk__in=readable),
            *table.prototypes(one).filter(pk__in=readable),
        )
    ]
    mine = Agreement.objects.visible_to(actor).values("pk")
    made = [
        OpenOut(kind="agreement", id=row.pk, text=row.what, since=row.made_at.date())
        for row in table.agreements(one).filter(pk__in=mine)
    ]
    return [*made, *found]


@router.post("/series/{number}/meetings", response={201: SeriesOut, **REFUSALS})
def plan_next(request: HttpRequest, number: int, wish: PlanIn) -> Any:
    """Plan the next meeting and invite everybody; when one is planned already, that one."""
    one, actor = _series(request, number), actor_of_request(request)

    def do() -> dict[str, Any]:
        actions.plan_next(
            actor, one, starts_at=wish.starts_at, protocol=wish.protocol, place=wish.place
        )
        one.refresh_from_db()
        return _shown(one)

    return Status(201, once_for(request, do))


@router.get("/series/{number}/log", response={200: list[LineOut], **REFUSALS})
def read_log(request: HttpRequest, number: int) -> Any:
    """The log of its trial; members only."""
    one = _series(request, number)
    require(actor_of_request(request), "series.take_part", one)
    trial = one.script.trial
    lines = table.log(one, trial.after) if trial else []
    return [_line(line) for line in lines]


def _line(line: LogLine) -> dict[str, Any]:
    return LineOut(id=line.pk, day=line.day, words=line.words).model_dump(mode="json")


@router.post("/series/{number}/log", response={201: LineOut, **REFUSALS})
def write_line(request: HttpRequest, number: int, wish: LineIn) -> Any:
    """Write a line in the log of the trial that runs now."""
    one, actor = _series(request, number), actor_of_request(request)

    def do() -> dict[str, Any]:
        return _line(actions.write_line(actor, one, words=wish.words, day=wish.day))

    return Status(201, once_for(request, do))


@router.get("/waiting", response={200: list[WaitingOut], **REFUSALS})
def waiting(request: HttpRequest, limit: int = 50) -> Any:
    """What waits for a reply, longest first, as far as I may read it."""
    actor = actor_of_request(request)
    require(actor, "people.see_directory")
    rows = Story.objects.visible_to(actor).waiting().select_related("team")
    return [
        WaitingOut(
            id=one.pk,
            kind=one.kind,
            text=one.text,
            team=one.team_id,
            since=one.released_on,
            may_reply=bool(ask(actor, "stories.reply", one)),
        )
        for one in rows[: max(1, min(limit, 200))]
    ]


@router.post("/waiting/{number}/reply", response={200: list[WaitingOut], **REFUSALS})
def reply(request: HttpRequest, number: int, wish: ReplyIn) -> Any:
    """Answer; the team that asked hears of it. Gives back what still waits."""
    actor = actor_of_request(request)
    rows = Story.objects.visible_to(actor).filter(pk=number).select_related("team")
    found: Story | None = rows.first()
    if found is None:
        raise NotThere

    def do() -> dict[str, Any]:
        stories.reply(actor, found, word=wish.word, text=wish.text, answer_by=wish.answer_by)
        return {"story": number}

    once_for(request, do)
    return waiting(request)
