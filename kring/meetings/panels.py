"""What meetings show on pages of lower features: the menu, my week, the home page, the team page."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, ask
from kring.meetings import elsewhere
from kring.meetings.models import Meeting, Mode, PrivateNote, Seat, SeatState, Stage
from kring.meetings.models.meeting import Existence
from kring.meetings.rules.days import from_json
from kring.meetings.said import moment_words
from kring.methods.shelf import shipped
from kring.people import asks, post
from kring.people.knows import Fact, knows
from kring.people.models import Membership, Person
from kring.people.policy import BODIES
from kring.web import menu
from kring.web.panels import panel

__all__ = ["elsewhere", "my_meetings", "of_team"]  # beside agreements and in calendars

menu.add(
    menu.Item(order=30, label=gettext_lazy("Meetings"), page="meetings:list", icon="circle-dot")
)

SOON = timedelta(days=7)
MOST = 5
FIRST = "good_practice_review"  # the protocol a new team begins with


@asks.asks("meetings")
def my_meetings(actor: Actor, organisation: str, today: date) -> Iterable[asks.Line]:
    """A meeting that goes on, and the ones this week in which this person has a seat."""
    from kring.meetings.views.meeting import day_words

    if actor.person is None:
        return
    chairs = Seat.objects.filter(person=actor.person).exclude(state=SeatState.WITHDRAWN)
    mine = (
        Meeting.objects.not_over()
        .filter(pk__in=chairs.values("meeting"), starts_at__lte=clock.now() + SOON)
        .order_by("starts_at", "id")
        .only("title", "state", "starts_at", "mode", "windows", "planned_by_id", "team_id")[:MOST]
    )
    for meeting in mine:
        page = reverse("meetings:meeting", args=[organisation, meeting.pk])
        if meeting.mode in (Mode.DAYS, Mode.PAPER) and meeting.state == Stage.OPEN:
            line = _of_its_own_pace(actor, meeting, page)
            if line is not None:
                yield line
        elif meeting.state == Stage.OPEN:
            yield asks.Line(
                words=_("%(title)s goes on now.") % {"title": meeting.title},
                button=_("Go in"),
                href=page,
                weight=asks.NOW,
                icon="circle-dot",
            )
        else:
            soon = meeting.starts_at - clock.now() < timedelta(days=1)
            yield asks.Line(
                words=f"{meeting.title}: {day_words(meeting.starts_at)}.",
                button=_("Look who is coming"),
                href=page,
                weight=asks.TODAY if soon else asks.THIS_WEEK,
                due=meeting.starts_at.date(),
                icon="calendar",
            )


def _of_its_own_pace(actor: Actor, meeting: Meeting, page: str) -> asks.Line | None:
    """Over days what is open now; on paper, for who leads it, the harvest that waits."""
    now = clock.now()
    windows = from_json(meeting.windows)
    leads = bool(ask(actor, "meetings.change", meeting))
    open_now = next((one for one in windows if one.opens_at <= now < one.closes_at), None)
    if open_now is not None:
        words = _("%(title)s: a part is open until %(until)s.")
        told = words % {"title": meeting.title, "until": moment_words(open_now.closes_at)}
        return asks.Line(
            words=told,
            button=_("Take part"),
            href=page,
            weight=asks.TODAY,
            due=open_now.closes_at.date(),
            icon="calendar",
        )
    if not leads:
        return None
    return asks.Line(
        words=_("%(title)s: what the circle let out waits for you.") % {"title": meeting.title},
        button=_("Finish it"),
        href=page,
        weight=asks.TODAY,
        icon="wheat",
    )


@asks.asks("meetings.first")
def first_talk(actor: Actor, organisation: str, today: date) -> Iterable[asks.Line]:
    """Who leads a team that never had or planned a meeting: the first steps, in one query."""
    led = actor.led_teams
    if not led:
        return
    sat = Meeting.objects.filter(team=OuterRef("team")).exclude(state=Stage.CANCELLED)
    rows = Membership.objects.filter(~Exists(sat), team__path__in=led).order_by("team_id")
    people = Counter(rows.values_list("team_id", "team__name"))
    for team, name in [team for team, count in people.items() if count >= 3][:MOST]:
        yield asks.Line(
            words=_("%(team)s has not sat in a circle here yet.") % {"team": name},
            button=_("Begin here"),
            href=f"{reverse('welcome', args=[organisation])}?team={team}",
            weight=asks.TODAY + 5,
            icon="circle-dot",
        )


@panel("people.team", order=30)
def of_team(request: HttpRequest, *, team: Any) -> str:
    """The team's meetings: what comes, and the way to the first one."""
    from kring.meetings.views.found import actor_of, href
    from kring.meetings.views.meeting import line

    actor = actor_of(request)
    rows = (
        Meeting.objects.visible_to(actor)
        .not_over()
        .filter(team=team)
        .only("title", "state", "starts_at", "place")
        .order_by("starts_at", "id")[:MOST]
    )
    lines = [line(request, one, team=False) for one in rows]
    may_plan = bool(ask(actor, "meetings.plan", team))
    if not lines and not may_plan:
        return ""
    context = {
        "lines": lines,
        "may_plan": may_plan,
        "plan_href": f"{href(request, 'choose')}?team={team.pk}",
    }
    return render_to_string("meetings/parts/of_team.html", context, request)


