"""My week: at most five lines, the ones that matter first."""

from collections.abc import Iterator
from datetime import date

import pytest

from kring.base.policy import Actor
from kring.people import asks

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _only_mine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asks, "_works", {})


def line(words: str, weight: int, due: date | None = None) -> asks.Line:
    return asks.Line(words=words, button="Go", href="/", weight=weight, due=due)


def test_the_lines_that_matter_stand_first() -> None:
    @asks.asks("b")
    def two(actor: Actor, organisation: str, today: date) -> Iterator[asks.Line]:
        yield line("later", asks.THIS_WEEK, date(2026, 3, 5))
        yield line("sooner", asks.THIS_WEEK, date(2026, 3, 3))
        yield line("some time", asks.SOME_TIME)

    @asks.asks("a")
    def one(actor: Actor, organisation: str, today: date) -> Iterator[asks.Line]:
        yield line(f"bell in {organisation} on {today}", asks.NOW)
        yield line("undated", asks.THIS_WEEK)
        yield line("last", asks.SOME_TIME + 1)

    found = [one.words for one in asks.lines_for(Actor(), "linde", TODAY)]
    assert found == ["bell in linde on 2026-03-02", "sooner", "later", "undated", "some time"]
