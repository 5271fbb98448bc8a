"""What an organisation may change in its own copy of a protocol (methods reference A1.6, E25).

Words, minutes and order of what is not core may change, and what is not core may be left out. Core
phases keep their place among each other and can be reworded; the shared safeguards (what stays
here, taking part freely, consent at harvest) keep their very words.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import Field

from kring.methods.format.checks import check_protocol
from kring.methods.format.checks.protocol import planned_minutes
from kring.methods.format.mistakes import Words, show_path
from kring.methods.format.shapes import Id, Phase, Prompt, Protocol, Sentence, Shape, Text, Variant


class PhaseDraft(Shape):
    """A phase as the organisation wants it. ``prompts``: step id to its texts, as many as before."""

    id: Id
    minutes: int = Field(ge=0, le=240)
    title: Text
    prompts: Mapping[str, tuple[Text, ...]] = {}


class Draft(Shape):
    """A whole copy: the phases in the wanted order; a phase that is not named is left out."""

    name: Sentence
    reason: Sentence
    phases: tuple[PhaseDraft, ...]


class Problem(NamedTuple):
    """Why a draft cannot be. ``phase`` is the id of the phase it is about, or empty."""

    phase: str
    words: Words


class Locks(NamedTuple):
    """What may not be done with a phase, each with the reason (None: it may)."""

    drop: Words | None
    move: Words | None
    reword: Words | None


CORE = Words(
    "Dit is kern: zonder dit werkt het gesprek niet of is het niet veilig.",
    "This is core: without it the talk does not work or is not safe.",
)
CORE_ORDER = Words(
    "Kernfasen houden onderling hun volgorde.", "Core phases keep their order among each other."
)
SAFEGUARD = Words(
    "Deze woorden staan vast in elk gesprek: vrijwillig meedoen, wat hier blijft, en toestemming.",
    "These words are fixed in every talk: taking part freely, what stays here, and consent.",
)
NOTHING_CHANGED = Words(
    "Er is nog niets anders dan in het origineel.", "Nothing differs from the original yet."
)


def locks(phase: Phase) -> Locks:
    """What is locked in ``phase``, with the explanation people see."""
    if not phase.core:
        return Locks(None, None, None)
    return Locks(CORE, CORE_ORDER, SAFEGUARD if phase.shared is not None else None)


def draft_phase(phase: Phase) -> PhaseDraft:
    """The phase as it is."""
    return PhaseDraft(
        id=phase.id,
        minutes=phase.minutes,
        title=phase.title,
        prompts={
            step.id: tuple(prompt.text for prompt in step.prompts)
            for step in phase.steps
            if step.prompts
        },
    )


def adapt(base: Protocol, draft: Draft) -> tuple[Protocol | None, list[Problem]]:
    """``base`` as ``draft`` wants it, checked by the same rules as every protocol; or the problems."""
    problems = list(_problems(base, draft))
    if problems:
        return None, problems
    known = {phase.id: phase for phase in base.phases}
    phases = tuple(_phase(known[wanted.id], wanted) for wanted in draft.phases)
    made = base.model_copy(update={"phases": phases, "variant": None})
    total = max(1, round(planned_minutes(made, made.group)))
    minutes = base.minutes.model_copy(
        update={
            "min": min(base.minutes.min, total),
            "normal": total,
            "max": max(base.minutes.max, total),
        }
    )
    made = made.model_copy(update={"minutes": minutes})
    found = check_protocol(made)
    if found:
        return None, [
            Problem("", Words(f"{show_path(one.path)}: {one.wrong.nl} {one.hint.nl}",
                              f"{show_path(one.path)}: {one.wrong.en} {one.hint.en}"))
            for one in found
        ]  # fmt: skip
    variant = Variant(
        name=draft.name,
        reason=draft.reason,
        based_on=f"{base.title.nl} / {base.title.en} (versie/version {base.version})",
        changes=tuple(changes(base, draft)),
    )
    if not variant.changes:
        return None, [Problem("", NOTHING_CHANGED)]
    title = Text(nl=draft.name, en=draft.name)
    return made.model_copy(update={"variant": variant, "title": title}), []


def _problems(base: Protocol, draft: Draft) -> Iterator[Problem]:
    known = {phase.id: phase for phase in base.phases}
    wanted = [phase.id for phase in draft.phases]
    if len(set(wanted)) < len(wanted) or not set(wanted) <= set(known):
        yield Problem("", Words("Deze fasen horen niet bij dit protocol.",
                                "These phases do not belong to this protocol."))  # fmt: skip
        return
    for phase in base.phases:
        if phase.core and phase.id not in wanted:
            yield Problem(phase.id, CORE)
    core = [phase.id for phase in base.phases if phase.core and phase.id in wanted]
    if [name for name in wanted if known[name].core] != core:
        yield Problem("", CORE_ORDER)
    first = base.phases[0]
    if first.shared is not None and first.core and wanted[:1] != [first.id]:
        yield Problem(
            first.id, Words("De opening komt altijd eerst.", "The opening always comes first.")
        )
    for change in draft.phases:
        yield from _words(known[change.id], change)


def _words(phase: Phase, wanted: PhaseDraft) -> Iterator[Problem]:
    now = draft_phase(phase)
    if locks(phase).reword is not None and (now.prompts, now.title) != (
        wanted.prompts,
        wanted.title,
    ):
        yield Problem(phase.id, SAFEGUARD)
    counts = {name: len(texts) for name, texts in now.prompts.items()}
    if {name: len(texts) for name, texts in wanted.prompts.items()} != counts:
        yield Problem(phase.id, Words("Een vraag mag andere woorden krijgen, maar niet verdwijnen.",
                                      "A question may be reworded, but not disappear."))  # fmt: skip


def _phase(phase: Phase, wanted: PhaseDraft) -> Phase:
    steps = tuple(
        step.model_copy(
            update={
                "prompts": tuple(
                    Prompt(**{**dict(prompt), "text": text})
                    for prompt, text in zip(
                        step.prompts, wanted.prompts.get(step.id, ()), strict=True
                    )
                )
            }
        )
        for step in phase.steps
    )
    return phase.model_copy(
        update={"minutes": wanted.minutes, "title": wanted.title, "steps": steps}
    )


def changes(base: Protocol, draft: Draft) -> Iterator[Text]:
    """What differs, one sentence each, for on the card."""
    known = {phase.id: phase for phase in base.phases}
    wanted = [phase.id for phase in draft.phases]
    for phase in base.phases:
        if phase.id not in wanted:
            yield _said("Weggelaten: {}.", "Left out: {}.", phase)
    for change in draft.phases:
        phase = known[change.id]
        if change.minutes != phase.minutes:
            minutes = f"{change.minutes}", f"{phase.minutes}"
            yield Text(
                nl=f"‘{phase.title.nl}’ duurt {minutes[0]} minuten (was {minutes[1]}).",
                en=f"‘{phase.title.en}’ takes {minutes[0]} minutes (was {minutes[1]}).",
            )
        now = draft_phase(phase)
        if (now.title, now.prompts) != (change.title, dict(change.prompts)):
            yield _said("Andere woorden bij ‘{}’.", "Other words at ‘{}’.", phase)
    if [name for name in known if name in wanted] != wanted:
        yield Text(
            nl="De fasen staan in een andere volgorde.", en="The phases are in another order."
        )


def _said(nl: str, en: str, phase: Phase) -> Text:
    return Text(nl=nl.format(phase.title.nl), en=en.format(phase.title.en))
