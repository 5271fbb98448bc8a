"""Every text about people exists in Dutch, and the personal page says who reads what."""

from pathlib import Path

import polib

from kring.base.classes import of, own_models
from kring.people import knows, words
from kring.people.rules import staff
from kring.people.rules.staff import Mistake
from kring.people.sheets import Trouble

DUTCH = polib.pofile(str(Path(words.__file__).parent / "locale/nl/LC_MESSAGES/django.po"))


def test_the_dutch_is_complete() -> None:
    lacking = [one.msgid for one in DUTCH if not one.translated() and not one.obsolete]
    assert lacking == []


def test_what_the_classes_of_data_say_exists_in_dutch() -> None:
    there = {one.msgid for one in DUTCH if one.translated()}
    ours = [model for model in knows.claimed() if model.__module__.startswith("kring.people")]
    said = {text for model in ours for line in of(model) for text in (line.readers, line.until)}
    assert said - there == set()


def test_every_table_with_data_of_a_person_is_on_the_page() -> None:
    """What belongs to a person in this feature is told; a demonstration's face is nobody's."""
    owned = {
        model
        for model in own_models()
        if model.__module__.startswith("kring.people.models")
        and any(line.owner in ("person", "self") for line in of(model))
    }
    assert {model.__name__ for model in owned - knows.claimed()} == set()


def test_every_mistake_and_trouble_has_a_sentence() -> None:
    source = Path(staff.rows.__file__).read_text("utf-8")
    assert [kind for kind in words.MISTAKES if f'"{kind}"' not in source] == []
    for kind in words.MISTAKES:
        assert "{" not in words.say(Mistake(2, "name", kind, "x"))
    assert set(words.TROUBLES) == set(Trouble)
