"""Sealing, unsealing and destroying."""

from pathlib import Path

import pytest

from kring.base import keys


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, settings: object) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.WRAP_KEY_FILE = None  # type: ignore[attr-defined]


HERE = keys.place("meetings_privatenote", "box", "s1-step", 3)


def test_a_text_comes_back_whole_and_is_nowhere_readable() -> None:
    sealed = keys.seal("Dit wil ik niet vergeten.", HERE)
    assert b"vergeten" not in sealed.box + sealed.key
    assert keys.unseal(sealed, HERE) == "Dit wil ik niet vergeten."
    assert keys.seal("Dit wil ik niet vergeten.", HERE) != sealed


@pytest.mark.parametrize(
    "elsewhere",
    [
        keys.place("meetings_privatenote", "box", "s2-step", 3),
        keys.place("meetings_privatenote", "box", "s1-step", 4),
        keys.place("other", "box", "s1-step", 3),
    ],
)
def test_a_box_moved_to_another_place_does_not_open(elsewhere: str) -> None:
    sealed = keys.seal("tekst", HERE)
    with pytest.raises(keys.Unreadable):
        keys.unseal(sealed, elsewhere)


def test_a_changed_box_or_a_destroyed_key_does_not_open() -> None:
    sealed = keys.seal("tekst", HERE)
    changed = sealed.box[:-1] + bytes([sealed.box[-1] ^ 1])
    for broken in (sealed._replace(box=changed), sealed._replace(key=b"")):
        with pytest.raises(keys.Unreadable):
            keys.unseal(broken, HERE)


def test_the_wrapping_key_is_for_its_owner_only_and_made_once() -> None:
    keys.seal("tekst", HERE)
    first = keys.key_file().read_bytes()
    keys.seal("tekst", HERE)
    assert (keys.key_file().stat().st_mode & 0o777, keys.key_file().read_bytes()) == (0o600, first)


def test_the_ledger_remembers_places_only() -> None:
    keys.shred(HERE)
    keys.shred(HERE.replace("s1", "s2"))
    assert list(keys.shredded()) == [HERE, HERE.replace("s1", "s2")]
