"""Both languages are there, say something, and avoid the words that fix people in guilt."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from kring.methods.format.mistakes import Found, Path, Words
from kring.methods.format.shapes import Text

AVOID = {
    "dader": "degene die het deed", "daders": "degene die het deed",
    "slachtoffer": "degene die het trof", "slachtoffers": "degene die het trof",
    "pleger": "degene die het deed", "schuldige": "wie is geraakt",
    "deadline": "terugkijkdatum", "achterstallig": "nog open", "blokkeerder": "wat wordt beschermd",
    "offender": "the one who did it", "perpetrator": "the one who did it",
    "victim": "the one affected", "victims": "the ones affected", "culprit": "who was affected",
    "overdue": "still open",
}  # fmt: skip
"""Words of glossary part 8 and what to say instead."""


def texts(value: object, path: Path = ()) -> Iterator[tuple[Path, Text]]:
    """Every text inside a shape, with its place."""
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), (*path, name))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from texts(inner, (*path, index))


def check_words(value: BaseModel) -> list[Found]:
    """Texts that were not translated, and words we do not use."""
    found: list[Found] = []
    for path, text in texts(value):
        if text.nl == text.en and len(re.findall(r"\w+", text.nl)) > 3:
            found.append(
                Found((*path, "en"), Words("De Engelse tekst is gelijk aan de Nederlandse.",
                                           "The English text equals the Dutch one."),
                      Words("Vertaal hem.", "Translate it."))
            )  # fmt: skip
        for language in ("nl", "en"):
            for word in re.findall(r"[\w-]+", text.say(language).lower()):
                if word in AVOID:
                    found.append(_avoided((*path, language), word))
    return found


def _avoided(path: Path, word: str) -> Found:
    better = AVOID[word]
    return Found(
        path,
        Words(f"Het woord ‘{word}’ gebruiken we niet.", f"We do not use the word ‘{word}’."),
        Words(f"Schrijf bijvoorbeeld ‘{better}’.", f"Write ‘{better}’, for example."),
    )