@panel("people.welcome", order=30)
def first_meeting(request: HttpRequest, *, team: Any) -> str:
    """The first steps of who leads a team: one click to a good practice review, now or later."""
    from kring.meetings.views.found import actor_of, href

    if not ask(actor_of(request), "meetings.plan", team):
        return ""
    context = {
        "plan_href": f"{href(request, 'plan', FIRST)}?team={team.pk}",
        "choose_href": f"{href(request, 'choose')}?team={team.pk}",
    }
    return render_to_string("meetings/parts/first_meeting.html", context, request)


@panel("methods.protocol", order=10)
def plan_this(request: HttpRequest, *, protocol: Any, pin: str) -> str:
    """On the page of a protocol: hold a meeting with it, for who may plan for some team."""
    from kring.meetings.views.found import actor_of, href
    from kring.meetings.views.plan import teams_of

    if protocol.quiet or not teams_of(actor_of(request)).exists():
        return ""

    there = pin if pin.startswith("own-") else protocol.id
    context = {"plan_href": href(request, "plan", there)}
    return render_to_string("meetings/parts/plan_this.html", context, request)


YEAR = timedelta(days=365)
FEW = 5  # under it a count would point at people


def _kind(protocol: str) -> str:
    found = shipped().protocol(protocol)
    return found.title.say(get_language() or "nl") if found else _("A talk of your own")


@panel("people.bodies", order=30)
def held(request: HttpRequest) -> str:
    """How often which talk was held in a year, where their role counts; private ones never."""
    from kring.meetings.views.found import actor_of

    places = [grant.path for grant in actor_of(request).grants if grant.role in BODIES]
    there = reduce(or_, (Q(team__path__startswith=path) for path in places), Q(pk=None))
    closed = Meeting.objects.filter(there, state=Stage.CLOSED, starts_at__gte=clock.now() - YEAR)
    known = closed.exclude(existence_visible_to=Existence.PARTICIPANTS)
    kinds = known.order_by().values_list("protocol_id").annotate(times=Count("pk"))
    counted = dict(kinds)  # never by the title somebody gave it: that may name a person
    rows = sorted((_kind(one), times) for one, times in counted.items() if times >= FEW)
    few = sum(times for times in counted.values() if times < FEW)
    context = {"rows": rows, "few": few if few >= FEW else 0, "head": [_("Meeting"), _("Times")]}
    return render_to_string("meetings/parts/held.html", context, request)


@knows("meetings", title=gettext_lazy("Meetings you were in"), models=(Seat, PrivateNote))
def chairs(person: Person) -> Iterable[Fact]:
    """The chairs somebody had (gone six weeks after the meeting), and how many private notes."""
    for seat in Seat.objects.filter(person=person).select_related("meeting"):
        when = f"{seat.meeting.starts_at:%d-%m-%Y}"
        yield Fact(gettext_lazy("Seat"), f"{seat.meeting.title}, {when}")
    notes = PrivateNote.objects.filter(seat__person=person).count()
    if notes:
        yield Fact(gettext_lazy("Private notes only you can read"), str(notes))


post.kind("meetings.days_open", gettext_lazy("A talk you are invited to has opened"))
post.kind("meetings.days_reminder", gettext_lazy("A part of a talk is open and waits for you"))
post.kind("meetings.days_over", gettext_lazy("All parts of a talk you lead are over"))
