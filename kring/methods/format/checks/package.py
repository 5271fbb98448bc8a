"""A package hangs together: permission, languages, and every reference to something else."""

from collections.abc import Iterable, Iterator

from kring.methods.format.checks.protocol import twice
from kring.methods.format.checks.series import check_series
from kring.methods.format.checks.steps import check_picture
from kring.methods.format.checks.words import check_words
from kring.methods.format.mistakes import Found, Path, Words, did_you_mean
from kring.methods.format.outputs import OUTPUTS
from kring.methods.format.package import (
    Card,
    CardPart,
    Chooser,
    Instrument,
    Moment,
    Package,
    Permission,
    Scale,
    Trajectory,
)

FEWEST_SHOWN = 5
"""No result of a wave is ever shown under five answers (instruments reference I00)."""

PERMISSION = (
    Words("Hiervoor is nog toestemming nodig.", "This still needs permission."),
    Words(
        "Vraag die eerst aan de rechthebbende. Kring neemt het tot dan niet op.",
        "Ask the owner of the rights first. Until then Kring does not take it in.",
    ),
)
Places = Iterator[tuple[str, Found]]
"""A file (relative to the package) and what is wrong in it."""


def check_package(package: Package, elsewhere: Iterable[str]) -> Places:
    """What does not hold between the files. ``elsewhere``: ``package/id`` of what exists."""
    method = package.method
    known = {f"{method.id}/{protocol.id}" for protocol in package.protocols}
    known |= {f"{method.id}/{instrument.id}" for instrument in package.instruments}
    known |= {f"{method.id}/{chooser.id}" for chooser in package.choosers}
    known |= set(elsewhere)
    yield from _method(package)
    for instrument in package.instruments:
        file = f"instruments/{instrument.id}.yaml"
        yield from ((file, found) for found in _instrument(instrument, method.id, known))
    if package.trajectory is not None:
        found = _trajectory(package.trajectory, method.id, known)
        yield from (("trajectory.yaml", one) for one in found)
    for chooser in package.choosers:
        file = f"choosers/{chooser.id}.yaml"
        yield from ((file, one) for one in _chooser(chooser, method.id, known))
    for series in package.series:
        file = f"series/{series.id}.yaml"
        yield from ((file, one) for one in check_series(series, method.id, known))
    yield from _forms(package)
    for card in package.cards:
        yield from ((f"cards/{card.id}.yaml", one) for one in _card(card))


def permission(status: Permission, path: Path = ()) -> Iterator[Found]:
    """``needs_permission`` is refused, always (reference part F)."""
    if status == "needs_permission":
        yield Found((*path, "permission_status"), *PERMISSION)


def reference(path: Path, name: str, home: str, known: set[str]) -> Iterator[Found]:
    """``name`` (``id`` or ``package/id``) exists."""
    if full(name, home) not in known:
        near = did_you_mean(full(name, home), known)
        yield Found(path, Words(f"‘{name}’ bestaat niet.", f"‘{name}’ does not exist."), near)


def full(name: str, home: str) -> str:
    """``id`` of package ``home`` as ``home/id``."""
    return name if "/" in name else f"{home}/{name}"


def _method(package: Package) -> Places:
    method = package.method
    for found in (*permission(method.permission_status), *check_words(method)):
        yield "method.yaml", found
    for language in ("nl", "en"):
        if language not in method.languages:
            yield (
                "method.yaml",
                Found(
                    ("languages",),
                    Words(
                        f"De taal ‘{language}’ ontbreekt.", f"The language ‘{language}’ is missing."
                    ),
                    Words("Schrijf languages: [nl, en].", "Write languages: [nl, en]."),
                ),
            )


def _instrument(instrument: Instrument, home: str, known: set[str]) -> Iterator[Found]:
    yield from permission(instrument.permission_status)
    yield from check_words(instrument)
    items = [(("items", index), item.id) for index, item in enumerate(instrument.items)]
    yield from twice(items, Words("vraag", "question"))
    parts = {part.id for part in instrument.parts}
    for index, item in enumerate(instrument.items):
        path: Path = ("items", index)
        scale: Scale = item.scale or instrument.scale
        if item.part is not None and item.part not in parts:
            yield Found((*path, "part"), Words(f"Het deel ‘{item.part}’ bestaat niet.",
                        f"The part ‘{item.part}’ does not exist."), did_you_mean(item.part, parts))  # fmt: skip
        if (scale == "choice") != bool(item.options):
            yield Found(path, Words("Bij ‘choice’ horen options, en alleen daar.",
                                    "‘choice’ needs options, and only ‘choice’."))  # fmt: skip
        if scale == "SCALE11" and (item.low is None or item.high is None):
            yield Found(path, Words("Een schaal heeft woorden bij 0 en bij 10 (low en high).",
                                    "A scale has words at 0 and at 10 (low and high)."))  # fmt: skip
    if instrument.privacy.how == "wave" and instrument.privacy.shown_from < FEWEST_SHOWN:
        yield Found(
            ("privacy", "shown_from"),
            Words("Onder de 5 antwoorden laten we nooit iets zien.", "Under 5 answers nothing is ever shown."),
            Words("Schrijf 5 of meer.", "Write 5 or more."),
        )  # fmt: skip
    for index, name in enumerate(instrument.talk):
        yield from reference(("talk", index), name, home, known)


