"""A small protocol with every kind of step, and a table around which it is played."""

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

from kring.meetings.engine import (
    Answer,
    Decided,
    Event,
    Mine,
    Refused,
    State,
    View,
    Who,
    audience,
    begin,
    decide,
    evolve,
    mine,
    prune,
    read_ask,
    replay,
    see,
)
from kring.methods.format.shapes import (
    Attribution,
    Choice,
    Entry,
    Output,
    Phase,
    Prompt,
    Protocol,
    Question,
    QuestionBank,
    Role,
    Size,
    Step,
    Text,
)

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def both(text: str) -> Text:
    """The same words twice."""
    return Text(nl=text, en=text)


def step(name: str, kind: str, **more: Any) -> Step:
    """A step; with ``entry=True`` something can be entered."""
    speaking = more.pop("speaking", {"round": "ROUND", "parked": "PARKED"}.get(kind, "OPEN"))
    if more.pop("entry", False):
        more["entry"] = Entry(label=both("Zeg het"), most_per_seat=more.pop("most", 3))
    return Step(id=name, kind=kind, speaking=speaking, **more)


def phase(name: str, *steps: Step, **more: Any) -> Phase:
    """A phase of five minutes."""
    return Phase(id=name, title=both(f"Deel {name}"), minutes=5, steps=steps, **more)


def protocol(*phases: Phase, **more: Any) -> Protocol:
    """A protocol with a contributor."""
    shape: dict[str, Any] = {
        "id": "toy",
        "title": both("Speelgoed"),
        "version": 1,
        "purpose": both("Proberen"),
        "group": Size(min=1, normal=5, max=30),
        "minutes": Size(min=5, normal=30, max=60),
        "core_note": both("De kern"),
        "attribution": Attribution(inspired_by="own", licence="EUPL-1.2", wording="own"),
        "roles": (
            Role(id="contributor", title=both("Inbrenger"), max=1, excludes=("moderator",),
                 appointed_by="self"),
            Role(id="asker", title=both("Vrager")),
        ),
        "outputs": (
            Output(type="working_factor"),
            Output(type="agreement"),
            Output(type="effect", released_by="contributor"),
        ),
        "banks": (
            QuestionBank(id="bank", title=both("Vragen"), questions=(
                Question(id="first", text=both("Wat?")), Question(id="other", text=both("Hoe?")))),
        ),
    }  # fmt: skip
    return Protocol(phases=phases, **(shape | more))


WORDS = (Choice(id="warm", text=both("warm")), Choice(id="cold", text=both("koud")))
EVERYTHING = protocol(
    phase("welcome", step("hello", "lead", bank="bank"), core=True, may_skip=False),
    phase("check", step("check_in", "round", speaking="PIECE")),
    phase("tell", step("telling", "one", role="contributor", visibility="V3", record="E", entry=True)),
    phase("questions", step("asking", "ask", role="contributor", asked_by="asker", visibility="V3",
                            record="E", entry=True), step("again", "round", visibility="V3", record="K", entry=True), per="contributor"),
    phase("listen", step("listening", "parked", role="contributor", visibility="V3", record="E", entry=True), core=True),
    phase("silent", step("unnamed", "write", visibility="V2a", record="E", entry=True),
          step("picking", "choose", uses="unnamed", visibility="V3", record="E", keep_at_most=2),
          step("rating", "rate", uses="picking", visibility="V3", record="E", choices=WORDS)),
    phase("named", step("naming", "write", visibility="V2", record="K", entry=True),
          step("keeping", "choose", uses="naming", visibility="V3", record="K", keep_at_most=3),
          step("judging", "rate", uses="naming", role="contributor", visibility="V3", record="K", choices=WORDS)),
    phase("kept_unnamed", step("unnamed_kept", "write", visibility="V2a", record="H", entry=True)),
    phase("numbers", step("scaling", "scale", visibility="V2a", record="E"),
          step("scaling_kept", "scale", visibility="V2", record="K")),
    phase("small", step("pairs", "groups", speaking="PAIRS"),
          step("trios", "groups", speaking="TRIOS", visibility="V3", record="E", entry=True),
          step("sitting", "tables", visibility="V3", record="K", entry=True)),
    phase("large", step("words", "open", visibility="V3", record="K", entry=True),
          step("columns", "columns", speaking="TABLES", uses="words", visibility="V2a", record="H",
               entry=True, choices=WORDS, prompts=(Prompt(text=both("Wel of niet?")),)),
          step("hoping", "columns", speaking="TABLES", visibility="V2a", record="E", entry=True,
               choices=WORDS, prompts=(Prompt(text=both("Waarop?")),)),
          step("expecting", "columns", speaking="TABLES", visibility="V6", record="H", entry=True,
               choices=WORDS, prompts=(Prompt(text=both("Wat vraag je?")),)),
          step("market", "market", speaking="ASK", role="contributor", visibility="V6", record="K", entry=True),
          step("accepting", "market", speaking="ONE", role="contributor", visibility="V6", record="H",
               uses="expecting")),
    phase("map", step("opining", "opinions", speaking="SILENT", visibility="V3", record="E", entry=True, choices=WORDS),
          step("opining_kept", "opinions", speaking="SILENT", visibility="V3", record="K", entry=True)),
    phase("free", step("talking", "open", visibility="V3", record="H", entry=True)),
    phase("yes", step("assenting", "assent", uses="talking", visibility="V3", record="H")),
    phase("note", step("noting", "write", visibility="V1", record="P", entry=True)),
    phase("out", step("harvesting", "harvest", visibility="V3", record="H"), core=True),
)  # fmt: skip

