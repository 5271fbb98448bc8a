"""What works council, client council and privacy officer see of meetings: counts, never a title."""

import re

import pytest
from django.test import Client

from kring.base import clock
from kring.meetings.models import Meeting, Stage
from kring.methods.shelf import shipped
from kring.people.models import RoleGrant
from kring.people.models.person import Role
from tests.cast import House, log_in

PAGE = "/linde/may-read/"


def was_held(house: House, times: int, protocol: str, team: str = "vuurtoren", **more: str) -> None:
    for _time in range(times):
        Meeting(
            team=house.teams[team],
            protocol={},
            protocol_id=protocol,
            protocol_version=1,
            protocol_hash="x",
            title="Gesprek over Daan",
            starts_at=clock.now(),
            **{"state": Stage.CLOSED, **more},
        ).save()


def page(house: House, name: str) -> str:
    return log_in(Client(), house.account(name)).get(PAGE).content.decode()


def counted(house: House, name: str) -> list[tuple[str, str]]:
    part = page(house, name).partition('id="held"')[2].partition('id="sheet"')[0]
    return re.findall(r'<th scope="row">([^<]*)</th><td>(\d+)</td>', part)


@pytest.mark.parametrize("name", ["wim", "mo", "petra"])
def test_counts_from_five_and_never_private_ones(linde: House, name: str) -> None:
    was_held(linde, 5, "good_practice_review")
    was_held(linde, 4, "opening_circle")
    was_held(linde, 7, "norm_setting", existence_visible_to="participants")
    was_held(linde, 6, "norm_setting", state=Stage.PLANNED)
    title = shipped().protocol("good_practice_review").title.nl  # type: ignore[union-attr]  # shipped
    assert counted(linde, name) == [(title, "5")]
    assert "Gesprek over Daan" not in page(linde, name)


def test_a_role_at_one_place_counts_that_place(linde: House) -> None:
    was_held(linde, 5, "good_practice_review", team="duinhuis")
    RoleGrant.objects.filter(person=linde.people["wim"]).update(team=linde.teams["vuurtoren"])
    assert (counted(linde, "wim"), len(counted(linde, "mo"))) == ([], 1)


def test_each_body_reads_what_holds_for_itself(linde: House) -> None:
    assert Role.WORKS_COUNCIL in {grant.role for grant in RoleGrant.objects.all()}
    headings = {
        name: [word for word in ("Ondernemingsraad", "Cliëntenraad", "Privacyfunctionaris")
               if f">{word}</h2>" in page(linde, name).replace("</svg>", ">")]
        for name in ("wim", "mo", "petra")
    }  # fmt: skip
    assert headings == {
        "wim": ["Ondernemingsraad"],
        "mo": ["Cliëntenraad"],
        "petra": ["Privacyfunctionaris"],
    }
    shown = page(linde, "wim")
    assert "Account: password" in shown
    assert "K4 geheim" in shown
    assert log_in(Client(), linde.account("noor")).get(PAGE).status_code == 403
    assert PAGE in log_in(Client(), linde.account("wim")).get("/linde/").content.decode()
    assert PAGE not in log_in(Client(), linde.account("noor")).get("/linde/").content.decode()
