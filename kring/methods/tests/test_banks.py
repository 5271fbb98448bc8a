"""The shared question banks: rich, in both languages, and found by the words people type."""

import pytest
from django.test import Client

from kring.methods.format.banks import find, plain, search
from kring.methods.format.checks import check_bank
from kring.methods.format.shapes import Question, QuestionBank, Tag, Text
from kring.methods.shelf import BANKS, banks
from tests.cast import House, log_in

ADDRESS = "/linde/methods/questions/"


def both(nl: str, en: str) -> Text:
    return Text(nl=nl, en=en)


SMALL = (
    QuestionBank(
        id="one",
        title=both("Herstelvragen", "Restorative questions"),
        tags=(Tag(id="child", title=both("met een kind", "with a child")),),
        questions=(
            Question(id="needed", text=both("Wat is er nodig?", "What is needed?")),
            Question(id="cafe", text=both("Hoe was het in het café?", "How was the café?"), tags=("child",)),
        ),
    ),
    QuestionBank(
        id="two",
        title=both("Vragen", "Questions"),
        questions=(Question(id="needed", text=both("Wie is er nodig?", "Who is needed?")),),
    ),
)  # fmt: skip


def names(typed: str, language: str, only: str = "") -> list[tuple[str, list[str]]]:
    return [
        (bank.id, [one.id for one in found]) for bank, found in search(SMALL, typed, language, only)
    ]


@pytest.mark.parametrize(
    ("typed", "language", "only", "expected"),
    [
        ("", "nl", "", [("one", ["needed", "cafe"]), ("two", ["needed"])]),
        ("NODIG", "nl", "", [("one", ["needed"]), ("two", ["needed"])]),
        ("nodig", "nl", "two", [("two", ["needed"])]),
        ("wat nodig", "nl", "", [("one", ["needed"])]),
        ("cafe", "en", "", [("one", ["cafe"])]),
        ("kind", "nl", "", [("one", ["cafe"])]),
        ("kind", "en", "", []),
        ("herstel", "nl", "", [("one", ["needed", "cafe"])]),
        ("niets hiervan", "nl", "", []),
        ("", "nl", "three", []),
    ],
)
def test_every_word_has_to_be_there(typed, language, only, expected):
    assert names(typed, language, only) == expected


def test_a_question_is_found_by_bank_and_name():
    found = find(SMALL, "two.needed")
    assert found is not None
    assert found.text.en == "Who is needed?"
    for name in ("two.cafe", "three.needed", "needed", "two.", ""):
        assert find(SMALL, name) is None


def test_plain_knows_no_accents_and_no_capitals():
    assert plain("Café VRÁÁG") == "cafe vraag"


def test_there_are_five_banks_each_rich_and_in_order():
    assert tuple(bank.id for bank in banks()) == BANKS
    for bank in banks():
        assert 20 <= len(bank.questions) <= 40
        assert list(check_bank(bank)) == []
        assert {question.depth for question in bank.questions} == {
            "light", "medium", "deep", "closing",
        }  # fmt: skip
        for question in bank.questions:
            assert question.tags, question.id
            for said in (question.text.nl, question.text.en):
                assert said[-1] in "?.", said
                assert len(said.split()) <= 22, said
        asked = [plain(question.text.nl) for question in bank.questions]
        assert len(set(asked)) == len(asked)


def test_the_check_tells_what_is_wrong_in_a_bank():
    one = SMALL[0]
    twice = one.model_copy(update={"questions": (one.questions[0],) * 2})
    loose = one.model_copy(update={"tags": ()})
    assert {found.path for found in check_bank(twice)} == {("questions", 1, "id"), ("tags", 0)}
    assert [found.path for found in check_bank(loose)] == [("questions", 1, "tags", 0)]


@pytest.mark.django_db
def test_everybody_reads_and_searches_the_banks(linde: House, client: Client):
    log_in(client, linde.account("noor"))
    page = client.get(ADDRESS).content.decode()
    for bank in banks():
        assert bank.title.nl in page
    assert "Wie is erdoor geraakt, en hoe?" not in page
    found = client.get(ADDRESS, {"q": "geraakt hoe"}).content.decode()
    assert "Wie is erdoor geraakt, en hoe?" in found
    assert "Wat gebeurde er?" not in found
    one = client.get(ADDRESS, {"bank": "restorative"}).content.decode()
    assert "Wat gebeurde er?" in one
    assert "Welk klein ding maakte je blij?" not in one
    assert (
        "<li"
        not in client.get(ADDRESS, {"q": "xyzzy"})
        .content.decode()
        .partition("<main")[2]
        .partition('aria-labelledby="lists"')[0]
    )
