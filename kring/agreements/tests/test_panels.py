"""What home, letters and calendars say about agreements."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from kring.agreements import actions
from kring.agreements.models import Agreement, Question
from kring.agreements.panels import lines, look_backs
from kring.agreements.tests.conftest import START, WHAT, Maker
from kring.people.knows import about
from tests.cast import House

DUE = START + timedelta(days=21)


@pytest.fixture(autouse=True)
def _on_the_look_back_date(make: Maker) -> object:
    with time_machine.travel(DUE, tick=False):
        yield


def asked(linde: House, name: str) -> list[tuple[str, str]]:
    found = lines(linde.actor(name), "linde", DUE.date())
    return [(str(line.words), line.href) for line in found]


def test_home_asks_who_took_it_on(make: Maker, linde: House) -> None:
    agreement = make()
    line = (f"Does it still work: “{WHAT}”?", f"/linde/agreements/{agreement.pk}/look-back/")
    assert {name: asked(linde, name) for name in ("noor", "sami", "daan", "ria")} == {
        "noor": [line],
        "sami": [line],  # minds the bell
        "daan": [],
        "ria": [],
    }


def test_a_rung_bell_comes_first_and_stays_until_answered(make: Maker, linde: House) -> None:
    make(what="Rustig")
    agreement = make()
    actions.ring_bell(linde.actor("daan"), agreement)
    found = sorted(lines(linde.actor("noor"), "linde", DUE.date()), key=lambda line: line.weight)
    assert [str(line.words) for line in found] == [
        f"The bell rang for “{WHAT}”",
        "Does it still work: “Rustig”?",
    ]
    actions.answer_bell(linde.actor("noor"), agreement, answer="conversation")
    assert len(asked(linde, "noor")) == 1


def test_a_question_asks_who_it_was_put_to(make: Maker, linde: House) -> None:
    question = Question.objects.create(
        agreement=make(), to=linde.people["ria"], asked="?", asked_at=DUE, reply_by=DUE.date()
    )
    assert [href for _, href in asked(linde, "ria")] == [
        f"/linde/agreements/questions/{question.pk}/"
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_two_questions_of_the_database(
    make: Maker, linde: House, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make()
    noor = linde.actor("noor")
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(list(lines(noor, "linde", DUE.date()))) == rows


def test_the_calendar_names_no_content(make: Maker, linde: House) -> None:
    mine, other = make(), make("daan", takers=[])
    gone = make()
    actions.end(linde.actor("noor"), gone)
    noor, team = linde.actor("noor"), linde.teams["vuurtoren"].pk
    own = list(look_backs(noor, None, "linde"))
    assert [entry.uid for entry in own] == [f"agreement {mine.pk}"]
    assert {entry.uid for entry in look_backs(noor, team, "linde")} == {
        f"agreement {mine.pk}",
        f"agreement {other.pk}",
    }
    assert WHAT not in repr(own)
    assert list(look_backs(linde.actor("ria"), team, "linde")) == []


def test_a_moved_date_moves_in_the_calendar(make: Maker, linde: House) -> None:
    agreement = make()
    before = next(iter(look_backs(linde.actor("noor"), None, "linde")))
    actions.check_in(linde.actor("noor"), agreement, status="running")
    after = next(iter(look_backs(linde.actor("noor"), None, "linde")))
    assert (after.uid, after.version > before.version) == (before.uid, True)
    assert after.on == before.on + timedelta(days=21)


def test_what_kring_knows_about_me(make: Maker, linde: House) -> None:
    make()
    chapter = next(one for one in about(linde.people["noor"]) if one.name == "agreements")
    assert [fact.value for fact in chapter.facts] == [WHAT]


def test_the_menu_and_the_pages_hold_together(make: Maker, linde: House) -> None:
    client = Client()
    client.force_login(linde.account("noor"))
    make()
    assert client.get("/linde/agreements/").status_code == 200
    assert Agreement.objects.count() == 2
