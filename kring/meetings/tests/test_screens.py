"""What people see: every screen of every shipped protocol, and who sees what on it."""

import re
from dataclasses import astuple
from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kring.meetings import actions, engine, room, screens
from kring.meetings.engine import Decided, State, Who
from kring.meetings.engine.kinds import present_kind
from kring.meetings.models import Meeting
from kring.meetings.stream import looks
from kring.meetings.tests.conftest import plan_of
from kring.methods.format.shapes import Protocol
from kring.methods.shelf import shipped
from kring.web.ring import Sits
from tests.cast import House

PROTOCOLS = shipped().protocols
NAMES = {"s1": "Sami", "s2": "Noor", "s3": "Daan", "s4": "Joke", "s5": "Truus"}
ABOUT = {"id": 7, "code": "ABCDEF", "url": "/linde/meetings/7/", "lead": "s1", "title": "x"}
FORM = re.compile(r"<form\b.*?</form>", re.S)
AT = datetime(2026, 11, 21, 10, tzinfo=ZoneInfo("Europe/Amsterdam"))


class Play:
    """A meeting played by bots, to look at."""

    def __init__(self, protocol: Protocol) -> None:
        self.chance, self.state = Random(protocol.id), engine.begin(protocol)
        for seat in NAMES:
            roles = ["moderator"] if seat == "s1" else []
            self.ask(seat, {"kind": "take_seat", "roles": roles, "is_manager": seat == "s4"})
        for role in protocol.roles:
            self.ask("s1", {"kind": "give_role", "role": role.id, "seat": "s2"})
        self.ask("s1", {"kind": "start"})

    def ask(self, seat: str, asked: dict[str, object]) -> bool:
        said = engine.decide(
            self.state, Who(seat), engine.read_ask(asked), chance=self.chance, at=AT
        )
        if isinstance(said, Decided):
            self.state = engine.fold(self.state, said.events)
        return isinstance(said, Decided)

    def play(self) -> None:
        """Everybody does a thing or two in this step."""
        for seat in NAMES:
            visit = self.state.visit
            wanted = present_kind(self.state).bot(self.state, visit or "", seat, self.chance)
            if wanted is not None:
                self.ask(seat, {"kind": wanted.kind, **wanted.data})

    def step_on(self) -> bool:
        return self.ask("s1", {"kind": "enter_next", "from_visit": self.state.visit})


def drawn(state: State, seat: str | None, screen: str, language: str = "nl") -> str:
    """A screen as the stream draws it."""
    who = engine.audience(state, seat, screen)  # type: ignore[arg-type]  # one of the four
    words = {"view": engine.see(state, who), "names": NAMES, "meeting": ABOUT}
    with translation.override(language):
        html = render_to_string(f"meetings/parts/screens/{screen}.html", {**words, "audience": who})
        own = dict(engine.mine(state, seat)) if seat else {}
        own.pop("seat", None)
        mine = render_to_string("meetings/parts/screens/mine.html", {**words, "mine": own})
    return html.replace("<!--mine-->", mine if seat else "")


def hidden_texts(state: State, seat: str | None) -> list[str]:
    """Texts in other people's hands."""
    visit = state.visit or ""
    sheet = state.room_sheet(visit)
    return [
        card.text for card in sheet.hand.values() if sheet.owners.get(card.id) not in (None, seat)
    ]


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=[one.id for one in PROTOCOLS])
def test_every_step_has_a_whole_screen_for_everybody(protocol: Protocol) -> None:
    play, seen_hidden = Play(protocol), 0
    while True:
        for moment in ("entered", "played"):
            if moment == "played":
                play.play()
            for seat, screen in (
                ("s1", "moderator"),
                ("s2", "phone"),
                ("s3", "phone"),
                (None, "board"),
                ("s1", "table"),
            ):
                for language in ("nl", "en"):
                    html = drawn(play.state, seat, screen, language)
                    posts = [form for form in FORM.findall(html) if 'method="post"' in form]
                    assert [form for form in posts if screens.PROOF not in form] == []
                    ids = re.findall(r'\bid="([^"]+)"', html)
                    assert sorted(ids) == sorted(set(ids))
                    for text in hidden_texts(play.state, seat):
                        seen_hidden += 1
                        assert text[-12:] not in html
        if not play.step_on():
            break
    hides = any(
        (step.kind.value == "write" and step.visibility != "V1")
        or (step.kind.value == "columns" and step.visibility == "V2a")
        or (step.kind.value == "market" and step.uses is None)
        for step in protocol.steps
    )
    assert bool(seen_hidden) is hides


def test_a_board_has_no_buttons_and_no_private_part() -> None:
    play = Play(PROTOCOLS[0])
    html = drawn(play.state, None, "board")
    assert FORM.findall(html) == []
    assert "__me__" not in html


def contributor_meeting(linde: House) -> Meeting:
    """A good practice review in which Noor brings something; its first step goes on."""
    protocol = shipped().protocol("good_practice_review")
    assert protocol is not None
    invited = (("sami", ("moderator",)), ("noor", ("contributor",)), ("daan", ()))
    people = tuple((linde.people[name], roles) for name, roles in invited)
    meeting = actions.start_now(
        linde.actor("sami"), plan_of(linde, protocol=protocol, people=people)
    )
    for name in ("sami", "noor", "daan"):
        actions.join(linde.actor(name), meeting)
    assert actions.do(linde.actor("sami"), meeting, {"kind": "start"}, "start-it").refused is None
    meeting.refresh_from_db()
    return meeting


