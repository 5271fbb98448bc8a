"""A room whose every event is volatile: nothing of it touches a database, a log or a disk.

It is a room of ``kring.meetings`` (the same screens, stream and engine), but its lasting events
live in the volatile store beside the others, its answers are remembered in memory only, and at
close everything goes at once, drawings in memory included.
"""

from collections.abc import Callable
from typing import Any

from django.db import transaction

from kring.base import clock, scope
from kring.base.volatile import Cursor, Moved, store
from kring.meetings import engine
from kring.meetings.engine import Event, State, fold
from kring.meetings.engine.shape import kept
from kring.meetings.models import Stage
from kring.meetings.room import Done, Job
from kring.meetings.room.room import Gone, Room, beside
from kring.meetings.room.snap import Snap
from kring.meetings.stream import looks
from kring.methods.format.shapes import Text
from kring.talks.models import LOWEST, Talk

MODERATORS_SCREEN = "quiet"
"""Stands for "somebody leads": nobody but a facilitator of this talk ever takes over."""

FIXED = frozenset({"hand_over", "take_over", "give_role", "drop_role"})
"""Roles do not move during a talk: nobody without a check comes to lead it."""
SETTLED = engine.Refused(
    "settled",
    Text(
        nl="Wie begeleidt en wie waarvoor komt, is in de voorbereiding afgesproken. Dat blijft zo.",
        en="Who leads and who comes for what was agreed in the preparation. That stays.",
    ),
)
OnClose = Callable[[Talk, State], None]
on_close: list[OnClose] = []
"""What closing writes, in one transaction, before the memory is wiped."""
on_leave: list[Callable[[Talk], None]] = []
"""How a talk stops when somebody who was asked goes."""


