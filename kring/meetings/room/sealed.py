"""The store of a meeting over days: what is not kept survives a restart, sealed, until it closes.

The same promises as the stores of ``kring.base.volatile``, in one row of the database: the whole list
is one box, written anew with a new key each time, so that neither order, size nor number of what people
wrote can be read from the table. ``drop`` destroys the key and notes it in the ledger of erased
objects. Asked inside the scope of the organisation.
"""

import json
import secrets
from collections.abc import Sequence

from django.db import transaction

from kring.base import keys
from kring.base.volatile import Cursor, Item, Moved, Reading, Store, store
from kring.meetings.models import Meeting, Mode, SealedRoom

BLOCK = 4096
"""The box is a multiple of this many bytes, so that its size says little."""


def place(meeting: int, organisation: int) -> str:
    """Where the box belongs; it opens nowhere else."""
    return keys.place("meetings_sealedroom", "box", meeting, organisation)


class Sealed:
    """The volatile room of one meeting, in the database."""

    def __init__(self, meeting: int, organisation: int) -> None:
        self._meeting = meeting
        self._organisation = organisation

    def read(self, room: str, after: Cursor) -> Reading:
        """See :class:`kring.base.volatile.Store`."""
        rows = SealedRoom.objects.filter(meeting=self._meeting)
        known = rows.values_list("life", "version").first()
        if known is None:
            return Reading(Cursor(), (), whole=after != Cursor())
        if Cursor(*known) == after:
            return Reading(after, (), whole=False)
        row = rows.first()
        if row is None:
            return Reading(Cursor(), (), whole=after != Cursor())
        items, now = self._open(row), Cursor(row.life, row.version)
        if after.life != row.life:
            return Reading(now, items, whole=True)
        return Reading(now, items[after.version :], whole=False)

    def append(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """See :class:`kring.base.volatile.Store`."""
        with transaction.atomic():
            row = self._expect(expected)
            before = self._open(row) if row is not None else []
            life = row.life if row is not None else secrets.token_hex(8)
            return self._keep(row, Cursor(life, len(before) + len(items)), [*before, *items])

    def rewrite(self, room: str, expected: Cursor, items: Sequence[Item]) -> Cursor:
        """See :class:`kring.base.volatile.Store`."""
        with transaction.atomic():
            row = self._expect(expected)
            return self._keep(row, Cursor(secrets.token_hex(8), len(items)), items)

    def drop(self, room: str) -> None:
        """Destroy the key. What a backup still holds cannot be opened: the ledger remembers."""
        rows = SealedRoom.objects.filter(meeting=self._meeting)
        if rows.exists():
            keys.shred(place(self._meeting, self._organisation))
            rows.delete()

    def _expect(self, expected: Cursor) -> SealedRoom | None:
        rows = SealedRoom.objects.select_for_update().filter(meeting=self._meeting)
        row: SealedRoom | None = rows.first()
        if expected != (Cursor(row.life, row.version) if row is not None else Cursor()):
            raise Moved(self._meeting)
        return row

    def _keep(self, row: SealedRoom | None, now: Cursor, items: Sequence[Item]) -> Cursor:
        plain = json.dumps(list(items), ensure_ascii=False)
        room_left = -len(plain.encode()) % BLOCK
        box = keys.seal(plain + " " * room_left, place(self._meeting, self._organisation))
        made = row or SealedRoom(meeting_id=self._meeting, organisation_id=self._organisation)
        made.life, made.version = now
        made.box, made.key = box
        made.save()
        return now

    def _open(self, row: SealedRoom) -> list[Item]:
        sealed = keys.Sealed(bytes(row.box), bytes(row.key))
        found: list[Item] = json.loads(
            keys.unseal(sealed, place(row.meeting_id, row.organisation_id))
        )
        return found


def store_of(meeting: Meeting) -> Store:
    """Memory; sealed in the database while a meeting lasts days and must survive a restart."""
    if meeting.mode == Mode.DAYS:
        return Sealed(meeting.pk, meeting.organisation_id)
    return store()


def wipe(meeting: Meeting) -> None:
    """What was volatile in a meeting is gone for good, wherever it was."""
    store().drop(f"meeting:{meeting.pk}")
    Sealed(meeting.pk, meeting.organisation_id).drop("")
