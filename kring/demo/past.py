"""What happened in the demo organisation before today: meetings, agreements, bells and stories.

Everything goes through the same actions people use, at a pretended moment, so that a demo that can
be made is a demo that holds every rule.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from kring.agreements import actions as agreements
from kring.agreements.models import Agreement
from kring.agreements.rules import Status
from kring.base import clock, scope
from kring.base.policy import Actor
from kring.demo import words
from kring.demo.people import Demo
from kring.demo.population import Population
from kring.meetings import actions as meetings
from kring.meetings import room
from kring.meetings.engine.kinds import present_kind
from kring.meetings.models import Meeting
from kring.methods.format.outputs import OUTPUTS, OutputField
from kring.methods.shelf import shipped
from kring.people.actors import actor_of
from kring.people.models import Person, Team


class Storyteller:
    """Makes the past of one organisation, oldest first."""

    def __init__(self, made: Population, chance: random.Random, now: datetime) -> None:
        self.made = made
        self.chance = chance
        self.now = now
        self.promised = cycle(words.AGREEMENTS)
        self.cards = cycle(words.CARDS)
        self.norms = cycle(words.NORMS)
        self.factors = cycle(words.FACTORS)
        self.stories = cycle(words.STORIES)
        self.prototypes = cycle(words.PROTOTYPES)
        self.keys = iter(range(10**9))

    def people(self, team: Team, most: int = 7) -> list[Person]:
        """Members of a team, its leader first."""
        rows = team.memberships.filter(ends_on=None).select_related("person")
        ranked = sorted(rows, key=lambda one: (not one.is_manager, one.pk))
        return [membership.person for membership in ranked][:most]

    def moment(self, days_ago: float, hour: int = 10) -> datetime:
        """A moment on a past (or, with a negative number, coming) day, at a whole hour."""
        day = self.now - timedelta(days=days_ago)
        return day.replace(hour=hour, minute=0, second=0, microsecond=0)

    def plan(
        self, team: Team, protocol: str, at: datetime, planned: datetime, by: Person | None = None
    ) -> Meeting:
        """Plan a meeting of a whole team; ``by`` moderates (else the leader of the team)."""
        found = shipped().protocol(protocol)
        if found is None:
            raise LookupError(f"The demo wants a protocol that is not shipped: {protocol}")
        people = self.people(team)
        lead = by or people[0]
        others = [person for person in people if person != lead]
        roles: dict[int, tuple[str, ...]] = {lead.pk: ("moderator",)}
        if any(role.id == "contributor" for role in found.roles):
            roles[others[0].pk] = ("contributor",)
        with clock.pretend(planned):
            return meetings.plan_meeting(
                actor_of(lead, second_factor=True),
                meetings.Plan(
                    team=team,
                    protocol=found,
                    starts_at=at,
                    place=self.chance.choice(words.PLACES),
                    people=tuple((one, roles.get(one.pk, ())) for one in [lead, *others]),
                ),
            )

    def hold(self, team: Team, protocol: str, days_ago: int, **harvest: Any) -> Meeting:
        """A meeting that was planned, held and closed."""
        at = self.moment(days_ago, self.chance.choice((9, 11, 14, 16)))
        meeting = self.plan(team, protocol, at, at - timedelta(days=6))
        with clock.pretend(at):
            self.sit_down(meeting)
            self.play(meeting, until_kind=None, **harvest)
            room.forget(meeting.pk)
        return meeting

    def begin(self, team: Team, protocol: str, until_kind: str) -> Meeting:
        """A meeting that is going on now, as far as the first step of ``until_kind``."""
        at = self.now - timedelta(minutes=20)
        meeting = self.plan(team, protocol, at, at - timedelta(days=3))
        self.sit_down(meeting)
        self.play(meeting, until_kind=until_kind)
        return meeting

    def sit_down(self, meeting: Meeting) -> None:
        """Everybody invited comes in; the moderator opens the room."""
        seats = sorted(
            meeting.seats.select_related("person"), key=lambda one: "moderator" not in one.roles
        )
        for seat in seats:
            if seat.person is not None:
                meetings.join(actor_of(seat.person, second_factor=True), meeting)
        meeting.refresh_from_db()

    def ask(self, meeting: Meeting, seat: str, kind: str, **said: Any) -> bool:
        """One click of one seat; False when it was refused."""
        done = meetings.play(
            room.of(meeting), seat, {"kind": kind, **said}, f"demo-{next(self.keys):08d}"
        )
        return done.refused is None

    def play(self, meeting: Meeting, until_kind: str | None, **harvest: Any) -> None:
        """Let everybody do what there is to do, step by step."""
        lead = self._lead(meeting)
        self.ask(meeting, lead, "start")
        while True:
            state = room.of(meeting).refresh().state
            if state.step is None or state.visit is None or state.flow.stage != "running":
                return
            if state.step.kind == until_kind:
                self.step(meeting, rounds=1)
                return
            if state.step.kind == "harvest":
                self.harvest(meeting, lead, **harvest)
            else:
                self.step(meeting, rounds=60)
            if not self.ask(meeting, lead, "enter_next", from_visit=state.visit):
                break
        look_back = (clock.now() + timedelta(days=42)).date().isoformat()
        self.ask(meeting, lead, "close", confirmed=True, look_back_on=look_back)

    def _lead(self, meeting: Meeting) -> str:
        return next(seat.key for seat in meeting.seats.all() if "moderator" in seat.roles)

    def step(self, meeting: Meeting, rounds: int) -> None:
        """Everybody acts until nobody has anything to do, with words of the demo on the cards."""
        for _round in range(rounds):
            acted = False
            state = room.of(meeting).state
            visit = state.visit
            for seat in state.here():
                state = room.of(meeting).state
                if visit is None or state.visit != visit:
                    return
                wish = present_kind(state).bot(state, visit, seat, self.chance)
                if wish is None:
                    continue
                said = wish.data
                if wish.kind in ("contribute", "reword", "edit_card"):
                    about_norms = meeting.protocol_id == "norm_setting"
                    said["text"] = next(self.norms if about_norms else self.cards)
                acted |= self.ask(meeting, seat, wish.kind, **said)
            if not acted:
                return

    def harvest(
        self,
        meeting: Meeting,
        lead: str,
        *,
        factors: int = 1,
        promises: int = 1,
        stories: int = 0,
        prototypes: int = 0,
    ) -> None:
        """Let some of it leave the circle: proposed, filled in, agreed and released."""
        allowed = {output.type for output in room.of(meeting).state.protocol.outputs}
        for _number in range(factors if "working_factor" in allowed else 0):
            what, why, where = next(self.factors)
            self._release(
                meeting, lead, "working_factor", what, {"what": what, "why": why, "where": where}
            )
        for _number in range(promises if "agreement" in allowed else 0):
            one = next(self.promised)
            self._release(
                meeting,
                lead,
                "agreement",
                one.what,
                {"what": one.what, "how_noticed": one.noticed, "rhythm_days": str(one.rhythm)},
            )
        for what, place, long, noticed in islice(self.prototypes, prototypes):
            tried = {"what": what, "where": place, "how_long": long, "how_noticed": noticed}
            self._release(meeting, lead, "prototype", what, tried)
        for _number in range(stories if "story" in allowed else 0):
            title, situation, did, then, learnt = next(self.stories)
            told = {"title": title, "situation": situation, "what_we_did": did}
            told |= {"what_happened": then, "what_we_learn": learnt, "consent": "nobody"}
            self._release(meeting, lead, "story", title, told)

    def _release(
        self, meeting: Meeting, lead: str, output: str, text: str, fields: dict[str, str]
    ) -> None:
        state = room.of(meeting).state
        holders = state.holders("contributor")
        planned = {one.type: one.released_by for one in state.protocol.outputs}
        by = holders[0] if planned[output] == "contributor" and holders else lead
        before = set(_items(meeting))
        self.ask(meeting, by, "propose", output=output, text=text)
        for item in set(_items(meeting)) - before:
            known = {field.id: field for field in OUTPUTS[output].fields}
            self.ask(meeting, by, "allow", item=item)
            self.ask(meeting, by, "fill_item", item=item, fields=_filled(known, fields, text))
            for what in ("who", "bell_ringer"):
                if what in known:
                    taker = self.chance.choice(state.here())
                    self.ask(meeting, taker, "take_on", item=item, what=what)
            self.ask(meeting, by, "release", item=item, confirmed=True)

    def agree(self, team: Team, days_ago: int, *, silent: bool = False) -> Agreement:
        """An agreement made without a meeting, with its look-backs since."""
        there = set(Agreement.objects.filter(team=team).values_list("what", flat=True))
        one = next(one for one in self.promised if one.what not in there)
        person = self.chance.choice(self.people(team))
        actor = actor_of(person)
        with clock.pretend(self.moment(days_ago, 15)):
            agreement = agreements.make(
                actor,
                team=team,
                what=one.what,
                how_noticed=one.noticed,
                rhythm_days=one.rhythm,
                takers=[person],
                bell_ringer=self.chance.choice(self.people(team)),
            )
        if not silent:
            self.look_back(agreement, actor, one.seen, days_ago, one.rhythm)
        return agreement

    def look_back_at_harvest(self) -> None:
        """What meetings brought forth was looked back at too, until today or until it fell silent."""
        for agreement in Agreement.objects.exclude(came_from="").order_by("id"):
            taker = agreement.takers.select_related("person").first()
            if taker is None or taker.person is None or self.chance.random() < 0.15:
                continue
            one = next(one for one in words.AGREEMENTS if one.what == agreement.what)
            days_ago = (self.now - agreement.made_at).days
            actor = actor_of(taker.person)
            self.look_back(agreement, actor, one.seen, days_ago, agreement.rhythm_days)

    def look_back(
        self, agreement: Agreement, actor: Actor, seen: tuple[str, ...], days_ago: int, rhythm: int
    ) -> None:
        """Look back at every rhythm until today."""
        texts: Iterator[str] = cycle((*seen, ""))
        for ago in range(days_ago - rhythm, 0, -rhythm):
            status = self.chance.choice((Status.RUNNING, Status.RUNNING, Status.NOT_YET))
            with clock.pretend(self.moment(ago, 16)):
                agreement.refresh_from_db()
                agreements.check_in(actor, agreement, status=status.value, noticed=next(texts))


def _filled(known: dict[str, OutputField], fields: dict[str, str], text: str) -> dict[str, str]:
    """What the fields of an output say; what was left open says the same as the item itself."""
    filled = {name: value for name, value in fields.items() if name in known}
    for name, spec in known.items():
        if spec.required and name not in filled and spec.kind == "text":
            filled[name] = text
        elif spec.kind == "date" and name not in filled:
            filled[name] = (clock.now() + timedelta(days=42)).date().isoformat()
        elif spec.kind == "yes_no" and name not in filled:
            filled[name] = "yes"
    return filled


def _items(meeting: Meeting) -> list[str]:
    """Ids of the items in the basket now."""
    from kring.meetings.steps.harvest.items import basket

    state = room.of(meeting).refresh().state
    return list(basket(state, state.visit or ""))


def build_past(demo: Demo, now: datetime, chance: random.Random) -> Storyteller:
    """Fill De Linde richly and the two small organisations a little; returns the teller of De Linde."""
    told = Storyteller(demo.linde, chance, now)
    with scope.inside(demo.linde.organisation.pk):
        _linde(demo, told)
    for made in demo.small:
        with scope.inside(made.organisation.pk):
            teller = Storyteller(made, chance, now)
            teller.hold(made.teams[0], "good_practice_review", 12)
            for team in made.teams:
                teller.agree(team, 40)
            teller.plan(made.teams[0], "opening_circle", teller.moment(-3), now)
    return told


def _linde(demo: Demo, teller: Storyteller) -> None:
    home, teams = demo.lighthouse, demo.linde.teams
    teller.hold(home, "norm_setting", 120)
    teller.hold(home, "good_practice_review", 96, factors=2, stories=1)
    teller.hold(home, "good_practice_review", 61, factors=2, promises=1)
    teller.hold(home, "solution_focused_intervision", 33)
    teller.hold(home, "good_practice_review", 5, factors=2, promises=1, stories=1)
    for number, team in enumerate(teams[1:13]):
        teller.hold(team, "good_practice_review", 70 - 5 * number, factors=1, stories=number % 2)
    teller.look_back_at_harvest()
    for number, team in enumerate(teams[:36]):
        teller.agree(team, 60 + number % 30)
        if number % 2:
            teller.agree(team, 30 + number % 20, silent=number % 5 == 0)
    teller.agree(home, 50)
    teller.agree(home, 35, silent=True)
    rung = teller.agree(home, 44)
    leader = teller.people(home)[0]
    with clock.pretend(teller.moment(2, 13)):
        agreements.ring_bell(actor_of(leader), rung, sentence="In de vakantie is het weggezakt.")
    teller.begin(teams[1], "good_practice_review", "parked")
    teller.begin(teams[2], "opening_circle", "round")
    for number, team in enumerate((home, *teams[3:12])):
        at = teller.moment(-(1 + 2 * number), 10 + number % 6)
        teller.plan(team, "good_practice_review", at, teller.now)
    teller.plan(home, "ring_the_bell", teller.moment(-4, 14), teller.now)