class QuietRoom(Room):
    """One talk in this process."""

    quiet = True

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        super().__init__(talk)  # type: ignore[arg-type]  # a talk has what a room asks of a meeting
        self.lead = MODERATORS_SCREEN

    def refresh(self) -> Snap:
        """The plan anew, and what others added."""
        with self._lock, scope.inside(self.organisation):
            self._read_talk()
            self._catch_up()
            return self.snap

    # --- inside the lock -------------------------------------------------------------------------
    def _read_talk(self) -> None:
        talk = Talk.objects.select_related("organisation").filter(pk=self.id).first()
        if talk is None:
            forget_drawings(self.id)
            raise Gone(self.id)
        self._talk = talk

    def _try(self, batch: list[Job]) -> bool:
        """Decide and keep in memory. Only closing writes: what every party said yes to, sealed."""
        self._hear()
        before = self.snap
        state, items, answers = before.state, [], []
        for job in batch:
            if job.receipt in self._done:
                answers.append(Done(before.number))
                continue
            answer = self._answer(state, job)
            if isinstance(answer, engine.Refused):
                answers.append(Done(before.number, answer))
                continue
            if job.ask.kind == "leave_seat" and self._is_asked(job.who.seat):
                return self._stop(batch)
            state = fold(state, answer.events)
            events = [event.to_json() for event in answer.events]
            if events:
                items.append({"receipt": job.receipt, "events": events})
            answers.append(Done(before.number + len(items)))
        if items:
            self._keep(before, state, items)
        for job, done in zip(batch, answers, strict=True):
            job.done = done
        return bool(items)

    def _is_asked(self, seat: str | None) -> bool:
        return any(chair.key == seat for chair in self._talk.paper.others)

    def _stop(self, batch: list[Job]) -> bool:
        """Somebody goes: then it stops for everybody, at once and without saying who."""
        for work in on_leave:
            work(self._talk)
        for job in batch:
            job.done = job.done or Done(self.snap.number)
        return True

    def _answer(self, state: State, job: Job) -> engine.Decided | engine.Refused:
        """The engine's answer; who leads and who is what was settled in the preparation."""
        if job.ask.kind in FIXED:
            return SETTLED
        return engine.decide(state, job.who, job.ask, chance=self._chance, at=clock.now())

    def _keep(self, before: Snap, state: State, items: list[dict[str, Any]]) -> None:
        # Moved when somebody said a word meanwhile: then it is decided anew, closing too.
        cursor = store().append(self.topic, before.cursor, items)
        if state.flow.stage == "closed":
            self._seal(state, {item["receipt"] for item in items})
            self.wipe()
            return
        for item in items:
            self._remember(item["receipt"], 0)
        self.snap = Snap(cursor.version, cursor, state, self._people(), self._about(state))

    def _seal(self, state: State, closing: set[str]) -> None:
        """What everybody said yes to. When it cannot be written, the talk did not close."""
        try:
            with transaction.atomic():
                for work in on_close:
                    work(self._talk, state)
        except BaseException:
            self._take_back(closing)
            raise

    def _take_back(self, receipts: set[str]) -> None:
        while (reading := store().read(self.topic, Cursor())).cursor != Cursor():
            left = [item for item in reading.items if item["receipt"] not in receipts]
            try:
                store().rewrite(self.topic, reading.cursor, left)
            except Moved:
                continue  # somebody came between: read again
            return

    def wipe(self) -> None:
        """Nothing of the talk is left in memory, here or in Redis."""
        store().drop(self.topic)
        self._done.clear()
        forget_drawings(self.id)
        number = self.snap.number + 1
        self.snap = Snap(number, Cursor(), self._over(), {}, self._about(self._over()))

    def _over(self) -> State:
        """The bare fact that it is over."""
        at = clock.now().isoformat()
        closed = kept("meeting.closed", at=at, look_back_on=None, no_follow_up=True)
        return fold(engine.begin(self._talk.script), [closed])

    def _hear(self) -> None:
        reading = store().read(self.topic, self.snap.cursor)
        if reading.cursor == self.snap.cursor and not reading.whole:
            return
        if reading.cursor == Cursor():
            self._lost()
            return
        old = self.snap
        state = old.state
        if reading.whole:
            state = engine.begin(self._talk.script)
            self._done.clear()
        for item in reading.items:
            self._remember(item["receipt"], 0)
        state = fold(state, [Event.from_json(e) for item in reading.items for e in item["events"]])
        self.snap = Snap(
            reading.cursor.version, reading.cursor, state, self._people(), self._about(state)
        )

    def _lost(self) -> None:
        """The memory is gone: the talk is over, or a process died and people sit down anew."""
        with scope.inside(self.organisation):
            self._read_talk()
        if self._talk.state == Stage.OPEN:
            state = engine.begin(self._talk.script)
            self._done.clear()
            self.snap = Snap(0, Cursor(), state, self._people(), self._about(state))
        else:
            self.wipe()

    def _catch_up(self) -> None:
        if self._talk.state != Stage.OPEN and self._talk.state != Stage.PLANNED:
            self.wipe()
            return
        old = self.snap
        self.snap = Snap(old.number, old.cursor, old.state, self._people(), self._about(old.state))
        self._hear()

    def _people(self) -> dict[str, str]:
        return {chair.key: chair.name for chair in self._talk.paper.chairs}

    def _about(self, state: State) -> dict[str, Any]:
        talk, slug = self._talk, self._talk.organisation.slug
        return {
            "id": talk.pk,
            "title": talk.script.title.say("nl"),
            "about": "",
            "code": "",
            "place": "",
            "mode": "one_device" if talk.paper.one_device else "phones",
            "team": "",
            "organisation": slug,
            "url": f"/{slug}/meetings/talks/{talk.pk}/",
            "version": talk.version,
            "no_phone": [one.id for one in state.record.seats.values() if not one.has_device],
            "brought": [],
            "quiet": True,
            "absent": [
                {"number": chair.number, "name": chair.name}
                for chair in talk.paper.others
                if chair.key not in state.record.seats
            ],
            "people": "talks/parts/people.html",
            "foot": "talks/parts/foot.html",
            "over": "talks/parts/over.html",
        }


def forget_drawings(talk: int) -> None:
    """Screens that were drawn for a talk are not kept in memory either."""
    looks.forget(talk)


def _load(number: int, organisation: int) -> Room | None:
    """How ``kring.meetings`` finds the room of a talk."""
    if number < LOWEST:
        return None
    with scope.inside(organisation):
        talk = Talk.objects.select_related("organisation").filter(pk=number).first()
    return QuietRoom(talk) if talk is not None else None


beside.append(_load)
