"""Asks that come in beside Django: gathered per meeting, carried in one transaction per batch."""

import asyncio
import json
import time
from typing import Any

from kring.meetings import room as rooms
from kring.meetings.actions.play import explain, job_of
from kring.meetings.room import Done, Job
from kring.meetings.stream.threads import in_thread
from kring.meetings.stream.tokens import Pass

LONGEST = 64 * 1024
BURST, PER_SECOND = 40.0, 10.0
"""Asks one seat may send at once, and per second after that."""

Waiting = tuple[str, dict[str, Any], str, "asyncio.Future[Done]"]


class Office:
    """The asks of this process on their way in."""

    def __init__(self) -> None:
        self._waiting: dict[int, list[Waiting]] = {}
        self._busy: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._spent: dict[tuple[int, str], tuple[float, float]] = {}

    def may(self, pass_: Pass) -> bool:
        """Has this seat not sent too much? A leaky bucket."""
        now = time.monotonic()
        if len(self._spent) > 20_000:
            self._spent.clear()
        level, at = self._spent.get((pass_.meeting, pass_.seat), (0.0, now))
        level = max(0.0, level - (now - at) * PER_SECOND) + 1
        self._spent[pass_.meeting, pass_.seat] = (level, now)
        return level <= BURST

    async def answer(self, pass_: Pass, asked: dict[str, Any], key: str) -> Done:
        """Carry one ask; everything that waits for the same meeting goes with it."""
        done: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(pass_.meeting, []).append((pass_.seat, asked, key, done))
        if pass_.meeting not in self._busy:
            self._busy.add(pass_.meeting)
            task = asyncio.create_task(self._carry(pass_.meeting, pass_.organisation))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await done

    async def _carry(self, meeting: int, organisation: int) -> None:
        try:
            while batch := self._waiting.pop(meeting, None):
                try:
                    answers = await in_thread(_all, meeting, organisation, batch)
                except Exception as error:  # noqa: BLE001  (each asker hears it)
                    answers = [error] * len(batch)
                for (_seat, _asked, _key, done), answer in zip(batch, answers, strict=True):
                    if done.done():
                        continue
                    if isinstance(answer, Done):
                        done.set_result(answer)
                    else:
                        done.set_exception(answer)
        finally:
            self._busy.discard(meeting)


def _all(meeting: int, organisation: int, batch: list[Waiting]) -> list[Done | Exception]:
    room = rooms.of_id(meeting, organisation)
    jobs: list[Job | Done] = [job_of(room, seat, asked, key) for seat, asked, key, _ in batch]
    room.carry_all([job for job in jobs if isinstance(job, Job)])
    answers: list[Done | Exception] = []
    for job in jobs:
        if isinstance(job, Done):
            answers.append(job)
        elif job.done is not None:
            answers.append(job.done)
        else:
            answers.append(RuntimeError(f"An ask was not carried: {type(job.error).__name__}."))
    return answers


def read(body: bytes) -> tuple[dict[str, Any], str] | None:
    """The ask and the client's key; None when the body is no ask."""
    try:
        data = json.loads(body)
        asked, key = data["ask"], data["key"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not isinstance(asked, dict) or not isinstance(key, str) or not 8 <= len(key) <= 80:
        return None
    return asked, key


def write(done: Done) -> bytes:
    """The answer as JSON."""
    return json.dumps(
        {"number": done.number, "refused": explain(done)}, ensure_ascii=False
    ).encode()


office = Office()
