"""Who may open which page about agreements, and which calendar."""

from datetime import timedelta
from typing import Any

from kring.agreements import actions
from kring.agreements.models import Agreement, Question
from kring.base import clock
from kring.people import feeds
from tests.cast import House
from tests.matrix import EVERYBODY, NOBODY, PEOPLE, TEAM, Row, only

OURS = TEAM | {"external_both"}  # the team, and the external facilitator of it
AGREED = only("member", "facilitator", "external_both")  # who took it on, and who guides
A = {"number": "agreement"}
RUNG = {"number": "rung"}
ASKED = {"number": "question"}
API = "/api/v1/agreements"


def row(name: str, method: str, roles: frozenset[str], use: dict[str, str], **data: str) -> Row:
    """A page about one thing: never for the roles of De Linde when it is of another team."""
    return Row(f"agreements:{name}", method, own=roles, other=NOBODY, use=use, data=lambda _: data)


ROWS = [
    Row("agreements:agreements", own=PEOPLE),
    Row("agreements:agreements", "POST", own=PEOPLE),
    Row("agreements:new", own=PEOPLE),
    Row("agreements:new", "POST", own=PEOPLE),
    row("agreement", "GET", OURS, A),
    row("check_in", "GET", OURS, A),
    row("check_in", "POST", OURS, A),
    row("look_again", "GET", OURS, A),
    row("look_again", "POST", OURS, A),
    row("change", "GET", AGREED, A),
    row("change", "POST", AGREED, A),
    row("join", "POST", OURS, A),
    row("leave", "POST", OURS, A),
    row("mind_bell", "POST", OURS, A, who="me"),
    Row("agreements:mind_bell", "POST", own=AGREED, other=NOBODY, use=A),
    row("ring", "GET", OURS, A),
    row("ring", "POST", OURS, A),
    row("answer", "GET", AGREED, RUNG),
    row("answer", "POST", AGREED, RUNG),
    row("ask", "GET", AGREED, RUNG),
    row("ask", "POST", AGREED, RUNG),
    row("question", "GET", OURS | {"region"}, ASKED),
    row("question", "POST", only("region"), ASKED),
    row("undo", "POST", OURS, {"number": "step"}),
    Row(f"GET {API}", own=PEOPLE),
    Row(f"POST {API}", own=OURS, data=lambda things: {"team": things["team"], "what": "Iets"}),
    *(
        Row(
            f"{method} {API}/{{number}}{path}",
            own=roles,
            other=NOBODY,
            use={"number": thing},
            data=lambda _, data=data: data,
        )
        for method, path, thing, roles, data in (
            ("GET", "", "agreement", OURS, {}),
            ("PATCH", "", "agreement", AGREED, {"what": "Anders"}),
            ("POST", "/look-back", "agreement", OURS, {"status": "running"}),
            ("POST", "/bell", "agreement", OURS, {"sentence": "Stil"}),
            ("POST", "/bell/answer", "rung", AGREED, {"answer": "conversation"}),
            ("POST", "/join", "agreement", OURS, {}),
            ("POST", "/leave", "agreement", OURS, {}),
        )
    ),
    Row("calendars", own=PEOPLE),
    Row("calendars", "POST", own=PEOPLE),
    Row("feed", own=EVERYBODY),  # whoever has the secret address
]

# Each queryset with visible_to(actor), and the rule that must say the same.
SEES = {"agreements.Agreement": "agreements.see"}


def furnish(house: House, place: str) -> dict[str, Any]:
    """A calm agreement, one whose bell rang twice, a question about it, and a calendar address."""
    here = house.organisation.slug == "linde"
    own = place == "own" or not here
    team = house.teams.get("kern") or house.teams["vuurtoren" if own else "duinhuis"]
    name = ("noor" if own else "fleur") if here else f"{house.organisation.slug}_lid"
    actor, person = house.actor(name), house.people[name]
    given = {"team": team, "takers": [person], "how_noticed": f"Dat zie je {place}"}
    calm = actions.make(actor, what=f"Rustig {place}", **given)
    step = actions.check_in(actor, calm, status="running", noticed=f"Gaat goed {place}")
    rung = actions.make(actor, what=f"Gebeld {place}", **given)
    actions.ring_bell(actor, rung, sentence=f"Loopt niet {place}")
    Agreement.objects.filter(pk=rung.pk).update(bells=2)
    asked = ("ria" if own else "bram") if here else name
    question = Question(
        agreement=calm,
        to=house.people[asked],
        asked=f"Kan het rooster anders {place}?",
        asked_at=clock.now(),
        reply_by=clock.now().date() + timedelta(days=9),
    )
    question.save()
    secret = feeds.secret_for(actor, team, f"matrix {place}")
    feeds.renew(actor, team, secret)
    return {
        "agreement": calm.pk,
        "rung": rung.pk,
        "step": step.pk,
        "question": question.pk,
        "secret": secret,
    }
