"""One step makes sense: its kind, speaking rule, who sees it and what is kept fit together."""

from collections.abc import Iterator, Mapping

from kring.methods.format.mistakes import Found, Path, Words, did_you_mean
from kring.methods.format.shapes import Record, Speaking, Step, StepKind, Visibility
from kring.web.pictures import NAMES

SPEAKING: dict[StepKind, tuple[Speaking, ...]] = {
    StepKind.LEAD: (Speaking.LEAD,),
    StepKind.ROUND: (Speaking.ROUND, Speaking.PIECE),
    StepKind.OPEN: (Speaking.OPEN,),
    StepKind.WRITE: (Speaking.SILENT,),
    StepKind.ONE: (Speaking.ONE,),
    StepKind.ASK: (Speaking.ASK, Speaking.ROUND),
    StepKind.PARKED: (Speaking.PARKED,),
    StepKind.GROUPS: (Speaking.PAIRS, Speaking.TRIOS),
    StepKind.TABLES: (Speaking.TABLES,),
    StepKind.CHOOSE: (Speaking.OPEN, Speaking.ONE),
    StepKind.RATE: (Speaking.ONE, Speaking.ROUND, Speaking.OPEN),
    StepKind.SCALE: (Speaking.SILENT,),
    StepKind.ASSENT: (Speaking.ROUND,),
    StepKind.COLUMNS: (Speaking.TABLES,),
    StepKind.MARKET: (Speaking.ASK, Speaking.ONE),
    StepKind.OPINIONS: (Speaking.SILENT, Speaking.OPEN),
    StepKind.HARVEST: (Speaking.ROUND,),
}
"""Which speaking rules each kind of step knows."""

NEEDS_ROLE = (StepKind.ONE, StepKind.ASK, StepKind.PARKED, StepKind.MARKET)
WORKS_ON = (StepKind.CHOOSE, StepKind.RATE, StepKind.ASSENT)
AFTER_REVEAL = (Visibility.CIRCLE_NAMED_AFTER_REVEAL, Visibility.CIRCLE_UNNAMED_AFTER_REVEAL)
TOGETHER = (StepKind.GROUPS, StepKind.TABLES)
HIDES = (StepKind.WRITE, StepKind.SCALE, StepKind.COLUMNS)
TALK_ONLY = (StepKind.LEAD,)


def check_step(step: Step, path: Path, earlier: Mapping[str, Step]) -> Iterator[Found]:
    """Everything that does not hold in ``step``; ``earlier`` are the steps before it."""
    yield from _speaking(step, path)
    yield from _uses(step, path, earlier)
    yield from _pictures(step, path)
    yield from _staying(step, path, earlier)
    yield from _entry(step, path)
    yield from _parts(step, path)


def _speaking(step: Step, path: Path) -> Iterator[Found]:
    allowed = SPEAKING[step.kind]
    if step.speaking not in allowed:
        listed = ", ".join(allowed)
        yield Found(
            (*path, "speaking"),
            Words(f"Bij ‘{step.kind}’ past ‘{step.speaking}’ niet.", f"‘{step.speaking}’ does not fit ‘{step.kind}’."),
            Words(f"Hier past: {listed}.", f"What fits here: {listed}."),
        )  # fmt: skip
    if step.role is None and step.kind in NEEDS_ROLE:
        yield Found(
            path,
            Words(f"Bij ‘{step.kind}’ hoort een rol.", f"‘{step.kind}’ needs a role."),
            Words(
                "Schrijf bijvoorbeeld role: contributor.", "Write role: contributor, for example."
            ),
        )


def _uses(step: Step, path: Path, earlier: Mapping[str, Step]) -> Iterator[Found]:
    if step.uses is None:
        if step.kind in WORKS_ON or step.also_uses:
            yield Found(
                path,
                Words(f"‘{step.kind}’ werkt met wat eerder is ingevuld.", f"‘{step.kind}’ works on what was entered earlier."),
                Words("Schrijf bij uses de id van die eerdere stap.", "Write the id of that earlier step at uses."),
            )  # fmt: skip
        return
    for path_to, name in _used(step, path):
        yield from _earlier(path_to, name, earlier)


def _used(step: Step, path: Path) -> Iterator[tuple[Path, str]]:
    if step.uses is not None:
        yield (*path, "uses"), step.uses
    for index, name in enumerate(step.also_uses):
        yield (*path, "also_uses", index), name


def _earlier(path: Path, name: str, earlier: Mapping[str, Step]) -> Iterator[Found]:
    used = earlier.get(name)
    if used is None:
        near = did_you_mean(name, [one.id for one in earlier.values() if one.entry is not None])
        yield Found(
            path,
            Words(f"Er is geen eerdere stap ‘{name}’.", f"There is no earlier step ‘{name}’."),
            near,
        )
    elif used.entry is None and used.kind not in WORKS_ON:
        yield Found(
            path,
            Words(f"In ‘{name}’ wordt niets ingevuld.", f"Nothing is entered in ‘{name}’."),
            Words("Kies een stap met entry.", "Choose a step with entry."),
        )


