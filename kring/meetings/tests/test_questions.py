"""The facilitator finds a question in the shared banks and puts it in any phase."""

from django.test import Client

from kring.meetings import actions, room
from kring.meetings.models import Meeting, MeetingEvent
from kring.meetings.tests.conftest import plan_of
from kring.methods.shelf import banks
from tests.cast import House


def as_(house: House, name: str) -> Client:
    browser = Client()
    browser.force_login(house.account(name))
    return browser


def address(meeting: Meeting) -> str:
    return f"/linde/meetings/{meeting.pk}/questions/"


def test_it_is_found_chosen_and_on_every_screen_and_taken_away(
    linde: House, meeting: Meeting
) -> None:
    sami = as_(linde, "sami")
    assert (
        f'href="{address(meeting)}"'
        in sami.get(f"/linde/meetings/{meeting.pk}/lead/").content.decode()
    )
    lists = sami.get(address(meeting)).content.decode()
    for bank in banks():
        assert bank.title.nl in lists
    found = sami.get(address(meeting), {"q": "bedanken wie"}).content.decode()
    assert 'value="checkin.thank_someone"' in found
    assert 'value="checkin.one_word_in"' not in found
    sent = {"question": "checkin.thank_someone", "key": "one"}
    for _again in range(2):
        answer = sami.post(address(meeting), sent)
        assert (answer.status_code, answer["Location"]) == (
            302,
            f"/linde/meetings/{meeting.pk}/lead/",
        )
    laid = MeetingEvent.objects.filter(meeting=meeting, kind="question.laid")
    assert [event.data["text"]["en"] for event in laid] == [
        "Whom do you want to thank, and for what?"
    ]
    phone = as_(linde, "noor").get(f"/linde/meetings/{meeting.pk}/phone/").content.decode()
    assert '<h1 class="question">Wie wil je bedanken, en waarvoor?</h1>' in phone
    lead = sami.get(f"/linde/meetings/{meeting.pk}/lead/").content.decode()
    assert 'id="pick-none"' in lead
    actions.do(linde.actor("sami"), meeting, {"kind": "pick_question", "question": None}, "away")
    assert 'id="pick-none"' not in sami.get(f"/linde/meetings/{meeting.pk}/lead/").content.decode()


def test_only_who_leads_chooses_and_only_from_the_banks(linde: House, meeting: Meeting) -> None:
    sent = {"question": "checkin.thank_someone", "key": "one"}
    noor = as_(linde, "noor")
    assert noor.get(address(meeting)).status_code == 403
    assert noor.post(address(meeting), sent).status_code == 403
    sami = as_(linde, "sami")
    for name in ("checkin.nothing", "nothing.thank_someone", "", "Zeg eens iets"):
        assert sami.post(address(meeting), {"question": name, "key": name}).status_code == 404
    assert sami.get("/linde/meetings/999999/questions/").status_code == 404
    raw = {"kind": "lay_question", "nl": "Iets anders?", "en": "Something else?"}
    done = actions.do(linde.actor("sami"), meeting, raw, "raw")
    assert done.refused is not None
    assert room.of(meeting).state.kept_sheet(room.of(meeting).state.visit or "").laid is None


def test_before_the_start_it_says_what_to_do(linde: House) -> None:
    waiting = actions.start_now(linde.actor("sami"), plan_of(linde))
    answer = as_(linde, "sami").post(
        address(waiting), {"question": "checkin.thank_someone", "key": "one"}
    )
    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
