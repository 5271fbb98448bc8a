"""Every command is idempotent: the same key gives the same answer and does nothing twice."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import transaction

from kring.base import clock
from kring.people.models import Receipt


def _digest(who: str, key: str) -> str:
    words = f"{who}\n{key[:80]}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()


def answered(who: str, key: str) -> dict[str, Any] | None:
    """The answer given before to this very submit; ``None`` the first time.

    A page asks this before it checks what was typed: the second time a form may be wrong only
    because the first time was right.
    """
    answer: dict[str, Any] | None = (
        Receipt.objects.filter(key=_digest(who, key)).values_list("answer", flat=True).first()
    )
    return answer


def once(who: str, key: str, do: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do ``do`` unless this asker already sent ``key``; then return the answer given before.

    ``who`` names the asker and the place ("person 12 meeting 5"); ``key`` is the client's own, at
    most 80 characters. The receipt and the work are one transaction: either both stay or neither.
    """
    digest = _digest(who, key)
    with transaction.atomic():
        made, new = Receipt.objects.get_or_create(
            key=digest, defaults={"answer": {}, "day": clock.now().date()}
        )
        if not new:
            answer: dict[str, Any] = made.answer
            return answer
        given = do()
        made.answer = given
        made.save(update_fields=["answer"])
        return given
