"""A mistake in a package, told so that a practitioner can mend it: where, what, and what to do."""

import difflib
from collections.abc import Iterable
from typing import NamedTuple

Path = tuple[str | int, ...]


class Words(NamedTuple):
    """One sentence in both languages (a `Text` without its limits: it may quote bad input)."""

    nl: str
    en: str

    def say(self, language: str) -> str:
        """The sentence in ``language``."""
        return self.en if language.startswith("en") else self.nl


NOTHING = Words("", "")


class Mistake(NamedTuple):
    """One thing that is wrong. ``line`` counts from 1; 0 means the file as a whole."""

    file: str
    line: int
    path: Path
    wrong: Words
    hint: Words = NOTHING

    def say(self, language: str) -> str:
        """``file:line: place: what is wrong. What to do.``"""
        place = show_path(self.path)
        sentence = " ".join(
            part for part in (self.wrong.say(language), self.hint.say(language)) if part
        )
        return ": ".join(part for part in (f"{self.file}:{self.line}", place, sentence) if part)


class Found(NamedTuple):
    """A mistake inside one document; the reader knows the file and finds the line."""

    path: Path
    wrong: Words
    hint: Words = NOTHING


def show_path(path: Path) -> str:
    """``("phases", 0, "title")`` as ``phases[1].title``: people count from 1."""
    shown = ""
    for part in path:
        shown += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if shown else part
    return shown


def shorten(value: object, *, most: int = 60) -> str:
    """Bad input, short enough to print and without line breaks or control signs."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(value)[: most * 4])
    return text if len(text) <= most else text[:most].rstrip() + "…"


def did_you_mean(word: object, known: Iterable[str]) -> Words:
    """The nearest known word, or all of them when they are few; nothing when they are many."""
    names = sorted(set(known))
    near = difflib.get_close_matches(str(word)[:80], names, n=1, cutoff=0.6)
    if near:
        return Words(f"Bedoelde je ‘{near[0]}’?", f"Did you mean ‘{near[0]}’?")
    if 0 < len(names) <= 16:
        listed = ", ".join(names)
        return Words(f"Je kunt kiezen uit: {listed}.", f"You can choose from: {listed}.")
    return NOTHING
