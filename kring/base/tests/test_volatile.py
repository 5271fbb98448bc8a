"""The store that forgets: the same tests for memory and for Redis."""

import os
import secrets
from collections.abc import Iterator

import pytest

from kring.base import volatile
from kring.base.volatile import Cursor, InProcess, Moved, Reading, Redis, Store


@pytest.fixture(params=["memory", "redis"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    if request.param == "memory":
        yield InProcess()
        return
    url = os.environ.get("KRING_REDIS_URL", "")
    if not url:  # `.ci/check` runs every test again beside a Redis
        pytest.skip("no Redis here (KRING_REDIS_URL)")
    yield Redis(url, idle=60)


@pytest.fixture
def room() -> str:
    return f"test-{secrets.token_hex(6)}"


def test_a_writer_builds_on_what_it_has_seen(store: Store, room: str) -> None:
    first = store.append(room, Cursor(), [{"n": 1}, {"n": 2}])
    store.append("another " + room, Cursor(), [{"n": 9}])
    second = store.append(room, first, [{"n": 3}])
    assert second == Cursor(first.life, 3)
    with pytest.raises(Moved):
        store.append(room, first, [{"n": 4}])
    assert store.read(room, Cursor()) == Reading(second, _same(store, [1, 2, 3]), whole=True)
    assert store.read(room, first) == Reading(second, _same(store, [3]), whole=False)


def test_what_is_dropped_is_gone_and_the_reader_is_told(store: Store, room: str) -> None:
    seen = store.append(room, Cursor(), [{"n": 1}])
    store.drop(room)
    assert store.read(room, seen) == Reading(Cursor(), _same(store, []), whole=True)
    again = store.append(room, Cursor(), [{"n": 2}])
    assert again.life != seen.life
    assert store.read(room, seen) == Reading(again, _same(store, [2]), whole=True)


def test_rewriting_is_a_new_life(store: Store, room: str) -> None:
    seen = store.append(room, Cursor(), [{"n": 1}, {"n": 2}])
    fresh = store.rewrite(room, seen, [{"n": 2}])
    assert (fresh.version, fresh.life != seen.life) == (1, True)
    assert store.read(room, seen) == Reading(fresh, _same(store, [2]), whole=True)
    with pytest.raises(Moved):
        store.rewrite(room, seen, [])


def test_an_idle_room_is_forgotten() -> None:
    moment = [0.0]
    store = InProcess(clock=lambda: moment[0])
    seen = store.append("r", Cursor(), [{"n": 1}])
    moment[0] = volatile.IDLE - 1
    assert store.read("r", Cursor()).cursor == seen
    moment[0] = volatile.IDLE + 1
    assert store.read("r", seen) == Reading(Cursor(), (), whole=True)


def _same(store: Store, numbers: list[int]) -> object:
    items = [{"n": number} for number in numbers]
    return items if isinstance(store, Redis) else tuple(items)
