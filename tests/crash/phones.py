"""Phones that never give up: they send until they hear yes, and listen until they are told to stop."""

import json
import random
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4


def ask(port: int, token: str, asked: dict[str, Any], key: str) -> dict[str, Any] | None:
    """One ask; None when the server was not there, or could not carry it: the same key again."""
    body = json.dumps({"ask": asked, "key": key})
    line = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("POST", f"/live/{token}/ask", body, {"Content-Type": "application/json"})
        answer = line.getresponse()
        words = answer.read()
    except (OSError, HTTPException):
        return None
    finally:
        line.close()
    if answer.status in (429, 503):
        return None
    assert answer.status == 200, (answer.status, words)
    found: dict[str, Any] = json.loads(words)
    return found


def insist(port: int, token: str, asked: dict[str, Any], key: str = "") -> dict[str, Any]:
    """Ask until there is an answer."""
    key = key or uuid4().hex
    until = time.monotonic() + 40
    while time.monotonic() < until:
        if (found := ask(port, token, asked, key)) is not None:
            return found
        time.sleep(0.05)
    raise TimeoutError("Nobody answered for 40 s.")


def screen(port: int, token: str) -> str:
    """What this phone shows."""
    line = HTTPConnection("127.0.0.1", port, timeout=5)
    line.request("GET", f"/live/{token}/screen")
    answer = line.getresponse()
    assert answer.status == 200
    words = answer.read().decode()
    line.close()
    return words


@dataclass(eq=False)
class Writer(threading.Thread):
    """Writes as fast as it is acknowledged; every third submit is sent twice.

    A refusal (no more cards fit in this step) is no promise: how many cards are whose is volatile,
    so the same ask may be accepted after a crash.
    """

    port: int
    token: str
    name_: str
    acknowledged: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    error: BaseException | None = None

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        try:
            turn = 0
            while not self.enough.is_set():
                text, key = f"{self.name_} {turn}", uuid4().hex
                asked = {"kind": "contribute", "text": text}
                found = insist(self.port, self.token, asked, key)
                if found["refused"] is None:
                    self.acknowledged.append(text)
                    if turn % 3 == 0:
                        again = insist(self.port, self.token, asked, key)
                        assert again["refused"] is None, again
                turn += 1
                time.sleep(random.random() * 0.08)
        except BaseException as error:  # noqa: BLE001  (the test must hear it)
            self.error = error


@dataclass(eq=False)
class Listener(threading.Thread):
    """Hangs on the stream and comes back with the last thing it heard."""

    port: int
    token: str
    others: tuple[int, ...] = ()
    """Where to go when nobody answers here: other processes of the same installation."""
    heard: list[tuple[float, str]] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def run(self) -> None:
        last, doors = "", deque((self.port, *self.others))
        while not self.enough.is_set():
            line = HTTPConnection("127.0.0.1", doors[0], timeout=30)
            try:
                again = {"Last-Event-ID": last} if last else {}
                line.request("GET", f"/live/{self.token}/stream", headers=again)
                answer = line.getresponse()
                assert answer.status == 200
                self.opened.append(time.monotonic())
                while word := answer.readline():
                    if word.startswith(b"id: "):
                        last = word[4:].strip().decode()
                        self.heard.append((time.monotonic(), last))
            except (OSError, HTTPException):
                pass
            finally:
                line.close()
                doors.rotate(-1)
            time.sleep(0.1 + random.random() * 0.1)
