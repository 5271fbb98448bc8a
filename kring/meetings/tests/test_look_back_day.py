"""The close page asks when the circle looks back (R9), for every shipped protocol with outputs."""

from datetime import date, timedelta

import pytest
from django.test import Client

from kring.base import clock
from kring.meetings import actions, screens
from kring.meetings.models import Meeting, MeetingEvent, Stage
from kring.meetings.tests.conftest import plan_of
from kring.methods.format.shapes import Protocol
from kring.methods.shelf import shipped
from tests.cast import House

PROTOCOLS = [one for one in shipped().protocols if not one.quiet]
EACH = pytest.mark.parametrize("protocol", PROTOCOLS, ids=[one.id for one in PROTOCOLS])


def running(house: House, protocol: Protocol) -> tuple[Meeting, Client, str]:
    """A meeting of this protocol in its first step, and the facilitator's browser."""
    people = tuple(
        (house.people[name], roles) for name, roles in (("sami", ("moderator",)), ("noor", ()))
    )
    plan = plan_of(house, protocol=protocol, people=people)
    meeting = actions.start_now(house.actor("sami"), plan)
    for name in ("sami", "noor"):
        actions.join(house.actor(name), meeting)
    done = actions.do(house.actor("sami"), meeting, {"kind": "start"}, "start-key")
    assert done.refused is None
    browser = Client()
    browser.force_login(house.account("sami"))
    return meeting, browser, f"/linde/meetings/{meeting.pk}/close/"


def ended(meeting: Meeting) -> dict[str, object]:
    """What the log says of the close; empty while the meeting goes on."""
    row = MeetingEvent.objects.filter(meeting=meeting, kind="meeting.closed").first()
    if row is None:
        return {}
    return {name: row.data[name] for name in ("look_back_on", "no_follow_up")}


def test_some_protocols_ask_it_and_some_do_not() -> None:
    assert {bool(one.outputs) for one in PROTOCOLS} == {True, False}


@EACH
def test_a_day_is_proposed_and_kept(linde: House, protocol: Protocol) -> None:
    meeting, browser, path = running(linde, protocol)
    html = browser.get(path).content.decode()
    day = screens.look_back(meeting)
    assert date.fromisoformat(day) > clock.now().date()
    asks = bool(protocol.outputs)
    assert (f'value="{day}"' in html, 'name="follow_up"' in html) == (asks, asks)
    sent = {"key": "key-12345", **({"look_back_on": day} if asks else {})}
    assert browser.post(path, sent)["Location"] == f"/linde/meetings/{meeting.pk}/"
    meeting.refresh_from_db()
    assert meeting.state == Stage.CLOSED
    assert ended(meeting) == {"look_back_on": day if asks else None, "no_follow_up": False}


@EACH
def test_no_follow_up_is_said_aloud_and_neither_is_refused(
    linde: House, protocol: Protocol
) -> None:
    meeting, browser, path = running(linde, protocol)
    yesterday = (clock.now() - timedelta(days=1)).date().isoformat()
    refused = [{"look_back_on": yesterday}]
    if protocol.outputs:
        refused.append({"look_back_on": ""})
    for number, sent in enumerate(refused):
        answer = browser.post(path, {"key": f"key-0000{number}", **sent})
        assert answer.status_code == 409
        assert ended(meeting) == {}
        assert 'role="alert"' in answer.content.decode()
    browser.post(path, {"key": "key-12345", "follow_up": "none", "look_back_on": yesterday})
    assert ended(meeting) == {"look_back_on": None, "no_follow_up": True}
