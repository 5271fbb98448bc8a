"""A doorbell: "topic so-and-so moved". Never what moved: whoever hears it goes and looks.

In one process listeners are called directly. With several, Redis or Valkey carries the bell; one
thread per process listens, reconnects by itself and is held by a strong reference. A bell that was
missed is no harm: whoever waits for something also looks by itself now and then (``SAFETY_POLL``).
"""

import logging
import threading
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

log = logging.getLogger("kring.wake")
Listener = Callable[[str], None]
SAFETY_POLL = 2.0
"""Seconds after which a waiting process looks in the database without having heard a bell."""


class Bell(Protocol):
    """Rings topics and calls listeners; listeners must be quick and may be called in any thread."""

    def ring(self, topic: str) -> None:
        """Tell everybody, in every process, that ``topic`` moved."""

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every topic; the answer stops that."""


class InProcess:
    """The bell of an installation with one process."""

    def __init__(self) -> None:
        self._listeners: tuple[Listener, ...] = ()
        self._lock = threading.Lock()

    def listen(self, listener: Listener) -> Callable[[], None]:
        """See :class:`Bell`."""
        with self._lock:
            self._listeners = (*self._listeners, listener)

        def stop() -> None:
            with self._lock:
                self._listeners = tuple(one for one in self._listeners if one is not listener)

        return stop

    def ring(self, topic: str) -> None:
        """See :class:`Bell`."""
        for listener in self._listeners:
            try:
                listener(topic)
            except Exception:
                log.exception("A listener failed on %s.", topic.split(":")[0])


class Redis(InProcess):
    """The bell between processes."""

    CHANNEL = "kring:bell"

    def __init__(self, url: str) -> None:
        super().__init__()
        import redis

        pool = redis.BlockingConnectionPool.from_url(
            url, max_connections=8, timeout=5, decode_responses=True
        )
        self._client = redis.Redis(connection_pool=pool)
        # A reader of its own: redis-py 8 gives readers a time-out, which must not end listening.
        self._reader = redis.Redis.from_url(url, decode_responses=True, socket_timeout=None)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._hear, name="kring-bell", daemon=True)
        self._thread.start()

    def ring(self, topic: str) -> None:
        """See :class:`Bell`. When Redis is away, at least this process hears it."""
        import redis

        try:
            heard = self._client.publish(self.CHANNEL, topic)
        except redis.RedisError:
            log.warning("The bell between processes could not be rung.")
            heard = 0
        if not heard:
            super().ring(topic)

    def close(self) -> None:
        """Stop listening (tests, end of the process)."""
        self._stop.set()
        self._thread.join(timeout=3)
        self._client.close()
        self._reader.close()

    def _hear(self) -> None:
        import redis

        while not self._stop.is_set():
            try:
                with self._reader.pubsub(ignore_subscribe_messages=True) as heard:  # type: ignore[no-untyped-call]  # redis-py
                    heard.subscribe(self.CHANNEL)
                    super().ring("*")  # whatever was missed while away
                    self._until_lost(heard)
            except (redis.RedisError, OSError):
                log.warning("The bell between processes is lost; trying again.")
                self._stop.wait(1)

    def _until_lost(self, heard: Any) -> None:
        while not self._stop.is_set():
            message = heard.get_message(timeout=1.0)
            if message is not None:
                super().ring(message["data"])


@lru_cache(maxsize=1)
def bell() -> Bell:
    """The bell of this installation."""
    return Redis(settings.REDIS_URL) if settings.REDIS_URL else InProcess()


def ring_after_commit(topic: str) -> None:
    """Ring once what was written can be read."""
    transaction.on_commit(lambda: bell().ring(topic))
