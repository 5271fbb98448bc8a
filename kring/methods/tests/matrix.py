"""Who may open which page of the library."""

from datetime import date
from typing import Any

from kring.methods.actions import copy_protocol, open_register, record_trained
from kring.methods.tests.examples import form_data, review, shorter
from tests.cast import House
from tests.matrix import PEOPLE, Row, only

KEEPERS = only("facilitator", "administrator", "external", "external_both")
COPY = {"copy": "own_copy"}


def _form(things: dict[str, Any]) -> dict[str, Any]:
    return form_data(review(), **{"questions-minutes": 11})


ROWS = [
    Row("library", own=PEOPLE),
    Row("questions", own=PEOPLE),
    Row("method", own=PEOPLE),
    Row("protocol", own=PEOPLE),
    Row("protocol_card", own=PEOPLE),
    Row("loose_card", own=PEOPLE),
    Row("form_sheet", own=PEOPLE),
    Row("chooser", own=PEOPLE),
    Row("trained", own=PEOPLE),
    Row(
        "open_trained",
        "POST",
        own=only("administrator"),
        data=lambda _: {"decided_on": "2026-01-05", "words": "x"},
    ),
    Row(
        "record_trained",
        "POST",
        own=only("administrator"),
        data=lambda things: {"person": things["learner"], "talk": "good_practice_intervisie"},
    ),
    Row(
        "end_trained",
        "POST",
        own=only("administrator"),
        other=only("administrator"),
        use={"line": "trained_line"},
    ),
    Row("copy_protocol", own=KEEPERS),
    Row("copy_protocol", "POST", own=KEEPERS, data=_form),
    Row("own_protocol", own=PEOPLE, other=PEOPLE, use=COPY),
    Row("own_card", own=PEOPLE, other=PEOPLE, use=COPY),
    Row("change_own", own=KEEPERS, other=KEEPERS, use=COPY),
    Row("change_own", "POST", own=KEEPERS, other=KEEPERS, use=COPY, data=_form),
    Row("withdraw_own", "POST", own=KEEPERS, other=KEEPERS, use=COPY),
    Row("restore_own", "POST", own=KEEPERS, other=KEEPERS, use=COPY),
]

SEES = {"methods.OwnProtocol": "methods.read"}


def furnish(house: House, place: str) -> dict[str, Any]:
    """An own copy, and names of shipped things."""
    slug = house.organisation.slug
    keeper = house.actor("ali" if slug == "linde" else f"{slug}_beheer")
    copy = copy_protocol(keeper, review(), shorter(review(), minutes=7 if place == "own" else 6))
    open_register(keeper, decided_on=date(2026, 1, 5), words="Verslag van de OR")
    learner = house.people["daan" if slug == "linde" else f"{slug}_leider"]
    method = "good_practice_intervisie" if place == "own" else "herstelgericht"
    line = record_trained(keeper, learner, method=method)
    return {
        "learner": learner.pk,
        "trained_line": line.pk,
        "own_copy": copy.pk,
        "method": "good_practice_intervisie",
        "protocol": "good_practice_review",
        "chooser": "method_chooser",
        "card": "i_am_parked",
        "form": "group_contract",
    }
