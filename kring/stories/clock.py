"""What time does to stories: a withdrawn text is wiped after an hour."""

from datetime import datetime

from kring.base.clock import on_tick
from kring.stories.actions import wipe_withdrawn


@on_tick("stories.wipe")
def wipe(now: datetime) -> int:
    """Wipe what was withdrawn."""
    return wipe_withdrawn(now)
