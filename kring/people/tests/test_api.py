"""The public interface knows people by their token."""

from datetime import date

from django.test import Client

from kring.base import scope
from kring.people.models import ApiToken
from kring.people.tokens import end_token, make_token
from tests.cast import Cast


def _token(cast: Cast, name: str) -> str:
    with scope.inside(cast.linde.organisation.pk):
        return make_token(cast.linde.actor(name), name="test")[1]


def _ask(client: Client, token: str, path: str = "/api/v1/me") -> tuple[int, dict[str, object]]:
    answer = client.get(path, headers={"Authorization": f"Bearer {token}"})
    return answer.status_code, answer.json()


def test_a_token_speaks_for_its_person(client: Client, cast: Cast) -> None:
    team = cast.linde.teams["vuurtoren"]
    assert _ask(client, _token(cast, "noor")) == (
        200,
        {
            "person": cast.linde.people["noor"].pk,
            "name": "Noor",
            "organisation": "linde",
            "teams": [{"id": team.pk, "name": "Team Vuurtoren"}],
        },
    )


def test_without_a_good_token_nothing_is_said(client: Client, cast: Cast) -> None:
    good = _token(cast, "noor")
    for token in ("", "kring_", "kring_" + "x" * 43, good[:-1]):
        assert _ask(client, token)[0] == 401


def test_an_ended_or_expired_token_is_useless(client: Client, cast: Cast) -> None:
    token = _token(cast, "noor")
    with scope.inside(cast.linde.organisation.pk):
        ApiToken.objects.update(ends_on=date(2025, 1, 1))
    assert _ask(client, token)[0] == 401
    other = _token(cast, "noor")
    with scope.inside(cast.linde.organisation.pk):
        newest = ApiToken.objects.get(ends_on__gt=date(2026, 1, 1))
        end_token(cast.linde.actor("noor"), newest.pk)
    assert _ask(client, other)[0] == 401


def test_the_description_is_open(client: Client, cast: Cast) -> None:
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "Kring"