def _trajectory(trajectory: Trajectory, home: str, known: set[str]) -> Iterator[Found]:
    yield from check_words(trajectory)
    steps = [(("steps", index), step.id) for index, step in enumerate(trajectory.steps)]
    yield from twice(steps, Words("stap", "step"))
    strands = {strand.id for strand in trajectory.strands}
    ids = {name for _, name in steps}
    for s, step in enumerate(trajectory.steps):
        if step.strand is not None and step.strand not in strands:
            yield Found(("steps", s, "strand"), Words(f"De lijn ‘{step.strand}’ bestaat niet.",
                        f"The strand ‘{step.strand}’ does not exist."), did_you_mean(step.strand, strands))  # fmt: skip
        for index, name in enumerate(step.after):
            if name not in ids:
                yield Found(("steps", s, "after", index), Words(f"De stap ‘{name}’ bestaat niet.",
                            f"The step ‘{name}’ does not exist."), did_you_mean(name, ids))  # fmt: skip
        for m, moment in enumerate(step.moments):
            yield from _moment(moment, ("steps", s, "moments", m), home, known)
    for m, moment in enumerate(trajectory.rhythm.moments):
        yield from _moment(moment, ("rhythm", "moments", m), home, known)


def _moment(moment: Moment, path: Path, home: str, known: set[str]) -> Iterator[Found]:
    for index, name in enumerate(moment.uses):
        yield from reference((*path, "uses", index), name, home, known)
    for index, name in enumerate(moment.not_shipped_yet):
        if full(name, home) in known:
            yield Found((*path, "not_shipped_yet", index), *_is_here(name))
    for index, name in enumerate(moment.outputs):
        if name not in OUTPUTS:
            yield Found((*path, "outputs", index), Words(f"‘{name}’ is geen soort opbrengst.",
                        f"‘{name}’ is not a kind of output."), did_you_mean(name, OUTPUTS))  # fmt: skip


def _is_here(name: str) -> tuple[Words, Words]:
    return (
        Words(f"‘{name}’ is er inmiddels wel.", f"‘{name}’ exists by now."),
        Words("Haal ‘not_shipped_yet’ weg.", "Remove ‘not_shipped_yet’."),
    )


def _chooser(chooser: Chooser, home: str, known: set[str]) -> Iterator[Found]:
    yield from check_words(chooser)
    asked = [(("questions", index), one.id) for index, one in enumerate(chooser.questions)]
    yield from twice(asked, Words("vraag", "question"))
    places = {name: index for index, (_, name) in enumerate(asked)}
    for q, question in enumerate(chooser.questions):
        for a, answer in enumerate(question.answers):
            path: Path = ("questions", q, "answers", a)
            if (answer.next is None) == (answer.protocol is None):
                yield Found(path, Words("Een antwoord gaat naar een vraag (next) of naar een protocol.",
                            "An answer leads to a question (next) or to a protocol."))  # fmt: skip
            if answer.next is not None and places.get(answer.next, -1) <= q:
                yield Found(
                    (*path, "next"),
                    Words(f"Er is verderop geen vraag ‘{answer.next}’.", f"There is no later question ‘{answer.next}’."),
                    did_you_mean(answer.next, list(places)[q + 1 :]),
                )  # fmt: skip
            if answer.protocol is None:
                continue
            for place, other in enumerate(answer.also):
                yield from reference((*path, "also", place), other.protocol, home, known)
            if answer.not_shipped_yet is None:
                yield from reference((*path, "protocol"), answer.protocol, home, known)
            elif full(answer.protocol, home) in known:
                yield Found((*path, "not_shipped_yet"), *_is_here(answer.protocol))


def _forms(package: Package) -> Places:
    forms = [(("templates", index), form.id) for index, form in enumerate(package.agreements)]
    for found in twice(forms, Words("formulier", "form")):
        yield "agreements.yaml", found
    for index, form in enumerate(package.agreements):
        path: Path = ("templates", index)
        for found in check_words(form):
            yield "agreements.yaml", Found((*path, *found.path), found.wrong, found.hint)
        if form.output not in OUTPUTS:
            yield "agreements.yaml", Found(
                (*path, "output"),
                Words(f"‘{form.output}’ is geen soort opbrengst.", f"‘{form.output}’ is not a kind of output."),
                did_you_mean(form.output, OUTPUTS),
            )  # fmt: skip


def _card(card: Card) -> Iterator[Found]:
    yield from check_words(card)
    for side in ("front", "back"):
        for place, part in enumerate(getattr(card, side)):
            yield from _card_pictures(part, (side, place, "pictures"))


def _card_pictures(part: CardPart, path: Path) -> Iterator[Found]:
    for place, name in enumerate(part.pictures):
        yield from check_picture(name, (*path, place))
    if part.pictures and len(part.pictures) != len(part.lines):
        yield Found(
            path,
            Words("Het aantal plaatjes is niet het aantal regels.", "There are not as many pictures as lines."),
            Words("Geef elke regel één plaatje, of geen enkele.", "Give every line one picture, or none at all."),
        )  # fmt: skip
