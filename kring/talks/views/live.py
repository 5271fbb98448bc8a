"""The talk itself: the screens of ``kring.meetings``, drawn from memory; a wall without content."""

from datetime import timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.forms import DateField
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kring.base import clock
from kring.base.policy import NotThere, Refused, require
from kring.meetings import asking
from kring.meetings.stream import tokens
from kring.meetings.views.room import PAGES, draw_room
from kring.talks import actions
from kring.talks.actions.holding import lines_of, room_of, screens_of
from kring.talks.models import Talk
from kring.talks.rules import Chair, may_be_kept, parties
from kring.talks.views.found import actor_of, for_invited, found, href, number_in
from kring.talks.views.talk import page as talk_page
from kring.web.ring import Seat, Sits

DAY = DateField()
EMPTY_CHAIRS = 8
"""On the wall stands a ring of always as many chairs: not even how many people are there."""
USUAL = timedelta(days=21)
"""A first proposal for the look-back: three weeks (reference 1.10)."""


def screen_for(one: Talk, chair: Chair) -> str:
    """Which screen somebody on this chair has."""
    if not chair.leads:
        return "phone"
    return "table" if one.paper.one_device else "moderator"


def seated(request: HttpRequest, one: Talk) -> Chair | None:
    """The reader's own chair, if they sit on it in an open room."""
    actor = actor_of(request)
    chair = one.chair_of(actor)
    if chair is not None and chair.leads and not actor.second_factor:
        return None
    seats = room_of(one).state.record.seats if one.is_open else {}
    return chair if chair is not None and chair.key in seats else None


def _page(
    request: HttpRequest, one: Talk, screen: str, *, no: str = "", status: int = 200
) -> HttpResponseBase:
    chair = seated(request, one)
    if chair is None or not one.is_open:
        return redirect(href(request, "talk", one.pk))
    context = {
        "meeting": {"title": _("Talk")},  # what a browser shows in its tab and its history
        "screen": screen,
        "html": draw_room(request, room_of(one), chair.key, screen),
        "live": _pass(one, chair, screen),
        "seat": chair.key,
        "here": href(request, "talk", one.pk),
        "refused": no,
        "typed": "",
    }
    return render(request, "meetings/pages/room.html", context, status=status)


def _pass(one: Talk, chair: Chair, screen: str) -> str:
    language = get_language() or "nl"
    return tokens.make(one, chair, screen, language=language)  # type: ignore[arg-type]  # same fields


