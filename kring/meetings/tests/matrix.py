"""Who may open which page about meetings."""

import functools
from typing import Any

from django.http import HttpResponse

from kring.base import clock, volatile
from kring.meetings import actions, room
from kring.meetings.doors import guest_pass
from kring.meetings.models.meeting import Existence
from kring.meetings.tests.scripts import talk
from tests.cast import House
from tests.matrix import EVERYBODY, NOBODY, PEOPLE, TEAM, Row, only

SEES = {"meetings.Meeting": "meetings.see"}
TOPICS: set[str] = set()


def forget() -> None:
    """What the process and the volatile store remember of the meetings here."""
    room.forget_all()
    for topic in TOPICS:
        volatile.store().drop(topic)


SEATED = TEAM | only("guest")
LEADS = only("facilitator")
PLANS = TEAM | only("region", "external_both")
IT, LATER, PAPER = {"pk": "meeting"}, {"pk": "planned"}, {"pk": "on_paper"}
ONE, PLAN = {"number": "meeting"}, {"number": "planned"}
NEXT = {"kind": "enter_next"}
API = "/api/v1/meetings"
ROWS = [
    Row("join", own=EVERYBODY),
    Row("join", "POST", own=EVERYBODY, data=lambda things: {"code": things["code"]}),
    Row("join-code", own=EVERYBODY, other=EVERYBODY),
    Row("join-code", "POST", own=EVERYBODY, other=EVERYBODY),
    Row("join-table", use={"table": "table"}, own=EVERYBODY, other=EVERYBODY),
    Row("join-table", "POST", use={"table": "table"}, own=EVERYBODY, other=EVERYBODY),
    # The talk here has no tables; test_tables.py says who lays them and who prints the signs.
    Row("meetings:tables", "POST", use=IT, own=NOBODY, other=NOBODY),
    Row("meetings:table-signs", use=IT, own=NOBODY, other=NOBODY),
    Row("meetings:list", own=PEOPLE),
    Row("meetings:choose", own=PEOPLE),
    Row("meetings:plan", own=PLANS),
    Row("meetings:plan", "POST", own=PLANS),
    Row("meetings:meeting", use=IT, own=SEATED, other=NOBODY),
    Row("meetings:enter", "POST", use=IT, own=SEATED, other=NOBODY),
    *(
        Row(
            f"meetings:{name}",
            "POST",
            use=LATER,
            own=LEADS,
            other=NOBODY,
            data=lambda things, data=data: {"version": things["planned_version"], **data},
        )
        for name, data in (
            ("change", {"day": "2027-03-01", "at": "10:00", "minutes": 60}),
            ("cancel", {}),
            ("invite", {"others": "Riet"}),
        )
    ),
    Row("meetings:roles", "POST", use=LATER, own=NOBODY, other=NOBODY),  # without a chair named
    *(
        Row(f"meetings:{name}", method, use=IT, own=SEATED, other=NOBODY)
        for name, method in (
            ("phone", "GET"),
            ("board", "GET"),
            ("live", "GET"),
            ("note", "GET"),
        )
    ),
    *(
        Row(f"meetings:{name}", use=IT, own=LEADS, other=NOBODY)
        for name in ("lead", "table", "close")
    ),
    # An ask names the step it is about; one without is refused, whoever asks.
    Row("meetings:ask", "POST", use=IT, own=NOBODY, other=NOBODY, data=lambda _: NEXT),
    Row("meetings:chairs", "POST", use=IT, own=LEADS, other=NOBODY, data=lambda _: {"name": "Jo"}),
    Row("meetings:questions", use=IT, own=LEADS, other=NOBODY),
    Row(
        "meetings:questions",
        "POST",
        use=IT,
        own=LEADS,
        other=NOBODY,
        data=lambda _: {"question": "checkin.thank_someone"},
    ),
    Row("meetings:leave", "POST", use=IT, own=SEATED - LEADS, other=NOBODY),
    Row("meetings:take-over", "POST", use=IT, own=TEAM, other=NOBODY),
    # Only a planned meeting that was cancelled comes back; only who is invited is withdrawn; minutes
    # come after closing. None of the meetings here is that far.
    *(
        Row(f"meetings:{name}", method, use=use, own=NOBODY, other=NOBODY)
        for name, method, use in (
            ("bring-back", "POST", IT),
            ("withdraw", "POST", IT),
            ("minutes", "GET", IT),
            ("look-back", "POST", IT),  # no agreement named
            ("note", "POST", IT),
            ("close", "POST", IT),
        )
    ),
    Row(f"GET {API}", own=PEOPLE),
    Row(
        f"POST {API}",
        own=PLANS,
        data=lambda things: {
            "team": things["team"],
            "protocol": "good_practice_review",
            "start_now": True,
        },
    ),
    Row(
        "POST /api/v1/join",
        own=EVERYBODY,
        data=lambda things: {"code": things["code"], "name": "Jo"},
    ),
    *(
        Row(
            f"{method} {API}/{{number}}{path}",
            use=ONE,
            own=roles,
            other=NOBODY,
            data=lambda _, data=data: data,
        )
        for method, path, roles, data in (
            ("GET", "", SEATED, {}),
            ("PATCH", "", NOBODY, {"version": 1, "title": "x"}),  # it is going on
            ("POST", "/open", LEADS, {}),
            ("POST", "/cancel", NOBODY, {}),
            ("POST", "/bring-back", NOBODY, {}),
            ("POST", "/guests", LEADS, {"name": "Jo"}),
            ("POST", "/join", SEATED, {}),
            ("POST", "/asks", SEATED, {"ask": {"kind": "away"}, "key": "12345678"}),
            ("GET", "/screen", SEATED, {}),
            ("GET", "/minutes", SEATED, {}),
            ("PUT", "/note", NOBODY, {"step": "x", "text": "x"}),  # no such step
        )
    ),
    Row(
        f"POST {API}/{{number}}/people",
        use=ONE,
        own=LEADS,
        other=NOBODY,
        data=lambda things: {"person": things["person"]},
    ),
    Row(f"GET {API}/{{number}}/note", use=ONE, own=SEATED, other=NOBODY, query="?step=x"),
    *(
        Row(f"meetings:{name}", use=IT, own=TEAM, other=NOBODY)
        for name in ("run-sheet", "worksheets", "harvest-sheet")
    ),
    Row("meetings:paper", use=PAPER, own=LEADS, other=NOBODY),
    *(
        Row(
            f"meetings:{name}",
            "POST",
            use=PAPER,
            own=LEADS,
            other=NOBODY,
            data=lambda things, data=data: {"version": things["paper_version"], **data},
        )
        for name, data in (
            ("mode", {"mode": "phones"}),
            ("paper-held", {}),
        )
    ),
    # A harvest comes after it was held; days are moved of a meeting over days: none is that far.
    *(
        Row(f"meetings:{name}", "POST", use=PAPER, own=NOBODY, other=NOBODY)
        for name in ("paper-item", "paper-take-back", "paper-close", "days")
    ),
    Row(
        f"POST {API}/{{number}}/held",
        use={"number": "on_paper"},
        own=LEADS,
        other=NOBODY,
        data=lambda _: {"key": "12345678"},
    ),
    Row(
        f"POST {API}/{{number}}/harvest",
        use={"number": "on_paper"},
        own=NOBODY,
        other=NOBODY,
        data=lambda _: {"output": "agreement", "fields": {}, "key": "12345678"},
    ),
    Row(
        f"PATCH {API}/{{number}}/windows",
        use={"number": "on_paper"},
        own=NOBODY,
        other=NOBODY,
        data=lambda _: {"version": 1, "closes": {}},
    ),
]


