"""A meeting over days: the clock opens and closes its parts; who leads it moves the days."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.base import clock, wake
from kring.base.policy import Actor, Refused, require
from kring.meetings import room
from kring.meetings.actions.modes import still_to_come
from kring.meetings.actions.plan import Stale, _open
from kring.meetings.engine import Refused as Refusal
from kring.meetings.engine import State, Who, read_ask
from kring.meetings.models import Meeting, Mode, Seat, SeatState, Stage
from kring.meetings.room.jobs import Job, receipt_for
from kring.meetings.rules import days
from kring.people import post, trail
from kring.people.models import Person

CLOCK = None
"""The seat that turns the pages: nobody's."""


def move_windows(
    actor: Actor, meeting: Meeting, *, version: int, closes: dict[str, datetime]
) -> Meeting:
    """Other ends for parts that are still open or to come; a part that closed stays closed."""
    require(actor, "meetings.change", meeting)
    if meeting.mode != Mode.DAYS:
        raise Refused(_("This meeting is not spread over days."))
    now, before = clock.now(), days.from_json(meeting.windows)
    gone = {one.phase for one in before if one.closes_at <= now}
    wanted = {phase: at for phase, at in closes.items() if phase not in gone}
    if any(at <= now for at in wanted.values()):
        raise Refused(_("That moment has passed. Choose one that is still to come."))
    after = days.moved(before, wanted)
    still_to_come(after)
    with transaction.atomic():
        due = meeting.starts_at if meeting.state == Stage.PLANNED else now
        moved = Meeting.objects.filter(pk=meeting.pk, version=version).update(
            windows=days.to_json(after), version=version + 1, due_at=due
        )
        if not moved:
            raise Stale(_("Somebody just changed this meeting. Look again what it says now."))
        trail.note(actor, "meeting.windows_moved", f"meeting {meeting.pk}")
        wake.ring_after_commit(f"meeting:{meeting.pk}")
    meeting.refresh_from_db()
    return meeting


def turn(meeting: Meeting, now: datetime) -> int:
    """What is due in a meeting over days. Doing it twice, or at two clocks, is doing it once."""
    windows = days.from_json(meeting.windows)
    if meeting.state == Stage.PLANNED and meeting.starts_at <= now:
        _begin(meeting)
    if not meeting.is_open:
        return 0
    _seat_everybody(meeting)
    _turn_pages(meeting, windows, now)
    windows = _remind(meeting, windows, now)
    next_due = days.due_next(meeting.script, windows, now)
    claimed = Meeting.objects.filter(pk=meeting.pk, due_at=meeting.due_at, state=Stage.OPEN)
    return claimed.update(due_at=next_due or now + days.WAITS)


def _begin(meeting: Meeting) -> None:
    with transaction.atomic():
        if _open(meeting):
            clock_itself = Actor(kind="clock", organisation=meeting.organisation_id)
            trail.note(clock_itself, "meeting.opened", f"meeting {meeting.pk}")
            _say(meeting, _invited(meeting), "meetings.days_open", "begin")


def _seat_everybody(meeting: Meeting) -> None:
    """Every chair is filled from the first day: who has looked and who has not shows nowhere."""
    held = room.of(meeting)
    for seat in meeting.seats.exclude(state=SeatState.WITHDRAWN).order_by("place"):
        if seat.key not in held.state.record.seats:
            asked = {"kind": "take_seat", "is_manager": seat.is_manager, "roles": tuple(seat.roles)}
            _carry(meeting, seat.key, asked, f"days seat {seat.key}")


def _turn_pages(meeting: Meeting, windows: tuple[days.Window, ...], now: datetime) -> None:
    """Open every part whose time came, one after the other, so that each is shown when it closes."""
    stops = days.stops(meeting.script, windows)
    for stop in stops:
        if stop.opens_at <= now:
            _carry(meeting, CLOCK, {"kind": "turn_page", "step": stop.step}, f"open {stop.step}")
    if stops and stops[-1].closes_at <= now:
        _carry(meeting, CLOCK, {"kind": "turn_page"}, "the last part closed")
        _say(meeting, _leads(meeting), "meetings.days_over", "over")


def _carry(meeting: Meeting, seat: str | None, asked: dict[str, object], key: str) -> None:
    job = Job(Who(seat), read_ask(asked), receipt_for(meeting.pk, seat, f"clock {key}"))
    done = room.of(meeting).carry(job)
    meeting.refresh_from_db()
    if isinstance(done.refused, Refusal):
        raise RuntimeError(f"A meeting over days cannot go on: {done.refused.code}.")


def _remind(
    meeting: Meeting, windows: tuple[days.Window, ...], now: datetime
) -> tuple[days.Window, ...]:
    """Once per part, who has not looked yet. Who that is, is written nowhere but in the letter."""
    due = days.to_remind(windows, now)
    if due is None or room.of(meeting).state.flow.over:
        return windows
    after = tuple(
        days.Window(one.phase, one.opens_at, one.closes_at, one.reminded or one == due)
        for one in windows
    )
    with transaction.atomic():
        claimed = Meeting.objects.filter(pk=meeting.pk, windows=days.to_json(windows))
        if claimed.update(windows=days.to_json(after)):
            _say(meeting, not_looked(meeting), "meetings.days_reminder", f"part {due.phase}")
    return after


def not_looked(meeting: Meeting) -> list[Person]:
    """Who has neither looked at the part that is open nor written in it."""
    state = room.of(meeting).state
    seen = _seen(state)
    return [seat.person for seat in _chairs(meeting) if seat.key not in seen and seat.person]


def _seen(state: State) -> frozenset[str]:
    sheet = state.room_sheet(state.visit or "")
    return sheet.looked | frozenset(sheet.by_seat)


def _chairs(meeting: Meeting) -> list[Seat]:
    seats = meeting.seats.exclude(state=SeatState.WITHDRAWN).filter(person__isnull=False)
    return list(seats.select_related("person"))


def _invited(meeting: Meeting) -> list[Person]:
    return [seat.person for seat in _chairs(meeting) if seat.person]


def _leads(meeting: Meeting) -> list[Person]:
    return [seat.person for seat in _chairs(meeting) if seat.person and "moderator" in seat.roles]


def _say(meeting: Meeting, people: list[Person], kind: str, cause: str) -> None:
    """A neutral word in the digest of each, at the hours they chose."""
    post.tell(
        people,
        kind=kind,
        about=f"meeting {meeting.pk}",
        page=reverse("meetings:meeting", args=[meeting.organisation.slug, meeting.pk]),
        cause=f"{kind} {meeting.pk} {cause}",
        at=clock.now(),
    )
