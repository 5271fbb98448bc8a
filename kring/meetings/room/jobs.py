"""One ask on its way into a meeting, and its answer."""

import hashlib
import hmac
from dataclasses import dataclass, field

from django.conf import settings

from kring.meetings.engine import Refused, Who
from kring.meetings.engine.asks import Ask


@dataclass(frozen=True, slots=True)
class Done:
    """The answer: the number of the meeting now, and why not, when it was refused."""

    number: int
    refused: Refused | None = None


@dataclass(slots=True)
class Job:
    """``receipt`` is an HMAC of meeting, seat and the client's key: it says nothing about who."""

    who: Who
    ask: Ask
    receipt: str
    done: Done | None = None
    error: BaseException | None = field(default=None)

    @property
    def finished(self) -> bool:
        """Was it answered, or did it fail?"""
        return self.done is not None or self.error is not None


def receipt_for(meeting: int, seat: str | None, key: str) -> str:
    """The key of a receipt. The client's key is random, so nobody can work back from it."""
    words = f"meeting {meeting} seat {seat}\n{key[:80]}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), words, hashlib.sha256).hexdigest()
