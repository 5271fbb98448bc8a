"""Nobody without a chair can know that a talk exists: not on any page, list, feed or answer.

Every page and every answer of the public interface is asked by everybody who is not invited, and
searched for the words and the numbers of the talks of their own organisation.
"""

import pytest
from django.test import Client

from kring.base import scope
from kring.talks.models import Plate, Talk
from tests.house.places import nothing
from tests.matrix import Row
from tests.matrix.routes import route_of, rows
from tests.matrix.test_matrix import undone
from tests.matrix.world import World, address, client_of, knock

pytestmark = pytest.mark.django_db

INVITED = {"member", "facilitator"}
ASKED = [row for row in rows() if row.verb == "GET" and row.own]
CURIOUS = (
    "leader", "region", "board", "administrator", "privacy", "works_council", "client_council",
    "external", "operator", "guest",
)  # fmt: skip


def signs(world: World) -> list[str]:
    """What would give a talk away: its words, its number and its addresses."""
    found = ["stille kamer", "Stille gast"]
    with scope.everywhere("the tests look for every number"):
        found += [str(pk) for pk in Talk.objects.values_list("pk", flat=True)]
        found += [str(pk) for pk in Plate.objects.values_list("pk", flat=True)]
    return found


def visit(world: World, role: str, row: Row) -> str:
    """The whole answer, without the address that was asked."""
    route, things = route_of(row), world.things["linde", "own"]
    path = address(route, "linde", things, row.use) + row.query
    client = client_of(world, role) if not route.is_api else Client()
    with undone():
        return knock(world, client, role, route, "GET", path, {}).text.replace(path, "")


@pytest.mark.parametrize("role", CURIOUS)
def test_no_page_of_anybody_else_shows_a_sign_of_a_talk(role: str, world: World) -> None:
    wanted, wrong = signs(world), []
    for row in ASKED:
        text = visit(world, role, row)
        own_list = row.route == "talks:list"
        wrong += [f"{role} reads {sign} at {row.label}" for sign in wanted if sign in text]
        if not own_list and "talks/" in text and "/meetings/talks/new/" not in text:
            wrong.append(f"{role} finds a way to a talk at {row.label}")
    nothing(wrong, mend="A talk is nobody's business but theirs who have a chair in it:")


def test_the_signs_can_be_heard(world: World) -> None:
    """Where they may be they are; otherwise the silence elsewhere proves nothing."""
    heard = {
        role: "".join(visit(world, role, row) for row in ASKED if row.route.startswith("talks:"))
        for role in sorted(INVITED)
    }
    assert "Stille gast" in heard["facilitator"]
    assert "stille kamer" in heard["member"]
    assert "Stille gast" not in heard["member"]  # only one's own invitation


def test_an_ordinary_meeting_has_the_number_after_the_one_before(world: World) -> None:
    """No gap tells that something was planned in between."""
    from kring.meetings.models import Meeting

    with scope.everywhere("the tests look at every number"):
        numbers = sorted(Meeting.objects.values_list("pk", flat=True))
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
