"""Agreements through the public interface, under the permissions of the person."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kring.agreements.models import Agreement
from kring.base import scope
from kring.people.tokens import make_token
from tests.cast import Cast

Call = Callable[..., tuple[int, Any]]


@pytest.fixture
def call(client: Client, cast: Cast) -> Call:
    """``call(who, method, path, body, key)`` with the token of somebody of De Linde."""
    tokens: dict[str, str] = {}

    def send(
        who: str, method: str, path: str, body: object = None, key: str = ""
    ) -> tuple[int, Any]:
        if who not in tokens:
            with scope.inside(cast.linde.organisation.pk):
                tokens[who] = make_token(cast.linde.actor(who), name="bot")[1]
        headers = {"Authorization": f"Bearer {tokens[who]}"} | (
            {"Idempotency-Key": key} if key else {}
        )
        answer = client.generic(
            method.upper(),
            f"/api/v1/{path}",
            data=json.dumps(body or {}),
            content_type="application/json",
            headers=headers,
        )
        return answer.status_code, answer.json()

    return send


def _made(call: Call, cast: Cast) -> dict[str, Any]:
    status, made = call(
        "noor",
        "post",
        "agreements",
        {
            "team": cast.linde.teams["vuurtoren"].pk,
            "what": "We kloppen aan en wachten.",
            "bell_ringer": cast.linde.people["daan"].pk,
        },
    )
    assert status == 201
    return dict(made)


def test_make_look_back_ring_and_answer(call: Call, cast: Cast) -> None:
    made = _made(call, cast)
    assert (made["taken_on_by"], made["bell_ringer"], made["status"]) == (
        ["Noor"],
        "Daan",
        "not_yet",
    )
    path = f"agreements/{made['id']}"
    looked = call(
        "noor", "post", f"{path}/look-back", {"status": "running", "noticed": "Het lukt."}
    )
    assert (looked[0], looked[1]["status"]) == (200, "running")
    rung = call("daan", "post", f"{path}/bell", {"sentence": "Het zakt weg."})
    assert (rung[0], rung[1]["rung_since"] is not None) == (200, True)
    answered = call(
        "noor", "post", f"{path}/bell/answer", {"answer": "explanation", "words": "Vakantie."}
    )
    assert (answered[0], answered[1]["rung_since"]) == (200, None)


def test_a_refusal_comes_with_its_reason(call: Call, cast: Cast) -> None:
    made = _made(call, cast)
    path = f"agreements/{made['id']}"
    call("daan", "post", f"{path}/bell", {})
    status, said = call("daan", "post", f"{path}/bell", {})
    assert status == 403
    assert said["reason"]
    assert call("fleur", "get", path)[0] == 404
    assert call("fleur", "get", path) == call("fleur", "get", "agreements/999999")


def test_a_repeat_with_the_same_key_makes_one_agreement(call: Call, cast: Cast) -> None:
    body = {"team": cast.linde.teams["vuurtoren"].pk, "what": "We groeten iedereen."}
    first = call("noor", "post", "agreements", body, "key-1")
    assert call("noor", "post", "agreements", body, "key-1") == first
    with scope.inside(cast.linde.organisation.pk):
        assert Agreement.objects.filter(what="We groeten iedereen.").count() == 1


def test_wrong_input_changes_nothing(call: Call, cast: Cast) -> None:
    made = _made(call, cast)
    assert call("noor", "post", f"agreements/{made['id']}/look-back", {"status": "80%"})[0] == 422
    assert call("noor", "post", "agreements", {"team": 0, "what": "x"})[0] == 404
    assert call("noor", "get", f"agreements/{made['id']}") == (200, made)
