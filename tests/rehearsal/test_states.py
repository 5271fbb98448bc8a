"""The drawings in docs/states.md are those of the code."""

from kring.meetings.engine.kinds import kinds
from kring.methods.format.shapes import StepKind

from .states import DOCUMENT, text


def test_every_kind_of_step_is_a_folder() -> None:
    assert set(kinds()) == {kind.value for kind in StepKind}


def test_the_drawings_are_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == text(), "run: make docs"


def test_every_ask_of_a_step_is_drawn() -> None:
    for name, kind in kinds().items():
        assert {ask for _, ask, _ in kind.moves} == kind.asks, name
