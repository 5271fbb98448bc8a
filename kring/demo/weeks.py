"""Series of the demo: one in its trial, one that runs, one that answers signals, one that stopped.

Like the rest of the past everything goes through the actions people use, at a pretended moment.
"""

from datetime import datetime, timedelta

from kring.base import clock
from kring.demo import words
from kring.demo.past import Storyteller
from kring.demo.people import Demo
from kring.meetings import room
from kring.people.actors import actor_of
from kring.people.models import Membership, Person, RoleGrant, Team
from kring.series import actions
from kring.series.models import Series
from kring.stories import actions as stories


def build_series(demo: Demo, teller: Storyteller) -> None:
    """All series of De Linde."""
    home, faces = demo.lighthouse, demo.faces
    mates = [one for one in teller.people(home, 12) if one not in faces.values()]
    _in_trial(teller, home, faces, mates[:2])
    intervision = [faces["noor"], faces["sami"], *mates[2:4]]
    group = begin(teller, home, "good_practice_intervisie/intervision_group", intervision, 110)
    for days_ago in (70, 34):
        hold(teller, group, days_ago)
    _answering(demo, teller)
    other = demo.linde.teams[4]
    stopped = begin(
        teller,
        other,
        "veiligheid_oplossingsgericht/fixed_peer_questioning",
        teller.people(other, 4),
        150,
    )
    hold(teller, stopped, 118)
    with clock.pretend(teller.moment(60, 15)):
        actions.stop(actor_of(teller.people(other, 1)[0]), stopped, words=words.STOPPED)


def begin(
    teller: Storyteller,
    team: Team,
    method: str,
    people: list[Person],
    days_ago: int,
    *,
    leader: Person | None = None,
    roles: dict[int, str] | None = None,
) -> Series:
    """A series that began so many days ago; the first of ``people`` starts it unless somebody leads."""
    who = leader or people[0]
    with clock.pretend(teller.moment(days_ago, 9)):
        return actions.start(
            actor_of(who, second_factor=True),
            actions.Wish(
                team=team,
                method=method,
                people=tuple((one, (roles or {}).get(one.pk, "")) for one in people),
                leader=leader,
            ),
        )


def hold(
    teller: Storyteller, series: Series, days_ago: int, *, prototypes: int = 0, factors: int = 0
) -> None:
    """The next meeting: planned a week before, held and closed so many days ago."""
    at, by = _weekday(teller.moment(days_ago, 14)), series.members.order_by("place")[0].person
    with clock.pretend(at - timedelta(days=3)):
        meeting = actions.plan_next(
            actor_of(by, second_factor=True), series, starts_at=at, place="het atelier"
        )
    with clock.pretend(at):
        teller.sit_down(meeting)
        teller.play(meeting, until_kind=None, factors=factors, promises=0, prototypes=prototypes)
        room.forget(meeting.pk)
    series.refresh_from_db()


def _weekday(moment: datetime) -> datetime:
    """The same moment, or two days earlier when that is a weekend."""
    return moment if moment.weekday() < 5 else moment - timedelta(days=2)


def _in_trial(
    teller: Storyteller, home: Team, faces: dict[str, Person], mates: list[Person]
) -> None:
    """A breakthrough circle: the fourth meeting was nine days ago, the fifth is planned."""
    far = [one for team in teller.made.teams[1:3] for one in teller.people(team, 3)[1:3]]
    people = [faces["noor"], faces["joke"], *mates, *far[:1]]
    series = begin(
        teller,
        home,
        "werken_vanuit_de_bedoeling/breakthrough",
        people,
        64,
        leader=faces["sami"],
        roles={faces["joke"].pk: "sponsor"},
    )
    for number, days_ago in enumerate((57, 43, 27, 9)):
        hold(teller, series, days_ago, prototypes=int(number == 3))
    for days_ago, said in words.LOG:
        with clock.pretend(teller.moment(days_ago, 17)):
            actions.write_line(actor_of(faces["noor"]), series, words=said)
    actions.plan_next(
        actor_of(faces["sami"], second_factor=True),
        series,
        starts_at=_weekday(teller.moment(-9, 15)),
    )


def _answering(demo: Demo, teller: Storyteller) -> None:
    """The leaders of Regio Noord sense together; signals come up, replies go down."""
    faces, north = demo.faces, demo.linde.units[0]
    team = Team(code="mt-noord", name="MT Noord", unit=north, about="Wie Regio Noord leidt.")
    team.save()
    team.place()
    team.save()
    today = teller.now.date()
    grants = RoleGrant.objects.filter(role="manager", unit__path__startswith=north.path)
    others = [one.person for one in grants.select_related("person").order_by("pk")][:2]
    people = list(dict.fromkeys([faces["ria"], faces["hester"], *others]))
    for person in people:
        Membership(person=person, team=team, starts_on=today - timedelta(days=300)).save()
    series = begin(
        teller, team, "werken_vanuit_de_bedoeling/resonance", people, 75, leader=faces["ria"]
    )
    below = [one for one in demo.linde.teams if one.path.startswith(north.path)]
    sent = []
    for (days_ago, text, asks), number in zip(words.SIGNALS, (0, 0, 1, 0), strict=True):
        sender = below[number]
        with clock.pretend(teller.moment(days_ago, 16)):
            by = actor_of(teller.people(sender, 2)[1])
            sent.append(stories.send(by, sender, kind="signal", text=text, asks=asks, readers="V5"))
    for number, days_ago in enumerate((68, 40, 12)):  # the last reply came from the desk
        if number < 2:
            hold(teller, series, days_ago)
        with clock.pretend(teller.moment(days_ago, 16)):
            word, text, days = words.REPLIES[number]
            by_day = teller.moment(days_ago - days).date() if days else None
            stories.reply(
                actor_of(faces["ria"]), sent[number], word=word, text=text, answer_by=by_day
            )
    actions.plan_next(
        actor_of(faces["ria"], second_factor=True),
        series,
        starts_at=_weekday(teller.moment(-7, 10)),
    )
