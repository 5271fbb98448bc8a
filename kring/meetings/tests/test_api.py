"""Other software can run a whole meeting, under the permissions of the person it speaks for."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kring.base import scope
from kring.meetings import room
from kring.people.tokens import make_token
from tests.cast import Cast

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(client: Client, cast: Cast) -> Call:
    """``call(who, method, path, body)``; ``who`` is a name of De Linde or a ready token."""
    tokens: dict[str, str] = {}
    room.forget_all()

    def send(who: str, method: str, path: str, body: object = None) -> tuple[int, Any]:
        if who in cast.linde.people and who not in tokens:
            with scope.inside(cast.linde.organisation.pk):
                tokens[who] = make_token(cast.linde.actor(who), name="bot")[1]
        answer = client.generic(
            method.upper(),
            f"/api/v1/{path}",
            data=json.dumps(body or {}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {tokens.get(who, who)}"},
        )
        return answer.status_code, answer.json() if answer.content else None

    return send


def _started(call: Call, cast: Cast) -> dict[str, Any]:
    status, meeting = call(
        "sami",
        "post",
        "meetings",
        {
            "team": cast.linde.teams["vuurtoren"].pk,
            "protocol": "good_practice_review",
            "start_now": True,
            "people": [
                {"person": cast.linde.people["noor"].pk, "roles": ["contributor"]},
                {"person": cast.linde.people["daan"].pk},
            ],
        },
    )
    assert status == 201
    return dict(meeting)


def test_a_meeting_from_start_to_minutes(call: Call, cast: Cast) -> None:
    meeting = _started(call, cast)
    path = f"meetings/{meeting['id']}"
    for who in ("noor", "daan", "sami"):
        assert call(who, "post", f"{path}/join", {})[0] == 200
    status, guest = call("", "post", "join", {"code": meeting["code"], "name": "Mevrouw de Wit"})
    assert status == 200
    key = iter(range(1000))

    def ask(who: str, **words: Any) -> Any:
        status, done = call(
            who, "post", f"{path}/asks", {"ask": words, "key": f"key-{next(key):05d}"}
        )
        assert status == 200
        return done["refused"] and done["refused"]["code"]

    assert ask("sami", kind="start") is None
    assert ask("noor", kind="start") is not None  # not a moderator
    story = "We lieten hem zelf kiezen wanneer hij opstond."
    while (
        call("sami", "get", f"{path}/screen?screen=moderator")[1]["view"]["step"]["kind"]
        != "parked"
    ):
        if call("noor", "get", f"{path}/screen")[1]["view"]["step"]["kind"] == "one":
            assert ask("noor", kind="contribute", text=story) is None
            seen = call(guest["token"], "get", f"{path}/screen")[1]
            assert story in str(seen["view"])
        visit = call("sami", "get", f"{path}/screen")[1]["view"]["visit"]
        assert ask("sami", kind="enter_next", from_visit=visit) is None
    assert ask("noor", kind="contribute", text="Ik wil iets zeggen") is not None  # parked
    assert ask("daan", kind="contribute", text="Hij bleef rustig") is None
    assert call("", "get", f"{path}/screen")[0] == 401
    assert call("fleur", "get", f"{path}/screen")[0] == 404


def test_the_same_key_is_the_same_ask(call: Call, cast: Cast) -> None:
    meeting = _started(call, cast)
    path = f"meetings/{meeting['id']}"
    call("sami", "post", f"{path}/join", {})
    body = {"ask": {"kind": "start"}, "key": "one-and-the-same"}
    first = call("sami", "post", f"{path}/asks", body)
    assert call("sami", "post", f"{path}/asks", body) == first
    assert first[1]["refused"] is None


def test_wrong_input_gets_a_sentence_and_changes_nothing(call: Call, cast: Cast) -> None:
    assert call("sami", "post", "meetings", {"team": "x"})[0] == 422
    assert call("sami", "post", "meetings", {"team": 0, "protocol": "nothing"})[0] == 404
    meeting = _started(call, cast)
    path = f"meetings/{meeting['id']}"
    call("sami", "post", f"{path}/join", {})
    status, done = call(
        "sami", "post", f"{path}/asks", {"ask": {"kind": "dance"}, "key": "key-00001"}
    )
    assert (status, done["refused"]["code"]) == (200, "unclear")
    assert call("", "post", "join", {"code": "AAAAAA", "name": "Wie"})[0] == 404


def test_another_organisation_sees_nothing(call: Call, cast: Cast) -> None:
    meeting = _started(call, cast)
    with scope.inside(cast.waterkant.organisation.pk):
        foreign = make_token(cast.waterkant.actor("waterkant_begeleider"), name="bot")[1]
    hidden = call(foreign, "get", f"meetings/{meeting['id']}")
    assert hidden == call(foreign, "get", "meetings/999999")
    assert hidden[0] == 404
    assert call(foreign, "get", "meetings") == (200, [])


def test_the_pass_of_a_guest_is_theirs_alone_and_ends_with_the_meeting(
    call: Call, cast: Cast
) -> None:
    meeting = _started(call, cast)
    path = f"meetings/{meeting['id']}"
    guest = call("", "post", "join", {"code": meeting["code"], "name": "Truus"})[1]["token"]
    assert call(guest, "get", path)[0] == 200
    assert call(guest[:-1], "get", path)[0] == 401
    call("sami", "post", f"{path}/join", {})
    call("sami", "post", f"{path}/asks", {"ask": {"kind": "start"}, "key": "key-start"})
    closing = {"kind": "close", "confirmed": True, "no_follow_up": True}
    done = call("sami", "post", f"{path}/asks", {"ask": closing, "key": "key-close"})
    assert done[1]["refused"] is None
    assert call(guest, "get", path)[0] == 401