def _plan(
    house: House, team: str, moderator: str, others: tuple[str, ...], title: str, **changed: Any
) -> actions.Plan:
    slug = house.organisation.slug
    people = ((house.people[moderator], ("moderator",)),)
    return actions.Plan(
        team=house.teams[team],
        protocol=talk(),
        starts_at=clock.now(),
        title=f"{title} {slug}",
        about=f"Waarover het gaat in {slug}",
        place=f"Zaal van {slug}",
        people=people + tuple((house.people[name], ()) for name in others),
        **changed,
    )


def furnish(house: House, place: str) -> dict[str, Any]:
    """A running meeting of the team, one that is planned, one that is hidden; a guest who is in."""
    slug = house.organisation.slug
    team, moderator, others = {
        ("linde", "own"): ("vuurtoren", "sami", ("noor", "joke")),
        ("linde", "other"): ("duinhuis", "bram", ("fleur",)),
    }.get((slug, place), ("kern", f"{slug}_begeleider", (f"{slug}_lid",)))
    actor = house.actor(moderator)

    plan = functools.partial(_plan, house, team, moderator, others)
    meeting = actions.start_now(actor, plan("Gesprek van"))
    for name in (moderator, *others):
        actions.join(house.actor(name), meeting)
    seat, secret = actions.join_as_guest(meeting, name=f"Riet uit {slug}", code=meeting.code)
    asked = {"kind": "start"}
    TOPICS.add(room.of(meeting).topic)
    assert actions.do(actor, meeting, asked, f"start-{slug}-{place}").refused is None
    planned = actions.plan_meeting(actor, plan("Later in"))
    hidden = plan("Verborgen in", existence_visible_to=Existence.PARTICIPANTS)
    paper = actions.plan_meeting(actor, plan("Op papier in", mode="paper"))
    response = HttpResponse()
    actions.guest_cookie(response, meeting, seat, secret)
    return {
        "meeting": meeting.pk,
        "planned": planned.pk,
        "on_paper": paper.pk,
        "paper_version": paper.version,
        "hidden": actions.plan_meeting(actor, hidden).pk,
        "code": meeting.code,
        "table": 3,
        "protocol": "good_practice_review",
        "screen": "phone",
        "guest_cookies": {name: one.value for name, one in response.cookies.items()},
        "guest_token": guest_pass(seat, secret),
        "planned_version": planned.version,
        "seat": seat.key,
    }
