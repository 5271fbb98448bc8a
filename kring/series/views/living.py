"""The small buttons on the page of a series: the next date, whose turn, resting, stopping."""

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.base import clock
from kring.base.policy import NotThere, Refused
from kring.meetings.forms import find_others
from kring.people.models import Person
from kring.series import actions
from kring.series.models import Series
from kring.series.views.found import actor_of, day_in, did, find, href, slug_of, submit
from kring.series.views.one import page


def _moment(request: HttpRequest) -> datetime:
    day, at = day_in(request.POST.get("day", "")), request.POST.get("at", "")
    try:
        moment = time.fromisoformat(at or "10:00")
    except ValueError:
        moment = None
    if day is None or moment is None:
        raise Refused(_("Choose a day and a time."))
    starts_at = datetime.combine(day, moment, tzinfo=get_current_timezone())
    if starts_at < clock.now():
        raise Refused(_("That moment has passed. Choose one that is still to come."))
    return starts_at


@require_POST
def plan_next(request: HttpRequest, number: int) -> HttpResponse:
    """One click: the next meeting is planned and everybody in the series is invited."""
    found, sent = find(request, number), request.POST
    try:
        made = submit(
            request,
            lambda: actions.plan_next(
                actor_of(request),
                found,
                starts_at=_moment(request),
                protocol=sent.get("protocol", ""),
                place=sent.get("place", ""),
            ),
        )["made"]
    except Refused as no:
        return page(request, found, no=str(no.reason), status=409)
    return redirect(reverse("meetings:meeting", args=[slug_of(request), made]))


@require_POST
def offer(request: HttpRequest, number: int) -> HttpResponse:
    """ "Let me lead the next one", or not after all."""
    found, take = find(request, number), request.POST.get("take", "yes") != "no"
    submit(request, lambda: actions.offer(actor_of(request), found, take=take))
    return did(request, found, _("You lead the next one. Thank you.") if take else _("All right."))


@require_POST
def away(request: HttpRequest, number: int) -> HttpResponse:
    """I cannot lead the next one, or I can after all."""
    found, gone = find(request, number), request.POST.get("away", "yes") != "no"
    submit(request, lambda: actions.away(actor_of(request), found, is_away=gone))
    return did(request, found, _("All right. Somebody else gets the turn."))


def _colleagues(text: str) -> tuple[Person, ...]:
    try:
        found = find_others(text)
    except ValidationError as no:  # two colleagues of that name, or an unknown address
        raise Refused(no.messages[0]) from None
    if found.guests:
        raise Refused(
            _("Nobody here is called %(name)s. Guests are invited to one meeting, later on.")
            % {"name": found.guests[0]}
        )
    return found.people


@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody joins, by name or mail address."""
    found, sent = find(request, number), request.POST
    try:
        people = _colleagues(sent.get("others", ""))
        if not people:
            raise Refused(_("Nobody here is called that. Use the name or the mail address."))
        role = sent.get("role", "")

        def do() -> Series:
            for person in people:
                actions.invite(actor_of(request), found, person, role=role)
            return found

        submit(request, do)
    except Refused as no:
        return page(request, found, no=str(no.reason), status=409)
    return did(request, found, _("Welcome. The next meeting invites them too."))


@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Go, without a reason; or take somebody off the list who went."""
    found, typed = find(request, number), request.POST.get("person", "")
    person = Person.objects.filter(pk=int(typed)).first() if typed.isdigit() else None
    if typed and person is None:
        raise NotThere
    submit(request, lambda: actions.leave(actor_of(request), found, person))
    if Series.objects.visible_to(actor_of(request)).filter(pk=number).exists():
        return did(request, found, _("Taken off the list. No reason is asked."))
    return redirect(href(request, "list"))


@require_POST
def rhythm(request: HttpRequest, number: int) -> HttpResponse:
    """Another rhythm."""
    found, typed = find(request, number), request.POST.get("days", "")
    days = int(typed) if typed.isdigit() and len(typed) < 4 else 0
    submit(request, lambda: actions.keep_rhythm(actor_of(request), found, days=days))
    return did(request, found, _("Kept."))


@require_POST
def rest(request: HttpRequest, number: int) -> HttpResponse:
    """Rest until a day."""
    found, until = find(request, number), day_in(request.POST.get("until", ""))
    try:
        if until is None:
            raise Refused(_("Choose a day in the coming year."))
        day = until
        submit(request, lambda: actions.rest(actor_of(request), found, until=day))
    except Refused as no:
        return page(request, found, no=str(no.reason), status=409)
    return did(request, found, _("It rests now. Nobody is asked anything until then."),
               href(request, "resume", number))  # fmt: skip


@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """The group stops."""
    found, words = find(request, number), request.POST.get("words", "")
    try:
        submit(request, lambda: actions.stop(actor_of(request), found, words=words))
    except Refused as no:
        return page(request, found, no=str(no.reason), status=409)
    return did(request, found, _("It has stopped. Thank you all for what you brought."),
               href(request, "resume", number))  # fmt: skip


@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    """Take it up again."""
    found = find(request, number)
    submit(request, lambda: actions.resume(actor_of(request), found))
    return did(request, found, _("It goes on."))
