"""A promise made in front of the hall: whose it is, who reads it, and how it goes."""

from datetime import timedelta

import pytest
from django.test import Client

from kring.base import clock
from kring.base.policy import Refused
from kring.meetings import actions, room
from kring.meetings.models import Meeting
from kring.meetings.tests.conftest import plan_of
from kring.stories import actions as stories
from kring.stories.models import Story
from kring.stories.tests.test_hall import SHARE, ask, go
from tests.cast import House

TEXT = "Ik loop elke maand een dienst mee."


@pytest.fixture
def promise(linde: House) -> Story:
    """Ria accepted what Noor's table asked in return; she refused one thing."""
    meeting: Meeting = actions.start_now(linde.actor("sami"), plan_of(linde, protocol=SHARE))
    for name in ("sami", "noor", "daan", "joke"):
        actions.join(linde.actor(name), meeting)
    actions.join(linde.actor("ria"), meeting, code=meeting.code)
    ask(linde, meeting, "noor", "sit_at", table=0, host=True)
    ask(linde, meeting, "sami", "start")
    seat = meeting.seats.get(person=linde.people["ria"])
    ask(linde, meeting, "sami", "give_role", role="mt", seat=seat.key)
    go(linde, meeting, "expectations")
    for text in ("Kom eens kijken", "Meer geld"):
        ask(linde, meeting, "noor", "put_in", text=text, column="we_ask")
    go(linde, meeting, "response")
    state = room.of(meeting).state
    cards = [one.id for one in state.kept_sheet(state.flow.latest["expectations"]).cards.values()]
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    ask(linde, meeting, "ria", "reply", card=cards[0], word="yes", text=TEXT,
        how_noticed="Ik zit erbij als jullie overdragen.", before=day)  # fmt: skip
    ask(linde, meeting, "ria", "reply", card=cards[1], word="no", text="Het is op.")
    ask(linde, meeting, "sami", "close", confirmed=True, no_follow_up=True)
    return Story.objects.get(kind="promise")


def test_what_leadership_accepts_becomes_a_promise_in_its_own_name(
    linde: House, promise: Story
) -> None:
    five = (clock.now() + timedelta(days=5)).date()
    assert (promise.text, promise.visibility, promise.promise.test_on) == (TEXT, "V6", five)
    assert promise.promise.promiser == linde.people["ria"]
    assert promise.names == {"by_whom": ["Ria"], "from": ["Ria"]}
    asked = Story.objects.filter(kind="expectation").order_by("id")
    assert [(one.text, one.fields["word"], one.names) for one in asked] == [
        ("Kom eens kijken", "yes", {}), ("Meer geld", "no", {})]  # fmt: skip


def test_everybody_inside_reads_the_promises_and_nobody_outside(
    linde: House, promise: Story, client: Client
) -> None:
    client.force_login(linde.account("fleur"))
    page = client.get("/linde/stories/promises/").content.decode()
    assert page.count(TEXT) == 1
    assert "Ria" in page
    team = client.get(f"/linde/teams/{promise.team_id}/").content.decode()
    assert team.count(TEXT) <= 1
    client.force_login(linde.account("external"))
    assert TEXT not in client.get("/linde/stories/promises/").content.decode()


def test_only_the_promiser_is_asked_and_says_how_it_goes(
    linde: House, promise: Story, client: Client
) -> None:
    for name, asked in (("ria", True), ("noor", False), ("hester", False)):
        client.force_login(linde.account(name))
        assert ("Merkten anderen het?" in client.get("/linde/").content.decode()) is asked
    for name in ("noor", "hester", "joke"):
        with pytest.raises(Refused):
            stories.set_status(linde.actor(name), promise, status="kept")
    with pytest.raises(Refused):
        stories.set_status(linde.actor("ria"), promise, status="withdrawn")
    why = "Het lukt niet met mijn rooster."
    stories.set_status(linde.actor("ria"), promise, status="withdrawn", learned=why)
    client.force_login(linde.account("noor"))
    page = client.get("/linde/stories/promises/").content.decode()
    assert "ingetrokken" in page
    assert why in page
    client.force_login(linde.account("ria"))
    assert "Merkten anderen het?" not in client.get("/linde/").content.decode()
