"""An agreement of Team Vuurtoren, and noise beside it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import translation

from kring.agreements import actions
from kring.agreements.models import Agreement
from kring.base import scope
from tests.cast import Cast, House

START = datetime(2026, 3, 2, 14, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
WHAT = "We vragen elke overdracht: wat ging er goed?"
Maker = Callable[..., Agreement]


@pytest.fixture
def noise(cast: Cast) -> None:
    """Agreements of another team and of another organisation, made earlier and never looked at."""
    with time_machine.travel(START, tick=False):
        with scope.inside(cast.linde.organisation.pk):
            actions.make(
                cast.linde.actor("fleur"),
                team=cast.linde.teams["duinhuis"],
                what="Ruis van Duinhuis",
            )
        with scope.inside(cast.waterkant.organisation.pk):
            actions.make(
                cast.waterkant.actor("waterkant_lid"),
                team=cast.waterkant.teams["kern"],
                what="Ruis van Waterkant",
            )


@pytest.fixture
def make(linde: House, noise: None) -> Maker:
    """Make an agreement at ``START``; Noor takes it on, Sami minds the bell."""

    def work(who: str = "noor", **wishes: object) -> Agreement:
        given = {
            "team": linde.teams["vuurtoren"],
            "what": WHAT,
            "how_noticed": "Het staat in de overdracht",
            "rhythm_days": 21,
            "takers": [linde.people[who]],
            "bell_ringer": linde.people["sami"],
        }
        with time_machine.travel(START, tick=False):
            return actions.make(linde.actor(who), **{**given, **wishes})

    return work


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Tests of actions read the words in the code, whether or not the Dutch is compiled."""
    with translation.override("en"):
        yield
