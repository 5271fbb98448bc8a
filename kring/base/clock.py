"""What happens when time passes.

A due moment is an indexed column. One clock asks every feature's ``tick(now)``; work is claimed by
"update where unchanged, exactly one row", so several clocks may run and none does a thing twice.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from threading import Event
from typing import TypeVar

from django.db import close_old_connections
from django.utils import timezone

from kring.base import scope

log = logging.getLogger("kring.clock")
Tick = Callable[[datetime], int]
_ticks: dict[str, Tick] = {}


_pretended: ContextVar[datetime | None] = ContextVar("kring_pretended_moment", default=None)


def now() -> datetime:
    """The moment, with its time zone. Rules never call this: time comes in as an argument."""
    return _pretended.get() or timezone.now()


@contextmanager
def pretend(moment: datetime) -> Iterator[None]:
    """Act as if it were ``moment``: how the demo organisation got its past."""
    token = _pretended.set(moment)
    try:
        yield
    finally:
        _pretended.reset(token)


def on_tick(name: str) -> Callable[[Tick], Tick]:
    """Register ``tick(now) -> number of things done`` in a feature's ``clock`` module."""

    def register(tick: Tick) -> Tick:
        _ticks[name] = tick
        return tick

    return register


def run_once(at: datetime | None = None) -> dict[str, int]:
    """Let every feature do what is due. One failing feature never stops the others."""
    at = at or now()
    done: dict[str, int] = {}
    with scope.everywhere("the clock serves every organisation"):
        for name, tick in sorted(_ticks.items()):
            try:
                done[name] = tick(at)
            except Exception:
                log.exception("The clock could not finish %s; it tries again.", name)
                done[name] = -1
    return done


BEAT = 1.0  # seconds between two passes
QUICK = 0.05  # so that a duty that always finds work leaves air for the others
TURN = 0.3  # seconds a duty may work before the others get their turn
T = TypeVar("T")


def in_turn(rows: Iterable[T], do: Callable[[T], bool], turn: float = TURN) -> int:
    """Do rows one by one until the turn is over; what is left comes in the next pass.

    Keeps a pass short however much fell due at once. Returns how many were done (``do`` says so).
    """
    begin, done = time.monotonic(), 0
    for row in rows:
        done += do(row)
        if time.monotonic() - begin > turn:
            break
    return done


def run(stop: Event, beat: float = BEAT) -> int:
    """Pass after pass until ``stop`` is set; returns the number of passes.

    A pass without work is one index look-up per duty; after one with work the next comes at once.
    The pass that is going on when ``stop`` is set is finished, so that nothing is left half done.
    """
    passes = 0
    while not stop.is_set():
        begin = time.monotonic()
        try:
            worked = any(done > 0 for done in run_once().values())
        finally:
            close_old_connections()
        passes += 1
        stop.wait(QUICK if worked else max(QUICK, beat - (time.monotonic() - begin)))
    return passes