@for_invited
@require_POST
def open_room(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The facilitator opens the room, when everything is arranged."""
    one, actor = found(request, pk), actor_of(request)
    require(actor, "talks.lead", one)
    try:
        actions.open_talk(actor, one, request.POST.get("key", "") or uuid4().hex)
        chair = actions.join_talk(actor, one)
    except Refused as no:
        one.refresh_from_db()
        return talk_page(request, one, no=str(no.reason), status=409)
    return redirect(href(request, PAGES[screen_for(one, chair)], one.pk))


@for_invited
@require_POST
def enter(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sit down on one's own chair."""
    one, actor = found(request, pk), actor_of(request)
    try:
        chair = actions.join_talk(actor, one)
    except Refused as no:
        one.refresh_from_db()
        return talk_page(request, one, no=str(no.reason), status=409)
    return redirect(href(request, PAGES[screen_for(one, chair)], one.pk))


@for_invited
@require_GET
def phone(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One question, one thing to do."""
    return _page(request, found(request, pk), "phone")


@for_invited
@require_GET
def lead(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The facilitator's screen."""
    one = found(request, pk)
    if not one.is_over:
        require(actor_of(request), "talks.lead", one)
    return _page(request, one, "moderator")


@for_invited
@require_GET
def table(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The one device in the room."""
    one = found(request, pk)
    if not one.is_over:
        require(actor_of(request), "talks.lead", one)
    return _page(request, one, "table")


@for_invited
@require_GET
def board(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The big screen: a welcome and nothing else. No names, no phase, no words of anybody."""
    one = found(request, pk)
    empty = [Seat(name="", sits=Sits.EMPTY) for _chair in range(EMPTY_CHAIRS)]
    return render(request, "talks/pages/board.html", {"seats": empty, "talk": one.pk})


@for_invited
@require_GET
def fresh(request: HttpRequest, pk: int, screen: str) -> HttpResponseBase:
    """A new line to the stream, after the old one ran out."""
    one = found(request, pk)
    chair = seated(request, one)
    if chair is None or screen not in PAGES or screen == "board":
        raise NotThere
    if screen in ("moderator", "table"):
        require(actor_of(request), "talks.lead", one)
    return JsonResponse({"live": _pass(one, chair, screen)})


@for_invited
@require_POST
def ask_room(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Every button, for pages without scripts."""
    one, actor = found(request, pk), actor_of(request)
    chair = seated(request, one)
    if chair is None:
        return redirect(href(request, "talk", one.pk))
    asked = asking.read(request.POST, me=chair.key)
    key = f"{request.POST.get('key', '')} {asked['kind']}"
    done = actions.do(actor, one, asked, key)
    one.refresh_from_db()
    screen = screen_for(one, chair)
    if done.refused is None:
        return redirect(href(request, PAGES[screen], one.pk))
    said = done.refused.text.say(get_language() or "nl")
    return _page(request, one, screen, no=said, status=409)


@for_invited
@require_POST
def chairs(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Somebody without a phone sits down."""
    one, actor = found(request, pk), actor_of(request)
    require(actor, "talks.lead", one)
    number = number_in(request.POST.get("number", ""))
    actions.seat_without_phone(actor, one, number=number)
    return redirect(href(request, "table" if one.paper.one_device else "lead", one.pk))


@for_invited
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponseBase:
    """I stop: then it stops for everybody, at once, and nobody hears from Kring who it was."""
    one, actor = found(request, pk), actor_of(request)
    chair = one.chair_of(actor)
    if chair is not None and chair.leads:
        require(actor, "talks.lead", one)
    else:
        require(actor, "talks.take_part", one)
    actions.stop_talk(one)
    return redirect(href(request, "talk", one.pk))


@for_invited
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End the talk: what goes, what is kept because everybody said yes, and when to look back."""
    one, actor = found(request, pk), actor_of(request)
    if one.is_over:
        return redirect(href(request, "talk", one.pk))
    require(actor, "talks.lead", one)
    if seated(request, one) is None:
        return redirect(href(request, "talk", one.pk))
    if request.method == "GET":
        return _close_page(request, one, "")
    return _closed(request, one)


def _closed(request: HttpRequest, one: Talk) -> HttpResponseBase:
    sent, day = request.POST, None
    if sent.get("follow_up") != "none" and one.script.outputs:
        try:
            day = DAY.clean(sent.get("look_back_on", ""))
        except ValidationError:
            return _close_page(request, one, _("Choose a day to look back, or: not needed."), 422)
    done = actions.close_talk(actor_of(request), one, sent.get("key", ""), look_back_on=day)
    if done.refused is None:
        return redirect(href(request, "talk", one.pk))
    said = done.refused.text.say(get_language() or "nl")
    return _close_page(request, one, said, 409)


def _close_page(request: HttpRequest, one: Talk, no: str, status: int = 200) -> HttpResponseBase:
    state = room_of(one).state
    keys, shown = [chair.key for chair in parties(one.paper)], screens_of(state)
    lines = [
        (line.text, may_be_kept(line, keys, shown, state.record.seats)) for line in lines_of(state)
    ]
    context = {
        "here": href(request, "talk", one.pk),
        "refused": no,
        "kept": [text for text, stays in lines if stays],
        "gone": [text for text, stays in lines if not stays],
        "asks_follow_up": bool(one.script.outputs),
        "day": (clock.now().date() + USUAL).isoformat(),
        "back": href(request, PAGES[screen_for(one, one.paper.leaders[0])], one.pk),
    }
    return render(request, "talks/pages/close.html", context, status=status)
