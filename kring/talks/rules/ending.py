"""What is kept of a talk, and until when. The usual answer is: nothing."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kring.talks.rules.shapes import Agreement, Chair, Paper, Status

AFTER_DONE = timedelta(days=90)
"""Agreements go three months after the last one is done (reference 1.7, 1.9)."""
AT_MOST = timedelta(days=365)
"""… and twelve months after the talk at the latest (safety §2)."""
BARE = timedelta(days=30)
"""How long it is still known that a talk without agreements was held."""
NEVER_HELD = timedelta(days=60)
"""How long a preparation waits for its talk (reference 1.8)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it stood when the talk closed.

    ``yes``: chairs that said yes on their own screen. ``settled``: read aloud and found good.
    ``objected``: somebody said no.
    """

    text: str
    yes: frozenset[str] = frozenset()
    settled: bool = False
    objected: bool = False


def may_be_kept(
    line: Line, parties: Collection[str], screens: Collection[str], here: Collection[str]
) -> bool:
    """Only with a yes of every party: on the own screen, or aloud for who has none.

    Chair keys: ``parties`` whom it concerns, ``screens`` who has a screen of their own, ``here``
    who sits in the room. Whoever did not come said no yes.
    """
    if not parties or not set(parties) <= set(here):
        return False
    if not line.settled or line.objected:
        return False
    return all(chair in line.yes for chair in parties if chair in screens)


def keep_agreements(
    lines: Iterable[Line],
    parties: Collection[str],
    screens: Collection[str],
    here: Collection[str],
) -> tuple[Agreement, ...]:
    """The agreements of a talk, numbered from 1."""
    texts = [line.text for line in lines if may_be_kept(line, parties, screens, here)]
    return tuple(Agreement(number=number, text=text) for number, text in enumerate(texts, 1))


def ends_on(agreements: Collection[Agreement], closed_on: date) -> date:
    """The last day on which agreements can be read; the day after, their key is shredded."""
    latest = closed_on + AT_MOST
    if not agreements or any(one.status is not Status.DONE for one in agreements):
        return latest
    done = max(one.done_on or closed_on for one in agreements)
    return min(latest, done + AFTER_DONE)


def bare(paper: Paper, parties: Collection[Chair], closed_on: date) -> Paper:
    """What stays at close: who was there (for the look-back), and nothing about how or why.

    Roles, choices, checks and wishes go: they say who did what to whom, and who wanted what.
    """
    chairs = tuple(
        Chair(
            number=chair.number,
            name=chair.name,
            person=chair.person,
            code=chair.code,
            roles=("moderator",) if chair.leads else (),
        )
        for chair in paper.chairs
    )
    return paper.model_copy(
        update={
            "chairs": chairs,
            "parties": tuple(chair.number for chair in parties),
            "notes": {},
            "consulted": False,
            "closed_on": closed_on,
            "place": "",
        }
    )


def only_parties(paper: Paper) -> Paper:
    """A month later: only whose agreements these are, and who facilitates the look-back."""
    kept = tuple(c for c in paper.chairs if c.leads or c.number in paper.parties)
    return paper.model_copy(update={"chairs": kept})
