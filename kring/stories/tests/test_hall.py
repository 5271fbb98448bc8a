"""Questions from a large group: the answers given there, and what waits until there is one."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kring.base import clock
from kring.meetings import actions
from kring.meetings.models import Meeting
from kring.meetings.tests.conftest import plan_of
from kring.methods.shelf import shipped
from kring.stories import actions as stories
from kring.stories.models import Story
from tests.cast import House

SHARE = shipped().packages["strategie_gedrag"].protocol("share_and_process")
LATER = (clock.now() + timedelta(days=30)).date().isoformat()


def ask(house: House, meeting: Meeting, who: str, kind: str, **fields: Any) -> None:
    """Ask something that has to work."""
    done = actions.do(
        house.actor(who), meeting, {"kind": kind, **fields}, f"{who}{kind}{fields}"[-70:]
    )
    assert done.refused is None, done.refused
    meeting.refresh_from_db()


def go(house: House, meeting: Meeting, step: str) -> None:
    """On to a step."""
    from kring.meetings import room

    while (now := room.of(meeting).state).step is None or now.step.id != step:
        ask(house, meeting, "sami", "enter_next", from_visit=now.visit)


@pytest.fixture
def market(linde: House) -> Meeting:
    """Noor's table asked three questions; Ria, who leads the region, answered two."""
    from kring.meetings import room

    meeting = actions.start_now(linde.actor("sami"), plan_of(linde, protocol=SHARE))
    for name in ("sami", "noor", "daan", "joke"):
        actions.join(linde.actor(name), meeting)
    actions.join(linde.actor("ria"), meeting, code=meeting.code)
    ask(linde, meeting, "noor", "sit_at", table=0, host=True)
    ask(linde, meeting, "sami", "start")
    seat = meeting.seats.get(person=linde.people["ria"])
    ask(linde, meeting, "sami", "give_role", role="mt", seat=seat.key)
    go(linde, meeting, "question_market")
    for text in ("Komt er geld?", "Mag het anders?", "Wanneer horen we het?"):
        ask(linde, meeting, "noor", "put_in", text=text)
    cards = [
        card.id
        for card in room.of(meeting).state.kept_sheet(room.of(meeting).state.visit).cards.values()
    ]
    ask(linde, meeting, "ria", "reply", card=cards[0], word="no", text="Het is op.")
    ask(linde, meeting, "ria", "reply", card=cards[1], word="unknown", before=LATER)
    ask(linde, meeting, "sami", "close", confirmed=True, no_follow_up=True)
    return meeting


def test_answered_in_the_hall_is_answered_and_the_rest_waits_with_a_day(
    linde: House, market: Meeting
) -> None:
    rows = Story.objects.filter(kind="question").order_by("id")
    three_weeks = (clock.now().date() + timedelta(days=21)).isoformat()
    found = [
        (one.text, one.visibility, one.fields.get("answer_by"), one.answered_at is None,
         [(reply.word, reply.text) for reply in one.replies.all()])
        for one in rows
    ]  # fmt: skip
    assert found == [
        ("Komt er geld?", "V6", None, False, [("no", "Het is op.")]),
        ("Mag het anders?", "V6", LATER, True, [("not_yet", "")]),
        ("Wanneer horen we het?", "V6", three_weeks, True, []),
    ]
    assert {tuple(one.names) for one in rows} == {()}
    assert "Noor" not in str([(one.fields, one.names, one.text) for one in rows])


def test_an_answer_reaches_whoever_asked_on_the_page_of_the_meeting(
    linde: House, market: Meeting, client: Client
) -> None:
    client.force_login(linde.account("daan"))
    path = f"/linde/meetings/{market.pk}/"
    page = client.get(path).content.decode()
    assert page.count("Wanneer horen we het?") == 1
    assert page.count("wacht op antwoord, vóór") == 2
    assert page.index("Wanneer horen we het?") < page.index("Komt er geld?")
    last = Story.objects.get(text="Wanneer horen we het?")
    stories.reply(linde.actor("ria"), last, word="answer", text="Voor de zomer.")
    page = client.get(path).content.decode()
    assert "Voor de zomer." in page
    assert page.count("wacht op antwoord, vóór") == 1


def test_who_must_answer_sees_the_day_and_the_question(
    linde: House, market: Meeting, client: Client
) -> None:
    client.force_login(linde.account("ria"))
    home = client.get("/linde/").content.decode()
    assert "Wanneer horen we het?" in home
    waiting = client.get("/linde/stories/waiting/").content.decode()
    assert waiting.count("antwoord vóór") == 2
    assert "Komt er geld?" not in waiting