LARGE = protocol(
    next(one for one in EVERYTHING.phases if one.id == "large"),
    phase("tables", step("sitting", "tables", visibility="V3", record="K", entry=True)),
    outputs=(
        Output(type="table_list", default_visibility="V6"),
        Output(type="question", default_visibility="V6"),
        Output(type="expectation", default_visibility="V6"),
    ),
)


class Table:
    """A meeting for tests: asks by seat, keeps both logs, checks each event as it comes."""

    def __init__(self, shape: Protocol, *people: str, seed: int = 7, start: bool = True) -> None:
        self.shape = shape
        self.chance = Random(seed)
        self.state: State = begin(shape)
        self.log: list[Event] = []
        for number, seat in enumerate(people):
            self.do(seat, "take_seat", roles=["moderator"] if number == 0 else [])
        if start:
            self.do(people[0], "start")

    def try_(self, seat: str | None, kind: str, /, **fields: Any) -> Answer:
        """Ask; when it is decided, it has happened."""
        ask = read_ask({"kind": kind, **fields})
        answer = decide(self.state, Who(seat), ask, chance=self.chance, at=AT)
        if isinstance(answer, Decided):
            for event in answer.events:
                read_back = Event.from_json(json.loads(json.dumps(event.to_json())))
                assert read_back == event
                before, self.state = self.state, evolve(self.state, read_back)
                assert self.state != before, f"{event} changed nothing"
                self.log.append(read_back)
        return answer

    def do(self, seat: str | None, kind: str, /, **fields: Any) -> tuple[Event, ...]:
        """Ask something that has to work; the events."""
        answer = self.try_(seat, kind, **fields)
        assert isinstance(answer, Decided), f"{kind}: {answer.code}"
        return answer.events

    def refused(self, seat: str | None, kind: str, /, **fields: Any) -> str:
        """Ask something that has to be refused; the code."""
        answer = self.try_(seat, kind, **fields)
        assert isinstance(answer, Refused), f"{kind} was not refused: {answer}"
        return answer.code

    def go(self, name: str, leader: str = "m") -> None:
        """On to a step."""
        while self.state.step is None or self.state.step.id != name:
            self.do(leader, "enter_next", from_visit=self.state.visit)

    def crash(self) -> None:
        """The process died: only the lasting log is left."""
        self.log = [event for event in self.log if event.lasting]
        self.state = replay(self.shape, self.log)

    def prune(self) -> None:
        """Drop what a reveal made irrelevant from the volatile log."""
        lasting = [event for event in self.log if event.lasting]
        volatile = prune(event for event in self.log if not event.lasting)
        self.log = [*lasting, *volatile]
        assert replay(self.shape, self.log) == self.state

    @property
    def lasting(self) -> list[Event]:
        """The log as the database has it."""
        return [event for event in self.log if event.lasting]

    def view(self, seat: str | None, screen: Any = "phone") -> View:
        """What a seat sees on a screen."""
        return see(self.state, audience(self.state, seat, screen))

    def mine(self, seat: str) -> Mine:
        """What only that seat sees."""
        return mine(self.state, seat)

    def texts(self, seat: str | None = "a") -> list[str]:
        """The texts on the table."""
        return [card["text"] for card in self.view(seat)["cards"]]
