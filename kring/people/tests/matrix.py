"""Who may open which page about people."""

import re
from typing import Any

from kring.people.actions.invitations import invite_person
from kring.people.models import Letter, Person
from tests.cast import BEGIN, House
from tests.matrix import EVERYBODY, NOBODY, PEOPLE, WITH_ACCOUNT, Row

ROWS = [
    Row("home", own=PEOPLE),
    Row("welcome", own=PEOPLE),
    Row("start", own=WITH_ACCOUNT),
    Row("second_step", own=WITH_ACCOUNT),
    Row("demo", own=NOBODY),  # only where KRING_DEMO is set
    Row("demo", "POST", own=NOBODY),
    Row("invitation", own=EVERYBODY),  # whoever has the key of the letter
    Row("invitation", "POST", own=EVERYBODY),
    Row("GET /api/v1/me", own=PEOPLE),
]

# Each queryset with visible_to(actor), and the rule that must say the same.
SEES = {"people.Team": "people.see_team", "people.Person": "people.see_person"}


def furnish(house: House, place: str) -> dict[str, Any]:
    """A team, somebody in it, and the key of an invitation."""
    own = place == "own" or house.organisation.slug != "linde"
    team = house.teams.get("kern") or house.teams["vuurtoren" if own else "duinhuis"]
    slug = house.organisation.slug
    somebody = ("daan" if own else "fleur") if slug == "linde" else f"{slug}_lid"
    administrator = house.actor("ali" if slug == "linde" else f"{slug}_beheer")
    new = Person(name=f"Nieuw {place}", email=f"nieuw-{place}@{slug}.example", starts_on=BEGIN)
    new.save()
    invite_person(administrator, new)
    body = Letter.objects.get(person=new).body
    key = re.search(r"/start/invitation/([^/\s]+)/", body)
    assert key is not None
    return {"team": team.pk, "person": house.people[somebody].pk, "key": key.group(1)}
