"""Who may open which page about people."""

from typing import Any

from tests.cast import House
from tests.matrix import PEOPLE, Row

ROWS = [
    Row("home", own=PEOPLE),
    Row("GET /api/v1/me", own=PEOPLE),
]


def furnish(house: House, place: str) -> dict[str, Any]:
    """A team and somebody in it."""
    own = place == "own" or house.organisation.slug != "linde"
    team = house.teams.get("kern") or house.teams["vuurtoren" if own else "duinhuis"]
    members = [name for name, person in house.people.items() if not person.is_external]
    name = ("daan" if own else "fleur") if house.organisation.slug == "linde" else members[0]
    return {"team": team.pk, "person": house.people[name].pk}
