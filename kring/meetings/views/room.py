"""The screens of a running meeting. The first drawing is made here; after that the stream says when
something changed and the screen is fetched anew (``kring.meetings.stream``)."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kring.base.policy import NotThere, Refused, require
from kring.meetings import actions, asking, engine, screens
from kring.meetings import room as rooms
from kring.meetings.models import Meeting, Seat, SeatState
from kring.meetings.stream import looks, tokens
from kring.meetings.views.found import actor_of, found, href, seat_of
from kring.people.models import Person
from kring.people.receipts import once

View = Callable[..., HttpResponseBase]
PAGES = {"phone": "phone", "moderator": "lead", "table": "table", "board": "board"}


def open_to_guests(view: View) -> View:
    """A guest comes in with a pass instead of an account; a visitor is asked to log in."""

    @login_not_required
    @never_cache
    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if actor_of(request).kind == "visitor":
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **named)

    return guarded


def _seated(request: HttpRequest, meeting: Meeting) -> Seat | None:
    seat = seat_of(actor_of(request), meeting)
    return seat if seat is not None and seat.state == SeatState.JOINED else None


def _proof(request: HttpRequest) -> SafeString:
    """What every form of one drawing carries: where it came from, and a key of its own."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="key" value="{}">',
        get_token(request),
        uuid4(),
    )


def draw(request: HttpRequest, meeting: Meeting, seat: Seat | None, screen: str) -> SafeString:
    """The screen as the stream draws it, with the proof of origin that forms need."""
    key = seat.key if seat is not None and screen != "board" else ""
    return draw_room(request, rooms.of(meeting), key, screen)


def draw_room(request: HttpRequest, held: rooms.Room, key: str, screen: str) -> SafeString:
    """The same for a room and the key of a seat ("" for nobody's)."""
    snap = held.snap
    who, own = looks.audience_of(held, snap, key, screen), looks.mine_of(snap, key)
    drawn = looks.draw(held, snap, who, own, get_language() or "nl")
    return SafeString(drawn.plain.decode().replace(screens.PROOF, _proof(request)))


def _pass(meeting: Meeting, seat: Seat | None, screen: str) -> str:
    """The pass to the stream; the big screen is nobody's."""
    whose = None if screen == "board" else seat
    return tokens.make(meeting, whose, screen, language=get_language() or "nl")


def _reads_easy(seat: Seat | None) -> bool:
    """Whether the person of this seat asked for few words and pictures (a guest asks on the screen)."""
    whose = seat.person_id if seat is not None else None
    return whose is not None and Person.objects.filter(pk=whose, easy_read=True).exists()


def _page(
    request: HttpRequest, meeting: Meeting, screen: str, *, no: str = "", status: int = 200
) -> HttpResponseBase:
    seat = _seated(request, meeting)
    if not meeting.is_open or (seat is None and screen != "board"):
        return redirect(href(request, "meeting", meeting.pk))
    context = {
        "meeting": meeting,
        "screen": screen,
        "html": draw(request, meeting, seat, screen),
        "live": _pass(meeting, seat, screen),
        "seat": seat.key if seat else "",
        "here": href(request, "meeting", meeting.pk),
        "easy": _reads_easy(seat),
        "refused": no,
        "typed": request.POST.get("text", "") if no else "",
    }
    return render(request, "meetings/pages/room.html", context, status=status)


def again(request: HttpRequest, meeting: Meeting, screen: str, no: str) -> HttpResponseBase:
    """The screen once more, saying why something could not be done (for features above)."""
    return _page(request, meeting, screen, no=no, status=409)


