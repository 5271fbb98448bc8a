"""A meeting held in memory: loaded from its two logs, moved on by asks, read by screens.

Asks of one meeting queue: whoever gets the lock carries everything that waits in one short
transaction (group commit), so that thirty people pressing at once cost one durable write. Other
processes are met by compare-and-swap on the number (database) and the cursor (volatile store).
"""

import random
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import IntegrityError, transaction

from kring.base import clock, scope, wake
from kring.base.volatile import Cursor, Moved, Store
from kring.meetings import engine
from kring.meetings.engine import Event, State, fold
from kring.meetings.models import Meeting, MeetingEvent, Mode, Seat, SeatState
from kring.meetings.room import brought, effects, forgetting
from kring.meetings.room.jobs import Done, Job
from kring.meetings.room.sealed import store_of
from kring.meetings.room.snap import Draft, Snap
from kring.people.models import Receipt

TRIES = 12
REMEMBERED = 20_000
TIMED = frozenset(
    {"meeting.started", "meeting.paused", "meeting.resumed", "meeting.closed", "step.entered"}
)
"""Events whose time is kept: they move the whole meeting. No other event may carry one."""


class Gone(LookupError):
    """There is no such meeting (any more)."""


class _Behind(Exception):
    """Another process wrote events this one has not seen."""


def _read(rows: Iterable[MeetingEvent]) -> list[Event]:
    return [Event(row.kind, row.data, lasting=True) for row in rows]