def test_equal_views_are_not_equal_screens(linde: House) -> None:
    """The contributor may write where the others listen, though both see the same view."""
    held = room.of(contributor_meeting(linde))
    snap = held.snap
    tells, listens = (looks.audience_of(held, snap, seat, "phone") for seat in ("s2", "s3"))
    assert looks.look(held, snap, tells).view == looks.look(held, snap, listens).view
    assert looks.look(held, snap, tells).tag != looks.look(held, snap, listens).tag
    pages = [
        looks.draw(held, snap, who, looks.mine_of(snap, seat), "nl").plain.decode()
        for seat, who in (("s2", tells), ("s3", listens))
    ]
    assert ["<textarea" in page for page in pages] == [True, False]
    assert ["Jij vertelt." in page for page in pages] == [True, False]


def test_whoever_is_parked_has_nothing_to_fill_in(linde: House) -> None:
    meeting = contributor_meeting(linde)
    for _step in range(3):
        visit = room.of(meeting).state.visit
        asked = {"kind": "enter_next", "from_visit": visit}
        assert actions.do(linde.actor("sami"), meeting, asked, f"next-{visit}").refused is None
    snap = room.of(meeting).snap
    who = looks.audience_of(room.of(meeting), snap, "s2", "phone")
    page = looks.draw(room.of(meeting), snap, who, looks.mine_of(snap, "s2"), "nl").plain.decode()
    assert "Geparkeerd: luister maar." in page
    assert "<textarea" not in page
    assert list(re.findall(r'name="ask" value="(\w+)"', page)) == [
        "ask_pause",
        "leave_seat",
    ]


def test_the_ring_shows_who_is_parked_and_who_speaks() -> None:
    play = Play(shipped().protocol("good_practice_review"))  # type: ignore[arg-type]  # is shipped
    for _step in range(3):
        play.step_on()
    view = engine.see(play.state, engine.audience(play.state, "s1", "moderator"))
    assert [(seat.name, seat.sits) for seat in screens.seats(view, NAMES)] == [
        ("Sami", Sits.HERE),
        ("Noor", Sits.PARKED),
        ("Daan", Sits.HERE),
        ("Joke", Sits.HERE),
        ("Truus", Sits.HERE),
    ]


def test_two_people_of_one_first_name_keep_their_whole_name() -> None:
    names = {"s1": "Noor Aziz", "s2": "Daan de Boer", "s3": "Noor Bakker"}
    assert screens.first_names(names) == {"s1": "Noor Aziz", "s2": "Daan", "s3": "Noor Bakker"}


def test_an_audience_is_small_enough_to_name_a_drawing() -> None:
    play = Play(PROTOCOLS[0])
    assert len(astuple(engine.audience(play.state, "s2", "phone"))) < 20


BANKS = [one for one in PROTOCOLS if one.banks]


def step_to_bank(play: Play) -> str:
    """To the first step with a question bank; its id."""
    while play.state.step is None or play.state.step.bank is None:
        assert play.step_on()
    return play.state.step.bank


@pytest.mark.parametrize("protocol", BANKS, ids=[one.id for one in BANKS])
def test_the_facilitator_picks_a_question_of_every_depth(protocol: Protocol) -> None:
    play = Play(protocol)
    bank = next(one for one in protocol.banks if one.id == step_to_bank(play))
    for screen in ("moderator", "table"):
        html = drawn(play.state, "s1", screen, "en")
        assert re.findall(r'id="pick-(\w+)"', html) == [
            one.id
            for depth in ("light", "medium", "deep", "closing")
            for one in bank.questions
            if one.depth == depth
        ]
    for screen, seat in (("phone", "s2"), ("board", None)):
        assert bank.questions[-1].text.en not in drawn(play.state, seat, screen, "en")
    picked = bank.questions[-1]
    assert play.ask("s1", {"kind": "pick_question", "question": picked.id})
    for screen, seat in (("moderator", "s1"), ("table", "s1"), ("phone", "s2"), ("board", None)):
        assert f'<h1 class="question">{picked.text.en}</h1>' in drawn(
            play.state, seat, screen, "en"
        )
    html = drawn(play.state, "s1", "moderator", "en")
    assert f'id="pick-{picked.id}"' not in html
    assert 'id="pick-none"' in html
    assert play.ask("s1", {"kind": "pick_question", "question": None})
    assert 'id="pick-none"' not in drawn(play.state, "s1", "moderator", "en")


def test_the_moderator_plays_a_part_again_with_somebody_else() -> None:
    chair = next(one for one in PROTOCOLS if one.id == "breakthrough_look")
    play = Play(chair)
    while play.state.step is not None and play.state.step.id != "circle_gives_back":
        assert play.step_on()
    html = drawn(play.state, "s1", "moderator")
    form = next(one for one in FORM.findall(html) if 'id="repeat-part"' in one)
    assert 'name="what" value="phase"' in form
    assert "Dit deel nog een keer, met een ander" in form
    assert play.ask("s1", {"kind": "repeat", "what": "phase", "from_visit": play.state.visit})
    assert "Wie is vandaag de maker op de stoel?" in drawn(play.state, "s1", "moderator")
    assert play.step_on()
    assert play.step_on()
    assert play.step_on()
    assert 'id="repeat-part"' not in drawn(play.state, "s1", "moderator")