@open_to_guests
@require_GET
def phone(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One question, one thing to do."""
    return _page(request, found(request, pk), "phone")


@open_to_guests
@require_GET
def lead(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The facilitator's screen."""
    meeting = found(request, pk)
    if not meeting.is_over:
        require(actor_of(request), "meetings.moderate", meeting)
    return _page(request, meeting, "moderator")


@open_to_guests
@require_GET
def table(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The one device in the room."""
    meeting = found(request, pk)
    if not meeting.is_over:
        require(actor_of(request), "meetings.moderate", meeting)
    return _page(request, meeting, "table")


@open_to_guests
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The big screen: only what the whole circle may see. Opened by somebody in the circle."""
    meeting = found(request, pk)
    if not meeting.is_over:
        require(actor_of(request), "meetings.take_part", meeting)
    return _page(request, meeting, "board")


@open_to_guests
@require_GET
def fresh(request: HttpRequest, pk: int, screen: str) -> HttpResponseBase:
    """A new line to the stream, after the old one ran out."""
    meeting = found(request, pk)
    seat = _seated(request, meeting)
    if screen not in screens.SCREENS or seat is None or not meeting.is_open:
        raise NotThere
    if screen in ("moderator", "table"):
        require(actor_of(request), "meetings.moderate", meeting)
    return JsonResponse({"live": _pass(meeting, seat, screen)})


def _screen_now(request: HttpRequest, meeting: Meeting) -> str:
    """The screen a form came from; a phone's when it does not say."""
    came = request.META.get("HTTP_REFERER", "").rstrip("/").rsplit("/", 1)[-1]
    shown = {page: screen for screen, page in PAGES.items()}.get(came, "phone")
    if shown not in ("moderator", "table"):
        return shown
    seat = _seated(request, meeting)
    return shown if seat is not None and "moderator" in seat.roles else "phone"


@open_to_guests
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every button, for pages without scripts: ask, then show the screen again."""
    meeting = found(request, pk)
    seat = _seated(request, meeting)
    asked = asking.read(request.POST, me=seat.key if seat else "")
    key = f"{request.POST.get('key', '')} {asked['kind']}"
    done = actions.do(actor_of(request), meeting, asked, key)
    screen = _screen_now(request, meeting)
    if done.refused is None:
        return redirect(href(request, PAGES[screen], meeting.pk))
    meeting.refresh_from_db()
    said = done.refused.text.say(get_language() or "nl")
    return _page(request, meeting, screen, no=said, status=409)


@open_to_guests
@require_POST
def look_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A word about an agreement that came back on the table, or taking that word back."""
    meeting, actor = found(request, pk), actor_of(request)
    require(actor, "meetings.moderate", meeting)
    sent = request.POST
    screen = sent.get("screen", "") if sent.get("screen", "") in PAGES else "moderator"

    def work() -> dict[str, Any]:
        if sent.get("undo", ""):
            actions.undo_look_back(actor, meeting, sign=_number(sent["undo"]))
            return {}
        one, noticed = _number(sent.get("agreement", "")), sent.get("noticed", "")
        actions.look_back(
            actor, meeting, agreement=one, status=sent.get("status", ""), noticed=noticed
        )
        return {}

    try:
        once(f"person {actor.person} meeting {meeting.pk} look back", sent.get("key", ""), work)
    except Refused as no:
        return _page(request, meeting, screen, no=str(no.reason), status=409)
    return redirect(href(request, PAGES[screen], meeting.pk))


@open_to_guests
@require_POST
def chairs(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who has no phone sits down, goes, or comes back."""
    meeting, actor = found(request, pk), actor_of(request)
    require(actor, "meetings.moderate", meeting)
    sent = request.POST
    screen = sent.get("screen", "") if sent.get("screen", "") in PAGES else "moderator"
    named = sent.get("gone") or sent.get("back") or ""

    key = sent.get("key", "") or str(uuid4())
    try:
        if not named:
            actions.add_chair(actor, meeting, name=sent.get("name", ""), key=key)
        else:
            seat = meeting.seats.filter(place=_number(named.removeprefix("s"))).first()
            if seat is None:
                raise NotThere
            do = actions.empty_chair if sent.get("gone") else actions.fill_chair
            do(actor, meeting, seat, key=key)
    except Refused as no:
        meeting.refresh_from_db()
        return _page(request, meeting, screen, no=str(no.reason), status=409)
    return redirect(href(request, PAGES[screen], meeting.pk))


def _number(typed: str) -> int:
    if not typed.isdigit() or len(typed) > 18:
        raise NotThere
    return int(typed)


@open_to_guests
@require_POST
def tables(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everybody at a table, with layers and teams spread."""
    meeting, actor = found(request, pk), actor_of(request)
    require(actor, "meetings.moderate", meeting)
    sent = request.POST
    size = min(8, max(5, _number(sent.get("size", "7"))))
    try:
        actions.lay_tables(actor, meeting, size=size, key=sent.get("key", "") or str(uuid4()))
    except Refused as no:
        return _page(request, meeting, "moderator", no=str(no.reason), status=409)
    return redirect(href(request, PAGES["moderator"], meeting.pk))


@open_to_guests
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Go. No reason is asked; the chair stays, empty and visible."""
    meeting = found(request, pk)
    actor = actor_of(request)
    done = actions.do(actor, meeting, {"kind": "leave_seat"}, request.POST.get("key", ""))
    if done.refused is not None:
        said = done.refused.text.say(get_language() or "nl")
        return _page(request, meeting, _screen_now(request, meeting), no=said, status=409)
    return render(request, "meetings/pages/left.html", {"meeting": meeting})


@open_to_guests
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One's own note with a step: read it, keep it, or wipe it by keeping nothing."""
    meeting, actor = found(request, pk), actor_of(request)
    if request.method == "GET":
        text = actions.read_note(actor, meeting, step=request.GET.get("step", ""))
        return JsonResponse({"text": text})
    step, text = request.POST.get("step", ""), request.POST.get("text", "")
    actions.write_note(actor, meeting, step=step, text=text)
    if request.headers.get("X-Kring-Part"):
        return JsonResponse({"ok": True, "text": _("Your note is kept.") if text else _("Wiped.")})
    return redirect(href(request, "phone", meeting.pk))


@open_to_guests
@require_POST
def take_over(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The facilitator dropped out: somebody of the organisation in the circle goes on."""
    meeting = found(request, pk)
    done = actions.take_over(actor_of(request), meeting, request.POST.get("key", ""))
    if done.refused is not None:
        raise Refused(done.refused.text.say(get_language() or "nl"))
    return redirect(href(request, "lead", meeting.pk))


@open_to_guests
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End the meeting. First it says what will be wiped, and asks when you look back."""
    meeting = found(request, pk)
    if meeting.is_over:
        return redirect(href(request, "meeting", meeting.pk))
    actor = actor_of(request)
    require(actor, "meetings.moderate", meeting)
    seat = _seated(request, meeting)
    if seat is None:
        return redirect(href(request, "meeting", meeting.pk))
    no = ""
    if request.method == "POST":
        asked = {
            "kind": "close",
            "confirmed": True,
            "look_back_on": request.POST.get("look_back_on") or None,
            "no_follow_up": request.POST.get("follow_up") == "none",
        }
        if asked["no_follow_up"]:
            asked["look_back_on"] = None
        done = actions.do(actor, meeting, asked, request.POST.get("key", ""))
        if done.refused is None:
            return redirect(href(request, "meeting", meeting.pk))
        no = done.refused.text.say(get_language() or "nl")
    state = rooms.of(meeting).state
    view = engine.see(state, engine.audience(state, seat.key, "moderator"))
    context = {
        "meeting": meeting,
        "view": view,
        "here": href(request, "meeting", meeting.pk),
        "refused": no,
        "asks_follow_up": bool(meeting.script.outputs),
        "day": request.POST.get("look_back_on", "") or screens.look_back(meeting),
    }
    status = 409 if no else 200
    return render(request, "meetings/pages/close.html", context, status=status)
