"""The doorbell, in one process and between processes."""

import os
import threading
import time

import pytest

from kring.base.wake import InProcess, Redis


def test_everybody_who_listens_hears_it_until_they_stop() -> None:
    bell, heard = InProcess(), list[str]()
    stop = bell.listen(heard.append)
    bell.listen(lambda topic: 1 / 0)  # one broken listener never keeps the others from hearing
    also = list[str]()
    bell.listen(also.append)
    bell.ring("meeting:1")
    stop()
    bell.ring("meeting:2")
    assert (heard, also) == (["meeting:1"], ["meeting:1", "meeting:2"])


def test_it_rings_between_processes() -> None:
    url = os.environ.get("KRING_REDIS_URL", "")
    if not url:  # `.ci/check` runs every test again beside a Redis
        pytest.skip("no Redis here (KRING_REDIS_URL)")
    one, other = Redis(url), Redis(url)
    awake, heard = threading.Event(), threading.Event()
    other.listen(lambda topic: awake.set() if topic == "*" else None)
    other.listen(lambda topic: heard.set() if topic == "meeting:7" else None)
    deadline = time.monotonic() + 5
    while not heard.is_set() and time.monotonic() < deadline:
        one.ring("meeting:7")
        heard.wait(0.05)
    one.close()
    other.close()
    assert heard.is_set()
