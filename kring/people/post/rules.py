"""When mail may come: digest, quiet hours, and growing pauses after a failure."""

from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Digest = Literal["each", "daily", "weekly", "never"]
MONDAY = 0

# After the n-th failed attempt; together a little over three days, then somebody must look.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440, 1440, 1440))
LEASE = timedelta(minutes=5)
KEEP_AFTER_SENDING = timedelta(days=30)


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after this many failed attempts (1 = the first); ``None``: give up."""
    return PAUSES[attempts - 1] if 1 <= attempts <= len(PAUSES) else None


def is_quiet(at: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether a wall-clock time lies in the quiet hours; equal ends mean no quiet hours."""
    if quiet_from == quiet_until:
        return False
    if quiet_from < quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until


def after_quiet(moment: datetime, quiet_from: time, quiet_until: time, zone: ZoneInfo) -> datetime:
    """``moment``, or the end of the quiet hours it falls in, in the person's own time zone."""
    local = moment.astimezone(zone)
    if not is_quiet(local.time(), quiet_from, quiet_until):
        return moment
    end = local.replace(
        hour=quiet_until.hour, minute=quiet_until.minute, second=0, microsecond=0, fold=0
    )
    if end <= local:
        end = datetime.combine(local.date() + timedelta(days=1), quiet_until, tzinfo=zone)
    return end


def gather_at(
    moment: datetime, digest: Digest, quiet_from: time, quiet_until: time, zone: ZoneInfo
) -> datetime | None:
    """When a notice of ``moment`` may go out by mail; ``None``: never, only in the app.

    ``daily`` and ``weekly`` wait for the next end of the quiet hours, weekly for that of Monday.
    """
    if digest == "never":
        return None
    if digest == "each":
        return after_quiet(moment, quiet_from, quiet_until, zone)
    local = moment.astimezone(zone)
    day = local.date()
    while True:
        end = datetime.combine(day, quiet_until, tzinfo=zone)
        if end >= local and (digest == "daily" or day.weekday() == MONDAY):
            return end
        day += timedelta(days=1)