class Room:
    """One meeting in this process. Reading ``snap`` needs no lock."""

    quiet = False
    """True where nothing is ever written, only remembered (restorative talks)."""

    def __init__(self, meeting: Meeting) -> None:
        self.id: int = meeting.pk
        self.organisation: int = meeting.organisation_id
        self.topic = f"meeting:{meeting.pk}"
        self._meeting = meeting
        self._lock = threading.RLock()
        self._door = threading.Lock()
        self._waiting: list[Job] = []
        self._done: OrderedDict[str, int] = OrderedDict()
        self._chance = random.SystemRandom()
        self.lead: str | None = None  # seat whose screen leads now (the stream keeps it)
        self.snap = Snap(0, Cursor(), engine.begin(meeting.script), {}, {})
        self.refresh()

    @property
    def state(self) -> State:
        """What the meeting is now."""
        return self.snap.state

    @property
    def number(self) -> int:
        """Number of the last lasting event."""
        return self.snap.number

    @property
    def names(self) -> dict[str, str]:
        """Seat key to name."""
        return self.snap.names

    def hear(self) -> None:
        """Catch up with the volatile part only (memory, or one question to Redis)."""
        with self._lock, scope.inside(self.organisation):
            self._hear()

    def refresh(self) -> Snap:
        """Catch up with both logs and with the plan."""
        with self._lock, scope.inside(self.organisation):
            meeting = Meeting.objects.filter(pk=self.id).first()
            if meeting is None:
                raise Gone(self.id)
            self._meeting = meeting
            if meeting.script.paced != self.state.protocol.paced:  # another mode, not yet begun
                self.snap = Snap(0, Cursor(), engine.begin(meeting.script), {}, {})
            self._catch_up()
            return self.snap

    @property
    def _store(self) -> Store:
        return store_of(self._meeting)

    def carry(self, job: Job) -> Done:
        """Answer one ask; durable when this returns. May be called from any thread."""
        self.carry_all([job])
        if job.error is not None:
            raise job.error
        assert job.done is not None
        return job.done

    def carry_all(self, jobs: Sequence[Job]) -> None:
        """Answer several asks in one transaction; look at each job for its answer."""
        with self._door:
            self._waiting.extend(jobs)
        while not all(job.finished for job in jobs):
            with self._lock, scope.inside(self.organisation):
                with self._door:
                    batch, self._waiting = self._waiting, []
                if batch:
                    self._carry(batch)

    # --- inside the lock -------------------------------------------------------------------------
    def _carry(self, batch: list[Job]) -> None:
        try:
            for attempt in range(TRIES):
                try:
                    moved = self._try(batch)
                    break
                except (_Behind, Moved, IntegrityError):
                    if attempt == TRIES - 1:
                        raise
                    self._catch_up()
        except BaseException as error:  # noqa: BLE001  (those who wait must hear it, whatever it is)
            # Nothing of this batch is certain: each asker hears it failed and asks again by key.
            for job in batch:
                job.error = error
            forget(self.id)
            return
        if moved:
            wake.bell().ring(self.topic)

    def _try(self, batch: list[Job]) -> bool:
        """Decide, append, answer. True when anything changed."""
        self._hear()
        before = self.snap
        told = self._told([job.receipt for job in batch])
        draft = Draft(before.state, before.number)
        answers = [self._decide(draft, job, told) for job in batch]
        try:
            with self._whole():
                if draft.lasting:
                    self._append(before.number, draft)
                self._move(before, draft)
        except BaseException:
            self.snap = before  # what was not written did not happen
            raise
        for job, done in zip(batch, answers, strict=True):
            job.done = done
        return bool(draft.lasting or draft.passing)

    def _whole(self) -> AbstractContextManager[Any]:
        """Over days what lasts and what is sealed are written together: both, or neither."""
        return transaction.atomic() if self._meeting.mode == Mode.DAYS else nullcontext()

    def _decide(self, draft: Draft, job: Job, told: dict[str, int]) -> Done:
        if job.receipt in told:
            return Done(told[job.receipt])
        answer = engine.decide(draft.state, job.who, job.ask, chance=self._chance, at=clock.now())
        if isinstance(answer, engine.Refused):
            return Done(draft.number, answer)
        draft.take(answer.events, job.receipt)
        told[job.receipt] = draft.number
        return Done(draft.number)

    def _append(self, number: int, draft: Draft) -> None:
        now, events = clock.now(), draft.lasting
        with transaction.atomic(durable=self._meeting.mode != Mode.DAYS):
            swapped = Meeting.objects.filter(pk=self.id, number=number).update(
                number=number + len(events)
            )
            if not swapped:
                raise _Behind
            MeetingEvent.objects.bulk_create(
                MeetingEvent(
                    organisation_id=self.organisation,
                    meeting_id=self.id,
                    number=number + place,
                    kind=event.kind,
                    data=dict(event.data),
                    at=now if event.kind in TIMED else None,
                )
                for place, event in enumerate(events, start=1)
            )
            last = number + len(events)
            Receipt.objects.bulk_create(
                Receipt(key=key, answer={"number": last}, day=now.date()) for key in draft.kept
            )
            effects.follow(self._meeting, events, draft.state, now)

    def _move(self, before: Snap, draft: Draft) -> None:
        """The volatile part follows, and the snap of now."""
        cursor, state = before.cursor, draft.state
        if draft.passing:
            try:
                cursor = self._store.append(self.topic, cursor, draft.passing)
            except Moved:
                if not draft.lasting:
                    raise
                state, cursor = self._append_after_all(state, draft.passing)
        fresh = any(event.kind in effects.CHANGES_PEOPLE for event in draft.lasting)
        names, about = before.names, before.about
        if fresh:
            names, about = self._people(), self._about(state)
        if state.flow.stage == "closed":
            self._store.drop(self.topic)
            state, cursor = state.without_room(), Cursor()
            self._done.clear()
            let_go(self.id)
        self.snap = Snap(draft.number, cursor, state, names, about)
        for item in draft.passing:
            self._remember(item["receipt"], draft.number)
        if cursor != Cursor():
            self._shed(draft)

    def _append_after_all(
        self, state: State, passing: list[dict[str, Any]]
    ) -> tuple[State, Cursor]:
        """The lasting part is written; the volatile part follows wherever the room is now."""
        while True:
            reading = self._store.read(self.topic, Cursor())
            try:
                cursor = self._store.append(self.topic, reading.cursor, passing)
            except Moved:
                continue
            return fold(state.without_room(), _events([*reading.items, *passing])), cursor

    def _shed(self, draft: Draft) -> None:
        """After a reveal: what linked people to texts leaves the store too (V2a)."""
        fleeting = [event for item in draft.passing for event in item["events"]]
        visits = forgetting.revealed([*(e.to_json() for e in draft.lasting), *fleeting])
        if not visits:
            return
        reading = self._store.read(self.topic, Cursor())
        left = forgetting.without_hands(self.snap.state, reading.items, visits)
        if left is None:
            return
        try:
            cursor = self._store.rewrite(self.topic, reading.cursor, left)
        except Moved:
            return  # another process just wrote; its own next reveal or the close sheds it
        old = self.snap
        self.snap = Snap(old.number, cursor, old.state, old.names, old.about)

    def _told(self, receipts: list[str]) -> dict[str, int]:
        """Which of these were answered before, and with what number."""
        told = {key: self._done[key] for key in receipts if key in self._done}
        asked = [key for key in receipts if key not in told]
        if asked:
            rows = Receipt.objects.filter(key__in=asked).values_list("key", "answer")
            told |= {key: answer["number"] for key, answer in rows}
        return told

    def _remember(self, receipt: str, number: int) -> None:
        self._done[receipt] = number
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)

    def _hear(self) -> None:
        """Fold what other processes added to the volatile part."""
        reading = self._store.read(self.topic, self.snap.cursor)
        if reading.cursor == self.snap.cursor and not reading.whole:
            return
        old = self.snap
        state = old.state.without_room() if reading.whole else old.state
        for item in reading.items:
            self._remember(item["receipt"], old.number)
        state = fold(state, _events(reading.items))
        self.snap = Snap(old.number, reading.cursor, state, old.names, old.about)

    def _catch_up(self) -> None:
        """Fold what other processes added to both logs; the plan and the people anew."""
        old = self.snap
        rows = MeetingEvent.objects.filter(meeting_id=self.id, number__gt=old.number)
        events = _read(rows.order_by("number"))
        state = fold(old.state, events)
        people, about = self._people(), self._about(state)
        if events and state.flow.stage == "closed":
            let_go(self.id)
        self.snap = Snap(old.number + len(events), old.cursor, state, people, about)
        self._hear()

    def _people(self) -> dict[str, str]:
        seats = Seat.objects.filter(meeting_id=self.id).exclude(state=SeatState.WITHDRAWN)
        return {f"s{place}": name for place, name in seats.values_list("place", "name")}

    def _about(self, state: State) -> dict[str, Any]:
        meeting = Meeting.objects.select_related("organisation", "team").get(pk=self.id)
        self._meeting = meeting
        return {
            "id": meeting.pk,
            "title": meeting.title,
            "about": meeting.about,
            "code": meeting.code,
            "place": meeting.place,
            "mode": meeting.mode,
            "team": meeting.team.name,
            "organisation": meeting.organisation.slug,
            "url": f"/{meeting.organisation.slug}/meetings/{meeting.pk}/",
            "version": meeting.version,
            "windows": meeting.windows,
            "no_phone": [one.id for one in state.record.seats.values() if not one.has_device],
            **brought.table(meeting, state.flow.stage),
        }


