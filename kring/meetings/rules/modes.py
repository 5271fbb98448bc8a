"""Which of the four modes a protocol allows, why not, and how it reads in each.

*Phones* and *one device* always work. *Paper* works for every talk whose outcome may be written down
afterwards. *Days* works only where people need not be together: no talking piece, nobody parked,
nothing that is only said. What is not core and needs everybody together is left out; what is core
and needs it keeps the talk live.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kring.meetings.engine.kinds import kinds
from kring.meetings.engine.state import parks
from kring.methods.format.shapes import (
    Phase,
    Protocol,
    Record,
    Speaking,
    Step,
    StepKind,
    Text,
    Visibility,
)

ModeName = Literal["phones", "one_device", "paper", "days"]
MODES: tuple[ModeName, ...] = ("phones", "one_device", "paper", "days")


@dataclass(frozen=True, slots=True)
class Choice:
    """One mode. ``why_not``: None when it is allowed. ``left_out``: phases it does without."""

    mode: ModeName
    why_not: Text | None = None
    left_out: tuple[Text, ...] = ()


def _text(nl: str, en: str) -> Text:
    return Text(nl=nl, en=en)


PIECE = _text("het spreekvoorwerp gaat rond", "the talking piece goes round")
LISTENS = _text("iemand luistert mee en zegt even niets", "somebody listens and says nothing")
ASKING = _text("de een vraagt en de ander antwoordt", "one asks and the other answers")
TOGETHER = _text("jullie praten in groepjes", "you talk in small groups")
TALKING = _text("jullie praten, en niemand schrijft", "you talk, and nobody writes")
AT_ONCE = _text("jullie doen dit op hetzelfde moment", "you do this at the same moment")
BUILDS = _text("het bouwt op een deel dat live is", "it builds on a part that is live")
GUARDED = _text(
    "Dit gesprek raakt mensen diep. Je houdt het samen in één ruimte, en wat jullie afspreken "
    "leg je samen vast op één scherm.",
    "This talk touches people deeply. You hold it together in one room, and what you agree you "
    "write down together on one screen.",
)
NOTHING = _text(
    "In dit gesprek schrijft niemand iets op. Het werkt alleen als je bij elkaar zit.",
    "In this talk nobody writes anything. It only works when you sit together.",
)


def live_only(step: Step) -> Text | None:
    """Why this step needs everybody together; None when people can do it in their own time."""
    if step.speaking == Speaking.PIECE:
        return PIECE
    if step.kind == StepKind.PARKED or parks(step):
        return LISTENS
    if step.speaking == Speaking.ASK:
        return ASKING
    if step.speaking in (Speaking.PAIRS, Speaking.TRIOS, Speaking.TABLES):
        return TOGETHER
    if step.kind == StepKind.ROUND:
        return None if step.entry is not None and step.visibility != Visibility.NOBODY else TALKING
    if not kinds()[step.kind.value].over_days:
        return TOGETHER
    if step.kind in (StepKind.ONE, StepKind.OPEN) and step.entry is None and step.uses is None:
        return TALKING
    return None


def takes(step: Step) -> bool:
    """Is there something to do in this step over days? Reading goes with what comes next."""
    if step.kind == StepKind.LEAD:
        return False
    needs_entry = step.kind in (StepKind.OPEN, StepKind.ONE, StepKind.WRITE, StepKind.ROUND)
    return step.entry is not None if needs_entry else True


def _alone(step: Step) -> Step:
    """A round becomes writing for oneself, shown together: so nobody follows the boss (R4, R5)."""
    if step.kind != StepKind.ROUND:
        return step
    return step.model_copy(update={"kind": StepKind.WRITE, "speaking": Speaking.SILENT})


def _without(phase: Phase, gone: frozenset[str]) -> Phase | None:
    """A phase over days: None when nothing is left of it that can be done or read."""
    steps = tuple(_alone(step) for step in phase.steps if step.id not in gone)
    steps = tuple(step for step in steps if takes(step) or step.kind == StepKind.LEAD)
    if not steps or (gone & {step.id for step in phase.steps} and not any(map(takes, steps))):
        return None
    return phase.model_copy(update={"steps": steps})


def _live(protocol: Protocol) -> dict[str, Text]:
    """The steps that need everybody together, with why; also what builds on one of those."""
    found = {step.id: why for step in protocol.steps if (why := live_only(step)) is not None}
    at_once = [step.id for phase in protocol.phases if phase.together for step in phase.steps]
    found |= {step: found.get(step, AT_ONCE) for step in at_once}
    while True:
        built = {
            step.id: BUILDS
            for step in protocol.steps
            if step.uses in found and step.id not in found
        }
        if not built:
            return found
        found |= built


def _blocked(protocol: Protocol, live: dict[str, Text]) -> Iterator[tuple[Phase, Text]]:
    for phase in protocol.phases:
        why = next((live[step.id] for step in phase.steps if step.id in live), None)
        if why is not None and (phase.core or not phase.may_skip):
            yield phase, why


def _guarded(protocol: Protocol) -> bool:
    """Is it a talk of which even the existence is nobody else's, or one only a trained lead holds?"""
    return protocol.quiet or protocol.moderator_trained


def over_days(protocol: Protocol) -> tuple[Protocol | None, Choice]:
    """The protocol as it is played over days; or None, with why not."""
    if _guarded(protocol):
        return None, Choice("days", GUARDED)
    live = _live(protocol)
    blocked = next(_blocked(protocol, live), None)
    if blocked is not None:
        phase, why = blocked
        said = _text(
            f"Bij ‘{phase.title.nl}’ moet je bij elkaar zijn: {why.nl}.",
            f"For ‘{phase.title.en}’ you have to be together: {why.en}.",
        )
        return None, Choice("days", said)
    gone = frozenset(live)
    phases = {phase.id: _without(phase, gone) for phase in protocol.phases}
    kept = tuple(phase for phase in phases.values() if phase is not None)
    if not any(_brings(step) for phase in kept for step in phase.steps):
        return None, Choice("days", NOTHING)
    left = tuple(phase.title for phase in protocol.phases if phases[phase.id] is None)
    return protocol.model_copy(update={"phases": kept, "paced": "days"}), Choice(
        "days", left_out=left
    )


def _brings(step: Step) -> bool:
    """Does something come from people here, beyond what is harvested of it?"""
    return takes(step) and step.kind != StepKind.HARVEST and step.record != Record.PRIVATE


def choices(protocol: Protocol) -> tuple[Choice, ...]:
    """All four modes of a protocol, in the order they are offered."""
    paper = Choice("paper", GUARDED if _guarded(protocol) else None)
    return Choice("phones"), Choice("one_device"), paper, over_days(protocol)[1]


def why_not(protocol: Protocol, mode: str) -> Text | None:
    """Why a protocol cannot be held in a mode; None when it can."""
    return next(one.why_not for one in choices(protocol) if one.mode == mode)


def as_played(protocol: Protocol, mode: str) -> Protocol:
    """The script as a meeting in this mode plays it. A mode that is not allowed changes nothing."""
    if mode == "days":
        return over_days(protocol)[0] or protocol
    return protocol.model_copy(update={"paced": "paper"}) if mode == "paper" else protocol
