"""How people take part, chosen while planning and changed until the meeting begins."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Refused
from kring.meetings.models import Meeting, Mode, Stage
from kring.meetings.rules import days, modes
from kring.methods.format.shapes import Protocol

ABANDONED = timedelta(hours=12)
"""Without a word this long an open meeting is closed (hard stop, safety §1.3)."""
PAPER_WAITS = timedelta(days=42)
"""A harvest on paper can be entered this long after the day of the meeting."""
MOST_DAYS = 30


def allowed(protocol: Protocol, mode: str) -> None:
    """Raise ``Refused`` with the reason when this protocol is not held in this mode."""
    if mode not in Mode.values:
        raise Refused(_("Choose how people take part."))
    why_not = modes.why_not(protocol, mode)
    if why_not is not None:
        raise Refused(why_not.say(get_language() or "nl"))


def due_first(mode: str, starts_at: datetime) -> datetime:
    """When the clock looks at a planned meeting for the first time."""
    if mode == Mode.DAYS:
        return starts_at
    return starts_at + (PAPER_WAITS if mode == Mode.PAPER else ABANDONED)


def fields_for(protocol: Protocol, mode: str, starts_at: datetime, each: int) -> dict[str, Any]:
    """The columns that follow from a mode: it, its windows, and when the clock looks."""
    allowed(protocol, mode)
    if not 1 <= each <= MOST_DAYS:
        raise Refused(_("A part is open between one day and thirty."))
    windows: tuple[days.Window, ...] = ()
    if mode == Mode.DAYS:
        windows = days.usual(modes.as_played(protocol, mode), localtime(starts_at), each)
    return {
        "mode": mode,
        "windows": days.to_json(windows),
        "due_at": due_first(mode, starts_at),
    }


def changed_by(meeting: Meeting, changed: dict[str, Any]) -> dict[str, Any]:
    """What a change of mode or moment means for windows and the clock; checks that it may be."""
    changed = dict(changed)
    each = changed.pop("each", days.USUAL_DAYS)
    if not {"mode", "starts_at"} & set(changed):
        return changed
    mode, starts_at = changed.get("mode", meeting.mode), changed.get("starts_at", meeting.starts_at)
    if mode != meeting.mode:
        if meeting.state != Stage.PLANNED:
            raise Refused(_("This meeting has begun. How people take part stays as it is."))
        return changed | fields_for(meeting.pinned, mode, starts_at, each)
    if meeting.state != Stage.PLANNED:
        if mode == Mode.DAYS and starts_at != meeting.starts_at:
            raise Refused(
                _("The first part is open already. Change the days of the parts instead.")
            )
        return changed
    if mode == Mode.DAYS:
        moved = days.shifted(days.from_json(meeting.windows), localtime(starts_at))
        changed["windows"] = days.to_json(moved)
    return changed | {"due_at": due_first(mode, starts_at)}


def still_to_come(windows: tuple[days.Window, ...]) -> None:
    """Raise ``Refused`` with a sentence for people when these windows cannot be."""
    said = {
        "order": _("Each part ends after the one before it. Look at the days once more."),
        "short": _("A part is open for an hour at least."),
        "long": _("A part is open for sixty days at most."),
        "past": _("The last part would be over already. Choose a day that is still to come."),
    }
    wrong = days.wrong(windows, clock.now())
    if wrong is not None:
        raise Refused(said[wrong])
