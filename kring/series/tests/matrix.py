"""Who may open which page about series."""

from datetime import timedelta
from typing import Any

from kring.base import clock
from kring.methods.shelf import shipped
from kring.people.models import Person, Team
from kring.series.models import LogLine, Member, Series, Sitting
from tests.cast import House
from tests.matrix import NOBODY, PEOPLE, Row, only

S = {"number": "series"}
PLANNERS = only("member", "facilitator", "leader", "region", "external_both")
IN_IT = only("member", "facilitator")
TRIES = {"number": "trial"}


def row(name: str, method: str, roles: frozenset[str], **data: str) -> Row:
    """A page about one series of the team; nobody of De Linde when it is of another team's own."""
    return Row(f"series:{name}", method, own=roles, other=NOBODY, use=S, data=lambda _: data)


def _far() -> str:
    return (clock.now().date() + timedelta(days=30)).isoformat()


ROWS = [
    Row("series:list", own=PEOPLE),
    Row("series:choose", own=PEOPLE),
    Row("series:start", own=PLANNERS, use={"package": "package", "name": "name"}),
    Row("series:start", "POST", own=PLANNERS, use={"package": "package", "name": "name"}),
    row("series", "GET", PLANNERS),
    row("plan", "POST", PLANNERS, day=_far(), at="10:00"),
    row("offer", "POST", IN_IT),
    row("away", "POST", IN_IT),
    Row(
        "series:invite",
        "POST",
        own=PLANNERS,
        other=NOBODY,
        use=S,
        data=lambda things: {"others": things["colleague"]},
    ),
    row("leave", "POST", IN_IT),
    row("rhythm", "POST", PLANNERS, days="14"),
    row("rest", "POST", PLANNERS, until=_far()),
    row("stop", "POST", PLANNERS),
    row("resume", "POST", PLANNERS),
    Row("series:log", own=IN_IT, other=NOBODY, use=TRIES),
    Row(
        "series:log",
        "POST",
        own=IN_IT,
        other=NOBODY,
        use=TRIES,
        data=lambda _: {"said_did": "Samen gegeten"},
    ),
    Row("series:take_line_away", "POST", own=IN_IT, other=NOBODY, use={"line": "line"}),
    Row("GET /api/v1/series", own=PEOPLE),
    Row("GET /api/v1/series/{number}", own=PLANNERS, other=NOBODY, use=S),
    Row("GET /api/v1/series/{number}/table", own=PLANNERS, other=NOBODY, use=S),
    Row(
        "POST /api/v1/series/{number}/meetings",
        own=PLANNERS,
        other=NOBODY,
        use=S,
        data=lambda _: {"starts_at": f"{_far()}T10:00:00Z"},
    ),
    Row("GET /api/v1/series/{number}/log", own=IN_IT, other=NOBODY, use=TRIES),
    Row(
        "POST /api/v1/series/{number}/log",
        own=IN_IT,
        other=NOBODY,
        use=TRIES,
        data=lambda _: {"words": {"did": "Samen gegeten"}},
    ),
    Row("GET /api/v1/waiting", own=PEOPLE),
    Row(
        "POST /api/v1/waiting/{number}/reply",
        own=only("leader", "region", "board"),
        other=only("board"),
        use={"number": "signal"},
        data=lambda _: {"word": "yes"},
    ),
    Row("series:reply", "POST", own=NOBODY, other=NOBODY, use={"meeting": "no_meeting"}),
]

SEES = {"series.Series": "series.see"}


def furnish(house: House, place: str) -> dict[str, Any]:
    """An agenda item of the team, and a breakthrough circle in its trial, with a line in the log."""
    own = place == "own" or house.organisation.slug != "linde"
    team = house.teams.get("kern") or house.teams["vuurtoren" if own else "duinhuis"]
    today = clock.now().date()
    people = list(
        Person.objects.filter(memberships__team=team, memberships__is_manager=False).order_by("pk")
    )
    series = _series(team, "good_practice_intervisie/fixed_agenda_item", people, place)
    trial = _series(team, "werken_vanuit_de_bedoeling/breakthrough", people, place)
    trial.held, trial.existence_visible_to = 4, "team"
    trial.save()
    few = _series(team, "good_practice_intervisie/intervision_group", people[:1], place)
    few.existence_visible_to = "participants"
    few.save()
    line = LogLine(
        series=trial, trial="make", day=today, words={"did": f"Soep {place}"}, at=clock.now()
    )
    line.save()
    return {
        "series": series.pk,
        "trial": trial.pk,
        "line": line.pk,
        "colleague": people[0].email,
        "package": "good_practice_intervisie",
        "name": "fixed_agenda_item",
        "no_meeting": 999_999,
    }


def _series(team: Team, method: str, people: list[Person], place: str) -> Series:
    plan, today = shipped().series(method), clock.now().date()
    assert plan is not None
    made = Series(
        team=team,
        method=method,
        plan=plan.model_dump(mode="json"),
        plan_hash=f"{method}"[:64],
        title=f"Elke maand {plan.id} {place}",
        rhythm_days=plan.rhythm.every_days,
        started_on=today,
        last_on=today,
        due_on=today + timedelta(days=28),
        words=f"Het bracht rust {place}",
    )
    made.save()
    for number, person in enumerate(people, 1):
        Member(series=made, person=person, place=number, joined_on=today).save()
    assert not Sitting.objects.filter(series=made).exists()
    return made
