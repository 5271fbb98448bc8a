"""A series hangs together: its protocols exist, its order holds, and it never ends with "done"."""

from collections.abc import Iterator

from kring.methods.format.checks.protocol import twice
from kring.methods.format.checks.words import check_words
from kring.methods.format.mistakes import Found, Path, Words, did_you_mean
from kring.methods.format.series import Series


def check_series(series: Series, home: str, known: set[str]) -> Iterator[Found]:
    """What does not hold in one series. ``known``: ``package/id`` of what exists."""
    yield from check_words(series)
    sittings = [(("meetings", index), one.id) for index, one in enumerate(series.meetings)]
    yield from twice(sittings, Words("bijeenkomst", "meeting"))
    for path, name in _protocols(series):
        full = name if "/" in name else f"{home}/{name}"
        if full not in known:
            yield Found(path, Words(f"‘{name}’ bestaat niet.", f"‘{name}’ does not exist."),
                        did_you_mean(full, known))  # fmt: skip
    if not series.not_when:
        yield Found(("not_when",), Words("‘not_when’ is leeg.", "‘not_when’ is empty."), Words(
            "Schrijf wanneer deze reeks niet past. Wie de reeks begint, ziet dat eerst.",
            "Write when this series does not fit. Whoever starts it sees that first."))  # fmt: skip
    yield from _rhythm(series)
    if series.trial is not None:
        yield from _trial(series)


def _protocols(series: Series) -> Iterator[tuple[Path, str]]:
    for index, one in enumerate(series.meetings):
        yield ("meetings", index, "protocol"), one.protocol
    for index, name in enumerate(series.rhythm.uses):
        yield ("rhythm", "uses", index), name
    for index, back in enumerate(series.rhythm.returns):
        yield ("rhythm", "returns", index, "protocol"), back.protocol


def _rhythm(series: Series) -> Iterator[Found]:
    turns = series.rhythm
    if turns.choices and turns.every_days not in turns.choices:
        yield Found(("rhythm", "choices"), Words(
            f"Het gewone ritme ({turns.every_days} dagen) staat niet tussen de keuzes.",
            f"The usual rhythm ({turns.every_days} days) is not among the choices."),
            Words(f"Zet {turns.every_days} erbij.", f"Add {turns.every_days}."))  # fmt: skip
    for index, days in enumerate(turns.choices):
        if not 1 <= days <= 400:
            yield Found(("rhythm", "choices", index), Words(
                f"{days} dagen kan niet: kies 1 tot 400.",
                f"{days} days is not possible: choose 1 to 400."))  # fmt: skip


def _trial(series: Series) -> Iterator[Found]:
    trial, names = series.trial, [one.id for one in series.meetings]
    if trial is None:
        return
    if trial.after not in names[:-1]:
        wrong = Words(f"Na ‘{trial.after}’ komt geen bijeenkomst meer.",
                      f"No meeting comes after ‘{trial.after}’.") if trial.after in names else Words(
                      f"De bijeenkomst ‘{trial.after}’ bestaat niet.",
                      f"The meeting ‘{trial.after}’ does not exist.")  # fmt: skip
        yield Found(("trial", "after"), wrong, did_you_mean(trial.after, names[:-1]))
    asked = [(("trial", "log", index), one.id) for index, one in enumerate(trial.log)]
    yield from twice(asked, Words("vraag", "question"))
    if "log" not in series.on_the_table:
        yield Found(("on_the_table",), Words(
            "Er is een proefperiode, maar het logboek komt niet op tafel.",
            "There is a trial, but its log does not come on the table."),
            Words("Zet log in on_the_table.", "Put log in on_the_table."))  # fmt: skip
