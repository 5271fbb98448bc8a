"""What series show on pages of lower features: the menu, my week, the team, a protocol, a calendar."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kring.base.policy import Actor, ask
from kring.meetings.models import Meeting, Stage
from kring.methods import rhythm
from kring.methods.shelf import shipped
from kring.people import asks, feeds, post
from kring.people.knows import Fact, knows
from kring.people.models import Person, Team
from kring.series import on_screen
from kring.series.actions import closing
from kring.series.actions.ground import members
from kring.series.actions.planning import next_leader
from kring.series.models import LogLine, Member, Series
from kring.series.rules import State, asks_for_a_date, log_is_asked
from kring.web import menu
from kring.web.panels import panel

__all__ = ["closing", "on_screen"]  # what happens when a meeting closes; what lies on its table

menu.add(menu.Item(order=35, label=gettext_lazy("Series"), page="series:list", icon="repeat"))
MOST = 6


def _planned() -> Exists:
    coming = [Stage.PLANNED, Stage.OPEN]
    return Exists(Meeting.objects.filter(sitting__series=OuterRef("pk"), state__in=coming))


def _about(mine: list[Series]) -> tuple[set[int], dict[int, date]]:
    """Which of these series have a meeting planned, and the day of each one's last line."""
    planned = Series.objects.filter(_planned(), pk__in=[one.pk for one in mine])
    lines = LogLine.objects.filter(series__in=mine).order_by().values_list("series_id")
    return set(planned.values_list("pk", flat=True)), dict(lines.annotate(Max("day")))


@asks.asks("series")
def lines(actor: Actor, organisation: str, today: date) -> Iterable[asks.Line]:
    """Plan the next one when it is your turn to lead; write in the log of a running trial."""
    if actor.person is None:
        return
    rows = Series.objects.of_member(actor).filter(state=State.RUNNING).order_by("due_on", "id")
    mine = list(rows[:MOST])
    planned, written = _about(mine) if mine else (set(), {})
    for one in mine:
        page = reverse("series:series", args=[organisation, one.pk])
        trial = rhythm.trial_now(one.script, one.held)
        if trial is not None:
            line = written.get(one.pk)
            last = line if line and line >= one.last_on else None
            now = log_is_asked(today, one.last_on, last, trial.nudge_days)
            yield asks.Line(
                words=_("“%(title)s”: how does the trial go?") % {"title": one.title},
                button=_("Write in the log"),
                href=reverse("series:log", args=[organisation, one.pk]),
                weight=asks.TODAY + 5 if now else asks.SOME_TIME,
                icon="notebook-pen",
            )
        if not asks_for_a_date(State.RUNNING, one.due_on, today, planned=one.pk in planned):
            continue
        leads = next_leader(one, list(members(one)))
        if leads is not None and leads.pk != actor.person:
            continue
        words = _("“%(title)s”: you lead the next one.") if leads else _(
            "“%(title)s”: nobody leads the next one yet.")  # fmt: skip
        yield asks.Line(
            words=words % {"title": one.title},
            button=_("Choose a day") if leads else _("Go and see"),
            href=page,
            weight=asks.THIS_WEEK - 5,
            due=one.due_on,
            icon="repeat",
        )


@panel("people.team", order=35)
def of_team(request: HttpRequest, *, team: Team) -> str:
    """The team's series, and the way to begin one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    rows = Series.objects.visible_to(actor).going_on().filter(team=team)
    shown = rows.only("title", "state", "rests_until", "due_on").order_by("due_on", "id")
    found = list(shown[:MOST])
    may_start = bool(ask(actor, "series.start", team))
    if not found and not may_start:
        return ""
    context = {"rows": found, "team": team, "may_start": may_start}
    return render_to_string("series/parts/of_team.html", context, request)


@panel("methods.protocol", order=20)
def begin_this(request: HttpRequest, *, protocol: Any, pin: str) -> str:
    """On the page of a protocol: the series it is part of."""
    from kring.meetings.views.plan import teams_of
    from kring.series.views.start import tile

    actor: Actor = request.actor  # type: ignore[attr-defined]  # set at the door
    fitting = [
        one
        for package in shipped().packages.values()
        for one in package.series
        if one.held_by == "series" and protocol.id in {one.full(name) for name in one.protocols}
    ]
    if not fitting or not teams_of(actor).exists():
        return ""
    context = {"series": [tile(request, one, "") for one in fitting]}
    return render_to_string("series/parts/begin_this.html", context, request)


@knows("series", title=gettext_lazy("Series you are in"), models=(Member,))
def in_series(person: Person) -> Iterable[Fact]:
    """Each series somebody is or was in, with the role they keep."""
    for one in Member.objects.filter(person=person).select_related("series"):
        said = f"{one.series.title}, {one.joined_on:%d-%m-%Y}"
        yield Fact(gettext_lazy("Member of"), f"{said}, {one.role}" if one.role else said)


@feeds.entries("series")
def in_calendars(actor: Actor, team: int | None, organisation: str) -> Iterable[feeds.Entry]:
    """When the next meeting is due and not planned yet: a whole day, without a title of its own."""
    every = Series.objects
    rows: Any = every.visible_to(actor).filter(team_id=team) if team else every.of_member(actor)
    rows = rows.filter(state=State.RUNNING, due_on__isnull=False).annotate(is_planned=_planned())
    for one in rows.filter(is_planned=False).order_by("due_on", "pk")[: feeds.MOST]:
        yield feeds.Entry(
            uid=f"series {one.pk} {one.held}",
            title=_("Around now: a meeting to plan"),
            on=one.due_on,
            version=one.version,
            page=reverse("series:series", args=[organisation, one.pk]),
        )


def _running(abouts: set[str]) -> dict[int, Series]:
    numbers = [int(one.rpartition(" ")[2]) for one in abouts]
    rows = Series.objects.filter(pk__in=numbers, state=State.RUNNING).annotate(
        is_planned=_planned()
    )
    return {one.pk: one for one in rows}


def _not_planned(abouts: set[str]) -> set[str]:
    return {f"series {pk}" for pk, one in _running(abouts).items() if not one.is_planned}  # type: ignore[attr-defined]  # annotated


def _without_lines(abouts: set[str]) -> set[str]:
    running = _running(abouts)
    written = set(LogLine.objects.filter(series__in=running).values_list("series_id", flat=True))
    return {f"series {pk}" for pk in running if pk not in written}


post.kind("series.date", gettext_lazy("A series asks you for a next date"), _not_planned)
post.kind("series.log", gettext_lazy("How does your trial go? A line is enough"), _without_lines)
