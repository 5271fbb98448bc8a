"""The short-lived pass in the address of a stream: which seat, of which meeting, on which screen.

Signed, never stored, never logged. It proves only who is asking; what they may see and do is
decided by the engine for that seat at that moment.
"""

import base64
import binascii
import hashlib
import hmac
import time
from typing import NamedTuple

from django.conf import settings

from kring.meetings.models import Meeting, Seat

VALID = 30 * 60
"""Seconds; a page asks a fresh one from its own, authorised view."""
REMEMBERED = 4_000
"""Good tokens whose signature this process need not work out again."""
SCREENS = ("phone", "board", "moderator", "table")


class Pass(NamedTuple):
    """What a token says. ``seat`` is empty for the big screen."""

    meeting: int
    organisation: int
    seat: str
    screen: str
    language: str
    until: int


_checked: dict[str, Pass] = {}


class BadToken(ValueError):
    """Not ours."""


class OldToken(BadToken):
    """Ours, but its time is over: ask a fresh one."""


def _sign(words: bytes) -> bytes:
    key = hashlib.sha256(b"kring live token" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, words, hashlib.sha256).digest()[:16]


def make(meeting: Meeting, seat: Seat | None, screen: str, *, language: str = "nl") -> str:
    """A token for this seat on this screen, showing ``language`` (nl or en)."""
    if screen not in SCREENS:
        raise ValueError(f"No screen is called {screen}.")
    until = int(time.time()) + VALID
    key = seat.key if seat else ""
    parts = (meeting.pk, meeting.organisation_id, key, screen, language[:2], until)
    words = ".".join(str(part) for part in parts).encode()
    return base64.urlsafe_b64encode(words + _sign(words)).rstrip(b"=").decode()


def read(token: str) -> Pass:
    """What a token says; :class:`BadToken` or :class:`OldToken`."""
    found = _checked.get(token)
    if found is None:
        found = _read(token)
        if len(_checked) > REMEMBERED:
            _checked.clear()
        _checked[token] = found
    if found.until < time.time():
        raise OldToken
    return found


def _read(token: str) -> Pass:
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        words, signature = raw[:-16], raw[-16:]
        if not hmac.compare_digest(signature, _sign(words)):
            raise BadToken
        meeting, organisation, seat, screen, language, until = words.decode().split(".")
        found = Pass(int(meeting), int(organisation), seat, screen, language, int(until))
    except (ValueError, binascii.Error) as error:
        raise BadToken from error
    return found
