"""A shared question bank hangs together: both languages, ids once, tags that exist and are used."""

from collections.abc import Iterator

from kring.methods.format.checks.protocol import twice
from kring.methods.format.checks.words import check_words
from kring.methods.format.mistakes import Found, Words, did_you_mean
from kring.methods.format.shapes import QuestionBank


def check_bank(bank: QuestionBank) -> Iterator[Found]:
    """Everything that does not hold."""
    yield from check_words(bank)
    asked = [(("questions", index), one.id) for index, one in enumerate(bank.questions)]
    yield from twice(asked, Words("vraag", "question"))
    known = {tag.id for tag in bank.tags}
    used = {tag for question in bank.questions for tag in question.tags}
    for index, question in enumerate(bank.questions):
        for place, tag in enumerate(question.tags):
            if tag not in known:
                yield Found(
                    ("questions", index, "tags", place),
                    Words(
                        f"De tag ‘{tag}’ staat niet bij tags.", f"‘{tag}’ is not among the tags."
                    ),
                    did_you_mean(tag, known),
                )
    for index, one in enumerate(bank.tags):
        if one.id not in used:
            yield Found(
                ("tags", index),
                Words(
                    f"Geen vraag heeft de tag ‘{one.id}’.", f"No question has the tag ‘{one.id}’."
                ),
            )
