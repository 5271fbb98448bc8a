"""A staff file: read, looked at, confirmed, and worked through in pieces that survive a restart."""

import logging
import threading
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from kring.base import clock, scope
from kring.base.policy import Actor, Refused, require
from kring.people.actions.staff_work import make_as_the_file_says
from kring.people.actors import actor_of
from kring.people.models import Layer, StaffFile
from kring.people.rules.staff import Plan, Row, plan_for, read_rows
from kring.people.sheets import read_table
from kring.people.staff_now import known_now
from kring.people.trail import note

log = logging.getLogger("kring.people")
LEASE = timedelta(seconds=60)
KEEP = timedelta(days=7)


def layers_by_word() -> dict[str, str]:
    """Code or name of a layer in lower case → its code."""
    words = {}
    for code, name in Layer.objects.values_list("code", "name"):
        words[name.casefold()] = code
        words[code.casefold()] = code
    return words


def packed(rows: Iterable[Row]) -> list[list[Any]]:
    """Rows as JSON can hold them."""
    return [
        [
            row.number, row.code, row.name, row.mail, row.layer, list(row.place), row.team,
            row.leads, row.starts and row.starts.isoformat(), row.ends and row.ends.isoformat(),
        ]
        for row in rows
    ]  # fmt: skip


def unpacked(rows: Iterable[list[Any]]) -> list[Row]:
    """The rows of a stored file."""
    found = []
    for number, code, name, mail, layer, place, team, leads, starts, ends in rows:
        first, last = (date.fromisoformat(day) if day else None for day in (starts, ends))
        found.append(Row(number, code, name, mail, layer, tuple(place), team, leads, first, last))
    return found


@transaction.atomic
def receive_staff_file(actor: Actor, *, name: str, content: bytes) -> StaffFile:
    """Read a file and keep its readable rows until it is confirmed or put aside.

    Nothing about people changes. Raises ``Unreadable`` when it is no table within the limits.
    """
    require(actor, "people.administer")
    moment = clock.now()
    reading = read_rows(read_table(content), layers=layers_by_word(), today=moment.date())
    file = StaffFile(
        name=name[-120:],
        made_by_id=actor.person,
        made_at=moment,
        rows=packed(reading.rows),
        mistakes=[[one.row, one.column, one.kind, one.value] for one in reading.mistakes],
        notes=list(reading.unused),
    )
    file.save()
    note(actor, "staff_file.read", f"staff file {file.pk}")
    return file


def plan_of(file: StaffFile) -> Plan:
    """What confirming ``file`` would change now."""
    return plan_for(unpacked(file.rows), known_now(), clock.now().date())


def may_end_missing(file: StaffFile) -> bool:
    """People missing from a file with mistakes are never ended: perhaps they stand in such a row."""
    return not file.mistakes


@transaction.atomic
def confirm_staff_file(
    actor: Actor, file: StaffFile, *, seen: str, ends_missing: bool, how_many: int | None = None
) -> StaffFile:
    """Go on with what was shown; the work itself is done in the background.

    ``seen`` is the fingerprint of the shown plan: when something changed since, nothing happens.
    More than one in five people ending asks for their number as a second look.
    """
    require(actor, "people.administer")
    plan = plan_of(file)
    if plan.digest != seen:
        raise Refused(_("Something changed since you looked. Look at the changes once more."))
    if ends_missing and not may_end_missing(file):
        raise Refused(_("Nobody can end while there are mistakes in the file."))
    if ends_missing and plan.ends_many and how_many != len(plan.missing):
        raise Refused(_("Type how many people end, so that nobody ends by accident."))
    total = len(plan.codes()) + (len(plan.missing) if ends_missing else 0)
    fresh = StaffFile.objects.filter(pk=file.pk, state=StaffFile.State.SEEN)
    if fresh.update(
        state=StaffFile.State.CONFIRMED,
        confirmed_at=clock.now(),
        seen=seen,
        ends_missing=ends_missing,
        total=total,
        made_by_id=actor.person,
    ):
        note(actor, "staff_file.confirmed", f"staff file {file.pk}")
        transaction.on_commit(lambda: start_work(file.organisation_id, file.pk))
    file.refresh_from_db()
    return file


@transaction.atomic
def put_aside(actor: Actor, file: StaffFile) -> None:
    """Throw the rows of a file away without doing anything."""
    require(actor, "people.administer")
    fresh = StaffFile.objects.filter(pk=file.pk, state=StaffFile.State.SEEN)
    if fresh.update(state=StaffFile.State.PUT_ASIDE, rows=[], mistakes=[], notes=[]):
        note(actor, "staff_file.put_aside", f"staff file {file.pk}")


def start_work(organisation: int, file: int) -> None:
    """Begin at once in a thread of this process; the clock goes on if this process dies."""

    def work() -> None:
        try:
            with scope.inside(organisation):
                work_on(file)
        except Exception:
            log.exception("Staff file %s stopped; the clock goes on with it.", file)
        finally:
            connection.close()

    threading.Thread(target=work, name=f"staff file {file}", daemon=True).start()


def claim(file: int, now: datetime) -> StaffFile | None:
    """Take the work on a file for a minute; ``None`` when somebody else has it or it is done."""
    waiting = StaffFile.objects.filter(pk=file, state=StaffFile.State.CONFIRMED)
    free = waiting.filter(lease_until=None) | waiting.filter(lease_until__lt=now)
    if not free.update(lease_until=now + LEASE):
        return None
    return StaffFile.objects.get(pk=file)


def work_on(file: int) -> bool:
    """Do the work of a file if it is free; whether it was."""
    claimed = claim(file, clock.now())
    if claimed is None:
        return False
    result = make_as_the_file_says(claimed, plan_of(claimed), LEASE)
    if result is None:
        return False
    with transaction.atomic():
        StaffFile.objects.filter(pk=file).update(
            state=StaffFile.State.DONE,
            finished_at=clock.now(),
            rows=[],
            mistakes=[],
            lease_until=None,
            result=result,
        )
        if claimed.made_by is not None:
            note(actor_of(claimed.made_by), "staff_file.done", f"staff file {file}")
    return True


def tidy(now: datetime) -> int:
    """Empty files nobody confirmed within a week."""
    old = StaffFile.objects.filter(state=StaffFile.State.SEEN, made_at__lt=now - KEEP)
    done: int = old.update(state=StaffFile.State.PUT_ASIDE, rows=[], mistakes=[], notes=[])
    return done
