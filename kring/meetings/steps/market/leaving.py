"""What the market brings outside: every question, answered or not; promises; replies to expectations."""

from typing import Any

from kring.meetings.engine import lists
from kring.meetings.engine.state import Card, State, step_of
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.shapes import Step

QUESTION, PROMISE, EXPECTATION = "question", "promise", "expectation"
HALL = {"nl": "iedereen in deze bijeenkomst", "en": "everybody in this meeting"}


def promises(step: Step) -> bool:
    """Is a yes here a promise?"""
    return step.entry is not None and step.entry.output == PROMISE


def items(
    state: State, visit: str, there: tuple[Card, ...], language: str
) -> dict[str, dict[str, Any]]:
    """By item id: output, fields, readers. Only types the protocol declares; a name only with a promise."""
    step = step_of(state.protocol, state.record.visits[visit].step)
    known = lists.lists(state, visit)
    readers = {one.type: str(one.default_visibility.value) for one in state.protocol.outputs}
    found: dict[str, dict[str, Any]] = {}
    for top, below in lists.stacks(known, there):
        said = known.replies.get(top.id)
        for kind, fields in _as(state, step, top, below, said, language):
            if kind in readers and kind in OUTPUTS:
                found[f"{visit}-{top.id}-{kind}"] = {
                    "item": f"{visit}-{top.id}-{kind}",
                    "output": kind,
                    "fields": {key: value for key, value in fields.items() if value},
                    "visibility": readers[kind],
                    "named": said.by if said and kind == PROMISE else None,
                }
    return found


def _as(
    state: State,
    step: Step,
    top: Card,
    below: list[Card],
    said: lists.Said | None,
    language: str,
) -> list[tuple[str, dict[str, Any]]]:
    """A question; or an expectation and, when it was accepted, the promise."""
    asked = "\n".join([top.text, *(f"~ {card.text}" for card in below)])
    if step.uses is None:
        return [(QUESTION, _question(state, step, asked, said, language))]
    told = [(EXPECTATION, _expectation(state, step, top, asked, said, language))]
    if said is not None and said.word == "yes" and promises(step):
        told.append((PROMISE, _promise(said, language)))
    return told


def _whom(state: State, step: Step, language: str) -> str:
    titles = {role.id: role.title.say(language) for role in state.protocol.roles}
    return titles.get(step.role or "", "")


def _question(
    state: State, step: Step, asked: str, said: lists.Said | None, language: str
) -> dict[str, Any]:
    known = said is not None and said.word != "unknown"
    return {
        "question": asked,
        "to_whom": _whom(state, step, language),
        "word": said.word if said else None,
        "by": said.by if said else None,
        "answer": said.text if said else None,
        "answer_by": said.before if said and not known else None,
        "answered_on": said.on if said and known else None,
    }


def _expectation(
    state: State, step: Step, top: Card, asked: str, said: lists.Said | None, language: str
) -> dict[str, Any]:
    used = step_of(state.protocol, step.uses or "")
    columns = {one.id: one.text.say(language) for one in used.choices}
    return {
        "what": asked,
        "of_whom": columns.get(top.column or "", ""),
        "word": said.word if said else None,
        "by": said.by if said else None,
        "reply": said.text if said else None,
        "reply_by": said.before if said and said.word == "unknown" else None,
    }


def _promise(said: lists.Said, language: str) -> dict[str, Any]:
    return {
        "behaviour": said.text,
        "by_whom": said.by,
        "to_whom": HALL["en" if language.startswith("en") else "nl"],
        "how_noticed": said.how_noticed,
        "test_on": said.before,
    }
