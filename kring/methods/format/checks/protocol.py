"""A protocol hangs together: references, speaking rules, minutes, and core safeguards (A6, A8)."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kring.methods.format.checks.steps import check_step
from kring.methods.format.checks.words import check_words
from kring.methods.format.mistakes import Found, Path, Words, did_you_mean
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.shapes import Phase, Protocol, Record, Size, Step, StepKind, Visibility

ALWAYS = ("moderator", "participant")
"""Roles that exist in every meeting."""

CONSENTS = (StepKind.ASSENT, StepKind.COLUMNS)
"""Kinds in which a circle lets something go by an act of its own."""

LEAVES = (Visibility.TEAM, Visibility.STEERING, Visibility.ORGANISATION)


def check_protocol(protocol: Protocol) -> list[Found]:
    """Everything that does not hold. Places are paths within the protocol."""
    return [
        *_unique(protocol),
        *_roles(protocol),
        *_steps(protocol),
        *_sizes(protocol),
        *_outputs(protocol),
        *_safeguards(protocol),
        *check_words(protocol),
    ]


def places(protocol: Protocol) -> Iterator[tuple[Path, Phase, Step]]:
    """Each step with its path and phase, in playing order."""
    for p, phase in enumerate(protocol.phases):
        for s, step in enumerate(phase.steps):
            yield ("phases", p, "steps", s), phase, step


def twice(ids: Iterable[tuple[Path, str]], what: Words) -> Iterator[Found]:
    """Ids that occur more than once, told at the second place."""
    listed = list(ids)
    count = Counter(name for _, name in listed)
    seen: set[str] = set()
    for path, name in listed:
        if count[name] > 1 and name in seen:
            yield Found(
                (*path, "id"),
                Words(f"‘{name}’ is al de naam van een {what.nl}.", f"‘{name}’ already names a {what.en}."),
                Words("Kies een andere id.", "Choose another id."),
            )  # fmt: skip
        seen.add(name)


def _unique(protocol: Protocol) -> Iterator[Found]:
    phases = [(("phases", index), phase.id) for index, phase in enumerate(protocol.phases)]
    yield from twice(phases, Words("fase", "phase"))
    yield from twice(((path, step.id) for path, _, step in places(protocol)), Words("stap", "step"))
    roles = [(("roles", index), role.id) for index, role in enumerate(protocol.roles)]
    yield from twice(roles, Words("rol", "role"))
    banks = [(("banks", index), bank.id) for index, bank in enumerate(protocol.banks)]
    yield from twice(banks, Words("vragenbank", "question bank"))
    for b, bank in enumerate(protocol.banks):
        asked = [(("banks", b, "questions", q), one.id) for q, one in enumerate(bank.questions)]
        yield from twice(asked, Words("vraag", "question"))


def _roles(protocol: Protocol) -> Iterator[Found]:
    known = {*ALWAYS, *(role.id for role in protocol.roles)}
    for index, role in enumerate(protocol.roles):
        if role.max is not None and role.max < role.min:
            yield Found(
                ("roles", index, "max"),
                Words("‘max’ is kleiner dan ‘min’.", "‘max’ is smaller than ‘min’."),
            )
        for place, other in enumerate(role.excludes):
            yield from _known_role(("roles", index, "excludes", place), other, known)
    for path, _, step in places(protocol):
        for name in ("role", "asked_by", "note"):
            yield from _known_role((*path, name), getattr(step, name), known)
        for place, voice in enumerate(step.voices):
            yield from _known_role((*path, "voices", place), voice, known)
        for index, prompt in enumerate(step.prompts):
            for name in ("asked_by", "answered_by"):
                yield from _known_role(
                    (*path, "prompts", index, name), getattr(prompt, name), known
                )
    yield from _per(protocol)
    for index, later in enumerate(protocol.follow_up):
        yield from _known_role(("follow_up", index, "who"), later.who, known | {"team"})


def _per(protocol: Protocol) -> Iterator[Found]:
    """A phase played per role has that role in one of its steps."""
    known = {role.id for role in protocol.roles}
    for index, phase in enumerate(protocol.phases):
        path: Path = ("phases", index, "per")
        yield from _known_role(path, phase.per, known)
        if phase.per in known and phase.per not in {step.role for step in phase.steps}:
            yield Found(path, Words(f"In deze fase doet ‘{phase.per}’ niets.",
                        f"‘{phase.per}’ does nothing in this phase."))  # fmt: skip


def _known_role(path: Path, name: str | None, known: set[str]) -> Iterator[Found]:
    if name is not None and name not in known:
        yield Found(
            path,
            Words(
                f"De rol ‘{name}’ staat niet bij roles.", f"The role ‘{name}’ is not among roles."
            ),
            did_you_mean(name, known),
        )


def _steps(protocol: Protocol) -> Iterator[Found]:
    earlier: dict[str, Step] = {}
    banks = {bank.id for bank in protocol.banks}
    for path, phase, step in places(protocol):
        yield from check_step(step, path, earlier)
        if step.bank is not None and step.bank not in banks:
            yield Found(
                (*path, "bank"),
                Words(f"De vragenbank ‘{step.bank}’ staat niet bij banks.",
                      f"The question bank ‘{step.bank}’ is not among banks."),
                did_you_mean(step.bank, banks),
            )  # fmt: skip
        if phase.screens_away and (step.entry is not None or step.kind is StepKind.WRITE):
            yield Found(
                path,
                Words("In deze fase gaan de schermen weg, dus er kan niets worden ingevuld.",
                      "Screens are away in this phase, so nothing can be entered."),
            )  # fmt: skip
        earlier[step.id] = step


def _sizes(protocol: Protocol) -> Iterator[Found]:
    for name, size in (("group", protocol.group), ("minutes", protocol.minutes)):
        if not size.min <= size.normal <= size.max:
            yield Found(
                (name,),
                Words("De getallen staan niet op volgorde.", "The numbers are not in order."),
                Words("Het moet zijn: min ≤ normal ≤ max.", "It should be: min ≤ normal ≤ max."),
            )
    total = planned_minutes(protocol, protocol.group)
    if not protocol.minutes.min * 0.75 <= total <= protocol.minutes.max * 1.25:
        yield Found(
            ("minutes",),
            Words(f"De fasen duren samen {total:.0f} minuten.", f"The phases take {total:.0f} minutes together."),
            Words(
                f"Dat past niet bij {protocol.minutes.min} tot {protocol.minutes.max}. Pas de fasen of ‘minutes’ aan.",
                f"That does not fit {protocol.minutes.min} to {protocol.minutes.max}. Change the phases or ‘minutes’.",
            ),
        )  # fmt: skip


def planned_minutes(protocol: Protocol, group: Size) -> float:
    """How long people are together with the usual number of them; not what is done beforehand."""
    return sum(
        phase.minutes + (phase.minutes_each or 0) * group.normal
        for phase in protocol.phases
        if not phase.before
    )


def _outputs(protocol: Protocol) -> Iterator[Found]:
    declared = {output.type for output in protocol.outputs}
    for index, output in enumerate(protocol.outputs):
        if output.type not in OUTPUTS:
            yield Found(
                ("outputs", index, "type"),
                Words(f"‘{output.type}’ is geen soort opbrengst.", f"‘{output.type}’ is not a kind of output."),
                did_you_mean(output.type, OUTPUTS),
            )  # fmt: skip
    for path, _, step in places(protocol):
        named = step.entry.output if step.entry is not None else None
        if named is not None and named not in declared:
            yield Found(
                (*path, "entry", "output"),
                Words(f"‘{named}’ staat niet bij outputs van dit protocol.",
                      f"‘{named}’ is not among the outputs of this protocol."),
                did_you_mean(named, declared or OUTPUTS),
            )  # fmt: skip


def _safeguards(protocol: Protocol) -> Iterator[Found]:
    """What an organisation may never switch off (A1.6): told at the place where it is missing."""
    if not protocol.not_when:
        yield _missing("not_when", "Schrijf wanneer dit protocol níet past. De planner ziet dat eerst.",
                       "Write when this protocol does not fit. The planner sees that first.")  # fmt: skip
    if not protocol.never_record:
        yield _missing("never_record", "Schrijf wat nooit wordt vastgelegd, of gebruik - use: usual.",
                       "Write what is never recorded, or use - use: usual.")  # fmt: skip
    if not any(phase.core for phase in protocol.phases):
        yield Found(
            ("phases",),
            Words("Geen enkele fase is kern.", "No phase is core."),
            Words("Zet core: true bij wat niet weg mag.", "Put core: true where it may not go."),
        )
    yield from _leaving(protocol)
    yield from _parking(protocol)
    yield from _beforehand(protocol)
    for index, phase in enumerate(protocol.phases):
        if phase.core and phase.may_skip:
            yield Found(
                ("phases", index, "may_skip"),
                Words(
                    "Een kernfase kan niet worden overgeslagen.", "A core phase cannot be skipped."
                ),
                Words("Schrijf may_skip: false.", "Write may_skip: false."),
            )


def _beforehand(protocol: Protocol) -> Iterator[Found]:
    """What is done alone beforehand comes first, and is only written: nobody else is there yet."""
    together = False
    for index, phase in enumerate(protocol.phases):
        if not phase.before:
            together = True
        elif together or any(step.kind is not StepKind.WRITE for step in phase.steps):
            yield Found(
                ("phases", index, "before"),
                Words("Vooraf is iedereen alleen: dat kan alleen schrijven zijn, vóór alle andere fasen.",
                      "Beforehand everybody is alone: that can only be writing, before all other phases."),
                Words("Zet deze fase vooraan met kind: write, of haal before weg.",
                      "Put this phase first with kind: write, or take before away."),
            )  # fmt: skip


def _missing(name: str, nl: str, en: str) -> Found:
    return Found((name,), Words(f"‘{name}’ is leeg.", f"‘{name}’ is empty."), Words(nl, en))


def _leaving(protocol: Protocol) -> Iterator[Found]:
    """Whatever leaves the circle leaves by an explicit act of the circle (A9)."""
    doors = [
        (path, phase, step)
        for path, phase, step in places(protocol)
        if step.kind is StepKind.HARVEST
        or (step.kind in CONSENTS and step.record is Record.HARVEST)
    ]
    for path, phase, _ in doors:
        if not phase.core:
            yield Found(
                path[:2],
                Words("De oogst is kern: toestemming mag niet weg.",
                      "The harvest is core: consent may not go."),
                Words("Schrijf core: true en may_skip: false.", "Write core: true and may_skip: false."),
            )  # fmt: skip
    leaving = any(output.default_visibility in LEAVES for output in protocol.outputs)
    if leaving and not doors:
        yield Found(
            ("outputs",),
            Words("Er zijn opbrengsten, maar er is geen oogst met toestemming.",
                  "There are outputs, but there is no harvest with consent."),
            Words("Voeg aan het eind - use: harvest toe.", "Add - use: harvest at the end."),
        )  # fmt: skip


def _parking(protocol: Protocol) -> Iterator[Found]:
    """Who was parked gets the floor again, and parking cannot be dropped."""
    all_places = list(places(protocol))
    for index, (path, phase, step) in enumerate(all_places):
        if step.kind is not StepKind.PARKED or step.role is None:
            continue
        later = [other for _, _, other in all_places[index + 1 :]]
        back = any(
            other.kind is not StepKind.PARKED
            and (other.role == step.role or other.kind in _ALL_SPEAK)
            for other in later
        )
        if not back:
            yield Found(
                path,
                Words("Na het parkeren krijgt deze rol nergens het woord terug.",
                      "After parking this role nowhere gets the floor back."),
                Words("Voeg erna een stap toe met kind: one en dezelfde role.",
                      "Add a later step with kind: one and the same role."),
            )  # fmt: skip
        if not phase.core:
            yield Found(
                path[:2],
                Words("Een fase met parkeren is kern.", "A phase with parking is core."),
                Words(
                    "Schrijf core: true en may_skip: false.",
                    "Write core: true and may_skip: false.",
                ),
            )


_ALL_SPEAK = (StepKind.ROUND,)
