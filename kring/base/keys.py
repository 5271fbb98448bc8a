"""Envelope encryption: every secret object has a key of its own, and shredding destroys it.

An object is sealed with AES-256-GCM under a fresh data key; the data key is wrapped (AES-256-GCM
too) by the installation's wrapping key, a file outside the database. Both carry the place of the
object (table:column:row:organisation) as associated data, so that a box moved to another row or
organisation does not open. ``shred`` writes the place in the ledger of erased objects, ids only;
the ledger travels with backups and is replayed before a restored site opens.
"""

import contextlib
import fcntl
import os
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE = 12
KEY = 32


class Unreadable(Exception):
    """The key is destroyed, is not ours, or the box was moved or changed."""


class Sealed(NamedTuple):
    """What is stored: the sealed object and its wrapped key."""

    box: bytes
    key: bytes


def place(table: str, column: str, row: int | str, organisation: int) -> str:
    """The associated data of one object."""
    return f"{table}:{column}:{row}:{organisation}"


def key_file() -> Path:
    """Where the wrapping key is (``KRING_WRAP_KEY_FILE``; by default in the data folder)."""
    path: Path = settings.WRAP_KEY_FILE or settings.DATA_DIR / "wrap.key"
    return path


@lru_cache(maxsize=4)
def _wrapping_key(path: Path) -> bytes:
    if not path.exists():
        _make_key(path)
    key = path.read_bytes()
    if len(key) != KEY:
        raise Unreadable(f"The wrapping key must be {KEY} bytes long.")
    return key


def _make_key(path: Path) -> None:
    """Make the key whole beside its place, then link it there: two processes end with one key."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(AESGCM.generate_key(bit_length=256))
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    os.unlink(draft)


def _lock(key: bytes, plain: bytes, about: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, about)


def _unlock(key: bytes, box: bytes, about: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(box[:NONCE], box[NONCE:], about)
    except (InvalidTag, ValueError) as error:
        raise Unreadable("This cannot be opened any more.") from error


def seal(plain: str, about: str) -> Sealed:
    """Seal a text for one place, under a fresh key."""
    key, words = AESGCM.generate_key(bit_length=256), about.encode()
    wrapped = _lock(_wrapping_key(key_file()), key, words)
    return Sealed(box=_lock(key, plain.encode(), words), key=wrapped)


def unseal(sealed: Sealed, about: str) -> str:
    """The text again; :class:`Unreadable` when the key is gone or the place is another."""
    words = about.encode()
    key = _unlock(_wrapping_key(key_file()), bytes(sealed.key), words)
    return _unlock(key, bytes(sealed.box), words).decode()


def ledger_file() -> Path:
    """Where the places of erased objects are listed, one per line."""
    path: Path = settings.DATA_DIR / "erased.ledger"
    return path


def shred(about: str) -> None:
    """Note durably that the object at this place is erased; the caller destroys the stored key."""
    with ledger_file().open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(about + "\n")
        file.flush()
        os.fsync(file.fileno())


def shredded() -> Iterator[str]:
    """Every place in the ledger, for replay on a restored backup."""
    if ledger_file().exists():
        with ledger_file().open(encoding="utf-8") as file:
            yield from (line.strip() for line in file if line.strip())
