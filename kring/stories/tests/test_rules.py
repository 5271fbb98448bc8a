"""What waits for a reply, and what a reply needs."""

from datetime import date

import pytest

from kring.methods.format.outputs import OUTPUTS
from kring.stories.rules import WAITING, Lacks, Word, is_final, lacks, may_become

TODAY = date(2026, 11, 22)
LATER = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("word", "text", "by", "missing"),
    [
        (Word.ANSWER, "", None, Lacks.TEXT),
        (Word.ANSWER, "Vanaf maandag.", None, None),
        (Word.YES, "", None, None),
        (Word.NO, "", None, Lacks.BECAUSE),
        (Word.NO, "Daar is geen geld voor.", None, None),
        (Word.NOT_YET, "We zoeken het uit.", None, Lacks.DAY),
        (Word.NOT_YET, "", TODAY, Lacks.DAY),
        (Word.NOT_YET, "", LATER, None),
    ],
)
def test_a_reply_lacks(word, text, by, missing):
    assert lacks(word, text, by, TODAY) == missing


def test_only_not_knowing_keeps_it_open():
    assert [word for word in Word if not is_final(word)] == [Word.NOT_YET]


def test_what_waits_are_kinds_that_exist():
    assert set(OUTPUTS) >= WAITING == {"signal", "question", "help_request"}


@pytest.mark.parametrize(
    ("kind", "now", "wanted", "may"),
    [
        ("prototype", "idea", "trying", True),
        ("prototype", "stopped_learned", "trying", True),
        ("prototype", "trying", "trying", False),
        ("prototype", "trying", "failed", False),
        ("story", "", "trying", False),
    ],
)
def test_a_prototype_becomes(kind, now, wanted, may):
    words = tuple(word.id for word in OUTPUTS["prototype"].statuses)
    assert may_become(kind, now, wanted, words) is may
