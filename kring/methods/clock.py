"""What time does to the register of who is trained: a line that ended is forgotten."""

from datetime import datetime, timedelta

from kring.base import scope
from kring.base.clock import on_tick
from kring.methods.models import Trained

KEPT = timedelta(days=30)


@on_tick("methods.trained")
def forget_ended(now: datetime) -> int:
    """Thirty days after its last day a line is gone."""
    with scope.everywhere("lines of every organisation end by the same clock"):
        old = Trained.objects.filter(until__lt=now.date() - KEPT)
        return old.delete()[0] if old.exists() else 0
