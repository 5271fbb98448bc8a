"""Nothing acknowledged is lost or doubled, and phones come back by themselves.

The server process is really killed (SIGKILL), at random moments under load, on SQLite with
``synchronous=FULL``; bounded in time.
"""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Site
from tests.crash.phones import Listener, Writer, insist, screen

KILLS = 4


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("crash")
    site = Site(folder)
    site.run("migrate", "--verbosity", "0")
    yield site
    site.stop()


@pytest.fixture(scope="module")
def tokens(site: Site) -> dict[str, str]:
    printed = site.python("from tests.crash.furnish import furnish; furnish()")
    site.start()
    made: dict[str, str] = json.loads(printed.strip().splitlines()[-1])
    return made


def report(site: Site) -> dict[str, Any]:
    printed = site.python("from tests.crash.furnish import report; report()")
    found: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return found


def test_what_was_acknowledged_is_there_once(site: Site, tokens: dict[str, str]) -> None:
    writers = [Writer(site.port, tokens[name], name) for name in ("noor", "daan", "joke")]
    listener = Listener(site.port, tokens["joke"])
    for thread in (*writers, listener):
        thread.start()
    back: list[float] = []
    for _kill in range(KILLS):
        time.sleep(0.4 + random.random())
        site.kill()
        site.start()
        ready = time.monotonic()
        while not any(at > ready - 1 for at in listener.opened) and time.monotonic() < ready + 30:
            time.sleep(0.02)
        back.append(next((at - ready for at in listener.opened if at > ready - 1), 99.0))
    time.sleep(0.5)
    for thread in (*writers, listener):
        thread.enough.set()
    for writer in writers:
        writer.join(45)
    assert [writer.error for writer in writers] == [None, None, None]
    acknowledged = [text for writer in writers for text in writer.acknowledged]
    assert len(acknowledged) > KILLS * 3
    kept = report(site)
    times = Counter(kept["texts"])
    assert {text: times[text] for text in acknowledged} == dict.fromkeys(acknowledged, 1)
    assert max(times.values()) == 1  # also what was written but never acknowledged is there once
    assert kept["numbers"] == list(range(1, kept["number"] + 1))
    assert max(back) < 30, back  # how fast it is, bench.meeting measures
    shown = screen(site.port, tokens["joke"])
    assert [text for text in acknowledged if text not in shown] == []


def test_two_presses_of_next_at_once_move_one_step(site: Site, tokens: dict[str, str]) -> None:
    before = report(site)
    asked = {"kind": "enter_next", "from_visit": before["visit"]}
    both = threading.Barrier(2)
    answers: list[dict[str, Any]] = []

    def press(name: str) -> None:
        both.wait()
        answers.append(insist(site.port, tokens[name], asked))

    pressing = [threading.Thread(target=press, args=(name,)) for name in ("sami", "noor")]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join(30)
    assert [answer["refused"] for answer in answers] == [None, None]
    assert report(site)["entered"] == [*before["entered"], "write_cards"]


def test_what_was_volatile_is_gone_and_the_screen_says_so(
    site: Site, tokens: dict[str, str]
) -> None:
    while (now := report(site))["step"] != "write_cards":
        on = {"kind": "enter_next", "from_visit": now["visit"]}
        assert insist(site.port, tokens["sami"], on)["refused"] is None
    asked = {"kind": "contribute", "text": "only in the room"}
    assert insist(site.port, tokens["daan"], asked)["refused"] is None
    assert "only in the room" in screen(site.port, tokens["daan"])
    assert "only in the room" not in screen(site.port, tokens["joke"])
    assert "was gone for a moment" not in screen(site.port, tokens["daan"])
    site.kill()
    site.start()
    for name in ("daan", "joke"):
        shown = screen(site.port, tokens[name])
        assert ("only in the room" in shown, "was gone for a moment" in shown) == (False, True)
    data = b"".join(path.read_bytes() for path in site.folder.glob("kring.sqlite3*"))
    assert b"only in the room" not in data
    assert "only in the room" not in site.log()


def test_a_stopped_server_lets_phones_go_within_three_seconds(
    site: Site, tokens: dict[str, str]
) -> None:
    listeners = [Listener(site.port, tokens[name]) for name in ("noor", "daan", "joke")]
    for listener in listeners:
        listener.start()
    until = time.monotonic() + 5
    while not all(listener.opened for listener in listeners) and time.monotonic() < until:
        time.sleep(0.02)
    assert site.process is not None
    for listener in listeners:
        listener.enough.set()
    begin = time.monotonic()
    site.process.terminate()
    site.process.wait(10)
    assert time.monotonic() - begin < 3
    assert tokens["noor"][:20] not in site.log()
