"""Home of who is in no team: a next step, never a void."""

import pytest
from django.test import Client

from kring.people.models import Person
from tests.cast import House, log_in


@pytest.mark.parametrize(
    ("who", "guided", "administers"),
    [
        ("ria", ["Team Vuurtoren"], False),
        ("external", ["Team Vuurtoren"], False),
        ("sami", [], False),
        ("ali", [], True),
        ("wim", [], False),
    ],
)
def test_home_leads_on_who_is_in_no_team(
    linde: House, who: str, guided: list[str], administers: bool
) -> None:
    page = log_in(Client(), linde.account(who)).get("/linde/")
    assert [team.name for team in page.context["guided"]] == guided
    words = page.content.decode()
    lost = who in ("ali", "wim")
    assert ('class="empty"' in words) is lost
    assert (words.count("/linde/administration/") == 2) is administers


def test_home_has_a_next_step_for_a_trainer_of_whom_nothing_is_asked(linde: House) -> None:
    Person.objects.filter(pk=linde.people["external"].pk).update(ask_me_about="Kringen")
    page = log_in(Client(), linde.account("external")).get("/linde/")
    assert page.context["lines"] == []
    team = linde.teams["vuurtoren"]
    assert page.context["first_team"] == team
    assert page.content.decode().count(f'href="/linde/teams/{team.pk}/"') == 2
