"""Changing what is in the box, and destroying it."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from kring.base import keys, wake
from kring.base.policy import NotThere, Refused
from kring.base.volatile import store
from kring.meetings import room
from kring.talks.models import Talk
from kring.talks.room import forget_drawings
from kring.talks.rules import Paper

REMEMBERED = 60
"""Commands a box remembers, so that a second click of the same button does nothing."""


class Stale(Refused):
    """Somebody else changed it meanwhile."""


def _mark(what: str, key: str) -> str:
    words = f"{what}\n{key[:80]}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()[:16]


def change(talk: Talk, what: str, key: str, work: Callable[[Paper], Paper], **fields: Any) -> Talk:
    """Put ``work(document)`` in the box; the same ``what`` and ``key`` is done once.

    There is no receipt in a table: what was done is remembered in the box itself. ``fields``:
    columns of the row that change with it.
    """
    mark = _mark(what, key)
    with transaction.atomic():
        fresh = Talk.objects.select_for_update().filter(pk=talk.pk).first()
        if fresh is None:
            raise NotThere
        if mark not in fresh.paper.done:
            made = work(fresh.paper)
            made = made.model_copy(update={"done": (*made.done, mark)[-REMEMBERED:]})
            _save(fresh, made, fields)
    talk.refresh_from_db()
    return talk


def _save(talk: Talk, paper: Paper, fields: dict[str, Any]) -> None:
    before = talk.version
    talk.seal(paper)
    moved = Talk.objects.filter(pk=talk.pk, version=before).update(
        box=talk.box, key=talk.key, version=before + 1, **fields
    )
    if not moved:
        raise Stale(_("Somebody just changed this. Look again what it says now."))
    wake.ring_after_commit(f"meeting:{talk.pk}")


def erase(talk: Talk) -> None:
    """Destroy the key and note its place in the ledger; the row and its plates go."""
    with transaction.atomic():
        keys.shred(talk.place)
        talk.delete()
    store().drop(f"meeting:{talk.pk}")
    room.forget(talk.pk)
    forget_drawings(talk.pk)
