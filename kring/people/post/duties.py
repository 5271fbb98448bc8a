"""What time does to mail: notices gather, letters go out, what is done with is forgotten.

Registered through ``kring.people.clock``, the module the clock looks for.
"""

from datetime import datetime, timedelta

from kring.base.clock import on_tick
from kring.people.models import Receipt
from kring.people.post.letters import forget_sent, send_due
from kring.people.post.notices import gather_due

RECEIPTS_KEPT = timedelta(days=7)


@on_tick("people.post.gather")
def gather(now: datetime) -> int:
    """Make digests of due notices."""
    return gather_due(now)


@on_tick("people.post.send")
def send(now: datetime) -> int:
    """Send due letters."""
    return send_due(now)


@on_tick("people.post.tidy")
def tidy(now: datetime) -> int:
    """Forget sent letters and receipts when their time is over."""
    old = Receipt.objects.filter(day__lt=(now - RECEIPTS_KEPT).date())
    receipts = old.delete()[0] if old.exists() else 0  # look first: a delete takes the write lock
    return forget_sent(now) + receipts
