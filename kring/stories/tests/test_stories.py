"""What left a circle can be read by whom the circle chose, and taken back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.base import clock, scope
from kring.base.policy import Refused
from kring.meetings import actions as meetings
from kring.meetings.models import Harvest, Meeting
from kring.meetings.tests.conftest import meeting  # noqa: F401  (a fixture)
from kring.meetings.tests.test_closing import close, harvest
from kring.meetings.tests.test_playing import step_on
from kring.stories import actions
from kring.stories.clock import wipe
from kring.stories.models import Story
from tests.cast import Cast, House


def story_of(house: House, text: str = "Samen thee", **more: object) -> Story:
    given = {
        "team": house.teams["vuurtoren"],
        "kind": "working_factor",
        "text": text,
        "fields": {"what_helped": text, "why": "Rust in huis"},
        "came_from": "meeting 1",
        "released_on": clock.now().date(),
        **more,
    }
    story = Story(**given)
    story.save()
    return story


def test_what_a_circle_releases_becomes_a_story(linde: House, meeting: Meeting) -> None:  # noqa: F811
    step_on(linde, meeting, 4)
    harvest(linde, meeting, "working_factor", "Samen thee om acht uur")
    close(linde, meeting)
    story = Story.objects.get()
    assert (story.kind, story.text, story.visibility, story.names, story.came_from) == (
        "working_factor",
        "Samen thee om acht uur",
        "V4",
        {},
        f"meeting {meeting.pk}",
    )
    assert Harvest.objects.get().made == f"story {story.pk}"
    assert len(meetings.minutes(linde.actor("noor"), meeting).items) == 1


def test_taking_back_is_at_once_undone_for_an_hour_and_then_for_good(linde: House) -> None:
    story, other = story_of(linde), story_of(linde, "Blijft")
    noor, begin = linde.actor("noor"), clock.now()
    actions.withdraw(noor, story)
    assert list(Story.objects.visible_to(noor)) == [other]
    actions.put_back(linde.actor("daan"), story)
    assert set(Story.objects.visible_to(noor)) == {story, other}
    actions.withdraw(noor, story)
    with scope.everywhere("the clock, in a test"):
        assert wipe(begin + timedelta(minutes=59)) == 0
        assert wipe(begin + timedelta(minutes=61)) == 1
    story.refresh_from_db()
    assert (story.text, story.fields) == ("", {})
    with pytest.raises(Refused):
        actions.put_back(noor, story)
    other.refresh_from_db()
    assert other.text == "Blijft"


@pytest.mark.parametrize("name", ["fleur", "ria", "hester", "ali", "external"])
def test_others_cannot_take_it_back(linde: House, name: str) -> None:
    with pytest.raises(Refused):
        actions.withdraw(linde.actor(name), story_of(linde, visibility="V6"))


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_shows_them_in_the_same_number_of_queries(
    linde: House, client: Client, many: int
) -> None:
    for number in range(many):
        story_of(linde, f"Verhaal {number}")
    client.force_login(linde.account("noor"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/linde/stories/").content.decode()
    assert [f"Verhaal {number}" in page for number in range(4)] == [n < many for n in range(4)]
    asked = [query["sql"] for query in queries.captured_queries if "stories_story" in query["sql"]]
    assert len(asked) == 2  # how many, and these


def test_a_person_takes_it_back_and_undoes_it(cast: Cast, client: Client) -> None:
    linde = cast.linde
    with scope.inside(linde.organisation.pk):
        story = story_of(linde)
    client.force_login(linde.account("noor"))
    page = client.get(f"/linde/stories/{story.pk}/").content.decode()
    assert ("Rust in huis" in page, "/withdraw/" in page) == (True, True)
    gone = client.post(f"/linde/stories/{story.pk}/withdraw/", {"key": "k1"}, follow=True)
    assert "Samen thee" not in gone.content.decode()
    assert client.get(f"/linde/stories/{story.pk}/").status_code == 404
    client.post(f"/linde/stories/{story.pk}/put-back/", {"key": "k2"})
    assert client.get(f"/linde/stories/{story.pk}/").status_code == 200
    client.force_login(linde.account("fleur"))
    for path in (f"{story.pk}/", f"{story.pk}/withdraw/", "999/"):
        assert client.get(f"/linde/stories/{path}").status_code in (404, 405)
    assert client.post(f"/linde/stories/{story.pk}/withdraw/", {"key": "k3"}).status_code == 404
    client.force_login(cast.anker.account("anker_lid"))
    assert client.get(f"/linde/stories/{story.pk}/").status_code == 404
