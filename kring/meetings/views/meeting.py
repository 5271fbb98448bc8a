"""The page of a meeting before and after it, and the list of meetings."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kring.base import clock
from kring.base.policy import NotThere, Refused, ask
from kring.meetings import actions, screens
from kring.meetings.forms import WhenForm, find_others
from kring.meetings.models import Meeting, Mode, Seat, SeatState, Stage
from kring.meetings.policy import is_mine
from kring.meetings.views.after import afterwards
from kring.meetings.views.found import actor_of, found, href
from kring.meetings.views.join import screen_of
from kring.meetings.views.pace import pace_of
from kring.meetings.views.plan import teams_of
from kring.meetings.views.room import open_to_guests
from kring.people.receipts import once
from kring.web.ring import Seat as Chair
from kring.web.ring import Sits

MOST_LINES = 30
MOST_ON_TABLE = 8  # agreements named on the page; the table itself brings them all
PAST = timedelta(days=60)


def day_words(moment: datetime) -> str:
    """ "Today at 14:00", "tomorrow at 9:30", or the day in full."""
    local, now = localtime(moment), localtime(clock.now())
    at = date_format(local, "H:i")
    if local.date() == now.date():
        return _("today at %(time)s") % {"time": at}
    if local.date() == now.date() + timedelta(days=1):
        return _("tomorrow at %(time)s") % {"time": at}
    return _("%(day)s at %(time)s") % {"day": date_format(local, "l j F"), "time": at}


def line(request: HttpRequest, meeting: Meeting, *, team: bool = True) -> dict[str, Any]:
    """One meeting in a list, with the one button that fits."""
    page = href(request, "meeting", meeting.pk)
    return {
        "title": meeting.title,
        "when": _("going on now") if meeting.is_open else day_words(meeting.starts_at),
        "place": meeting.place,
        "team": meeting.team.name if team else "",
        "href": page,
        "go": page,
        "button": _("Go in") if meeting.is_open else "",
        "kind": "main",
    }


@require_GET
def meetings(request: HttpRequest) -> HttpResponse:
    """Running, coming and past: as far as this reader may know of them."""
    actor = actor_of(request)
    rows = Meeting.objects.visible_to(actor).select_related("team").exclude(state=Stage.CANCELLED)
    now = clock.now()
    found_rows = {
        _("Going on"): rows.filter(state=Stage.OPEN).order_by("starts_at", "id"),
        _("Coming"): rows.filter(state=Stage.PLANNED).order_by("starts_at", "id"),
        _("Been"): rows.filter(state=Stage.CLOSED, starts_at__gte=now - PAST).order_by(
            "-starts_at", "-id"
        ),
    }
    parts = [
        {"title": title, "lines": [line(request, one) for one in part[:MOST_LINES]]}
        for title, part in found_rows.items()
    ]
    context = {
        "parts": [part for part in parts if part["lines"]],
        "may_plan": teams_of(actor).exists(),
        "plan_href": href(request, "choose"),
    }
    return render(request, "meetings/pages/meetings.html", context)


@open_to_guests
@require_GET
def meeting(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who, when and where; afterwards what stays."""
    return page(request, found(request, pk))


