"""What meetings show beside agreements, and in calendars."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.agreements.models import Agreement
from kring.base import clock
from kring.base.policy import Actor, ask
from kring.meetings.models import Meeting, Mode, SeatState, Stage
from kring.meetings.rules.days import from_json
from kring.methods.shelf import shipped
from kring.people import feeds
from kring.web.panels import panel

PAST = timedelta(days=31)  # how long a meeting stays in a calendar


@panel("agreements.bell", order=10)
def talk_about_it(request: HttpRequest, *, agreement: Agreement, protocol: str) -> str:
    """The way from a rung bell to a conversation with a fitting protocol."""
    team = agreement.team
    actor = request.actor  # type: ignore[attr-defined]  # set at the door
    if team is None or shipped().protocol(protocol) is None:
        return ""
    if not ask(actor, "meetings.plan", team):
        return ""
    slug = request.organisation.slug  # type: ignore[attr-defined]  # set at the door
    page = reverse("meetings:plan", args=[slug, protocol])
    return render_to_string(
        "meetings/parts/talk_about_it.html", {"href": f"{page}?team={team.pk}"}, request
    )


@panel("agreements.came_from", order=10)
def came_from(request: HttpRequest, *, agreement: Agreement) -> str:
    """The meeting an agreement came from, for who may know of that meeting."""
    kind, _space, number = agreement.came_from.partition(" ")
    if kind != "meeting" or not number.isdigit():
        return ""
    actor = request.actor  # type: ignore[attr-defined]  # set at the door
    meeting = Meeting.objects.visible_to(actor).filter(pk=int(number)).first()
    if meeting is None:
        return ""
    slug = request.organisation.slug  # type: ignore[attr-defined]  # set at the door
    page = reverse("meetings:meeting", args=[slug, meeting.pk])
    return render_to_string(
        "meetings/parts/came_from.html", {"href": page, "meeting": meeting}, request
    )


@feeds.entries("meetings")
def in_calendars(actor: Actor, team: int | None, organisation: str) -> Iterable[feeds.Entry]:
    """Meetings in which somebody has a seat, or of one team; neutral titles (reference E4)."""
    rows = Meeting.objects.visible_to(actor).filter(starts_at__gte=clock.now() - PAST)
    if team is None:
        rows = rows.filter(seats__person=actor.person)
        rows = rows.exclude(seats__person=actor.person, seats__state=SeatState.WITHDRAWN)
    else:
        rows = rows.filter(team_id=team)
    for one in rows.order_by("starts_at", "pk").distinct()[: feeds.MOST]:
        if one.mode == Mode.DAYS:
            yield from _parts(one, organisation)
            continue
        yield feeds.Entry(
            uid=f"meeting {one.pk}",
            title=_("Meeting"),
            begins_at=one.starts_at,
            ends_at=one.starts_at + timedelta(minutes=one.minutes),
            place=one.place,
            version=one.version,
            page=reverse("meetings:meeting", args=[organisation, one.pk]),
            is_cancelled=one.state == Stage.CANCELLED,
        )


def _parts(one: Meeting, organisation: str) -> Iterable[feeds.Entry]:
    """Over days: each part on the day it closes, the last moment to take part."""
    for window in from_json(one.windows):
        yield feeds.Entry(
            uid=f"meeting {one.pk} part {window.phase}",
            title=_("Meeting over days: the last moment of a part"),
            begins_at=window.closes_at - timedelta(minutes=15),
            ends_at=window.closes_at,
            version=one.version,
            page=reverse("meetings:meeting", args=[organisation, one.pk]),
            is_cancelled=one.state == Stage.CANCELLED,
        )
