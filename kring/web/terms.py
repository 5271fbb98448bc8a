"""An organisation's own words for the terms of Kring ("gespreksleider" for "facilitator").

A term is renamed in what Kring itself says (every text that goes through translation), never in
what people wrote and never in a method: those have their own versions. Placeholders and markup in a
text are left alone. Grammar is not touched: "de facilitator" becomes "de gespreksleider".

The own words hold until the language is chosen again, which Django does for each request.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.utils import translation
from django.utils.translation import trans_real

Words = Mapping[str, Mapping[str, list[str]]]
"""Language → term → [one, several] in the organisation's own words; an empty word changes nothing."""


class Term(NamedTuple):
    """A word of Kring that can be renamed: one and several, per language."""

    code: str
    nl: tuple[str, str]
    en: tuple[str, str]

    def said(self, language: str) -> tuple[str, str]:
        """Kring's own words."""
        return self.en if language == "en" else self.nl


TERMS: Final = (
    Term("facilitator", ("begeleider", "begeleiders"), ("facilitator", "facilitators")),
    Term("team", ("team", "teams"), ("team", "teams")),
    Term("meeting", ("bijeenkomst", "bijeenkomsten"), ("meeting", "meetings")),
    Term("agreement", ("afspraak", "afspraken"), ("agreement", "agreements")),
    Term("colleague", ("collega", "collega’s"), ("colleague", "colleagues")),
)
# "wat we afspraken" is a verb; it stays.
_NOT_AFTER = r"(?<!\bwe )(?<!teams )(?<!\bwij )"
_LEFT_ALONE = r"%\([^)]*\)[a-z]|\{[^}]*\}|<[^>]*>"


class Speech:
    """A language with some words replaced. Everything else it hears, Django's own answers."""

    def __init__(self, base: Any, pairs: Mapping[str, str]) -> None:
        self._base = base
        self._pairs = pairs
        known = "|".join(sorted(map(re.escape, pairs), key=len, reverse=True))
        self._find = re.compile(
            rf"{_LEFT_ALONE}|{_NOT_AFTER}(?<![\w-])({known})(?![\w-])", re.IGNORECASE
        )
        self._said: dict[str, str] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)

    def gettext(self, message: str) -> str:
        """The text, in the organisation's own words."""
        return self._own(self._base.gettext(message))

    def ngettext(self, one: str, several: str, number: int) -> str:
        """The same, for a number."""
        return self._own(self._base.ngettext(one, several, number))

    def _own(self, text: str) -> str:
        said = self._said.get(text)
        if said is None:
            said = self._said[text] = self._find.sub(self._put, text)
        return said

    def _put(self, found: re.Match[str]) -> str:
        word = found.group(1)
        if not word:
            return found.group()
        own = self._pairs[word.lower()]
        return own[:1].upper() + own[1:] if word[:1].isupper() else own


def _pairs(words: Words, language: str) -> dict[str, str]:
    mine, found = words.get(language, {}), {}
    for term in TERMS:
        for kring, own in zip(term.said(language), mine.get(term.code, ()), strict=False):
            if own and own != kring:
                found[kring] = own
    return found


@lru_cache(maxsize=256)
def _speech(words: str, language: str) -> Speech | None:
    pairs = _pairs(json.loads(words), language)
    return Speech(trans_real.translation(language), pairs) if pairs else None


def speak(words: Words) -> None:
    """Say Kring's terms in these words, in the language that is active, until it is chosen again."""
    language = translation.get_language()
    if not words or not language:
        return
    speech = _speech(json.dumps(words, sort_keys=True), language[:2])
    if speech is not None:
        # Django has no door for this; test_terms sees it when it moves.
        trans_real._active.value = speech  # type: ignore[attr-defined]  # private, see above


@contextmanager
def spoken(words: Words, language: str) -> Iterator[None]:
    """The same inside a block, for what is drawn outside a request."""
    with translation.override(language):
        speak(words)
        yield
