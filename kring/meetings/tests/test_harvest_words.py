"""What the screens say of something on its way out of the circle."""

import pytest
from django.utils import translation

from kring.meetings.templatetags import rooms

FIELDS = [
    {"id": "what", "kind": "text", "label": {"nl": "Wat?", "en": "What?"}},
    {"id": "taken_by", "kind": "seat", "label": {"nl": "Wie?", "en": "Who?"}},
    {"id": "look_back_on", "kind": "date", "label": {"nl": "Wanneer?", "en": "When?"}},
    {"id": "rhythm_days", "kind": "days", "label": {"nl": "Hoe vaak?", "en": "How often?"}},
]
VIEW = {
    "part": {
        "outputs": [
            {"id": "story", "fields": []},
            {
                "id": "agreement",
                "fields": [
                    {**one, "summary": one["id"] == "what", "choices": []} for one in FIELDS
                ],
            },
        ]
    }
}


def item(**more):
    return {"output": "agreement", "stage": "open", "missing": [], "fields": {}, **more}


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", "Nog open: Wie? Wanneer?"), ("en", "Still open: Who? When?")],
)
def test_what_is_missing_is_said_in_its_own_question(language, words):
    with translation.override(language):
        waits = item(missing=["taken_by", "look_back_on"])
        assert rooms.stage_words(VIEW, waits) == words
        ready = rooms.stage_words(VIEW, item(stage="ready"))
        assert (
            ready
            == {
                "nl": "Dit mag mee, tenzij iemand zegt: liever niet. Zeg je niets, dan is het goed.",
                "en": "This may go along unless somebody says: rather not. Saying nothing is fine.",
            }[language]
        )


def test_a_rhythm_reads_as_weeks_and_never_as_a_bare_number():
    with translation.override("nl"):
        assert rooms.filled_of(VIEW, item(fields={"what": "Thee", "rhythm_days": "14"}), {}) == [
            ("Hoe vaak?", "elke 2 weken")
        ]
        assert rooms.rhythms("10")[:3] == [
            ("7", "elke week"), ("10", "elke 10 dagen"), ("14", "elke 2 weken"),
        ]  # fmt: skip
        assert len(rooms.rhythms(None)) == len(rooms.RHYTHMS)
