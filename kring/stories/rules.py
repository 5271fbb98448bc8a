"""Pure decisions: what waits for a reply, and what a prototype may become.

A signal, a question and a request for help stay open until they have a reply (reference 5.5, A6, E6).
"We do not know yet" is a reply with a day, and the thing stays open.
"""

from datetime import date, timedelta
from enum import StrEnum

WAITING = frozenset({"signal", "question", "help_request"})
"""Kinds of item somebody waits for a reply to."""

NEWS = timedelta(days=7)
"""How long my week says that a reply came. Nobody keeps whether it was read."""


class Word(StrEnum):
    """How a reply begins; the same words wherever something waits for an answer."""

    ANSWER = "answer"
    YES = "yes"
    NO = "no"
    NOT_YET = "not_yet"


class Lacks(StrEnum):
    """What a reply still lacks."""

    TEXT = "text"
    BECAUSE = "because"
    DAY = "day"


def lacks(word: Word, text: str, answer_by: date | None, today: date) -> Lacks | None:
    """What is missing: an answer has words, a no has a reason, not knowing has a day to come."""
    if word is Word.ANSWER and not text:
        return Lacks.TEXT
    if word is Word.NO and not text:
        return Lacks.BECAUSE
    if word is Word.NOT_YET and (answer_by is None or answer_by <= today):
        return Lacks.DAY
    return None


def is_final(word: Word) -> bool:
    """Whether nothing waits any more after this reply."""
    return word is not Word.NOT_YET


TURNS = frozenset({"prototype", "promise"})
"""Kinds that get a word for how it goes."""


def may_become(kind: str, now: str, wanted: str, statuses: tuple[str, ...]) -> bool:
    """Whether an item of this kind may get this status word. Every word may follow every other:
    a prototype that stopped may be tried again elsewhere, and that is no failure."""
    return kind in TURNS and wanted in statuses and wanted != now


def needs_words(kind: str, wanted: str) -> bool:
    """A promise that is made sharper or taken back says why: that is what keeps it honest (3.6)."""
    return kind == "promise" and wanted in ("sharpened", "withdrawn")
