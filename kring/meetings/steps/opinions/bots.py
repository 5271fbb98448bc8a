"""How bots play an opinion step."""

from random import Random

from kring.meetings.engine import playing
from kring.meetings.engine.asks import Ask, Contribute, CountHands, FinishMap, Vote
from kring.meetings.engine.state import State

from .acts import LONGEST, enough, now, table
from .sheet import Opinions, is_done, room_of

BOTS_VOTE = 6
"""On how many statements a bot votes in a large circle (a rehearsal must end)."""


def play(state: State, visit: str, seat: str, chance: Random) -> Ask | None:
    """Write one statement, vote, and let the moderator finish when nobody has anything left."""
    if is_done(state, visit):
        return None
    leads = state.is_moderator(seat)
    if len(table(state, visit)) < 8:
        written = playing.write_some(state, visit, seat, chance, most=1)
        if isinstance(written, Contribute):
            return Contribute(text=written.text[-LONGEST:], for_circle=written.for_circle)
    own = room_of(state, visit)
    if state.one_device:
        return _bot_counts(state, visit, own, chance) if leads else None
    vote = _bot_votes(state, visit, seat, own, chance)
    if vote is not None or not leads:
        return vote
    seats = [one for one in state.here() if state.record.seats[one].has_device]
    if any(_bot_left(state, visit, one, own) for one in seats):
        return None
    return FinishMap(confirmed=True) if enough(own) else None


def _bot_left(state: State, visit: str, seat: str, own: Opinions) -> str | None:
    """The statement a bot in this seat still votes on."""
    token = own.token(seat) if own.key else ""
    votes = own.votes.get(token, {})
    card = now(own, token, votes, table(state, visit))
    return None if len(votes) >= BOTS_VOTE else card


def _bot_votes(state: State, visit: str, seat: str, own: Opinions, chance: Random) -> Vote | None:
    card = _bot_left(state, visit, seat, own)
    if card is None:
        return None
    return Vote(card=card, vote=chance.choice(("agree", "agree", "disagree", "pass")))


def _bot_counts(state: State, visit: str, own: Opinions, chance: Random) -> Ask | None:
    left = [card for card in table(state, visit) if card not in own.hands]
    if left:
        return CountHands(
            card=left[0], agree=chance.randint(3, 9), disagree=chance.randint(0, 4), passed=2
        )
    return FinishMap(confirmed=True) if enough(own) else None
