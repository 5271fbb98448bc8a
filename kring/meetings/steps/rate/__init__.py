"""RATE: every card gets one of a few words, from the holder of the step's role or the circle.

The cards are in ``view.basis``, the words in ``view.step.choices``; ``view.part.ratings`` is card
to word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from kring.meetings.engine.asks import Ask
from kring.meetings.engine.asks import Rate as RateAsk
from kring.meetings.engine.cards import scribes
from kring.meetings.engine.kinds import Kind
from kring.meetings.engine.moment import Moment
from kring.meetings.engine.see import basis
from kring.meetings.engine.shape import Answer, Audience, Data, Decided, Refused, kept, passing
from kring.meetings.engine.state import Card, Sheet, State, lasts, step_of
from kring.meetings.engine.words import no
from kring.methods.format.shapes import Step


@dataclass(frozen=True, slots=True)
class Ratings:
    """Card to word; ``texts`` of the cards where the step keeps them."""

    words: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


def _own(sheet: Sheet) -> Ratings:
    return sheet.own if isinstance(sheet.own, Ratings) else Ratings()


def _rated(sheet: Sheet, data: Data) -> Sheet:
    own, card = _own(sheet), data["card"]
    words = {ref: word for ref, word in own.words.items() if ref != card}
    texts = {ref: text for ref, text in own.texts.items() if ref != card}
    if data["choice"] is not None:
        words[card] = data["choice"]
        if "text" in data:
            texts[card] = data["text"]
    return replace(sheet, own=Ratings(words, texts))


def _step(state: State, visit: str) -> Step:
    return step_of(state.protocol, state.record.visits[visit].step)


def ratings(state: State, visit: str) -> Ratings:
    """The words given in a visit."""
    keeps = lasts(_step(state, visit))
    return _own(state.kept_sheet(visit) if keeps else state.room_sheet(visit))


class Rate(Kind):
    """One word per card; a later word replaces the earlier one."""

    over_days = True
    asks = frozenset({"rate"})
    folds = {"card.rated": _rated}
    moves = (("rating", "rate", "rating"), ("rating", "rate", "rated"), ("rated", "rate", "rated"), ("rated", "rate", "rating"))  # fmt: skip

    def may(self, state: State, seat: str | None, ask: str) -> Refused | None:
        """Whoever rates here, and whoever writes for the circle."""
        step = state.step
        assert step is not None
        if step.role is None or step.role in state.roles_of(seat) or scribes(state, seat):
            return None
        return no("only_role")

    def decide(self, m: Moment, ask: Ask) -> Answer:
        """Give a card a word, or take it away."""
        if not isinstance(ask, RateAsk):
            return no("wrong_step")
        table = {card.id: card for card in basis(m.state, m.step)}
        given = ratings(m.state, m.visit)
        if ask.card not in table and ask.card not in given.words:
            return no("no_such_card")
        if ask.choice is not None and ask.choice not in {one.id for one in m.step.choices}:
            return no("no_such_choice")
        if given.words.get(ask.card) == ask.choice:
            return Decided()
        data: dict[str, Any] = {"visit": m.visit, "card": ask.card, "choice": ask.choice}
        if not lasts(m.step):
            return Decided((passing("card.rated", **data),))
        text = table[ask.card].text if ask.card in table else given.texts.get(ask.card, "")
        return Decided((kept("card.rated", **data, text=text),))

    def cards(self, state: State, visit: str) -> tuple[Card, ...]:
        """All cards go on; where they are kept also those whose own step was lost."""
        table = {card.id: card for card in basis(state, _step(state, visit))}
        for ref, text in ratings(state, visit).texts.items():
            table.setdefault(ref, Card(id=ref, text=text))
        return tuple(table.values())

    def stage(self, state: State, visit: str) -> str:
        """Rated when every card has a word."""
        words = ratings(state, visit).words
        table = self.cards(state, visit)
        return "rated" if table and all(card.id in words for card in table) else "rating"

    def done(self, state: State, visit: str) -> bool:
        """When every card has a word."""
        return self.stage(state, visit) == "rated" or not self.cards(state, visit)

    def see(self, state: State, visit: str, audience: Audience) -> dict[str, Any]:
        """The words so far."""
        return {"ratings": dict(ratings(state, visit).words)}

    def bot(self, state: State, visit: str, seat: str, chance: Random) -> Ask | None:
        """Whoever may, gives every card a word."""
        step = _step(state, visit)
        entitled = step.role in state.roles_of(seat) if step.role else False
        stands_in = state.is_moderator(seat) and (
            state.one_device or step.role is None or not state.holders(step.role)
        )
        if not (entitled or stands_in) or not step.choices:
            return None
        words = ratings(state, visit).words
        left = [card.id for card in basis(state, step) if card.id not in words]
        return RateAsk(card=left[0], choice=chance.choice(step.choices).id) if left else None


KIND = Rate()
