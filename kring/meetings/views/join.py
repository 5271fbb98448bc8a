"""The ways in: six letters, a QR code, one's own account. A guest gives only a first name."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kring.base import scope
from kring.base.policy import Actor, Refused
from kring.meetings import actions
from kring.meetings.actions.plan import LETTERS
from kring.meetings.engine.asks.large import MOST_TABLES
from kring.meetings.models import Meeting, Mode, Seat
from kring.people.actors import actor_for
from kring.people.models import Account

OtherCode = Callable[[HttpRequest, str], HttpResponse | None]
other_codes: list[OtherCode] = []
"""Codes of another kind, on a paper of somebody's own: where they lead, or None."""


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Type the six letters."""
    code = request.POST.get("code", "").strip().upper()
    if request.method == "GET":
        return _letters(request, "", "", 200)
    try:
        meeting = actions.find_by_code(code, _address(request))
    except Refused as no:
        return _letters(request, code, str(no.reason), 429)
    if meeting is None:
        for way in other_codes:
            answer = way(request, code)
            if answer is not None:
                return answer
        said = _("We do not know these letters. Look at them once more, one by one.")
        return _letters(request, code, said, 404)
    return redirect("join-code", code=meeting.code)


def _letters(request: HttpRequest, code: str, error: str, status: int) -> HttpResponse:
    context = {"code": code, "error": error, "letters": LETTERS}
    return render(request, "meetings/pages/join.html", context, status=status)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, code: str) -> HttpResponse:
    """Who are you? A seat with a first name, or with one's own account."""
    return _come_in(request, code, None)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def at_table(request: HttpRequest, code: str, table: int) -> HttpResponse:
    """The sign on a table: sit down here, or let this device write for the whole table."""
    return _come_in(request, code, table if 0 < table <= MOST_TABLES else None)


def _come_in(request: HttpRequest, code: str, table: int | None) -> HttpResponse:
    try:
        meeting = actions.find_by_code(code, _address(request))
    except Refused as no:
        return _letters(request, code, str(no.reason), 429)
    if meeting is None:
        said = _("This code does not work (any more). Ask the facilitator for the new one.")
        return _letters(request, "", said, 404)
    with scope.inside(meeting.organisation_id):
        at = table if actions.keeps_tables(meeting) else None
        actor = _known(request, meeting)
        if request.method == "POST":
            return _sit_down(request, meeting, actor, at)
        return _who(request, meeting, actor, "", 200, at)


def _known(request: HttpRequest, meeting: Meeting) -> Actor | None:
    if not isinstance(request.user, Account):
        return None
    actor = actor_for(request.user, meeting.organisation)
    return actor if actor.kind == "person" else None


def _who(
    request: HttpRequest,
    meeting: Meeting,
    actor: Actor | None,
    error: str,
    status: int,
    table: int | None,
) -> HttpResponse:
    context = {
        "table": table,
        "meeting": meeting,
        "house": meeting.organisation.name,
        "known": actor.name if actor else "",
        "name": request.POST.get("name", ""),
        "error": error,
    }
    return render(request, "meetings/pages/welcome.html", context, status=status)


def _sit_down(
    request: HttpRequest, meeting: Meeting, actor: Actor | None, table: int | None
) -> HttpResponse:
    args = [meeting.organisation.slug, meeting.pk]
    try:
        if table is not None and request.POST.get("device") == "table":
            return _pass_to(
                meeting, *actions.join_as_table(meeting, table=table, code=meeting.code)
            )
        if actor is not None:
            seat = actions.join(actor, meeting, code=meeting.code)
            _at(meeting, seat, table)
            return redirect(reverse(f"meetings:{screen_of(meeting, seat.roles)}", args=args))
        name = request.POST.get("name", "").strip()
        if not name:
            said = _("Fill in your first name first.")
            return _who(request, meeting, None, said, 422, table)
        seat, secret = actions.join_as_guest(meeting, name=name, code=meeting.code)
        _at(meeting, seat, table)
    except Refused as no:
        return _who(request, meeting, actor, str(no.reason), 409, table)
    return _pass_to(meeting, seat, secret)


def _at(meeting: Meeting, seat: Seat, table: int | None) -> None:
    if table is not None:
        actions.sit_at(meeting, seat, table=table)


def _pass_to(meeting: Meeting, seat: Seat, secret: str) -> HttpResponse:
    answer = redirect(reverse("meetings:phone", args=[meeting.organisation.slug, meeting.pk]))
    actions.guest_cookie(answer, meeting, seat, secret)
    return answer


def screen_of(meeting: Meeting, roles: list[str]) -> str:
    """Which screen somebody with these roles gets."""
    if "moderator" not in roles or meeting.mode == Mode.DAYS:
        return "phone"
    return "table" if meeting.mode == Mode.ONE_DEVICE else "lead"
