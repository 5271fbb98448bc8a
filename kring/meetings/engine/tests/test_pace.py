"""Over days and on paper: what the clock does, what nobody asks for, and what stays hidden."""

from random import Random

import pytest

from kring.meetings.engine import (
    Decided,
    Refused,
    Who,
    audience,
    begin,
    decide,
    fold,
    read_ask,
    see,
)
from kring.meetings.engine.cards import on_table
from kring.meetings.engine.pace import BY_THE_CLOCK
from kring.meetings.engine.tests.toy import AT
from kring.meetings.rules.modes import as_played
from kring.meetings.tests.scripts import talk


class Days:
    """A meeting over days with some people."""

    def __init__(self, people=4, mode="days", protocol=None):
        self.state = begin(as_played(protocol or talk(), mode))
        self.log = []
        self.chance = Random(1)
        for number in range(1, people + 1):
            roles = ["moderator"] if number == 1 else []
            self.ok(f"s{number}", "take_seat", roles=roles, is_manager=number == 2)

    def ask(self, seat, kind, **data):
        asked = read_ask({"kind": kind, **data})
        answer = decide(self.state, Who(seat), asked, chance=self.chance, at=AT)
        if isinstance(answer, Decided):
            self.log += answer.events
            self.state = fold(self.state, answer.events)
        return answer

    def ok(self, seat, kind, **data):
        answer = self.ask(seat, kind, **data)
        assert isinstance(answer, Decided), answer
        return answer

    def seen(self, seat="s3"):
        return see(self.state, audience(self.state, seat, "phone"))


def test_the_clock_opens_a_part_and_reads_what_goes_before():
    days = Days()
    days.ok(None, "turn_page", step="talk_open")
    assert days.state.step.id == "talk_open"
    assert days.seen()["days"]["first"] == [
        {
            "title": {"nl": "hello", "en": "hello"},
            "texts": [{"nl": "Wat zie je?", "en": "Wat zie je?"}],
        }
    ]
    assert days.ok(None, "turn_page", step="talk_open").events == ()


def test_pages_only_turn_forward():
    days = Days()
    days.ok(None, "turn_page", step="write_cards")
    assert days.ok(None, "turn_page", step="talk_open").events == ()
    assert days.state.step.id == "write_cards"


@pytest.mark.parametrize("kind", sorted(BY_THE_CLOCK))
def test_nobody_moves_it_by_hand(kind):
    days = Days()
    days.ok(None, "turn_page", step="talk_open")
    data = {
        "repeat": {"from_visit": "v2"}, "enter_next": {"from_visit": "v2"},
        "go_back": {"from_visit": "v2"}, "skip_phase": {"from_visit": "v2"},
        "bring_back": {"phase": "write"}, "reorder": {"phases": []}, "more_time": {"minutes": 5},
        "set_devices": {"one": True}, "settle": {"card": "x"}, "release": {"item": "x"},
    }.get(kind, {})  # fmt: skip
    answer = days.ask("s1", kind, **data)
    assert isinstance(answer, Refused)
    assert answer.code == "by_the_clock"


@pytest.mark.parametrize(("authors", "shown"), [(3, 0), (4, 4)])
def test_without_names_only_from_four(authors, shown):
    days = Days()
    days.ok(None, "turn_page", step="write_cards")
    for number in range(1, authors + 1):
        days.ok(f"s{number}", "contribute", text=f"geheim {number}")
    visit = days.state.visit
    assert "geheim" not in str(days.seen("s4")["cards"])
    days.ok(None, "turn_page", step="round_all")
    assert len(on_table(days.state, visit)) == shown
    later = days.seen()["days"]
    assert len(later["earlier"]) == (1 if shown else 0)
    assert len(later["unshown"]) == (0 if shown else 1)
    assert ("geheim" in str(later)) is bool(shown)
    assert "s1" not in str(later)


def test_a_round_is_written_alone_and_shown_together():
    """R4, R5: nobody follows the boss, who cannot be first either."""
    days = Days()
    days.ok(None, "turn_page", step="round_all")
    days.ok("s2", "contribute", text="de baas was eerst")
    assert "de baas" not in str(days.seen())
    days.ok(None, "turn_page", step="harvest_it")
    assert "de baas was eerst" in str(days.seen()["days"]["earlier"])


def test_looking_is_noted_once_seen_by_nobody_and_lasts_nowhere():
    days = Days()
    days.ok(None, "turn_page", step="talk_open")
    before = days.seen()
    first = days.ok("s3", "look", visit=days.state.visit)
    assert [event.lasting for event in first.events] == [False]
    assert days.ok("s3", "look", visit=days.state.visit).events == ()
    assert days.seen() == before
    assert isinstance(Days(mode="phones").ask("s3", "look", visit="v1"), Refused)


@pytest.mark.parametrize("says_no", [False, True])
def test_what_is_ready_leaves_when_the_window_closes_unless_somebody_says_no(says_no):
    days = Days(protocol=talk(outputs=[{"type": "question"}]))
    days.ok(None, "turn_page", step="harvest_it")
    days.ok("s3", "propose", output="question", text="Wie belt?")
    item = days.seen()["part"]["items"][0]["item"]
    if days.seen()["part"]["items"][0]["missing"]:
        missing = days.seen()["part"]["items"][0]["missing"]
        days.ok("s3", "fill_item", item=item, fields=dict.fromkeys(missing, "iemand"))
    if says_no:
        days.ok("s4", "keep_inside", item=item)
    assert days.state.record.released == {}
    days.ok(None, "turn_page")
    assert list(days.state.record.released) == ([] if says_no else [item])
    assert days.state.flow.over
    assert days.ask("s3", "propose", output="question", text="nog een").code == "days_over"
    if not says_no:
        days.ok("s4", "keep_inside", item=item)
        assert days.state.record.released == {}


def test_paper_takes_only_a_whole_harvest_that_was_asked_aloud():
    paper = Days(mode="paper")
    paper.ok("s1", "start")
    good = {
        "output": "agreement", "visibility": "V4", "asked_aloud": True,
        "fields": {"what": "We bellen eerst", "how_noticed": "Rust", "look_back_on": "2999-01-31"},
        "seats": {"who": "s2"},
    }  # fmt: skip
    for wrong, code in (
        ({"asked_aloud": False}, "confirm_circle"),
        ({"output": "story"}, "no_such_output"),
        ({"fields": {"nonsense": "x"}}, "no_such_field"),
        ({"fields": {"what": "x", "look_back_on": "gisteren"}}, "bad_field"),
        ({"fields": {}}, "field_missing"),
        ({"seats": {"who": "s9"}}, "no_such_seat"),
    ):
        answer = paper.ask("s1", "harvest_paper", **{**good, **wrong})
        assert isinstance(answer, Refused), wrong
        assert answer.code == code
    paper.ok("s1", "harvest_paper", **good)
    (item,) = paper.state.record.released
    assert paper.state.record.released[item]["fields"]["who"] == "s2"
    paper.ok("s1", "take_back_paper", item=item)
    assert paper.state.record.released == {}
    assert isinstance(Days(mode="phones").ask("s1", "harvest_paper", **good), Refused)
