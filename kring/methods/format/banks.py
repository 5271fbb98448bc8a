"""Finding a question in the shared banks: by words, as people type them.

Every word has to occur, in the language of the page, in the question, in the name of its bank or in
one of its tags. Accents and capitals do not matter.
"""

import unicodedata
from collections.abc import Iterable

from kring.methods.format.shapes import Question, QuestionBank, Text

Shelf = list[tuple[QuestionBank, list[Question]]]
"""Banks with the questions that were found in them, in their own order; empty banks are left out."""


def search(banks: Iterable[QuestionBank], typed: str, language: str, only: str = "") -> Shelf:
    """The questions that answer to ``typed``; all of them when it is empty. ``only``: one bank."""
    words = plain(typed).split()
    found: Shelf = []
    for bank in banks:
        if only and bank.id != only:
            continue
        tags = {tag.id: tag.title for tag in bank.tags}
        hits = [
            question
            for question in bank.questions
            if _answers(words, (question.text, bank.title, *_of(question, tags)), language)
        ]
        if hits:
            found.append((bank, hits))
    return found


def find(banks: Iterable[QuestionBank], name: str) -> Question | None:
    """The question ``bank.question``, if there is one."""
    home, _, wanted = name.partition(".")
    bank = next((one for one in banks if one.id == home), None)
    asked = bank.questions if bank is not None else ()
    return next((question for question in asked if question.id == wanted), None)


def plain(text: str) -> str:
    """Lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in parts if not unicodedata.combining(sign))


def _of(question: Question, tags: dict[str, Text]) -> Iterable[Text]:
    return (tags[tag] for tag in question.tags if tag in tags)


def _answers(words: list[str], texts: Iterable[Text], language: str) -> bool:
    said = plain(" ".join(text.say(language) for text in texts))
    return all(word in said for word in words)
