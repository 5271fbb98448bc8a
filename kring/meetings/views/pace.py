"""How people take part, on the page of a meeting: another way, and the days of one over days."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kring.base import clock
from kring.base.policy import Refused
from kring.meetings import actions
from kring.meetings.forms import EACH
from kring.meetings.models import Meeting, Mode, Stage
from kring.meetings.rules import days
from kring.meetings.rules.modes import choices
from kring.meetings.said import MODES, moment_words
from kring.meetings.views.found import actor_of, found


def pace_of(one: Meeting, *, may_change: bool) -> dict[str, Any]:
    """What the page of a meeting says about its mode; nothing but words and days."""
    if one.is_over:
        return {}
    planned = one.state == Stage.PLANNED
    told: dict[str, Any] = {"mode_title": MODES[one.mode][0], "mode_means": MODES[one.mode][1]}
    if may_change and planned:
        allowed = [choice.mode for choice in choices(one.pinned) if choice.why_not is None]
        told["modes"] = [(mode, *MODES[mode]) for mode in allowed]
        told["each"] = EACH
        told["each_usual"] = days.USUAL_DAYS
    if one.mode == Mode.DAYS:
        told["days"] = day_lines(one)
        told["days_over"] = bool(told["days"]) and all(line["been"] for line in told["days"])
    if one.mode == Mode.PAPER:
        told["was_there"] = one.is_open or one.starts_at - actions.EARLY <= clock.now()
    return told


def day_lines(one: Meeting) -> list[dict[str, Any]]:
    """The parts of a meeting over days, each with its words and the end that can be moved."""
    now, language = clock.now(), get_language() or "nl"
    titles = {phase.id: phase.title.say(language) for phase in one.script.phases}
    return [
        {
            "phase": window.phase,
            "title": titles.get(window.phase, ""),
            "opens": moment_words(window.opens_at),
            "closes": moment_words(window.closes_at),
            "closes_at": localtime(window.closes_at).strftime("%Y-%m-%dT%H:%M"),
            "been": window.closes_at <= now,
            "now": one.is_open and window.opens_at <= now < window.closes_at,
        }
        for window in days.from_json(one.windows)
    ]


def _wrote(request: HttpRequest, one: Meeting, what: str, do: Any) -> HttpResponse:
    from kring.meetings.views.meeting import did  # the page of a meeting shows both

    return did(request, one, what, do)


def _version(request: HttpRequest) -> int:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdigit() and len(typed) < 10 else 0


@require_POST
def change_mode(request: HttpRequest, pk: int) -> HttpResponse:
    """People take part in another way, until it begins."""
    one, sent = found(request, pk), request.POST
    each = sent.get("each", "")
    changed: dict[str, Any] = {"mode": sent.get("mode", "")}
    if each.isdigit() and len(each) < 3:
        changed["each"] = int(each)

    def work() -> None:
        actions.change_meeting(actor_of(request), one, version=_version(request), **changed)

    return _wrote(request, one, "mode", work)


@require_POST
def move_days(request: HttpRequest, pk: int) -> HttpResponse:
    """Other days for the parts that are still open or to come."""
    one = found(request, pk)
    titles = {window.phase for window in days.from_json(one.windows)}
    now = clock.now()
    gone = {window.phase for window in days.from_json(one.windows) if window.closes_at <= now}
    sent = {phase: request.POST.get(f"until_{phase}", "") for phase in titles - gone}

    def work() -> None:
        closes = {phase: _moment(typed) for phase, typed in sent.items() if typed}
        actions.move_windows(actor_of(request), one, version=_version(request), closes=closes)

    return _wrote(request, one, "days", work)


def _moment(typed: str) -> datetime:
    try:
        moment = parse_datetime(typed)
    except ValueError:
        moment = None
    if moment is None:
        raise Refused(_("Fill in a day and a time."))
    return moment if moment.tzinfo else moment.replace(tzinfo=get_current_timezone())