def _events(items: Iterable[dict[str, Any]]) -> list[Event]:
    return [Event.from_json(event) for item in items for event in item["events"]]


at_close: list[Callable[[int], None]] = []
"""Who keeps something of a meeting in memory lets it go here: called with the meeting's id."""


def let_go(meeting: int) -> None:
    """Whatever this process keeps in memory of a meeting beside its room is gone."""
    for forget_it in at_close:
        forget_it(meeting)


_rooms: OrderedDict[int, Room] = OrderedDict()
_rooms_lock = threading.Lock()
MOST = 500
"""Rooms a process keeps in memory; the one unused for longest goes first (it can be loaded)."""


def known(meeting: int) -> Room | None:
    """The room, if this process already holds it."""
    return _rooms.get(meeting)


def of_id(meeting: int, organisation: int) -> Room:
    """The room of a meeting of this organisation; :class:`Gone` when there is none."""
    found = _rooms.get(meeting)
    if found is None:
        found = _keep(_load(meeting, organisation))
    if found.organisation != organisation:
        raise Gone(meeting)
    return found


def _load(meeting: int, organisation: int) -> Room:
    for other in beside:
        room = other(meeting, organisation)
        if room is not None:
            return room
    with scope.inside(organisation):
        row = Meeting.objects.filter(pk=meeting).first()
    if row is None:
        raise Gone(meeting)
    return Room(row)


beside: list[Callable[[int, int], Room | None]] = []
"""Rooms of another kind than a meeting in the table, by number and organisation."""


def of(meeting: Meeting) -> Room:
    """The room of a meeting, as fresh as the row that was read."""
    room = of_id(meeting.pk, meeting.organisation_id)
    if room.number != meeting.number or room.snap.about.get("version") != meeting.version:
        room.refresh()
    return room


def _keep(room: Room) -> Room:
    with _rooms_lock:
        kept = _rooms.setdefault(room.id, room)
        _rooms.move_to_end(room.id)
        while len(_rooms) > MOST:
            _rooms.popitem(last=False)
        return kept


def forget(meeting: int) -> None:
    """Let go of a room; it is loaded anew when somebody asks."""
    with _rooms_lock:
        _rooms.pop(meeting, None)


def forget_all() -> None:
    """Let go of every room (tests)."""
    with _rooms_lock:
        _rooms.clear()
