"""Who may read which story, and take it back."""

from typing import Any

from kring.base import clock
from kring.stories.models import Story
from tests.cast import House
from tests.matrix import NOBODY, PEOPLE, Row, only

MEMBERS = only("member", "facilitator", "leader")  # of the team it came from
S = {"number": "story"}

ROWS = [
    Row("stories:list", own=PEOPLE),
    Row("stories:story", own=MEMBERS, other=NOBODY, use=S),
    Row("stories:withdraw", "POST", own=MEMBERS, other=NOBODY, use=S),
    Row("stories:put_back", "POST", own=MEMBERS, other=NOBODY, use=S),
]

SEES = {"stories.Story": "stories.see"}


def furnish(house: House, place: str) -> dict[str, Any]:
    """One story for the team only, one for those who steer, one for everybody."""
    here = house.organisation.slug == "linde"
    own = place == "own" or not here
    team = house.teams.get("kern") or house.teams["vuurtoren" if own else "duinhuis"]
    made = []
    for visibility in ("V4", "V5", "V6"):
        story = Story(
            team=team,
            kind="working_factor",
            text=f"Thee om acht uur {visibility} {place}",
            fields={"why": f"Rust in huis {place}"},
            visibility=visibility,
            came_from="meeting 1",
            released_on=clock.now().date(),
        )
        story.save()
        made.append(story)
    return {"story": made[0].pk}
