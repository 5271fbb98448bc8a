"""A meeting in which any number of people sit, ready to be joined."""

import uuid
from dataclasses import dataclass
from typing import Any


@dataclass
class Made:
    """A meeting ready to be joined."""

    meeting: int
    organisation: int
    tokens: list[str]

    def cards(self) -> list[str]:
        """The cards in the log, oldest first."""
        from kring.base import scope
        from kring.meetings.models import MeetingEvent

        with scope.inside(self.organisation):
            rows = MeetingEvent.objects.filter(meeting_id=self.meeting, kind="card.added")
            return [row.data["card"] for row in rows.order_by("number")]

    def numbers_kept(self) -> int:
        """How many numbers the meeting knows after the reveal, in the log."""
        from kring.base import scope
        from kring.meetings.models import MeetingEvent

        with scope.inside(self.organisation):
            rows = MeetingEvent.objects.filter(meeting_id=self.meeting, kind="numbers.revealed")
            return sum(len(row.data.get("numbers", ())) for row in rows)


def script() -> Any:
    """Open talk that is kept (every contribution durable), then a scale."""
    from kring.meetings.tests.scripts import both, phase, step, talk

    card = {"label": both("Kaart"), "most_per_seat": 50}
    scale = {"visibility": "V2a", "record": "K", "low": both("niet"), "high": both("heel erg")}
    return talk(
        phases=[
            phase(
                "talk", step("talk_open", "open", "OPEN", visibility="V3", record="K", entry=card)
            ),
            phase("scale", step("scale_it", "scale", "SILENT", **scale)),
        ],
        outputs=[],
        group={"min": 1, "normal": 8, "max": 2500},
    )


def make(people: int, played: Any = None) -> Made:
    """An organisation with one meeting in which ``people`` sit; its first step goes on.

    ``played``: another script than :func:`script`.
    """
    from kring.base import scope
    from kring.meetings import actions, room
    from kring.meetings.models import Meeting, Seat, SeatState
    from kring.meetings.stream import tokens
    from kring.people.models import Organisation

    organisation = Organisation.objects.create(slug=f"bench-{people}", name=f"Bench {people}")
    with scope.inside(organisation.pk):
        meeting: Meeting = _planned(organisation.pk, played or script())
        Seat.objects.bulk_create(
            Seat(
                organisation=organisation,
                meeting=meeting,
                place=place,
                name=f"Deelnemer {place}",
                state=SeatState.JOINED,
            )
            for place in range(2, people + 1)
        )
        seats = list(meeting.seats.order_by("place"))
        _sit_down(meeting, seats)
        started = actions.play(room.of(meeting), "s1", {"kind": "start"}, uuid.uuid4().hex)
        assert started.refused is None
        made = [tokens.make(meeting, seat, "phone") for seat in seats]
    room.forget_all()
    return Made(meeting.pk, organisation.pk, made)


def _planned(organisation: int, played: Any) -> Any:
    from kring.base import clock
    from kring.base.policy import Actor
    from kring.meetings import actions
    from kring.people.models import Person, Team, Unit

    unit = Unit(code="u", name="U", path="/")
    unit.save()
    unit.place()
    unit.save()
    team = Team(unit=unit, code="t", name="T")
    team.save()
    team.place()
    team.save()
    leader = Person(name="Sami")
    leader.save()
    actor = Actor(
        kind="person", organisation=organisation, person=leader.pk, teams=frozenset({team.pk})
    )
    plan = actions.Plan(team=team, protocol=played, starts_at=clock.now())
    return actions.start_now(actor, plan)


def _sit_down(meeting: Any, seats: list[Any]) -> None:
    from kring.meetings import room
    from kring.meetings.engine import Who, read_ask
    from kring.meetings.room import Job

    jobs = [
        Job(
            Who(seat.key),
            read_ask({"kind": "take_seat", "roles": tuple(seat.roles)}),
            uuid.uuid4().hex,
        )
        for seat in seats
    ]
    room.of(meeting).carry_all(jobs)
    assert all(job.done and not job.done.refused for job in jobs)
