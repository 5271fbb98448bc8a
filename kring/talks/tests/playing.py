"""Holding a talk in a test."""

from uuid import uuid4

from django.apps import apps

from kring.base import scope
from kring.base.policy import Actor
from kring.talks import actions
from kring.talks.actions.holding import room_of
from kring.talks.models import Talk
from kring.talks.tests.conftest import guest_of
from tests.cast import House


def start(house: House, leader: Actor, talk: Talk) -> None:
    actions.open_talk(leader, talk, "open-key")
    actions.join_talk(leader, talk)
    for name in ("noor", "wim"):
        actions.join_talk(house.actor(name), talk)
    for name in ("Riet", "Zus van Riet"):
        actions.join_talk(guest_of(talk, name), talk)
    assert actions.do(leader, talk, {"kind": "start"}, "start-key").refused is None


def go_to(leader: Actor, talk: Talk, step: str) -> None:
    held = room_of(talk)
    for _ in range(40):
        state = held.state
        if state.step is not None and state.step.id == step:
            return
        asked = {"kind": "enter_next", "from_visit": state.visit}
        assert actions.do(leader, talk, asked, uuid4().hex).refused is None
    raise AssertionError(f"{step} never came")


def agree(house: House, leader: Actor, talk: Talk, text: str, who: tuple[str, ...]) -> None:
    """Write a sentence, and let these say yes; the facilitator reads it back."""
    go_to(leader, talk, "agreements")
    visit = room_of(talk).state.visit
    done = actions.do(
        house.actor("noor"), talk,
        {"kind": "contribute", "visit": visit, "text": text}, f"write-{text}"[:80],
    )  # fmt: skip
    assert done.refused is None
    go_to(leader, talk, "everybody_yes")
    card = list(lines(talk))[-1]
    for name in who:
        actor = guest_of(talk, name) if name[0].isupper() else house.actor(name)
        asked = {"kind": "agree", "card": card}
        assert actions.do(actor, talk, asked, f"yes-{name}-{card}").refused is None
    settle = {"kind": "settle", "card": card, "settled": True}
    assert actions.do(leader, talk, settle, f"settle-{card}").refused is None


def lines(talk: Talk) -> list[str]:
    from kring.meetings.steps import assent

    state = room_of(talk).state
    return list(assent.sentences(state, state.visit or ""))


def everything() -> str:
    """Every row of every table but the library's, as text; boxes as they are on disk."""
    rows = []
    with scope.everywhere("the test reads the whole database"):
        for model in apps.get_models():
            if not model.__module__.startswith("kring.methods"):
                rows += [repr(list(row)) for row in model._base_manager.values_list()]
    return "\n".join(rows)


def another(house: House, leader: Actor, talk: Talk) -> None:
    """A second sentence, to which Riet says nothing."""
    back = {"kind": "go_back", "from_visit": room_of(talk).state.visit}
    assert actions.do(leader, talk, back, "back-to-write").refused is None
    visit = room_of(talk).state.visit
    asked = {"kind": "contribute", "visit": visit, "text": "Riet komt terug."}
    assert actions.do(house.actor("noor"), talk, asked, "write-two").refused is None
    go_to(leader, talk, "everybody_yes")
    card = lines(talk)[-1]
    for asked in ({"kind": "agree", "card": card},):
        assert actions.do(house.actor("noor"), talk, asked, "yes-two").refused is None
    settle = {"kind": "settle", "card": card, "settled": True}
    assert actions.do(leader, talk, settle, "settle-two").refused is None
