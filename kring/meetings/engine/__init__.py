"""The pure heart of a meeting: no database, no request, no clock. See README.md."""

from .asks import ASKS, AnyAsk, Ask, ClientAsk, read_ask, read_client_ask
from .audience import audience
from .decide import decide
from .evolve import evolve, fold, replay
from .mine import mine
from .reveal import prune
from .rules import may
from .see import see
from .shape import Answer, Audience, Decided, Event, Events, Refused, Who
from .state import MODERATOR, SCRIBE, State, begin
from .views import Mine, View

__all__ = [
    "ASKS",
    "MODERATOR",
    "SCRIBE",
    "Answer",
    "AnyAsk",
    "Ask",
    "Audience",
    "ClientAsk",
    "Decided",
    "Event",
    "Events",
    "Mine",
    "Refused",
    "State",
    "View",
    "Who",
    "audience",
    "begin",
    "decide",
    "evolve",
    "fold",
    "may",
    "mine",
    "prune",
    "read_ask",
    "read_client_ask",
    "replay",
    "see",
]