def _staying(step: Step, path: Path, earlier: Mapping[str, Step]) -> Iterator[Found]:
    if step.stay_with is None:
        return
    groups = {name: one.speaking for name, one in earlier.items() if one.kind in TOGETHER}
    if step.kind not in TOGETHER or groups.get(step.stay_with) != step.speaking:
        yield Found(
            (*path, "stay_with"),
            Words(f"‘{step.stay_with}’ is geen eerdere stap met dezelfde groepjes.",
                  f"‘{step.stay_with}’ is no earlier step with the same groups."),
            did_you_mean(step.stay_with, [n for n, rule in groups.items() if rule == step.speaking]),
        )  # fmt: skip


def check_picture(name: str | None, path: Path) -> Iterator[Found]:
    """A picture beside easy words exists."""
    if name is not None and name not in NAMES:
        yield Found(
            path,
            Words(f"Er is geen plaatje ‘{name}’.", f"There is no picture ‘{name}’."),
            did_you_mean(name, NAMES),
        )


def _pictures(step: Step, path: Path) -> Iterator[Found]:
    for place, prompt in enumerate(step.prompts):
        yield from check_picture(prompt.picture, (*path, "prompts", place, "picture"))
    yield from check_picture(step.low_picture, (*path, "low_picture"))
    yield from check_picture(step.high_picture, (*path, "high_picture"))


def _entry(step: Step, path: Path) -> Iterator[Found]:
    keeps = step.record is not Record.NOTHING
    seen = step.visibility is not Visibility.NOBODY
    if step.entry is not None and not (keeps and seen):
        yield Found(
            (*path, "entry"),
            Words("Er is iets in te vullen, maar niemand ziet het of er wordt niets van bewaard.",
                  "Something can be entered, but nobody sees it or nothing is kept of it."),
            Words("Kies een visibility vanaf V1 en een record anders dan N.",
                  "Choose a visibility from V1 and a record other than N."),
        )  # fmt: skip
    if (
        step.entry is None
        and keeps
        and step.kind not in (*WORKS_ON, StepKind.SCALE, StepKind.HARVEST)
    ):
        yield Found(
            (*path, "record"),
            Words("Er wordt iets bewaard, maar er is niets in te vullen.",
                  "Something is kept, but nothing can be entered."),
            Words("Voeg entry toe, of schrijf record: N.", "Add entry, or write record: N."),
        )  # fmt: skip
    if step.entry is not None and step.kind in TALK_ONLY:
        yield Found((*path, "entry"), Words(f"In ‘{step.kind}’ wordt niets ingevuld.",
                                            f"Nothing is entered in ‘{step.kind}’."))  # fmt: skip
    if (step.visibility is Visibility.AUTHOR) != (step.record is Record.PRIVATE):
        yield Found(
            (*path, "record"),
            Words("V1 (alleen jij) en P (eigen aantekening) horen bij elkaar.",
                  "V1 (only you) and P (private note) belong together."),
            Words("Gebruik ze samen, of geen van beide.", "Use both, or neither."),
        )  # fmt: skip
    if step.visibility in AFTER_REVEAL and step.kind not in HIDES:
        yield Found(
            (*path, "visibility"),
            Words("Alleen wat stil is opgeschreven wordt later onthuld.",
                  "Only what was written in silence is revealed later."),
            Words("Kies V3, of maak er kind: write van.", "Choose V3, or make it kind: write."),
        )  # fmt: skip


def _parts(step: Step, path: Path) -> Iterator[Found]:
    if step.kind is StepKind.SCALE and (step.low is None or step.high is None):
        yield Found(
            path,
            Words("Een schaal heeft woorden bij 0 en bij 10.", "A scale has words at 0 and at 10."),
            Words("Vul low en high in.", "Fill in low and high."),
        )
    if step.kind in (StepKind.RATE, StepKind.COLUMNS) and len(step.choices) < 2:
        yield Found(
            path,
            Words("Er is niets te kiezen.", "There is nothing to choose."),
            Words("Geef bij choices twee of meer woorden.", "Give two or more words at choices."),
        )
    if step.kind is StepKind.OPINIONS and (
        step.entry is None or step.visibility is not Visibility.CIRCLE
    ):
        yield Found(
            path,
            Words("Voor een meningenkaart schrijven mensen stellingen die de kring ziet.",
                  "For an opinion map people write statements that the circle sees."),
            Words("Geef entry en visibility: V3.", "Give entry and visibility: V3."),
        )  # fmt: skip
    if len({choice.id for choice in step.choices}) < len(step.choices):
        yield Found(
            (*path, "choices"),
            Words("Twee keuzes heten hetzelfde.", "Two choices have the same id."),
        )
    if step.keep_at_most is not None and step.kind is not StepKind.CHOOSE:
        yield Found(
            (*path, "keep_at_most"),
            Words(
                "‘keep_at_most’ hoort bij kind: choose.", "‘keep_at_most’ belongs to kind: choose."
            ),
        )
