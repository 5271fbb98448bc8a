"""What an organisation may hold a meeting with: shipped protocols and its own copies.

A *pin* is a short text that names a protocol: ``good_practice_review`` (shipped, as it is now),
``good_practice_review-1f2e3d4c5b6a7988`` (shipped, exactly that content, for good) or ``own-12``
(row 12 of the own copies, for good). It fits in an address. Reading an own copy needs the scope of
its organisation.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache

from kring.base.policy import NotThere
from kring.methods.format.shapes import Protocol
from kring.methods.models import OwnProtocol, ProtocolVersion
from kring.methods.shelf import shipped

LENGTH = 16
PIN = re.compile(r"own-([0-9]{1,15})|([a-z][a-z0-9_]{1,59})(?:-([0-9a-f]{16}))?")


@dataclass(frozen=True)
class Offer:
    """A protocol somebody may choose."""

    pin: str
    protocol: Protocol
    is_own: bool

    @property
    def method(self) -> str:
        """Id of the package it belongs to."""
        return self.protocol.package or ""


@lru_cache(maxsize=512)
def fingerprint(protocol: Protocol) -> str:
    """SHA-256 of everything the protocol says."""
    words = json.dumps(
        protocol.model_dump(mode="json"),
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(words.encode()).hexdigest()


def pin_of(protocol: Protocol) -> str:
    """The pin of a shipped protocol as it is now, for good."""
    return f"{protocol.id}-{fingerprint(protocol)[:LENGTH]}"


@cache
def _shipped_offers() -> tuple[Offer, ...]:
    return tuple(Offer(pin_of(one), one, is_own=False) for one in shipped().protocols)


def offers() -> list[Offer]:
    """Own copies in use first, then everything shipped. One query."""
    own = [Offer(one.pin, one.read(), is_own=True) for one in OwnProtocol.objects.in_use()]
    return [*own, *_shipped_offers()]


def protocol_for(pin: str) -> Protocol:
    """The protocol a pin names. Raises `NotThere` for one that does not exist (here)."""
    parts = PIN.fullmatch(pin)
    if parts is None:
        raise NotThere
    own, name, print_ = parts.groups()
    if own is not None:
        found = OwnProtocol.objects.filter(pk=int(own)).first()
        if found is None:
            raise NotThere
        return found.read()
    now = shipped().protocol(name)
    if now is not None and print_ in (None, fingerprint(now)[:LENGTH]):
        return now
    if print_ is None:
        raise NotThere
    kept = ProtocolVersion.objects.filter(protocol=name, fingerprint__startswith=print_).first()
    if kept is None:
        raise NotThere
    return Protocol.model_validate(kept.content)
