"""Open agreements come back on the table as the first thing in the team's next meeting."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from kring.agreements import actions as agreements
from kring.agreements.models import Agreement, Sign
from kring.agreements.rules import Status, Visibility
from kring.base import clock, scope
from kring.base.policy import NotThere
from kring.meetings import actions, room
from kring.meetings.models import Meeting
from kring.meetings.tests.conftest import plan_of
from tests.cast import Cast, House


def agreed(
    house: House, what: str, who: str = "noor", team: str = "vuurtoren", **more: object
) -> Agreement:
    with time_machine.travel(clock.now() - timedelta(days=20), tick=False):
        return agreements.make(house.actor(who), team=house.teams[team], what=what, **more)  # type: ignore[arg-type]  # fixture


@pytest.fixture
def table(linde: House, cast: Cast) -> dict[str, Agreement]:
    """Two of the team, and noise: stopped, between parties, of another team, of another house."""
    made = {
        "calm": agreed(linde, "We eten samen"),
        "rung": agreed(linde, "We bellen voor acht uur"),
    }
    agreements.ring_bell(linde.actor("daan"), made["rung"], sentence="Het lukt niet")
    agreements.end(linde.actor("noor"), agreed(linde, "Gestopt"))
    made["parties"] = agreed(linde, "Tussen twee mensen", visibility=Visibility.PARTIES)
    made["other"] = agreed(linde, "Ruis van Duinhuis", "fleur", "duinhuis")
    with scope.inside(cast.waterkant.organisation.pk):
        agreed(cast.waterkant, "Ruis van Waterkant", "waterkant_lid", "kern")
    return made


@pytest.fixture
def waiting(linde: House, table: dict[str, Agreement]) -> Meeting:
    meeting = actions.start_now(linde.actor("sami"), plan_of(linde))
    for name in ("sami", "noor"):
        actions.join(linde.actor(name), meeting)
    meeting.refresh_from_db()
    return meeting


def as_(house: House, name: str) -> Client:
    browser = Client()
    browser.force_login(house.account(name))
    return browser


def brought(meeting: Meeting) -> list[tuple[str, bool, str]]:
    meeting.refresh_from_db()
    lines = room.of(meeting).snap.about["brought"]
    return [(one["what"], one["rung"], one["status"]) for one in lines]


ALL = ["We bellen voor acht uur", "We eten samen"]
NOT_HERE = ["Gestopt", "Tussen twee mensen", "Ruis van Duinhuis", "Ruis van Waterkant"]


def test_rung_bells_lie_on_top_on_every_screen_of_the_room(linde: House, waiting: Meeting) -> None:
    assert brought(waiting) == [(ALL[0], True, ""), (ALL[1], False, "")]
    sami = as_(linde, "sami")
    for screen in ("lead", "table", "board"):
        html = sami.get(f"/linde/meetings/{waiting.pk}/{screen}/").content.decode()
        assert 0 < html.index(ALL[0]) < html.index(ALL[1])
        assert [text for text in NOT_HERE if text in html] == []
        assert ("look-back/" in html) is (screen != "board")
    phone = as_(linde, "noor").get(f"/linde/meetings/{waiting.pk}/phone/").content.decode()
    assert [text for text in ALL if text in phone] == []


def test_a_word_is_one_tap_and_can_be_taken_back(
    linde: House, waiting: Meeting, table: dict[str, Agreement]
) -> None:
    sami, path = as_(linde, "sami"), f"/linde/meetings/{waiting.pk}/look-back/"
    word = {
        "agreement": table["calm"].pk,
        "status": "not_yet",
        "noticed": "Te druk",
        "key": "key-12345",
        "screen": "table",
    }
    for _again in range(2):
        answer = sami.post(path, word)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/linde/meetings/{waiting.pk}/table/",
        )
    sign = Sign.objects.get(agreement=table["calm"], kind="looked_back")
    assert (sign.status, sign.words) == (Status.NOT_YET, "Te druk")
    assert sorted(brought(waiting)) == [(ALL[0], True, ""), (ALL[1], False, "not_yet")]
    answer = sami.post(path, {"undo": sign.pk, "key": "key-54321", "screen": "moderator"})
    assert answer["Location"] == f"/linde/meetings/{waiting.pk}/lead/"
    assert sorted(brought(waiting)) == [(ALL[0], True, ""), (ALL[1], False, "")]


def test_the_screens_hear_of_a_word(
    linde: House, waiting: Meeting, table: dict[str, Agreement]
) -> None:
    before = room.of(waiting).snap.about["version"]
    actions.look_back(linde.actor("sami"), waiting, agreement=table["calm"].pk, status="running")
    waiting.refresh_from_db()
    assert waiting.version == before + 1


@pytest.mark.parametrize("which", ["parties", "other"])
def test_only_what_lies_there_is_looked_back_at(
    linde: House, waiting: Meeting, table: dict[str, Agreement], which: str
) -> None:
    answer = as_(linde, "sami").post(
        f"/linde/meetings/{waiting.pk}/look-back/",
        {"agreement": table[which].pk, "status": "running", "key": "key-12345"},
    )
    assert answer.status_code == 404
    with pytest.raises(NotThere):
        actions.look_back(linde.actor("sami"), waiting, agreement=table[which].pk, status="running")
    assert not Sign.objects.filter(kind="looked_back").exists()


def test_who_does_not_lead_gives_no_word_for_the_circle(
    linde: House, waiting: Meeting, table: dict[str, Agreement]
) -> None:
    word = {"agreement": table["calm"].pk, "status": "running", "key": "key-12345"}
    answer = as_(linde, "noor").post(f"/linde/meetings/{waiting.pk}/look-back/", word)
    assert answer.status_code == 403
    assert not Sign.objects.filter(kind="looked_back").exists()


def test_a_guest_sits_down_and_the_table_is_cleared(linde: House, waiting: Meeting) -> None:
    assert len(brought(waiting)) == 2
    actions.join_as_guest(waiting, name="Riet", code=waiting.code)
    assert brought(waiting) == []


def test_the_meeting_goes_on_to_its_first_phase(linde: House, waiting: Meeting) -> None:
    done = actions.do(linde.actor("sami"), waiting, {"kind": "start"}, "start-key")
    assert done.refused is None
    waiting.refresh_from_db()
    html = as_(linde, "sami").get(f"/linde/meetings/{waiting.pk}/lead/").content.decode()
    assert [text for text in ALL if text in html] == []


@pytest.mark.parametrize("many", [1, 3])
def test_as_many_questions_for_many_agreements(
    linde: House, many: int, django_assert_num_queries: object
) -> None:
    from kring.meetings.room import brought as lying

    meeting = actions.start_now(linde.actor("sami"), plan_of(linde))
    for number in range(many):
        agreed(linde, f"Afspraak {number}")
    with django_assert_num_queries(5):  # type: ignore[operator]  # fixture
        assert len(lying.agreements(meeting)) == many
