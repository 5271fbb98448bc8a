"""Who may read which story, and take it back."""

from typing import Any

from kring.base import clock
from kring.stories.models import Reply, Story
from tests.cast import House
from tests.matrix import NOBODY, PEOPLE, Row, only

MEMBERS = only("member", "facilitator", "leader")  # of the team it came from
LEADING = only("leader", "region", "board")  # of the team, or above it
S = {"number": "story"}


def _key(things: dict[str, Any]) -> dict[str, Any]:
    return {"key": "k1"}


def _no(things: dict[str, Any]) -> dict[str, Any]:
    return {"key": "k1", "word": "no", "text": "Daar is nu geen geld voor."}


def _sent(things: dict[str, Any]) -> dict[str, Any]:
    return {"key": "k1", "kind": "signal", "text": "Te koud in de gang", "readers": "V5"}


def _goes(things: dict[str, Any]) -> dict[str, Any]:
    return {"key": "k1", "status": "trying"}


ROWS = [
    Row("stories:list", own=PEOPLE),
    Row("stories:story", own=MEMBERS, other=NOBODY, use=S),
    Row("stories:withdraw", "POST", own=MEMBERS, other=NOBODY, use=S),
    Row("stories:waiting", own=PEOPLE),
    Row("stories:promises", own=PEOPLE),
    Row("stories:send", own=MEMBERS, query="?kind=signal"),
    Row("stories:send", "POST", own=MEMBERS, data=_sent),
    Row(
        "stories:reply",
        "POST",
        own=LEADING,
        other=only("board"),
        use={"number": "signal"},
        data=_no,
    ),
    Row(
        "stories:undo_reply",
        "POST",
        own=LEADING,
        other=only("board"),
        use={"number": "reply"},
        data=_key,
    ),
    Row(
        "stories:prototype",
        "POST",
        own=MEMBERS,
        other=NOBODY,
        use={"number": "prototype"},
        data=_goes,
    ),
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
    signal = _item(team, place, kind="signal", text=f"Nachten te kort bezet {place}")
    answered = _item(team, place, kind="signal", text=f"Koud water {place}")
    reply = Reply(story=answered, word="yes", text=f"Monteur komt {place}", at=clock.now())
    reply.save()
    prototype = _item(team, place, kind="prototype", text=f"Proefrooster {place}", visibility="V4")
    return {
        "story": made[0].pk,
        "signal": signal.pk,
        "reply": reply.pk,
        "prototype": prototype.pk,
    }


def _item(team: Any, place: str, **given: Any) -> Story:
    item = Story(
        team=team,
        visibility=given.pop("visibility", "V5"),
        came_from="meeting 1",
        released_on=clock.now().date(),
        **given,
    )
    item.save()
    return item
