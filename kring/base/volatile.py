"""What is said and not kept: a store that forgets (safety §1.3).

Each *room* (a meeting) has a list of items. Writers append with the version they have seen, so two
writers never build on different pasts; readers ask for what came after. Nothing here is ever
written to a disk: one process keeps it in memory, several share it through Redis or Valkey (run
that without persistence: ``save ""`` and ``appendonly no``).
"""

import json
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from django.conf import settings

Item = dict[str, Any]
IDLE = 12 * 60 * 60
"""Seconds after the last item when a room is forgotten by itself (the hard stop)."""


class Moved(Exception):
    """Somebody else appended since the version that was expected."""


class Cursor(NamedTuple):
    """How far a reader is. ``life`` changes when a room was dropped, lost or rewritten."""

    life: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """``items`` after the cursor; when ``whole`` they are everything there is: begin anew."""

    cursor: Cursor
    items: Sequence[Item]
    whole: bool


class Store(Protocol):
    """Where volatile items live."""

    def read(self, room: str, after: Cursor) -> Reading:
        """What came after the cursor; everything (``whole``) when the cursor is of another life."""

    def append(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """Add items; :class:`Moved` when the room is not where the writer thinks it is."""

    def rewrite(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """Put these items in place of all of them, as a new life; :class:`Moved` as above."""

    def drop(self, room: str) -> None:
        """Forget the room at once."""


@dataclass(slots=True)
class _Room:
    life: str
    used: float
    items: list[Item] = field(default_factory=list)


class InProcess:
    """The store of an installation with one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._rooms: dict[str, _Room] = {}
        self._lock = threading.Lock()
        self._clock = clock

    def _room(self, room: str) -> _Room | None:
        found = self._rooms.get(room)
        if found is not None and self._clock() - found.used > IDLE:
            del self._rooms[room]
            return None
        return found

    def read(self, room: str, after: Cursor) -> Reading:
        """See :class:`Store`."""
        with self._lock:
            found = self._room(room)
            if found is None:
                return Reading(Cursor(), (), whole=after != Cursor())
            now = Cursor(found.life, len(found.items))
            if after.life != found.life:
                return Reading(now, tuple(found.items), whole=True)
            return Reading(now, tuple(found.items[after.version :]), whole=False)

    def append(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """See :class:`Store`."""
        with self._lock:
            found = self._expect(room, expected) or _Room(secrets.token_hex(8), 0)
            found.items.extend(items)
            return self._keep(room, found)

    def rewrite(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """See :class:`Store`."""
        with self._lock:
            self._expect(room, expected)
            return self._keep(room, _Room(secrets.token_hex(8), 0, list(items)))

    def drop(self, room: str) -> None:
        """See :class:`Store`."""
        with self._lock:
            self._rooms.pop(room, None)

    def _expect(self, room: str, expected: Cursor) -> _Room | None:
        found = self._room(room)
        if expected != (Cursor(found.life, len(found.items)) if found else Cursor()):
            raise Moved(room)
        return found

    def _keep(self, room: str, found: _Room) -> Cursor:
        found.used = self._clock()
        self._rooms[room] = found
        return Cursor(found.life, len(found.items))


# KEYS: life, items. ARGV: expected life, expected version, new life, whole (1/0), seconds, items…
_WRITE = """
local life = redis.call('GET', KEYS[1]) or ''
local size = redis.call('LLEN', KEYS[2])
if life ~= ARGV[1] or size ~= tonumber(ARGV[2]) then return false end
if ARGV[4] == '1' then redis.call('DEL', KEYS[2]) end
if ARGV[4] == '1' or life == '' then life = ARGV[3]; redis.call('SET', KEYS[1], life) end
for i = 6, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[i]) end
redis.call('EXPIRE', KEYS[1], ARGV[5]); redis.call('EXPIRE', KEYS[2], ARGV[5])
return {life, redis.call('LLEN', KEYS[2])}
"""
# One reading must not fall between the two halves of a write, so it is a script as well.
_READ = """
local life = redis.call('GET', KEYS[1]) or ''
local from = ARGV[2]
if life ~= ARGV[1] then from = 0 end
return {life, redis.call('LLEN', KEYS[2]), redis.call('LRANGE', KEYS[2], from, -1)}
"""


class Redis:
    """The store of an installation with several processes. The pool is there from day one."""

    def __init__(self, url: str, idle: int = IDLE) -> None:
        import redis

        pool = redis.BlockingConnectionPool.from_url(
            url, max_connections=16, timeout=5, decode_responses=True
        )
        client = redis.Redis(connection_pool=pool)
        self._client = client
        self._write = client.register_script(_WRITE)
        self._read = client.register_script(_READ)
        self._idle = idle

    @staticmethod
    def _keys(room: str) -> list[str]:
        return [f"kring:room:{{{room}}}:life", f"kring:room:{{{room}}}:items"]

    def read(self, room: str, after: Cursor) -> Reading:
        """See :class:`Store`."""
        answer: Any = self._read(keys=self._keys(room), args=[after.life, after.version])
        life, size, items = answer
        whole = life != after.life
        cursor = Cursor(life, int(size)) if life else Cursor()
        return Reading(cursor, [json.loads(item) for item in items], whole)

    def append(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """See :class:`Store`."""
        return self._put(room, expected, items, whole="0")

    def rewrite(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """See :class:`Store`."""
        return self._put(room, expected, items, whole="1")

    def drop(self, room: str) -> None:
        """See :class:`Store`."""
        self._client.delete(*self._keys(room))

    def _put(self, room: str, expected: Cursor, items: Sequence[Item], whole: str) -> Cursor:
        args: list[Any] = [*expected, secrets.token_hex(8), whole, self._idle]
        args += [json.dumps(item, ensure_ascii=False) for item in items]
        answer: Any = self._write(keys=self._keys(room), args=args)
        if not answer:
            raise Moved(room)
        return Cursor(answer[0], int(answer[1]))


@lru_cache(maxsize=1)
def store() -> Store:
    """The store of this installation."""
    return Redis(settings.REDIS_URL) if settings.REDIS_URL else InProcess()