def page(
    request: HttpRequest,
    one: Meeting,
    *,
    no: str = "",
    others: str = "",
    form: WhenForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a meeting; ``no``: why something just asked could not be done."""
    actor = actor_of(request)
    seats = list(one.seats.exclude(state=SeatState.WITHDRAWN))
    seat = next((chair for chair in seats if is_mine(actor, chair)), None)
    may_change = bool(ask(actor, "meetings.change", one))
    may_join = ask(actor, "meetings.join", one)
    context = {
        "meeting": one,
        "here": href(request, "meeting", one.pk),
        "lead": ""
        if one.is_over
        else f"{day_words(one.starts_at)}{one.place and ' · '}{one.place}",
        "when": day_words(one.starts_at),
        "refused": no,
        "others": others,
        **_who(one, seats, seat, may_change=may_change),
        "roles": _role_options(one, _shown(seats)) if may_change else [],
        "leads": seat is not None and "moderator" in seat.roles and not one.is_over,
        "joined": seat is not None and seat.state == SeatState.JOINED,
        "may_join": bool(may_join),
        "why_not": may_join.reason,
        "may_change": may_change,
        "may_bring_back": one.state == Stage.CANCELLED and one.planned_by_id == actor.person,
        "form": form or WhenForm(initial=_when(one)),
        "qr": screens.qr(one.code) if one.code else "",
        "join_short": screens.join_address(),
        **pace_of(one, may_change=may_change),
        **_open_agreements(request, one),
        **(afterwards(request, one) if one.state == Stage.CLOSED else {}),
    }
    return render(request, "meetings/pages/meeting.html", context, status=status)


def _open_agreements(request: HttpRequest, one: Meeting) -> dict[str, Any]:
    """The team's open agreements come back on the table by themselves; only the team sees them.

    The few that ask most, and the address of all of them where there are more.
    """
    actor, slug = actor_of(request), one.organisation.slug
    if one.is_over or one.team_id not in actor.teams:
        return {}
    found = actions.on_the_table(one)[: MOST_ON_TABLE + 1]
    every = f"{reverse('agreements:agreements', args=[slug])}?team={one.team_id}"
    return {
        "open_agreements": [
            {"what": what, "href": reverse("agreements:agreement", args=[slug, pk])}
            for pk, what in found[:MOST_ON_TABLE]
        ],
        "more_agreements": every if len(found) > MOST_ON_TABLE else "",
    }


def _when(one: Meeting) -> dict[str, Any]:
    local = localtime(one.starts_at)
    return {
        "day": local.date(),
        "at": local.time().replace(second=0, microsecond=0),
        "minutes": one.minutes,
        "place": one.place,
    }


def _role_titles(one: Meeting) -> dict[str, str]:
    language = get_language() or "nl"
    titles = {role.id: role.title.say(language) for role in one.script.roles}
    return {"moderator": _("facilitator"), "scribe": _("writes along"), **titles}


def _person(titles: dict[str, str], seat: Seat, *, may_change: bool) -> dict[str, Any]:
    roles = ", ".join(titles.get(role, role) for role in seat.roles)
    stays = seat.state != SeatState.INVITED or "moderator" in seat.roles
    return {
        "pk": seat.pk,
        "name": seat.name,
        "note": " · ".join(note for note in (roles, _("guest") if seat.is_guest else "") if note),
        "withdraw": ""
        if stays or not may_change
        else _("%(name)s does not come") % {"name": seat.name},
    }


def _chair(seat: Seat, mine: Seat | None, *, always: bool = False) -> Chair:
    """``always``: over days every chair is filled, so that nobody sees who has looked; and before it
    begins everybody is invited, nobody away."""
    here = always or seat.state == SeatState.JOINED
    return Chair(
        name=seat.name,
        sits=Sits.HERE if here else Sits.AWAY,
        is_me=mine is not None and mine.pk == seat.pk,
    )


def _who(one: Meeting, seats: list[Seat], mine: Seat | None, *, may_change: bool) -> dict[str, Any]:
    """Who is invited: a ring and names, or words and some names in a crowd."""
    titles, shown = _role_titles(one), _shown(seats)
    return {
        "people": [_person(titles, chair, may_change=may_change) for chair in shown],
        "more_people": len(seats) - len(shown),
        "keeps_tables": actions.keeps_tables(one),
        "ring": _chairs(one, seats, mine),
        "ring_label": _("Who is invited: %(n)s people") % {"n": len(seats)},
    }


def _chairs(one: Meeting, seats: list[Seat], mine: Seat | None) -> list[Chair]:
    """The ring of who is invited; in a crowd there is none."""
    if len(seats) > screens.CROWD:
        return []
    filled = one.mode in (Mode.DAYS, Mode.PAPER) or not one.is_open
    return [_chair(chair, mine, always=filled) for chair in seats]


def _shown(seats: list[Seat]) -> list[Seat]:
    """In a circle everybody; in a crowd who has a role, and the first of the others."""
    if len(seats) <= screens.CROWD:
        return seats
    some = {seat.pk for seat in seats[: screens.CROWD]}
    return [seat for seat in seats if seat.roles or seat.pk in some]


def _role_options(one: Meeting, seats: list[Seat]) -> list[dict[str, Any]]:
    language = get_language() or "nl"
    free = [(str(seat.pk), seat.name) for seat in seats]
    nobody = ("", _("we choose together"))
    wanted = [("moderator", _("Who facilitates?"), "")]
    wanted += [
        (
            role.id,
            role.title.say(language),
            role.description.say(language) if role.description else "",
        )
        for role in one.script.roles
        if role.id != "moderator"
    ]
    return [
        {
            "id": role,
            "title": title,
            "help": help_text,
            "options": free if role == "moderator" else [nobody, *free],
            "now": next((str(seat.pk) for seat in seats if role in seat.roles), ""),
        }
        for role, title, help_text in wanted
    ]


def did(request: HttpRequest, one: Meeting, what: str, do: Any) -> HttpResponse:
    """Run one write under the client's key; a refusal comes back on the page, nothing is lost."""

    def work() -> dict[str, Any]:
        do()
        return {}

    who = f"person {actor_of(request).person} meeting {one.pk} {what}"
    try:
        once(who, request.POST.get("key", ""), work)
    except Refused as no:
        one.refresh_from_db()
        return page(request, one, no=str(no.reason), status=409)
    return redirect(href(request, "meeting", one.pk))


# --- what can be done with it ------------------------------------------------------------------
@open_to_guests
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sit down; who facilitates opens the room with it."""
    one, actor = found(request, pk), actor_of(request)
    try:
        seat = actions.join(actor, one)
    except Refused as no:
        return page(request, one, no=str(no.reason), status=409)
    return redirect(href(request, screen_of(one, seat.roles), one.pk))


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, time, place or length."""
    one = found(request, pk)
    form = WhenForm(request.POST)
    if not form.is_valid():
        return page(request, one, form=form, status=422)
    version = request.POST.get("version", "")
    changed = {
        "starts_at": form.starts_at,
        "minutes": form.cleaned_data["minutes"],
        "place": form.cleaned_data["place"],
    }
    return did(
        request,
        one,
        "change",
        lambda: actions.change_meeting(
            actor_of(request), one, version=int(version) if version.isdigit() else 0, **changed
        ),
    )


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off, with a way back."""
    one = found(request, pk)
    answer = did(request, one, "cancel", lambda: actions.cancel_meeting(actor_of(request), one))
    if answer.status_code == 302:
        messages.info(
            request,
            _("The meeting is cancelled."),
            extra_tags=href(request, "bring-back", one.pk),
        )
    return answer


@require_POST
def bring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It goes on after all."""
    one = found(request, pk)
    return did(
        request, one, "bring back", lambda: actions.bring_back_meeting(actor_of(request), one)
    )


@require_POST
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Colleagues by name or address, guests by first name; one per line."""
    one, actor = found(request, pk), actor_of(request)
    try:
        others = find_others(request.POST.get("others", ""))
    except ValidationError as wrong:
        return page(
            request, one, no=wrong.messages[0], others=request.POST.get("others", ""), status=422
        )

    def work() -> None:
        for person in others.people:
            actions.invite_person(actor, one, person)
        for name in others.guests:
            actions.invite_guest(actor, one, name=name)

    return did(request, one, "invite", work)


def _seat(request: HttpRequest, one: Meeting, name: str) -> Seat:
    asked = request.POST.get(name, "")
    seat = one.seats.filter(pk=int(asked)).first() if asked.isdigit() else None
    if seat is None:
        raise NotThere
    return seat


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody does not come; inviting again brings the chair back."""
    one, actor = found(request, pk), actor_of(request)
    seat = _seat(request, one, "seat")
    return did(request, one, "withdraw", lambda: actions.withdraw_invitation(actor, one, seat))


@require_POST
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    """Who facilitates, who brings something; chosen before the meeting."""
    one, actor = found(request, pk), actor_of(request)
    wanted: dict[int, list[str]] = {}
    for name, value in request.POST.items():
        if name.startswith("role_") and str(value).isdigit():
            wanted.setdefault(int(str(value)), []).append(name.removeprefix("role_"))

    def work() -> None:
        seats = list(one.seats.exclude(state=SeatState.WITHDRAWN))
        # whoever gets a role first, so that there is a facilitator at every moment
        for seat in sorted(seats, key=lambda chair: chair.pk not in wanted):
            given = tuple(wanted.get(seat.pk, ()))
            if sorted(given) != sorted(seat.roles):
                actions.plan_roles(actor, one, seat, given)

    return did(request, one, "roles", work)
