"""Making and stopping a token on one's own page."""

import re

from django.test import Client

from kring.base import scope
from kring.people.models import ApiToken
from tests.cast import Cast


def test_a_token_is_shown_once_and_works(client: Client, cast: Cast) -> None:
    client.force_login(cast.linde.account("noor"))
    body = {"name": "Roosterprogramma", "days": "30", "key": "one-submit"}
    page = client.post("/linde/me/tokens/", body).content.decode()
    found = re.search(r"kring_[\w-]{43}", page)
    assert found is not None
    answer = client.get("/api/v1/me", headers={"Authorization": f"Bearer {found.group(0)}"})
    assert answer.json()["name"] == "Noor"
    assert client.post("/linde/me/tokens/", body).status_code == 302
    assert found.group(0) not in client.get("/linde/me/tokens/").content.decode()
    with scope.inside(cast.linde.organisation.pk):
        assert [token.name for token in ApiToken.objects.all()] == ["Roosterprogramma"]


def test_only_the_owner_stops_a_token(client: Client, cast: Cast) -> None:
    client.force_login(cast.linde.account("noor"))
    client.post("/linde/me/tokens/", {"name": "x", "days": "30", "key": "a"})
    with scope.inside(cast.linde.organisation.pk):
        pk = ApiToken.objects.get().pk
    other = Client()
    other.force_login(cast.linde.account("daan"))
    assert other.post(f"/linde/me/tokens/{pk}/end/").status_code == 404
    assert client.post(f"/linde/me/tokens/{pk}/end/").status_code == 302
    with scope.inside(cast.linde.organisation.pk):
        assert ApiToken.objects.count() == 0
